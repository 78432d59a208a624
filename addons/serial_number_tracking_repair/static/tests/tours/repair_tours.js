import { registry } from "@web/core/registry";
import { click, confirmByEnter, entered, scan, shown } from "@serial_number_tracking/../tests/tours/entry_steps";

registry.category("web_tour.tours").add("serial_repair", {
    steps: () => [
        ...shown("The order knows the unit's customer", ".o_field_widget[name=partner_id] input:value(Customer)"),
        ...click("Confirm", "button[name=action_validate]:visible"),
        ...click("Start", "button[name=action_repair_start]:visible"),
        ...click("End", "button[name=action_repair_end]:visible"),
        ...shown("The window asks for the part", ".modal .o_serial_scan:focus"),
        ...scan("B1"),
        ...entered("1 / 1"),
        ...confirmByEnter(),
        ...shown("The order is done", "button[data-value=done][aria-checked=true]"),
        ...click("Send it back", "button[name=action_send_back]"),
        ...click("Deliver", "button[name=button_validate]:visible"),
        ...shown("It is delivered", "button[data-value=done][aria-checked=true]"),
    ],
});
