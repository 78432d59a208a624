import { hasTouch } from "@web/core/browser/feature_detection";
import { useService } from "@web/core/utils/hooks";
import { SelectCreateDialog } from "@web/views/view_dialogs/select_create_dialog";

import { onMounted } from "@odoo/owl";

/** Choose among the numbers of a product, in the order in which they are wanted; one can type at once. */
export class UnitDialog extends SelectCreateDialog {
    static props = { ...SelectCreateDialog.props, orderBy: { type: Array, optional: true } };

    setup() {
        super.setup();
        const ui = useService("ui");
        // The search bar cannot do it by itself: when it is mounted, the dialog below is still the active one.
        onMounted(() => {
            if (!hasTouch()) {
                ui.activeElement.querySelector(".o_searchview_input")?.focus();
            }
        });
    }

    /** A list on phones too, where several can be ticked: cards take one. */
    get viewProps() {
        const { orderBy, multiSelect } = this.props;
        const list = { ...super.viewProps, type: "list", allowSelectors: multiSelect, allowOpenAction: false };
        delete list.forceGlobalClick;
        return orderBy ? { ...list, orderBy } : list;
    }
}
