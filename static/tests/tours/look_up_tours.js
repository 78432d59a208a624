import { registry } from "@web/core/registry";

/** Type as a scanner does, into whatever has the focus: no click before. */
export function wedge(text) {
    const type = (key) => {
        const target = document.activeElement || document.body;
        const isFree = target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
        if (isFree && key.length === 1 && target.matches("input")) {
            target.setRangeText(key, target.selectionStart, target.selectionEnd, "end");
            target.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }
        target.dispatchEvent(new KeyboardEvent("keyup", { key, bubbles: true }));
    };
    [...text, "Enter"].forEach(type);
}

const card = (name) => `.o_serial_card[data-number='${name}']`;

registry.category("web_tour.tours").add("serial_look_up", {
    steps: () => [
        {
            content: "Scan on Inventory's overview, where the search box has the focus",
            trigger: ".o_kanban_view .o_kanban_record",
            run: () => wedge("CARD-1"),
        },
        { content: "Who bought it", trigger: `${card("CARD-1")} dd:contains(Customer)` },
        { content: "Its photo", trigger: `${card("CARD-1")} .o_serial_card_photo[alt='Photo of CARD-1']` },
        { content: "The search box is as before", trigger: ".o_searchview_input:value()" },
        {
            content: "Scan the next one: its card takes the place of the first",
            trigger: `${card("CARD-1")} [data-action=return]`,
            run: () => wedge("card-2"),
        },
        { content: "It is on hold", trigger: `${card("CARD-2")} .alert:contains(Scratched)` },
        { content: "Release it", trigger: `${card("CARD-2")} [data-action=release]`, run: "click" },
        {
            content: "The card says so; scan a wrong one",
            trigger: `${card("CARD-2")} .badge:contains(Available)`,
            run: () => wedge("CARD-9"),
        },
        { content: "Nobody knows it", trigger: ".o_serial_card_dialog .alert:contains(CARD-9)" },
        { content: "Close", trigger: ".modal .btn-close", run: "click" },
        { content: "No window is left", trigger: "body:not(:has(.o_dialog))" },
    ],
});

/** Look for a label with a wrong check digit by a field of the search box. */
function searchWrongLabel(field) {
    return [
        { content: "A label", trigger: ".o_searchview_input", run: "edit 010952123454321421P-1" },
        {
            content: "Look for it",
            trigger: `.o_searchview_autocomplete .o-dropdown-item:contains(${field})`,
            run: "click",
        },
        { content: "It finds nothing", trigger: ".o_action_manager:not(:has(.o_data_row)):has(.o_searchview_facet)" },
        { content: "It is said why", trigger: ".o_notification:contains(check digit)" },
    ];
}

registry.category("web_tour.tours").add("serial_search_wrong_label", {
    steps: () => searchWrongLabel("Serial Number"),
});

registry.category("web_tour.tours").add("serial_search_wrong_label_of_document", {
    steps: () => searchWrongLabel("Serial Number of a Unit"),
});
