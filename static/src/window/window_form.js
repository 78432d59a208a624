import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

import { useFocusBack } from "./focus_back";

/** The form of a window, which gives the focus back when it closes. */
export class WindowFormController extends FormController {
    setup() {
        super.setup();
        useFocusBack();
    }
}

registry.category("views").add("serial_window_form", { ...formView, Controller: WindowFormController });
