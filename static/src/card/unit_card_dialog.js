import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

import { UnitCard } from "./unit_card";

import { Component } from "@odoo/owl";

/** What is known of a number that was scanned: the card of its unit, or why there is none. */
export class UnitCardDialog extends Component {
    static template = "serial_number_tracking.UnitCardDialog";
    static components = { Dialog, UnitCard };
    static props = { answer: Object, close: Function };

    setup() {
        this.action = useService("action");
        this.answer = this.props.answer;
    }

    get title() {
        return _t("Scanned: %s", this.answer.text);
    }

    get moreText() {
        return _t("And %s more: search for the number in the register.", this.answer.more);
    }

    /** Look for the number as a part of others in the register. */
    search() {
        return this.leave({
            additionalContext: { search_default_name: this.answer.text, search_default_no_status: 1 },
        });
    }

    showProduct() {
        const { id } = this.answer.product;
        return this.leave({ additionalContext: { search_default_product_id: id } });
    }

    leave(options) {
        this.props.close();
        return this.action.doAction("serial_number_tracking.serial_number_action", {
            ...options,
            clearBreadcrumbs: false,
        });
    }
}
