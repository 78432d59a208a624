import { Dialog } from "@web/core/dialog/dialog";
import { useAutofocus } from "@web/core/utils/hooks";

import { Component, useState } from "@odoo/owl";

const INPUT_TYPES = { date: "date", integer: "number", float: "number" };

/** What belongs to one entered number beside it: other numbers of its unit, and its properties. */
export class DetailsDialog extends Component {
    static template = "serial_number_tracking.DetailsDialog";
    static components = { Dialog };
    static props = { name: String, asked: Array, save: Function, close: Function };

    setup() {
        this.fields = useState(this.props.asked.map((field) => ({ ...field })));
        this.state = useState({ fault: "", isBusy: false });
        useAutofocus({ refName: "first" });
    }

    inputType({ kind }) {
        return INPUT_TYPES[kind] || "text";
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.confirm();
        }
    }

    /** What is entered, by the codes of what is asked. */
    get values() {
        const values = {};
        for (const { code, value } of this.fields) {
            if (String(value).trim()) {
                (values[code] ||= []).push(String(value).trim());
            }
        }
        return values;
    }

    async confirm() {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        this.state.fault = await this.props.save(this.values);
        this.state.isBusy = false;
        if (!this.state.fault) {
            this.props.close();
        }
    }
}
