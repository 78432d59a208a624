import { takesBlanks } from "./lines";

import { Component, useState } from "@odoo/owl";

const SHOWN = 20;

/** The numbers that the server refused, in the order of their scanning, each with its ways out. */
export class ProblemList extends Component {
    static template = "serial_number_tracking.ProblemList";
    static props = { entry: Object, onReEnter: Function, onList: Function, onUseBlanks: Function };

    setup() {
        this.entry = this.props.entry;
        this.state = useState(this.props.entry.state);
    }

    get shown() {
        return this.state.problems.slice(0, SHOWN);
    }

    get hidden() {
        return this.state.problems.length - this.shown.length;
    }

    get firstToAdd() {
        return this.shown.find((problem) => problem.can_add);
    }

    canLeaveBlank(problem) {
        const line = this.state.getLine(problem.lineId);
        return takesBlanks(line) && line.missing > 0 && !line.blanks;
    }
}
