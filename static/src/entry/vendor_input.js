import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { Many2One } from "@web/views/fields/many2one/many2one";

import { Component, useRef, useState } from "@odoo/owl";

/** Whom the units of the active product come from: proposed by the server, changed here. */
export class VendorInput extends Component {
    static template = "serial_number_tracking.VendorInput";
    static components = { Many2One };
    static props = { entry: Object, onDone: Function };

    setup() {
        this.entry = this.props.entry;
        this.state = useState(this.props.entry.state);
        this.root = useRef("root");
        useHotkey("alt+n", () => this.root.el.querySelector("input").select(), {
            bypassEditableProtection: true,
            withOverlay: () => this.root.el,
        });
    }

    get many2OneProps() {
        const { vendor_id: id, vendor } = this.state.active;
        return {
            relation: "res.partner",
            value: id ? { id, display_name: vendor } : false,
            domain: () => [],
            context: { res_partner_search_mode: "supplier" },
            canOpen: false,
            canCreate: false,
            canCreateEdit: false,
            canQuickCreate: false,
            update: (value) => this.update(value),
        };
    }

    async update(value) {
        await this.entry.setVendor(value ? value.id : false);
        this.props.onDone();
    }
}
