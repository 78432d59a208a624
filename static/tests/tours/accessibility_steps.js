import { loadJS } from "@web/core/assets";
import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const AXE = "/serial_number_tracking_tests/axe.min.js"; // what the test puts there
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];
// What Odoo's own forms, lists, tags and windows have, and no addon mends.
const OF_ODOO = [
    "aria-allowed-attr",
    "aria-dialog-name",
    "aria-required-parent",
    "autocomplete-valid",
    "color-contrast",
    "empty-table-header",
    "heading-order",
    "image-alt",
    "landmark-main-is-top-level",
    "landmark-no-duplicate-banner",
    "landmark-no-duplicate-main",
    "landmark-unique",
];
const OF_PAGES = ["region", "page-has-heading-one"];
const FOUND = "serial_accessibility_found"; // in the session: a tour goes from page to page

const read = () => JSON.parse(window.sessionStorage.getItem(FOUND) || "[]");

/**
 * Have a part of the screen judged by axe: whether a keyboard and a screen reader get along with it.
 *
 * @param {string} content what it is
 * @param {string} part a CSS selector
 * @param {string[]} [rules] that are not asked
 * @param {string[]} [others] parts of it that are not ours
 */
export function judge(content, part, rules = [], others = []) {
    return {
        content,
        trigger: part,
        async run() {
            await loadJS(AXE);
            const { violations } = await window.axe.run(
                { include: [[part]], exclude: others.map((selector) => [selector]) },
                {
                    runOnly: RULES,
                    rules: Object.fromEntries([...OF_PAGES, ...rules].map((rule) => [rule, { enabled: false }])),
                },
            );
            const faults = violations.flatMap(({ id, help, nodes }) =>
                nodes.map(({ html, any }) => `${id}: ${help}: ${html.slice(0, 200)} ${any[0]?.message || ""}`),
            );
            const found = [...read(), ...faults.map((fault) => `${content}: ${fault}`)];
            window.sessionStorage.setItem(FOUND, JSON.stringify(found));
        },
    };
}

/** Have a form or a window judged whose fields, lists and frame are Odoo's. */
export function judgeForm(content, part) {
    return judge(content, part, OF_ODOO, [".o_optional_columns_dropdown"]);
}

/** Add a tour that says at its end what was found on the way. */
export function add(name, steps) {
    const verdict = {
        content: "All of it is accessible",
        trigger: "body",
        run() {
            const found = read();
            window.sessionStorage.removeItem(FOUND);
            if (found.length) {
                throw new Error(found.join("\n"));
            }
        },
    };
    tours.add(name, { steps: () => [...steps(), verdict] });
}
