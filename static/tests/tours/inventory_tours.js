import { registry } from "@web/core/registry";
import { click, confirmByEnter, DIALOG, entered, scan, shown } from "./entry_steps";

const tours = registry.category("web_tour.tours");

tours.add("serial_scrap_asks_which_unit", {
    steps: () => [
        ...click("Validate the scrap order", "button[name=action_validate]"),
        ...shown("The window asks which unit it was", ".modal .o_serial_scan:focus"),
        ...shown("It says what is scrapped", ".modal-title:contains(Scrap of Phone)"),
        ...scan("A2"),
        ...entered("1 / 1"),
        ...confirmByEnter(),
        ...shown("The scrap order is done", "button[data-value=done][aria-checked=true]"),
    ],
});

tours.add("serial_count_apply_all", {
    steps: () => [
        ...click("Apply all counts", "button[name=action_apply_all]"),
        ...click("Update the quantities", `${DIALOG} button[name=action_apply]`),
        ...shown("One window asks for both products", ".o_serial_lines:contains(Phone):contains(Tablet)"),
        ...scan("P-1"),
        ...scan("P-2"),
        ...shown("The next product asks", ".o_serial_product:contains(Tablet)"),
        {
            content: "Its vendor is proposed",
            trigger: ".o_serial_vendor input",
            run({ waitUntil }) {
                return waitUntil(() => this.anchor.value === "Vendor", { timeout: 5000 });
            },
        },
        ...scan("T-1"),
        ...entered("1 / 1"),
        ...confirmByEnter(),
        ...shown("The window is closed", "body:not(:has(.o_serial_entry)) .o_list_view"),
    ],
});

tours.add("serial_correct_delivery", {
    steps: () => [
        ...click("Correct the delivery", "button[name=action_correct_serials]:visible"),
        { content: "Say why", trigger: `${DIALOG} [name=reason] input`, run: "edit Wrong box" },
        ...click("Not this unit", `${DIALOG} .o_data_row:contains(A1) td[name=name]`),
        { content: "But that one", trigger: `${DIALOG} .o_selected_row [name=name] input`, run: "edit A2" },
        ...click("Correct", `${DIALOG} button[name=action_apply]`),
        ...shown("The window is closed", "body:not(:has(.modal)) .o_form_view"),
    ],
});

tours.add("serial_reconciliation", {
    steps: () => [
        ...click("Pieces lack their units", ".o_data_row:contains(Phone) button[name=action_create_placeholders]"),
        ...shown("It does not differ any more", "body:not(:has(.o_data_row:contains(Phone)))"),
        ...click("Units are too many", ".o_data_row:contains(Tablet) button[name=action_close_surplus]"),
        {
            content: "Scan the one: the focus is there",
            trigger: `${DIALOG} [name=scan] input:focus`,
            run: "edit t-2 && press Enter",
        },
        ...shown("It is chosen", `${DIALOG} [name=serial_ids] .o_tag:contains(T-2)`),
        { content: "Say why", trigger: `${DIALOG} [name=reason] input`, run: "edit Lost" },
        ...click("It is gone", `${DIALOG} button[name=action_apply]`),
        ...shown("It agrees again", "body:not(:has(.o_data_row:contains(Tablet)))"),
        { content: "All of them", trigger: ".o_facet_remove", run: "click" },
        ...shown("Both agree", ".o_data_row:contains(Tablet):contains(Units and stock on hand agree)"),
        ...shown("The units wait", ".o_data_row:contains(Phone):contains(2 in stock wait for their number)"),
    ],
});
