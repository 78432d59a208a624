import { Component } from "@odoo/owl";

/** What a returned unit goes back as, one button for each status. */
export class StatusPicker extends Component {
    static template = "serial_number_tracking.StatusPicker";
    static props = {
        line: Object,
        value: { type: String, optional: true },
        label: String,
        onSelect: Function,
        /** Whether the keys for all units press these buttons. */
        forAll: { type: Boolean, optional: true },
    };

    hotkey(status) {
        return this.props.forAll && status.hotkey ? `shift+${status.hotkey}` : undefined;
    }
}
