import { _t } from "@web/core/l10n/translation";

import { isOver } from "./lines";

import { Component, markup, useState } from "@odoo/owl";

/** What shows which way units go, beside a colour; the ways are those of the flow table. */
const WAY_ICONS = {
    in: "fa-sign-in",
    out: "fa-truck",
    back: "fa-undo",
    gone: "fa-trash",
    move: "fa-exchange",
    keep: "fa-bookmark",
};

/** The active product and how far it is; what is done with which document, where the dialog does not say it. */
export class LineHeader extends Component {
    static template = "serial_number_tracking.LineHeader";
    static props = { entry: Object };

    setup() {
        this.entry = this.props.entry;
        this.state = useState(this.props.entry.state);
    }

    get line() {
        return this.state.active;
    }

    get icon() {
        return WAY_ICONS[this.line.way] || "fa-barcode";
    }

    /** Whether the line says what is done: no dialog does, or the lines are of several documents or deeds. */
    get isTitled() {
        const { deed, document } = this.line;
        return !this.env.inDialog || this.state.lines.some((line) => line.deed !== deed || line.document !== document);
    }

    get partner() {
        return this.line.asks_vendor ? "" : this.line.partner;
    }

    get isOver() {
        return isOver(this.line);
    }

    /** What is left to do on the line, and how it stands out. */
    get rest() {
        const { entered, quantity, missing, blanks, rest } = this.line;
        if (this.isOver) {
            return { text: _t("Remove %s", entered - quantity), style: "o_serial_over badge text-bg-danger" };
        }
        if (!missing) {
            return { text: _t("Complete"), style: "badge text-bg-success" };
        }
        if (blanks) {
            return { text: _t("%s left blank", missing), style: "badge text-bg-warning" };
        }
        const texts = { possible: _t("%s more possible", missing), announced: _t("%s not announced", missing) };
        return { text: texts[rest] || _t("%s missing", missing), style: "text-muted" };
    }

    get fillingText() {
        const { place, entered, quantity } = this.line.filling;
        return _t("Goes to %(place)s (%(progress)s)", {
            place: markup`<bdi class="fw-bold">${place}</bdi>`,
            progress: markup`<bdi dir="ltr">${entered} / ${quantity}</bdi>`,
        });
    }
}
