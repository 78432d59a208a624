import { registry } from "@web/core/registry";
import {
    click,
    confirmByEnter,
    done,
    entered,
    openEntry,
    scan,
    shown,
} from "@serial_number_tracking/../tests/tours/entry_steps";

registry.category("web_tour.tours").add("serial_subcontract_receipt", {
    steps: () => [
        ...openEntry(),
        ...shown("It asks for what the subcontractor made", ".o_serial_product:contains(Phone)"),
        ...scan("A1"),
        ...scan("A2"),
        ...entered("2 / 2"),
        ...confirmByEnter(),
        ...done(),
        ...click("Its units", "button[name=action_view_serials]"),
        ...click("The first one", ".o_data_row:contains(A1) td[name=name]"),
        ...shown("Its vendor is known", ".o_field_widget[name=vendor_id]:contains(Vendor)"),
        ...click("Its parts", ".nav-link[name=parts]"),
        ...shown("Those that were sent to him", ".o_field_widget[name=part_ids] .o_data_row:contains(Battery)"),
    ],
});
