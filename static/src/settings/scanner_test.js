import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

import { ControlKeys, withoutDoubled } from "../entry/control_keys";

import { Component, useRef, useState } from "@odoo/owl";

/** Control pictures stand this much above the characters that they show (Unicode, block 2400). */
const PICTURES = 0x2400;
const CONTROL = /[\x00-\x1f]/g;

/**
 * Show a text with its control characters visible.
 *
 * @param {string} text
 * @returns {string}
 */
export function showControls(text) {
    return text.replace(CONTROL, (character) => String.fromCharCode(PICTURES + character.charCodeAt(0)));
}

/** A box in the settings that says what a scanner sends, and what is read from it. Nothing is entered by it. */
export class ScannerTest extends Component {
    static template = "serial_number_tracking.ScannerTest";
    static props = { "*": true };

    setup() {
        this.orm = useService("orm");
        this.input = useRef("input");
        this.keys = new ControlKeys();
        this.state = useState({ arrived: "", rows: [], fault: "" });
    }

    onKeydown(ev) {
        if (!this.keys.pressInto(ev, this.input.el) && ["Enter", "Tab"].includes(ev.key) && this.input.el.value) {
            this.read();
            ev.preventDefault();
            ev.stopPropagation();
        }
    }

    onKeyup(ev) {
        this.keys.releaseInto(ev, this.input.el);
    }

    async read() {
        const text = withoutDoubled(this.input.el.value);
        this.input.el.value = "";
        this.state.arrived = showControls(text);
        const { rows, fault } = await this.orm.call("serial.number", "read_label", [[], text]);
        Object.assign(this.state, { rows, fault });
    }

    get hint() {
        const hasSeparators = /[␝␞]/.test(this.state.arrived);
        return hasSeparators ? _t("The scanner sends separators.") : _t("No separators arrived.");
    }
}

registry.category("view_widgets").add("serial_scanner_test", { component: ScannerTest });
