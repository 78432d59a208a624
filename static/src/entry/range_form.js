import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { useAutofocus } from "@web/core/utils/hooks";

import { findRangeEnd } from "./numbers";

import { Component, onMounted, useState } from "@odoo/owl";

/** Asks for the first number of a range and how many count up from it, and shows the last one before it is taken. */
export class RangeForm extends Component {
    static template = "serial_number_tracking.RangeForm";
    static props = {
        count: Number,
        nextNumber: { type: String, optional: true },
        findLast: Function,
        onEnter: Function,
        onClose: Function,
    };

    setup() {
        this.state = useState({ first: "", count: this.props.count, last: "" });
        useAutofocus({ refName: "first", mobile: true });
        useHotkey("escape", () => this.props.onClose());
        onMounted(async () => {
            this.state.last = (await this.props.findLast()) || "";
        });
    }

    get isReady() {
        return Boolean(this.state.first.trim()) && this.state.count > 0;
    }

    get hint() {
        return this.state.last
            ? _t("First number. The latest of this product is %s", this.state.last)
            : _t("First number, for example A001");
    }

    /** What is going to be entered: the first number and the last one. */
    get preview() {
        const first = this.state.first.trim();
        if (first && first === this.props.nextNumber) {
            return _t("%s and those that follow it in the product's series", first);
        }
        const last = this.isReady && findRangeEnd(first, Math.trunc(this.state.count));
        return last ? _t("%(first)s to %(last)s", { first, last }) : "";
    }

    /** The next number of the product's series, else the one that follows the latest one. */
    get next() {
        return this.props.nextNumber || findRangeEnd(this.state.last, 2);
    }

    get nextTitle() {
        return this.props.nextNumber ? _t("The next number of its series") : _t("Go on behind the latest number");
    }

    goOn() {
        this.state.first = this.next;
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && ev.target.tagName !== "BUTTON") {
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
