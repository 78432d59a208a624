import { isOpen, isOver } from "./lines";

import { Component, useState } from "@odoo/owl";

/** The products of the window with their progress; the active one takes the numbers. */
export class LineList extends Component {
    static template = "serial_number_tracking.LineList";
    static props = { entry: Object };

    setup() {
        this.entry = this.props.entry;
        this.state = useState(this.props.entry.state);
        this.isOpen = isOpen;
        this.isOver = isOver;
    }

    percentage(line) {
        return line.quantity ? Math.min(100, Math.round((100 * line.entered) / line.quantity)) : 100;
    }

    barClass(line) {
        if (isOver(line)) {
            return "text-bg-danger";
        }
        return line.blanks && line.missing ? "text-bg-warning" : "text-bg-success";
    }
}
