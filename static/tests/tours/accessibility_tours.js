import { loadJS } from "@web/core/assets";
import { registry } from "@web/core/registry";

import { answered, entered, openEntry, press, scan } from "./entry_steps";
import { wedge } from "./look_up_tours";

const tours = registry.category("web_tour.tours");
const AXE = "/serial_number_tracking_tests/axe.min.js"; // what the test puts there
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];

const found = [];

/** Have a part of the screen judged by axe: whether a keyboard and a screen reader get along with it. */
function judge(content, trigger) {
    return {
        content,
        trigger,
        async run() {
            await loadJS(AXE);
            const { violations } = await window.axe.run(trigger, {
                runOnly: RULES,
                rules: { region: { enabled: false }, "page-has-heading-one": { enabled: false } }, // are of whole pages
            });
            const faults = violations.flatMap(({ id, help, nodes }) =>
                nodes.map(({ html, any }) => `${id}: ${help}: ${html.slice(0, 200)} ${any[0]?.message || ""}`),
            );
            found.push(...faults.map((fault) => `${content}: ${fault}`));
        },
    };
}

/** Add a tour that says at its end what was found on the way. */
function add(name, steps) {
    const verdict = {
        content: "All of it is accessible",
        trigger: "body",
        run() {
            if (found.length) {
                throw new Error(found.splice(0).join("\n"));
            }
        },
    };
    tours.add(name, { steps: () => [...steps(), verdict] });
}

add("serial_accessible_entry", () => [
    ...openEntry(),
    judge("An empty window", ".o_serial_entry"),
    ...scan("P-1"),
    ...scan("A-1"),
    ...scan("p-1"),
    { content: "A number is refused", trigger: ".o_serial_problem:contains(A-1)" },
    judge("A window with answers", ".o_serial_entry"),
    ...press("alt+g"),
    { content: "The range", trigger: ".o_serial_range_first:focus", run: "edit P-5" },
    judge("A range", ".o_serial_entry"),
    { content: "Leave it", trigger: ".o_serial_range_first", run: "press Escape" },
    { content: "The answer is read to whom does not see it", trigger: ".o_serial_answer[role=status][aria-live]" },
]);

add("serial_accessible_return", () => [
    ...openEntry(),
    ...scan("P-1"),
    ...entered("1 / 2"),
    judge("A return", ".o_serial_entry"),
]);

add("serial_accessible_announced", () => [
    ...openEntry(),
    ...scan("P-1"),
    ...answered("P-1"),
    judge("What the vendor announced", ".o_serial_entry"),
]);

add("serial_accessible_worklist", () => [
    { content: "The first row", trigger: ".o_selected_row td[name=name] input:focus" },
    judge("The worklist", ".o_selected_row td[name=name]"), // the rest of the list is Odoo's
]);

add("serial_accessible_desk", () => [
    { content: "The box has the focus", trigger: ".o_serial_desk_box input:focus" },
    judge("An empty desk", ".o_serial_desk"),
    { content: "Scan", trigger: ".o_serial_desk_box input:focus", run: "edit DESK-1 && press Enter" },
    { content: "Its card", trigger: ".o_serial_desk_row[data-number='DESK-1']" },
    { content: "Scan", trigger: ".o_serial_desk_box input:focus", run: "edit DESK-9 && press Enter" },
    { content: "Unknown", trigger: ".o_serial_desk_answer:contains(DESK-9)" },
    judge("A desk with a unit", ".o_serial_desk"),
    { content: "Answers are read", trigger: "[aria-live] .o_serial_desk_answer" },
]);

add("serial_accessible_count", () => [
    { content: "Begin", trigger: "button[name=action_scan]", run: "click" },
    { content: "Scan", trigger: ".o_serial_desk_box input:focus", run: "edit P-1 && press Enter" },
    { content: "There", trigger: ".o_serial_count_rows tr[data-number='P-1']" },
    { content: "A new one", trigger: ".o_serial_desk_box input", run: "edit P-9 && press Enter" },
    { content: "New", trigger: ".o_serial_count_rows tr[data-number='P-9']" },
    judge("A count", ".o_serial_count"),
    { content: "Answers are read", trigger: "[aria-live] .o_serial_desk_answer" },
    { content: "What is missing", trigger: "[data-figure=missing]", run: "click" },
    { content: "Chosen", trigger: "[data-figure=missing][aria-pressed=true]" },
    judge("What is missing", ".o_serial_count"),
]);

add("serial_accessible_start", () => [
    { content: "The box has the focus", trigger: ".o_serial_start input:focus" },
    judge("The start screen", ".o_serial_start"),
    { content: "Scan a unit", trigger: ".o_serial_start input:focus", run: () => wedge("P-1") },
    { content: "Its card", trigger: ".o_serial_card[data-number='P-1']" },
    judge("The card of a unit", ".modal .o_serial_card"),
]);

add("serial_accessible_phone", () => [
    judge("The page for phones", ".o_serial_phone"),
    { content: "Receive", trigger: ".o_serial_phone [data-task=receive]", run: "click" },
    { content: "A transfer", trigger: ".o_serial_phone_transfer" },
    judge("What there is to receive", ".o_serial_phone"),
]);
