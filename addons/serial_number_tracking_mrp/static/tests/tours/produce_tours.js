import { registry } from "@web/core/registry";
import { click, confirmByEnter, entered, scan, shown } from "@serial_number_tracking/../tests/tours/entry_steps";

registry.category("web_tour.tours").add("serial_produce", {
    steps: () => [
        ...click("Produce", "button[name=button_mark_done]:visible"),
        ...shown("The window asks for what is made", ".modal .o_serial_scan:focus"),
        ...scan("A1"),
        ...shown("Then for what goes into it", ".o_serial_product:contains(Battery)"),
        ...scan("B2"),
        ...scan("B1"),
        ...entered("2 / 2"),
        ...confirmByEnter(),
        ...shown("The order is done", "button[data-value=done][aria-checked=true]"),
        ...click("Its units", "button[name=action_view_serials]"),
        ...click("The one that was made", ".o_data_row:contains(A1) td[name=name]"),
        ...click("Its parts", ".nav-link[name=parts]"),
        ...shown("Both are listed", ".o_field_widget[name=part_ids]:contains(B1):contains(B2)"),
    ],
});
