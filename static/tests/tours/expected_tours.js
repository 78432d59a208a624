import { registry } from "@web/core/registry";

import { answered, confirmByEnter, entered, paste, press, scan } from "./entry_steps";

const tours = registry.category("web_tour.tours");

tours.add("serial_expected_announce", {
    steps: () => [
        { content: "Open the vendor's list", trigger: "button[name=action_announce_serials]", run: "click" },
        { content: "The scan box has the focus", trigger: ".modal .o_serial_scan:focus" },
        ...paste("A1\nA2\nA3\na1"),
        ...entered("3 / 5"),
        { content: "The rest need not be announced", trigger: ".o_serial_main:contains(2 not announced)" },
        { trigger: ".o_serial_main:not(:has(.o_serial_use_blanks))" },
        {
            content: "Drop a file",
            trigger: ".o_serial_entry",
            run() {
                const dataTransfer = new DataTransfer();
                dataTransfer.items.add(new File(["No,Serial Number\n1,A4\n"], "list.csv", { type: "text/csv" }));
                this.anchor.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
            },
        },
        ...entered("4 / 5"),
        ...press("control+Enter"),
        { content: "The window is closed", trigger: "body:not(:has(.modal)) .o_form_view" },
        {
            content: "The line says how many are announced",
            trigger: ".o_data_row td[name=serial_expected_count]:contains(4)",
        },
    ],
});

tours.add("serial_expected_receive", {
    steps: () => [
        { content: "Validate the receipt", trigger: "button[name=button_validate]", run: "click" },
        { content: "The scan box has the focus", trigger: ".modal .o_serial_scan:focus" },
        { content: "The vendor's list", trigger: ".o_serial_announced:contains(/Announced \\(\\s*0 \\/ 4/)" },
        ...scan("A2"),
        { content: "It is ticked off", trigger: ".o_serial_ticked:contains(A2)" },
        ...press("alt+p"),
        ...entered("4 / 5"),
        { content: "All are ticked off", trigger: ".o_serial_announced_rows:not(:has(.text-muted))" },
        {
            content: "A3 is not there after all",
            trigger: ".o_serial_unit:contains(A3) .o_serial_remove",
            run: "click",
        },
        ...entered("3 / 5"),
        ...scan("X1"),
        ...answered("It was not announced"),
        { content: "It came without being announced", trigger: ".o_serial_unannounced:contains(X1)" },
        ...scan("X2"),
        ...answered("Press Enter to confirm"),
        { trigger: ".o_serial_unannounced:contains(X1, X2)" },
        { content: "A3 did not come", trigger: ".o_serial_absent:contains(A3)" },
        ...confirmByEnter(),
        { content: "The receipt is done", trigger: "button[data-value=done][aria-checked=true]" },
    ],
});
