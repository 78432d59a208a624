import { registry } from "@web/core/registry";

import { answered, confirmByEnter, done, entered, holds, openEntry, press, scan } from "./entry_steps";

const tours = registry.category("web_tour.tours");
const POSTED = "button[data-value=posted][aria-checked=true]";
const LIST = ".modal:not(.o_inactive_modal) .o_list_view";

/** Wait until a unit's row shows the status that it goes back as. */
function goesBackAs(name, status) {
    return [
        {
            content: `${name} goes back as ${status}`,
            trigger: `.o_serial_unit:contains(${name}) .o_serial_status_${status}.active`,
        },
    ];
}

function openInvoice() {
    return [
        { content: "Confirm the invoice", trigger: "button[name=action_post]:visible", run: "click" },
        { content: "The scan box has the focus", trigger: ".modal .o_serial_scan:focus" },
    ];
}

function posted() {
    return [{ content: "The invoice is posted", trigger: POSTED }];
}

tours.add("serial_return_story", {
    steps: () => [
        ...openEntry(),
        ...scan("A1"),
        { content: "Its warranty", trigger: ".o_serial_unit:contains(A1) .o_serial_warranty:contains(70 days left)" },
        ...goesBackAs("A1", "available"),
        ...press("alt+h"),
        ...answered("A1 goes back as: Hold"),
        ...goesBackAs("A1", "hold"),
        ...scan("X9"),
        ...answered("X9 (Phone) was not sold to Customer"),
        ...press("alt+a"),
        { content: "It is fixed on hold", trigger: ".o_serial_unit:contains(X9) .o_serial_added" },
        ...press("alt+v"),
        ...answered("X9 was added: it goes on hold"),
        ...scan("A2"),
        {
            content: "Its warranty is over",
            trigger: ".o_serial_unit:contains(A2) .o_serial_warranty.text-danger:contains(expired 12 days ago)",
        },
        ...press("PageDown"),
        ...press("PageDown"),
        { content: "The keys are for A1 now", trigger: ".o_serial_unit_current:contains(A1)" },
        ...press("alt+v"),
        ...answered("A1 goes back as: Void"),
        ...press("alt+h"),
        ...goesBackAs("A1", "hold"),
        ...confirmByEnter(),
        ...done(),
    ],
});

tours.add("serial_return_all_at_once", {
    steps: () => [
        ...openEntry(),
        ...scan("A1"),
        ...press("alt+shift+v"),
        ...answered("All units of Phone go back as: Void"),
        ...goesBackAs("A1", "void"),
        {
            content: "Choose for the last scan before the server has answered",
            trigger: ".o_serial_scan:focus",
            run: "edit A2 && press Enter && press alt+h",
        },
        { content: "The next product asks", trigger: ".o_serial_product:contains(Tablet)" },
        ...answered("A2 goes back as: Hold"),
        ...scan("T1"),
        ...answered("Press Enter to confirm"),
        ...confirmByEnter(),
        ...done(),
    ],
});

tours.add("serial_return_list", {
    steps: () => [
        ...openEntry(),
        ...press("alt+l"),
        ...holds(
            "What the customer bought, the newest first",
            `${LIST} .o_data_row:first:contains(A2)`,
            (first, queryAll) => {
                const names = queryAll(`${LIST} .o_data_row td[name=name]`).map((cell) => cell.textContent);
                return names.join() === "A2,A3,A1" ? undefined : `The list shows ${names}`;
            },
        ),
        {
            content: "One can type at once",
            trigger: ".modal .o_searchview_input:focus",
            run: "edit A1",
        },
        { content: "Search", trigger: ".o_searchview_autocomplete:contains(A1)", run: "press Enter" },
        { content: "It is found", trigger: `${LIST}:not(:contains(A2)) td:contains(A1)`, run: "click" },
        ...entered("1 / 1"),
        ...answered("Press Enter to confirm"),
        ...confirmByEnter(),
        ...done(),
    ],
});

