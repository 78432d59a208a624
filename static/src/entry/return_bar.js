import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";

import { StatusPicker } from "./status_picker";

import { Component, useState } from "@odoo/owl";

/** What all units that come back go back as; its keys choose it for the last one alone. */
export class ReturnBar extends Component {
    static template = "serial_number_tracking.ReturnBar";
    static components = { StatusPicker };
    static props = { entry: Object };

    setup() {
        this.entry = this.props.entry;
        this.state = useState(this.props.entry.state);
        for (const { value, hotkey } of this.state.active.return_statuses.filter((status) => status.hotkey)) {
            useHotkey(`alt+${hotkey}`, () => this.entry.setCurrentReturnStatus(value), {
                bypassEditableProtection: true,
                withOverlay: () => document.querySelector(`.o_serial_unit_current .o_serial_status_${value}`),
            });
        }
    }

    get label() {
        return this.state.active.comes_back ? _t("All units go back as") : _t("Units in stock go back as");
    }
}
