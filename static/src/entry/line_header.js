import { isOver } from "./lines";

import { Component, useState } from "@odoo/owl";

/** The active product, its document, and how far it is. */
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

    get isOver() {
        return isOver(this.line);
    }
}
