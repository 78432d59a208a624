import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { session } from "@web/session";

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

registry.category("web_tour.tours").add("serial_count_shelves", {
    steps: () => [
        { content: "Begin", trigger: "button[name=action_scan]", run: "click" },
        { content: "A shelf of elsewhere", trigger: ".o_serial_desk_box input:focus", run: "edit AWAY && press Enter" },
        { content: "It is refused", trigger: ".o_serial_desk_answer.text-danger:contains(begin a count of)" },
        { content: "A shelf of here", trigger: ".o_serial_desk_box input", run: "edit SHELF-2 && press Enter" },
        { content: "It says where the next ones lie", trigger: ".o_serial_count_place:contains(Shelf 2)" },
        { content: "One of the other shelf", trigger: ".o_serial_desk_box input", run: "edit CNT-1 && press Enter" },
        { content: "Both shelves are named", trigger: row("CNT-1", "Shelf 2; the register has it at") },
        { trigger: row("CNT-1", "Misplaced") },
        { content: "Anywhere again", trigger: ".o_serial_count_leave_place", run: "click" },
        { trigger: ".o_serial_count:not(:has(.o_serial_count_place))" },
        { content: "Anywhere", trigger: ".o_serial_desk_box input", run: "edit CNT-2 && press Enter" },
        { content: "It is there", trigger: row("CNT-2", "There") },
        { content: "Apply", trigger: ".o_serial_count_apply", run: "click" },
        { trigger: ".modal:contains(Moved to where they were scanned: 1)" },
        { trigger: ".modal footer .btn-primary", run: "click" },
        { content: "It is applied", trigger: ".o_serial_count_state" },
    ],
});

registry.category("web_tour.tours").add("serial_count_session_expired", {
    steps: () => [
        { content: "Begin", trigger: "button[name=action_scan]", run: "click" },
        { content: "Scan", trigger: ".o_serial_desk_box input:focus", run: "edit CNT-1 && press Enter" },
        { content: "It is there", trigger: row("CNT-1", "There") },
        {
            content: "The session ends, and the next one is scanned",
            trigger: ".o_serial_desk_box input",
            async run() {
                await rpc("/web/session/destroy", {});
                this.anchor.value = "CNT-2";
                this.anchor.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
            },
        },
        { content: "It waits", trigger: ".o_serial_waiting:contains(1 number waits here)" },
        {
            content: "Odoo says why; log in again",
            trigger: ".modal:contains(session expired)",
            run: () => rpc("/web/session/authenticate", { db: session.db, login: "clerk", password: "clerkxxx" }),
        },
        {
            content: "Load the page again, as Odoo offers",
            trigger: ".modal .btn-primary",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "What waited is sent", trigger: row("CNT-2", "There") },
        { content: "Nothing waits", trigger: ".o_serial_count:not(:has(.o_serial_waiting))" },
    ],
});
