import { isOver } from "./scan_queue";

import { Component, useState } from "@odoo/owl";

/** The active product, its document, and how far it is. */
export class LineHeader extends Component {
    static template = "serial_number_tracking.LineHeader";
    static props = { entry: Object };

    setup() {
        this.entry = useState(this.props.entry);
    }

    get line() {
        return this.entry.active;
    }

    get isOver() {
        return isOver(this.line);
    }
}
