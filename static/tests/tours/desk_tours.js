import { registry } from "@web/core/registry";

import { wedge } from "./look_up_tours";

const row = (name) => `.o_serial_desk_row[data-number='${name}']`;

registry.category("web_tour.tours").add("serial_service_desk", {
    steps: () => [
        {
            content: "Scan at once: the box has the focus",
            trigger: ".o_serial_desk_box input:focus",
            run: "edit DESK-1 && press Enter",
        },
        { content: "Who bought it", trigger: `${row("DESK-1")} dd:contains(Customer)` },
        { content: "It is broken", trigger: `${row("DESK-1")} [data-status=hold]`, run: "click" },
        { content: "Chosen", trigger: `${row("DESK-1")} [data-status=hold].active` },
        { content: "Credit it", trigger: `${row("DESK-1")} .o_serial_desk_remedy`, run: "select credit" },
        {
            content: "Say why, and scan the next one while the cursor stands elsewhere",
            trigger: `${row("DESK-1")} .o_serial_desk_reason input`,
            run: "edit Screen broken && press Tab",
        },
        {
            content: "The next one",
            trigger: ".o_serial_desk_head",
            run() {
                document.activeElement.blur();
                wedge("desk-2");
            },
        },
        { content: "Both are there", trigger: `${row("DESK-2")}, ${row("desk-2")}` },
        { content: "Two to take back", trigger: ".o_serial_desk_count:contains(2)" },
        { content: "Take them back", trigger: ".o_serial_take_back", run: "click" },
        { content: "The credit note", trigger: ".o_serial_desk_made:contains(credit note)" },
        { content: "The desk is empty", trigger: ".o_serial_desk:not(:has(.o_serial_desk_row))" },
    ],
});
