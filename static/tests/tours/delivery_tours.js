import { registry } from "@web/core/registry";

import { click, confirmByEnter, entered, press, scan, shown } from "./entry_steps";

const tours = registry.category("web_tour.tours");
const POSTED = "button[data-value=posted][aria-checked=true]";
const DONE = "button[data-value=done][aria-checked=true]";

/** Press Confirm: the window asks for the numbers of what leaves, or comes back. */
function confirm() {
    return [
        ...click("Confirm it", "button[name=action_post]:visible"),
        ...shown("The scan box has the focus", ".modal .o_serial_scan:focus"),
    ];
}

/** Go to the transfer that was made, and back to the document. */
function walkBothWays() {
    return [
        ...shown("It is posted", POSTED),
        ...click("It leads to its transfer", "button[name=action_view_serial_deliveries]"),
        ...shown("That is done", DONE),
        ...click("And leads back", "button[name=action_view_serial_invoices]"),
        ...shown("It is the document again", POSTED),
    ];
}

tours.add("serial_invoice_delivers", {
    steps: () => [
        ...shown("It says so before", ".alert[name=serial_delivers]:contains(Confirming delivers its goods)"),
        ...confirm(),
        ...scan("A1"),
        ...scan("A2"),
        ...entered("2 / 2"),
        ...confirmByEnter(),
        ...walkBothWays(),
    ],
});

tours.add("serial_credit_note_takes_back", {
    steps: () => [
        ...shown("It says so before", ".alert[name=serial_delivers]:contains(Confirming takes back its goods)"),
        ...confirm(),
        ...scan("A1"),
        ...entered("1 / 1"),
        ...press("alt+h"),
        ...shown("It goes on hold", ".o_serial_unit:contains(A1) .o_serial_status_hold.active"),
        ...confirmByEnter(),
        ...walkBothWays(),
    ],
});
