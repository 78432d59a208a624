import { Component, useState } from "@odoo/owl";

/** Why the units of the active product move. It is saved when the user leaves it, by Enter back to the scan box. */
export class ReasonInput extends Component {
    static template = "serial_number_tracking.ReasonInput";
    static props = { entry: Object, onDone: Function };

    setup() {
        this.entry = this.props.entry;
        this.state = useState(this.props.entry.state);
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            this.save(ev.target.value);
            this.props.onDone();
        }
        if (ev.key === "Enter" && !ev.ctrlKey) {
            ev.preventDefault();
            ev.stopPropagation();
        }
    }

    save(reason) {
        if (reason.trim() !== this.state.active.reason) {
            this.entry.setReason(reason.trim());
        }
    }
}
