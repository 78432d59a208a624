import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

import { answered, confirmByEnter, entered, press, scan, selected } from "./entry_steps";
import { strike } from "./keyboard_tours";

const tours = registry.category("web_tour.tours");
const INPUT = ".o_selected_row td[name=name] input:focus";

function inRow(index, run) {
    return { content: `Row ${index}`, trigger: `.o_data_row:eq(${index - 1})${INPUT}`, run };
}

tours.add("serial_worklist_number_issued", {
    steps: () => [
        inRow(1, "edit P-2 && press Enter"),
        { content: "It is sold now", trigger: ".o_data_row:contains(P-2) .badge:contains(Sold)" },
    ],
});

tours.add("serial_worklist_keyboard", {
    steps: () => [
        inRow(1, "press ArrowDown"),
        inRow(2, "press ArrowUp"),
        inRow(1, "edit P-1 && press Enter"),
        inRow(2, "edit P-1 && press Enter"),
        { content: "It is refused", trigger: ".o_notification:contains(P-1)" },
        ...selected("The refused number stays, to be typed over", `.o_data_row:eq(1)${INPUT}`, "P-1"),
        inRow(2, "edit P-2 && press ArrowDown"),
        inRow(3, "edit P-3 && press ArrowUp"),
        inRow(2, "press ArrowUp"),
        inRow(1),
    ],
});

/** Answer the question by the button that has the focus, later than a scanner's second Enter. */
async function answerByEnter({ waitUntil }) {
    const start = Date.now();
    await waitUntil(() => Date.now() - start > 450, { timeout: 5000 });
    await strike("Enter");
}

const YES = ".modal:contains(Did it come back?) .btn-primary:contains(Yes)";

tours.add("serial_worklist_question", {
    steps: () => [
        inRow(1, "edit A-1 && press Enter"),
        { content: "Yes has the focus", trigger: `${YES}:focus`, run: answerByEnter },
        inRow(2),
        { content: "It came back", trigger: ".o_data_row:eq(0):contains(A-1) .badge:contains(Available)" },
    ],
});

const BESIDE = ".o_selected_row td[name=identity_added] input:focus";

tours.add("serial_worklist_beside", {
    steps: () => [
        inRow(1, "edit P-1 && press Enter"),
        { content: "It asks for the IMEI", trigger: BESIDE, run: "edit 356938035643808 && press Enter" },
        { content: "It is refused", trigger: ".o_notification:contains(takes beside its serial number)" },
        { content: "It is typed over", trigger: BESIDE, run: "edit 356938035643809 && press Enter" },
        inRow(2, "edit P-2 && press Enter"),
        { content: "And again", trigger: BESIDE, run: "edit 490154203237518 && press Enter" },
        { content: "Both are numbered", trigger: ".o_data_row:contains(P-2) .badge:contains(Available)" },
    ],
});

tours.add("serial_worklist_scanner", {
    steps: () => [
        inRow(1, () => console.log("serial scanner: begin")),
        { trigger: ".o_data_row:eq(9):contains(P-10) .badge:contains(Available)", timeout: 30000 },
        inRow(11),
        { content: "The refused number is still named", trigger: ".o_notification:contains(P-3)" },
    ],
});

