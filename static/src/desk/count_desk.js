import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { SelectCreateDialog } from "@web/views/view_dialogs/select_create_dialog";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { Feedback } from "../entry/feedback";

import { DeskBox } from "./desk_box";
import { useDeskQueue } from "./desk_queue";

import { Component, markup, onWillStart, useState } from "@odoo/owl";

const COUNT = "serial.count";
const COLORS = {
    there: "success",
    missing: "danger",
    misplaced: "warning",
    unexpected: "warning",
    unknown: "info",
    ambiguous: "danger",
};

/** Count by scanning: scan what lies there, see what differs, and apply it. */
export class CountDesk extends Component {
    static template = "serial_number_tracking.CountDesk";
    static components = { DeskBox };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.feedback = new Feedback();
        this.state = useState({
            count: null,
            answers: [],
            product: false,
            place: false,
            leave: false,
            isBusy: false,
            waiting: 0,
        });
        this.queue = useDeskQueue((names) => this.send(names), this);
        onWillStart(() => this.begin());
    }

    get count() {
        return this.state.count;
    }

    get id() {
        const { params, context } = this.props.action;
        return params?.count_id || context?.active_id;
    }

    get title() {
        return _t("Stock count: %s", this.count.location);
    }

    get productText() {
        return _t("New numbers are of %s", markup`<strong>${this.state.product.name}</strong>`);
    }

    get placeText() {
        return _t("What is scanned lies at %s", markup`<strong>${this.state.place.name}</strong>`);
    }

    get waitingText() {
        return _t(
            "Numbers without a product: %s. Scan the product's barcode before its new numbers, or choose it here.",
            this.count.figures.waiting,
        );
    }

    get shownText() {
        const { rows, total } = this.count;
        return _t("%(shown)s of %(total)s are shown, the latest first.", { shown: rows.length, total });
    }

    get figures() {
        const { figures } = this.count;
        return [
            { show: "there", label: _t("There"), number: `${figures.there} / ${figures.expected}` },
            { show: "missing", label: _t("Missing"), number: figures.missing },
            { show: "misplaced", label: _t("Misplaced"), number: figures.misplaced },
            { show: "unexpected", label: _t("Unexpected"), number: figures.unexpected },
            { show: "unknown", label: _t("New numbers"), number: figures.unknown },
            ...(figures.ambiguous
                ? [{ show: "ambiguous", label: _t("Which product?"), number: figures.ambiguous }]
                : []),
        ].map((figure) => ({ ...figure, color: COLORS[figure.show] }));
    }

    color(code) {
        return COLORS[code];
    }

    async begin() {
        if (this.id) {
            this.state.count = await this.orm.call(COUNT, "get_state", [[this.id]]);
            const context = this.queue.takeUp({ source: `${COUNT},${this.id}`, document: this.count.name });
            Object.assign(this.state, context);
            this.queue.flush();
        }
    }

    scan(names) {
        const { product, place } = this.state;
        return this.queue.add(names, { product, place });
    }

    async send(names) {
        const product = this.state.product ? this.state.product.id : false;
        const shelf = this.state.place ? this.state.place.id : false;
        const {
            answers,
            product: next,
            place,
            state,
        } = await this.orm.call(COUNT, "add_serials", [[this.id], names, product, shelf]);
        this.state.answers = answers.slice(-3).reverse();
        Object.assign(this.state, { product: next, place, count: state });
        this.feedback.signal(answers.at(-1)?.tone);
    }

    async show(show) {
        const next = this.count.show === show ? "scanned" : show;
        this.state.count = await this.orm.call(COUNT, "get_state", [[this.id], next]);
    }

    async call(method, ...args) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            this.state.count = await this.orm.call(COUNT, method, [[this.id], ...args]);
            this.state.answers = [];
        } finally {
            this.state.isBusy = false;
        }
    }

    /** What is scanned from now on lies anywhere in what is counted. */
    leavePlace() {
        this.state.place = false;
    }

    remove(row) {
        return this.call("remove_scans", [row.line]);
    }

    /** Say which product new numbers are of; all that wait for it at once. */
    chooseProduct(rows) {
        this.dialog.add(SelectCreateDialog, {
            resModel: "product.product",
            title: _t("Which product are these numbers of?"),
            domain: [["is_serialized", "=", true]],
            multiSelect: false,
            noCreate: true,
            onSelected: async ([id]) => {
                await this.call(
                    "choose_product",
                    rows.map((row) => row.line),
                    id,
                );
            },
        });
    }

    get waiting() {
        return this.count.rows.filter((row) => row.line && !row.product_id);
    }

    apply() {
        if (!this.queue.isAnswered()) {
            return;
        }
        const { figures, untouched, blanks } = this.count;
        const gone = this.state.leave ? 0 : figures.missing;
        const lines = [
            _t("Moved to where they were scanned: %s", figures.misplaced),
            _t("Booked as found: %s", figures.unexpected + figures.unknown),
            _t("Booked as gone: %s", gone),
        ];
        if (gone && untouched) {
            lines.push(_t("Products of which nothing was scanned at all: %s. Is this right?", untouched));
        }
        if (blanks) {
            lines.push(_t("Units without serial here: %s. New numbers go to them first.", blanks));
        }
        lines.push(_t("You can undo it afterwards."));
        this.dialog.add(ConfirmationDialog, {
            title: _t("Apply this count?"),
            body: lines.join("\n"),
            confirmLabel: _t("Apply"),
            confirm: () => this.call("action_apply", !this.state.leave),
            cancel: () => {},
        });
    }

    undo() {
        return this.call("action_undo");
    }

    async openMoves() {
        await this.action.doAction(await this.orm.call(COUNT, "action_view_moves", [[this.id]]));
    }

    close() {
        return this.action.doAction("serial_number_tracking.serial_count_action", { clearBreadcrumbs: true });
    }
}

registry.category("actions").add("serial_count_desk", CountDesk);
