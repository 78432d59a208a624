import { isOver } from "./lines";

import { Component, useState } from "@odoo/owl";

/** What shows which way units go, beside a colour; the ways are those of the flow table. */
const WAY_ICONS = {
    in: "fa-sign-in",
    out: "fa-truck",
    back: "fa-undo",
    gone: "fa-trash",
    move: "fa-exchange",
    keep: "fa-bookmark",
};

/** What is done, with which document; the active product, its document, and how far it is. */
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

    get isOver() {
        return isOver(this.line);
    }
}
