import { registry } from "@web/core/registry";

import { click, DIALOG, shown } from "./entry_steps";

const tours = registry.category("web_tour.tours");

tours.add("serial_lots_adopt", {
    steps: () => [
        ...click("Inventory", ".nav-link[name=inventory]"),
        ...click("What becomes of the lots?", "button[name=action_serial_lots]:contains(Follow Its Lots)"),
        ...shown("It is said before it is done", `${DIALOG} div[name=lot_count]:contains(3)`),
        ...shown("Two are in stock", `${DIALOG} div[name=available_count]:contains(2)`),
        ...shown("One is with a customer", `${DIALOG} div[name=sold_count]:contains(1)`),
        ...click("Do it", `${DIALOG} button[name=action_apply]`),
        ...shown("The window is closed", "body:not(:has(.modal)) .o_form_view"),
        ...shown("The product is followed", ".o_form_view .o_field_widget[name=serial_format]"),
    ],
});

tours.add("serial_lots_hold", {
    steps: () => [
        ...click("The lot leads to its unit", "button[name=action_view_serials]:contains(Available)"),
        ...click("Open the unit", ".o_data_row:contains(A1) .o_data_cell"),
        ...click("Hold it", ".o_statusbar_buttons button:contains(Hold)"),
        {
            content: "Say why",
            trigger: `${DIALOG} div[name=hold_reason_id] input`,
            run: "edit Broken glass",
        },
        ...click("A reason of its own", `.o-autocomplete--dropdown-menu li:contains(Broken glass)`),
        ...click("Apply", `${DIALOG} button[name=action_apply]`),
        ...shown("It is on hold", ".o_form_view .o_field_widget[name=status]:contains(Hold)"),
    ],
});

tours.add("serial_lots_ship", {
    steps: () => [
        ...click("Validate", "button[name=button_validate]"),
        ...shown("The button says why not", `${DIALOG}:contains(A1 is on hold)`),
        ...click("Understood", `${DIALOG} .modal-footer button.btn-primary`),
    ],
});
