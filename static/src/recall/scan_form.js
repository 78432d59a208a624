import { registry } from "@web/core/registry";
import { FormRenderer } from "@web/views/form/form_renderer";
import { formView } from "@web/views/form/form_view";

import { WindowFormController } from "../window/window_form";

import { useEffect, useRef } from "@odoo/owl";

/**
 * A form that opens with the focus where a scanner types, `o_serial_scan_here`: Odoo focuses a field of new records
 * alone, and what is scanned before a click is lost.
 */
export class ScanFormRenderer extends FormRenderer {
    setup() {
        super.setup();
        const root = useRef("compiled_view_root");
        useEffect(
            (el) => el?.querySelector(".o_serial_scan_here textarea, .o_serial_scan_here input")?.focus(),
            () => [root.el],
        );
    }
}

registry.category("views").add("serial_scan_form", {
    ...formView,
    Controller: WindowFormController,
    Renderer: ScanFormRenderer,
});