tours.add("serial_worklist_window", {
    steps: () => [
        { content: "The first document is open, the other one is not", trigger: ".o_group_open:contains(Vendor)" },
        { trigger: ".o_group_header:not(.o_group_open)" },
        { content: "No row is open for typing", trigger: ".o_list_view:not(:has(.o_selected_row))" },
        {
            content: "Enter on the first document opens its window",
            trigger: ".o_serial_enter_missing:focus",
            run: "click",
        },
        { content: "The window says what it does", trigger: ".modal-title:contains(Number What Came in)" },
        ...scan("S-1"),
        ...answered("Did it come back?"),
        { content: "It did not", trigger: ".o_serial_problem .o_serial_dismiss", run: "click" },
        ...scan("W-1"),
        ...entered("1 / 2"),
        ...press("Control+Enter"),
        {
            content: "One unit has its number",
            trigger: ".o_notification:contains(1 unit got its number) button:contains(Undo)",
            run: "click",
        },
        { content: "It waits again", trigger: ".o_notification:contains(waits again)" },
        { trigger: ".o_group_header:contains(Vendor):contains((2))" },
        { content: "The window opens again", trigger: ".o_serial_enter_missing:first", run: "click" },
        ...scan("W-1"),
        ...scan("W-2"),
        ...answered("All numbers are entered"),
        ...confirmByEnter(),
        { content: "Both have their numbers", trigger: ".o_notification:contains(2 units got their numbers)" },
        { content: "The other document still waits", trigger: ".o_group_header:contains(Customer)" },
    ],
});

tours.add("serial_worklist_from_start", {
    steps: () => [
        { content: "What waits is a figure", trigger: "[data-tile=missing]:contains(3)", run: "click" },
        { content: "Its list is by document", trigger: ".o_group_open:contains(Vendor)" },
        { trigger: ".o_group_header:not(.o_group_open):contains(Customer)" },
    ],
});

tours.add("serial_worklist_flat", {
    steps: () => [
        { content: "Units of two documents are one list", trigger: ".o_data_row:eq(2)" },
        { trigger: ".o_searchview_dropdown_toggler", run: "click" },
        { trigger: ".o_search_bar_menu .o_filter_menu", run: "press Escape" },
        { content: "No row is open for typing", trigger: ".o_list_view:not(:has(.o_selected_row)) .o_data_row" },
    ],
});

tours.add("serial_worklist_nested", {
    steps: () => [
        { content: "Both documents are there", trigger: ".o_group_header:contains(Customer)" },
        { content: "One of them has its rows", trigger: ".o_data_row" },
        { content: "Its product is open", trigger: ".o_group_header.o_group_open:contains(Vendor) ~ .o_group_open" },
        { content: "The other document is not", trigger: ".o_group_header:contains(Customer):not(.o_group_open)" },
        { content: "Enter opens its window", trigger: ".o_serial_enter_missing:focus" },
        { content: "No row is open for typing", trigger: ".o_list_view:not(:has(.o_selected_row))" },
    ],
});

tours.add("serial_worklist_nested_one", {
    steps: () => [inRow(1, "edit P-1 && press Enter"), inRow(2)],
});

tours.add("serial_setup_question", {
    steps: () => [
        { trigger: ".o_field_widget[name=is_serialized] input", run: "check" },
        { trigger: ".o_form_button_save", run: "click" },
        { content: "Saving asks", trigger: ".modal:contains(On hand, without serial number yet)" },
        { trigger: ".modal button[name=action_enter]", run: "click" },
        { content: "The list is ready for typing", trigger: ".o_list_view" },
        inRow(1, "edit R-1 && press Enter"),
        inRow(2),
    ],
});

tours.add("serial_worklist_session_expired", {
    steps: () => [
        inRow(1, async function () {
            await rpc("/web/session/destroy", {});
            this.anchor.value = "P-1";
            this.anchor.dispatchEvent(new InputEvent("input", { bubbles: true }));
            this.anchor.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
        }),
        { content: "It is said which number is lost", trigger: ".o_notification:contains(not entered: P-1)" },
        { content: "Odoo says why", trigger: ".modal:contains(session expired)" },
    ],
});

tours.add("serial_list_fits", {
    steps: () => [
        {
            content: "The list is no wider than its screen",
            trigger: ".o_list_renderer:has(.o_data_row) .o_list_table",
            run() {
                const [all, seen] = [this.anchor.scrollWidth, this.anchor.closest(".o_list_renderer").clientWidth];
                if (all > seen) {
                    throw new Error(`${all} px of a list on ${seen} px`);
                }
            },
        },
    ],
});
