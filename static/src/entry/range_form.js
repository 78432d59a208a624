import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { useAutofocus } from "@web/core/utils/hooks";

import { Component, useState } from "@odoo/owl";

/** Asks for the first number of a range and how many count up from it. */
export class RangeForm extends Component {
    static template = "serial_number_tracking.RangeForm";
    static props = { count: Number, onEnter: Function, onClose: Function };

    setup() {
        this.state = useState({ first: "", count: this.props.count });
        useAutofocus({ refName: "first", mobile: true });
        useHotkey("escape", () => this.props.onClose());
    }

    get isReady() {
        return Boolean(this.state.first.trim()) && this.state.count > 0;
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            ev.stopPropagation();
            this.enter();
        }
    }

    enter() {
        if (this.isReady) {
            this.props.onEnter(this.state.first.trim(), Math.trunc(this.state.count));
        }
    }
}
