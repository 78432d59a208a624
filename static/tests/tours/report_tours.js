import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

function choose(field, label) {
    return [
        { content: `Open ${field}`, trigger: `.modal div[name=${field}] input`, run: "click" },
        { content: label, trigger: `.o_select_menu_item:contains(${label})`, run: "click" },
    ];
}

/** Open the report, and choose what it is about. */
function open(button) {
    return [
        { content: "Reporting", trigger: ".o_menu_sections button:contains(Reporting)", run: "click" },
        { content: `The report for ${button}`, trigger: ".dropdown-item:contains(Serial Number Report)", run: "click" },
        ...choose("status", "Available in stock"),
        { content: "Choose the product", trigger: ".modal div[name=product_ids] input", run: "edit Phone" },
        { content: "This one", trigger: ".o-autocomplete--dropdown-item:contains(Phone)", run: "click" },
        { content: "It counts them", trigger: ".modal div[name=count]:contains(3)" },
    ];
}

tours.add("serial_report_story", {
    steps: () => [
        ...open("action_export_xlsx"),
        { content: "Export", trigger: ".modal button[name=action_export_xlsx]", run: "click" },
        { content: "It closes", trigger: "body:not(:has(.modal))" },
        ...open("action_print"),
        { content: "Print", trigger: ".modal button[name=action_print]", run: "click" },
        { content: "It closes, too", trigger: "body:not(:has(.modal))" },
        ...open("action_open"),
        { content: "On screen", trigger: ".modal button[name=action_open]:enabled", run: "click" },
        { content: "As people count", trigger: ".o_data_row:eq(0) td[name=name]:contains(A1)" },
        { content: "A2 is before A10", trigger: ".o_data_row:eq(1) td[name=name]:contains(A2)" },
        { content: "A10 is the last", trigger: ".o_data_row:eq(2) td[name=name]:contains(A10)" },
        { content: "The sold one is not there", trigger: "body:not(:has(.o_data_row:eq(3)))" },
    ],
});
