import { registry } from "@web/core/registry";

/**
 * Prints reports one after the other and goes on with what a button returned. What Odoo's own action for several reports
 * does at the end is to load the whole page again: the focus and the place in the list were lost.
 */
async function printLabels({ services }, { params }) {
    for (const report of params.reports) {
        await services.action.doAction(report);
    }
    return params.anotherAction || { type: "ir.actions.act_window_close" };
}

registry.category("actions").add("serial_print_labels", printLabels);