tours.add("serial_return_vendor_reason", {
    steps: () => [
        ...openEntry(),
        ...scan("A1"),
        ...answered("Press Enter to confirm"),
        ...press("alt+e"),
        { content: "Say why", trigger: ".o_serial_reason input:focus", run: "edit Dead on arrival && press Enter" },
        ...confirmByEnter(),
        ...done(),
    ],
});

tours.add("serial_invoice_without_order", {
    steps: () => [
        ...openInvoice(),
        { content: "It is the invoice", trigger: ".modal-title:contains(Draft Invoice)" },
        ...scan("A1"),
        ...entered("1 / 3"),
        { content: "What was delivered is proposed", trigger: ".o_serial_proposals:contains((1))" },
        ...press("alt+p"),
        ...entered("2 / 3"),
        ...press("alt+l"),
        { content: "The list is for billing people too", trigger: `${LIST} td:contains(A4)`, run: "click" },
        ...answered("Press Enter to confirm"),
        ...confirmByEnter(),
        ...posted(),
    ],
});

tours.add("serial_credit_note_statuses", {
    steps: () => [
        ...openInvoice(),
        ...scan("A1"),
        ...goesBackAs("A1", "available"),
        ...scan("A2"),
        { content: "It is no choice", trigger: ".o_serial_unit:contains(A2) .o_serial_keeps" },
        ...press("alt+v"),
        ...answered("A2 is still at the customer's"),
        ...press("PageDown"),
        { content: "The keys are for A1 now", trigger: ".o_serial_unit_current:contains(A1)" },
        ...press("alt+h"),
        ...answered("A1 goes back as: Hold"),
        ...goesBackAs("A1", "hold"),
        ...confirmByEnter(),
        ...posted(),
    ],
});

tours.add("serial_invoice_lowered", {
    steps: () => [
        ...openInvoice(),
        ...answered("A4 was entered before and cannot be taken any more"),
        { content: "It says why", trigger: ".o_serial_problem:contains(A4):contains(was sold to Other Customer)" },
        ...press("alt+d"),
        { content: "It is gone", trigger: ".o_serial_main:not(:has(.o_serial_problem))" },
        { content: "Too many", trigger: ".o_serial_progress.text-danger:contains(3 / 1)" },
        ...press("Enter"),
        ...answered("remove 2 of the numbers"),
        ...press("control+Enter"),
        ...answered("Remove those that are too many"),
        ...press("PageDown"),
        { content: "The keys are for A2 now", trigger: ".o_serial_unit_current:contains(A2)" },
        ...press("Delete"),
        ...entered("2 / 1"),
        ...press("PageUp"),
        { content: "The keys are for A3 now", trigger: ".o_serial_unit_current:contains(A3)" },
        ...press("Delete"),
        ...answered("A3 was removed. All numbers are entered"),
        ...confirmByEnter(),
        ...posted(),
    ],
});

tours.add("serial_entry_every_number_required", {
    steps: () => [
        ...openEntry(),
        {
            content: "There is no such button",
            trigger: ".o_serial_entry:not(:has(.o_serial_use_blanks))",
        },
        ...press("alt+b"),
        ...answered("requires every serial number of Phone"),
        ...scan("A1"),
        ...answered("Press Enter to confirm"),
        ...confirmByEnter(),
        ...done(),
    ],
});

tours.add("serial_entry_right_to_left", {
    steps: () => [
        { content: "It reads from right to left", trigger: ".o_rtl, [dir=rtl]" },
        ...openEntry(),
        ...scan("A1"),
        ...goesBackAs("A1", "available"),
        ...press("alt+h"),
        ...goesBackAs("A1", "hold"),
        { content: "Numbers keep their direction", trigger: "bdi.o_serial_unit_name:text(A1)" },
        ...confirmByEnter(),
        ...done(),
    ],
});
