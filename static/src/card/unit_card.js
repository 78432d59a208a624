import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

import { Component, onWillUpdateProps, useState } from "@odoo/owl";

/**
 * The card of a unit: where it is, who has it, its documents, warranty, recall and history, and what can be done now.
 *
 * `card` is one of what `serial.number` returns from `look_up` and `get_cards`; `onLeave` is called when a link leads to
 * another screen, and `isBrief` leaves out what can be done and the history.
 */
export class UnitCard extends Component {
    static template = "serial_number_tracking.UnitCard";
    static props = {
        card: Object,
        isBrief: { type: Boolean, optional: true },
        onLeave: { type: Function, optional: true },
    };
    static defaultProps = { isBrief: false };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ card: this.props.card, isBusy: false });
        onWillUpdateProps(({ card }) => {
            if (card !== this.props.card) {
                this.state.card = card;
            }
        });
    }

    get card() {
        return this.state.card;
    }

    get image() {
        return `/web/image/product.product/${this.card.product.id}/image_128`;
    }

    /** Where the unit's photo is; the browser keeps it until there is another one. */
    get photo() {
        return `/web/image/serial.number/${this.card.id}/photo/256x256?unique=${this.card.picture}`;
    }

    get photoLabel() {
        return _t("Photo of %s", this.card.name);
    }

    get color() {
        const { color } = this.card.status;
        return `text-bg-${color === "muted" ? "secondary" : color}`;
    }

    /** Do one of the card's actions, and show what became of the unit. */
    async act({ action, method, context }) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            const chosen = { active_id: this.card.id, active_ids: [this.card.id], active_model: "serial.number" };
            const result = action || (await this.orm.call("serial.number", method, [[this.card.id]]));
            if (typeof result === "boolean") {
                await this.refresh();
            } else {
                const additionalContext = action ? { ...chosen, ...context } : {};
                await this.action.doAction(result, { additionalContext, onClose: () => this.refresh() });
            }
        } finally {
            this.state.isBusy = false;
        }
    }

    async refresh() {
        [this.state.card] = await this.orm.call("serial.number", "get_cards", [[this.card.id]]);
    }

    /** Go to a document of the unit, or to the unit itself. */
    async open({ model, id }) {
        this.props.onLeave?.();
        await this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openUnit() {
        return this.open({ model: "serial.number", id: this.card.id });
    }
}
