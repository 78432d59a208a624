import { registry } from "@web/core/registry";

const row = (name, code) => `.o_serial_count_rows tr[data-number='${name}']:contains(${code})`;

registry.category("web_tour.tours").add("serial_count", {
    steps: () => [
        { content: "Begin", trigger: "button[name=action_scan]", run: "click" },
        {
            content: "Scan what lies here",
            trigger: ".o_serial_desk_box input:focus",
            run: "edit CNT-1 && press Enter",
        },
        { content: "The register has it elsewhere", trigger: row("CNT-1", "Misplaced") },
        { content: "A new one", trigger: ".o_serial_desk_box input", run: "edit CNT-9 && press Enter" },
        { content: "Nobody knew it", trigger: row("CNT-9", "New Number") },
        { content: "What is missing", trigger: "[data-figure=missing]:contains(1)", run: "click" },
        { content: "This one", trigger: row("CNT-8", "Missing") },
        { content: "Apply", trigger: ".o_serial_count_apply", run: "click" },
        { content: "It says what will be", trigger: ".modal:contains(Booked as gone: 1)" },
        { content: "Yes", trigger: ".modal footer .btn-primary", run: "click" },
        { content: "It is applied", trigger: ".o_serial_count_state" },
        { content: "Undo it", trigger: ".o_serial_count_undo", run: "click" },
        { content: "It goes on", trigger: ".o_serial_count_apply" },
    ],
});
