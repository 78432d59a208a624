import { Component, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { Dialog } from "@web/core/dialog/dialog";
import { useAutofocus } from "@web/core/utils/hooks";

const SHOWN = 8; // proposals below the box

/**
 * Asks for the numbers of one product where there is no document yet, as at a till: scanned, typed, or chosen from what
 * is there. Other addons open it; `docs/extend.md` says how.
 *
 * - `options`: the numbers that are there
 * - `entered`: what is entered already, `{text, status, component}` each
 * - `check`: returns the server's check of a number, or nothing where there is no connection
 * - `getPayload`: takes what is entered in the end
 * - `statuses`: what units that come back may go back as, `[code, label]` each, the usual one first
 * - `least`: how many have to be entered
 * - `mayBeBlank`: whether there may be none
 */
export class AskDialog extends Component {
    static template = "serial_number_tracking.AskDialog";
    static components = { Dialog };
    static props = {
        name: String,
        options: Array,
        entered: Array,
        check: Function,
        getPayload: Function,
        close: Function,
        isOffline: { type: Boolean, optional: true },
        mayBeBlank: { type: Boolean, optional: true },
        statuses: { type: Array, optional: true },
        least: { type: Number, optional: true },
    };
    static defaultProps = { statuses: [], least: 0 };

    setup() {
        this.state = useState({ values: [...this.props.entered], term: "", refusal: "" });
        this.input = useRef("input");
        useAutofocus({ refName: "input" });
    }

    isEntered(text) {
        return this.state.values.some((value) => value.text === text);
    }

    get proposals() {
        const term = this.state.term.trim().toUpperCase();
        return this.props.options
            .filter((name) => name.toUpperCase().includes(term) && !this.isEntered(name))
            .slice(0, SHOWN);
    }

    async onKeydown(ev) {
        if (ev.key !== "Enter") {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
        await (this.state.term.trim() ? this.add(this.state.term) : this.confirm());
    }

    /** Take a number, or say why not; what was typed stays, to be corrected. */
    async add(typed) {
        const text = typed.trim();
        this.state.refusal = "";
        const check = await this.props.check(text);
        const name = check ? check.name : text;
        if (check && !check.ok) {
            this.state.refusal = check.message;
        } else if (this.isEntered(name)) {
            this.state.refusal = _t("%s is entered already.", name);
        } else {
            this.state.values.push({ text: name, status: this.props.statuses[0]?.[0], component: check?.component });
            this.state.term = "";
        }
        this.input.el?.focus();
        this.input.el?.select();
        return !this.state.refusal;
    }

    remove(text) {
        this.state.values = this.state.values.filter((value) => value.text !== text);
        this.input.el.focus();
    }

    /** Hand over what is entered. */
    async confirm(blank = false) {
        if (this.state.term.trim() && !(await this.add(this.state.term))) {
            return;
        }
        const count = this.state.values.length;
        if (count < this.props.least) {
            this.state.refusal = _t("Choose %s of these units.", this.props.least);
        } else if (!count && !blank && !this.props.statuses.length) {
            this.state.refusal = this.props.mayBeBlank
                ? _t("Scan or type the number, or choose Without Serial.")
                : _t("Scan or type the number.");
        } else {
            this.props.getPayload(this.state.values);
            this.props.close();
        }
    }
}
