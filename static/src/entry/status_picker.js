import { RETURN_STATUSES } from "./return_statuses";

import { Component } from "@odoo/owl";

/** What a returned unit goes back as, one button for each status. */
export class StatusPicker extends Component {
    static template = "serial_number_tracking.StatusPicker";
    static props = {
        value: { type: String, optional: true },
        label: String,
        onSelect: Function,
        /** Whether the keys for all units press these buttons. */
        forAll: { type: Boolean, optional: true },
    };

    setup() {
        this.statuses = RETURN_STATUSES;
    }

    hotkey(status) {
        return this.props.forAll ? `shift+${status.hotkey}` : undefined;
    }
}
