import { registry } from "@web/core/registry";
import { click, openEntry, press, scan, shown } from "./entry_steps";

const FOCUSABLE = "a[href], button, input, select, textarea, [tabindex]";

/** Press a key as a hand does, and wait until it is released. Python sends it: see `KeyboardBrowser`. */
export async function strike(key) {
    const released = new Promise((resolve) =>
        document.addEventListener("keyup", resolve, { capture: true, once: true }),
    );
    console.log(`keyboard: ${key}`);
    await released;
}

/** Return what Tab is to reach. Of radio buttons that belong together it is one. */
function findReachable(root) {
    return [...root.querySelectorAll(FOCUSABLE)].filter(
        (el) =>
            el.tabIndex >= 0 &&
            !el.disabled &&
            el.getClientRects().length &&
            window.getComputedStyle(el).visibility !== "hidden" &&
            (el.type !== "radio" || el.checked),
    );
}

/** Keep the focus in the page when it leaves the last element. */
function putStop() {
    const stop = document.createElement("button");
    stop.className = "o_serial_stop";
    document.body.append(stop);
    return stop;
}

/** Press Tab from where the focus is until it has been there before, or leaves. */
async function passThrough(root) {
    const passed = [];
    while (root.contains(document.activeElement) && !passed.includes(document.activeElement)) {
        passed.push(document.activeElement);
        await strike("Tab");
    }
    return passed;
}

function describe(el) {
    return el.outerHTML.slice(0, 120);
}

/**
 * Go through a part of the screen by Tab, and back.
 *
 * @param {string} content
 * @param {string} part where
 * @param {string[]} landmarks what is passed, in the order in which one reads it
 */
function tabThrough(content, part, landmarks) {
    async function run() {
        const root = this.anchor;
        const stop = putStop();
        const reachable = findReachable(root);
        if (!root.contains(document.activeElement) || !root.matches(".modal")) {
            reachable[0].focus();
        }
        const passed = await passThrough(root);
        await strike("Shift+Tab");
        const last = document.activeElement;
        stop.remove();
        const missed = reachable.filter((el) => !passed.includes(el));
        if (missed.length) {
            throw new Error(`${content}: Tab does not reach ${missed.map(describe).join(", ")}`);
        }
        const places = landmarks.map((mark) => passed.findIndex((el) => el.matches(mark)));
        if (places.some((place, at) => place < 0 || place < (places[at - 1] ?? 0))) {
            throw new Error(`${content}: the order is ${places}, by ${passed.map(describe).join(", ")}`);
        }
        if (last !== passed.at(-1)) {
            throw new Error(`${content}: Shift+Tab goes back to ${describe(last)}`);
        }
    }
    return { content, trigger: part, run };
}

/** Press Escape where the focus is. */
function leave(content) {
    return { content, trigger: "body", run: () => strike("Escape") };
}

function open(content, action) {
    const run = () => odoo.__WOWL_DEBUG__.root.env.services.action.doAction(action, { clearBreadcrumbs: true });
    return { content, trigger: ".o_action_manager", run };
}

const BOX = ".o_serial_desk_box input";

registry.category("web_tour.tours").add("serial_tab_order", {
    steps: () => [
        ...openEntry(),
        ...scan("P-5"),
        ...scan("P-1"),
        ...shown("One is taken, one refused", ".o_serial_problem:contains(P-1)"),
        { content: "Back in the scan box", trigger: ".o_serial_scan", run: "click" },
        tabThrough("The entry window", ".modal", [
            ".o_serial_scan",
            ".o_serial_reenter",
            ".o_serial_dismiss",
            ".o_serial_use_blanks",
            ".o_serial_undo",
            ".o_serial_remove",
            ".modal-footer button.btn-primary",
            ".modal-footer button.btn-link",
        ]),
        { content: "Back in the scan box", trigger: ".o_serial_scan", run: "click" },
        ...press("alt+g"),
        ...shown("The range has the focus", ".o_serial_range_first:focus"),
        leave("Leave the range"),
        ...shown("The scan box has the focus again", ".o_serial_scan:focus"),
        ...press("alt+l"),
        ...shown("The list of units opens", ".modal:not(.o_inactive_modal) .o_list_view"),
        leave("Leave the list"),
        ...shown("The scan box has the focus once more", ".o_serial_scan:focus"),
        leave("Leave the window"),
        ...shown("The transfer is there, to go on", "body:not(:has(.modal)) button[name=button_validate]"),

        open("The service desk", "serial_number_tracking.serial_return_desk_action"),
        { content: "Scan", trigger: `${BOX}:focus`, run: "edit DESK-1 && press Enter" },
        ...shown("Its card", ".o_serial_desk_row[data-number='DESK-1']"),
        tabThrough("The service desk", ".o_serial_desk", [
            ".o_serial_take_back",
            BOX,
            ".o_serial_desk_row input[type=checkbox]",
            ".o_serial_desk_row [data-status]",
            ".o_serial_desk_reason input",
            ".o_serial_desk_remedy",
        ]),

        open("Counts", "serial_number_tracking.serial_count_action"),
        ...click("The count", ".o_data_row .o_data_cell"),
        ...click("Begin", "button[name=action_scan]"),
        { content: "Scan", trigger: `${BOX}:focus`, run: "edit P-1 && press Enter" },
        ...shown("There", ".o_serial_count_rows tr[data-number='P-1']"),
        tabThrough("The count", ".o_serial_count", [
            ".o_serial_count_leave",
            ".o_serial_count_apply",
            BOX,
            "[data-figure=missing]",
            ".o_serial_count_rows button",
        ]),
    ],
});
