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

registry.category("web_tour.tours").add("serial_repair_at_the_desk", {
    steps: () => [
        {
            content: "Scan what the customer brings",
            trigger: ".o_serial_desk_box input:focus",
            run: "edit A1 && press Enter",
        },
        ...shown("Who bought it", ".o_serial_desk_row[data-number=A1] dd:contains(Customer)"),
        {
            content: "Repair it",
            trigger: ".o_serial_desk_row[data-number=A1] .o_serial_desk_remedy",
            run: "select repair",
        },
        ...click("Take it back", ".o_serial_take_back"),
        ...click("Its repair order is there", ".o_serial_desk_made div:contains(Repair order) > a"),
        ...shown("With its unit", ".o_field_widget[name=serial_id] input:value(A1)"),
        ...click("Start", "button[name=action_repair_start]:visible"),
        ...click("End", "button[name=action_repair_end]:visible"),
        ...shown("The order is done", "button[data-value=done][aria-checked=true]"),
        ...click("Send it back", "button[name=action_send_back]"),
        ...click("Deliver", "button[name=button_validate]:visible"),
        ...shown("It is delivered", "button[data-value=done][aria-checked=true]"),
    ],
});
