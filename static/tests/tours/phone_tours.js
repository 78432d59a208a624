import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

import { answered, confirmByEnter, entered, holds, paste, scan } from "./entry_steps";
import { LosingRequest } from "./entry_tours";
import { wedge } from "./look_up_tours";

const RealRequest = browser.XMLHttpRequest;
const tours = registry.category("web_tour.tours");
const TARGET = 44;
const TARGETS = [
    ".o_serial_phone button, .o_serial_phone input, .o_serial_phone select, .o_serial_entry .btn, .modal-footer .btn",
    ".o_serial_desk button, .o_serial_desk input:not(.form-check-input), .o_serial_desk select",
    ".o_serial_desk label.form-check",
].join(", ");

/** Nothing scrolls sideways, and a thumb hits all there is to tap. */
export function fits(screen) {
    return holds(`${screen} fits`, "body", (body, queryAll) => {
        for (const el of [document.documentElement, ...queryAll("main, .modal-body, .o_serial_main")]) {
            if (el.scrollWidth > Math.min(el.clientWidth, window.innerWidth)) {
                return `${el.className || el.tagName} is ${el.scrollWidth} wide of ${el.clientWidth}`;
            }
        }
        for (const el of queryAll(TARGETS)) {
            const { width, height } = el.getBoundingClientRect();
            if (width && (height < TARGET || width < TARGET)) {
                return `${el.className} is ${Math.round(width)} x ${Math.round(height)}`;
            }
        }
        return undefined;
    });
}

/** Count the taps: each is a click of the tour. */
let taps = 0;
function tap(content, trigger) {
    return [
        {
            content,
            trigger,
            async run({ click }) {
                taps++;
                await click();
            },
        },
    ];
}

/** Scan as a scanner types, whatever has the focus. */
function scanHere(text) {
    return [{ content: `Scan ${text}`, trigger: ".o_serial_phone_scan", run: () => wedge(text) }];
}

tours.add("serial_phone_receive", {
    steps: () => [
        { content: "The tasks", trigger: ".o_serial_phone_task[data-task=look_up]" },
        ...fits("The first screen"),
        ...tap("Receive", ".o_serial_phone_task[data-task=receive]"),
        { content: "It says what there is to do", trigger: ".o_serial_phone_transfer:contains(10 units to scan)" },
        ...fits("The list"),
        ...tap("Open the receipt", ".o_serial_phone_transfer:contains(10 units to scan)"),
        {
            content: "The window fills the screen",
            trigger: ".o_dialog .modal-fullscreen .o_serial_scan:focus, .o_modal_full .o_serial_scan:focus",
        },
        ...fits("The window"),
        ...Array.from({ length: 10 }, (_, index) => scan(`P-${index + 1}`)).flat(),
        ...entered("10 / 10"),
        ...answered("Press Enter to confirm"),
        ...fits("The full window"),
        ...tap("Confirm", ".modal button[name=action_confirm]"),
        { content: "It is done, and the list is empty", trigger: ".o_notification:contains(is done)" },
        { content: "Nothing waits any more", trigger: ".o_serial_phone_empty" },
        ...fits("The empty list"),
        {
            content: "At most four taps beside the scans",
            trigger: ".o_serial_phone",
            run() {
                if (taps > 4) {
                    throw new Error(`${taps} taps`);
                }
            },
        },
    ],
});

tours.add("serial_phone_ship", {
    steps: () => [
        { content: "The tasks", trigger: ".o_serial_phone_task[data-task=ship] .badge" },
        ...scanHere("out-7"),
        { content: "A document's name opens it", trigger: ".modal .o_serial_scan:focus" },
        ...scan("P-1"),
        ...answered("Press Enter to confirm"),
        ...confirmByEnter(),
        { content: "It is done", trigger: ".o_notification:contains(OUT-7 is done)" },
        { content: "Back on the first screen", trigger: ".o_serial_phone_task[data-task=take_back]", run: "click" },
        { content: "Nothing comes back", trigger: ".o_serial_phone_empty" },
        ...fits("The list of returns"),
        {
            content: "A number is left on the device",
            trigger: ".o_serial_phone_home",
            run() {
                // Not imported: pages of the portal load the tours as well, and have no entry window.
                const { ScanQueue } = odoo.loader.modules.get("@serial_number_tracking/entry/scan_queue");
                new ScanQueue().push(["P-9"], 0, { source: "stock.move,0", document: "OUT-8" });
            },
        },
        { content: "Back", trigger: ".o_serial_phone_home", run: "click" },
        { content: "It is said", trigger: ".o_serial_phone_waiting:contains(/OUT-8.*1 number waits here/)" },
        ...fits("What waits"),
        { content: "Its transfer is gone", trigger: ".o_serial_phone_send", run: "click" },
        { content: "Throw it away", trigger: ".modal-body:contains(P-9)" },
        { content: "Throw it away", trigger: ".modal-footer .btn-primary", run: "click" },
        { content: "Nothing waits", trigger: ".o_serial_phone:not(:has(.o_serial_phone_waiting))" },
        { content: "Look up", trigger: ".o_serial_phone_task[data-task=look_up]", run: "click" },
        ...fits("The look-up"),
        ...scanHere("p-1"),
        { content: "The card of the unit", trigger: ".o_serial_card[data-number=P-1]:contains(Customer)" },
        ...fits("The card"),
        ...scanHere("nobody-knows"),
        { content: "A number that nobody knows is said", trigger: ".o_serial_phone_unknown" },
        { content: "Back", trigger: ".o_serial_phone_home", run: "click" },
        { content: "The first screen", trigger: ".o_serial_phone_task[data-task=receive]" },
    ],
});

/** Press the back button of the phone. */
function goBack() {
    return [{ content: "Back, by the phone's own button", trigger: "body", run: () => browser.history.back() }];
}

tours.add("serial_phone_back", {
    steps: () => [
        { content: "Receive", trigger: ".o_serial_phone_task[data-task=receive]", run: "click" },
        { content: "Four", trigger: ".o_serial_phone_transfer:eq(3)" },
        { content: "Narrow the list", trigger: ".o_serial_phone_scan", run: "edit Hall && press Enter" },
        { content: "Two are left", trigger: ".o_serial_phone:not(:has(.o_serial_phone_transfer:eq(2)))" },
        { content: "Open one", trigger: ".o_serial_phone_transfer:contains(Hall 1)", run: "click" },
        { content: "Its window", trigger: ".modal .o_serial_scan:focus" },
        ...goBack(),
        {
            content: "The window is closed, and the list is the same",
            trigger: "body:not(:has(.modal)) .o_serial_phone",
        },
        { content: "Open it again", trigger: ".o_serial_phone_transfer:contains(Hall 1)", run: "click" },
        ...scan("P-1"),
        ...answered("Press Enter to confirm"),
        ...confirmByEnter(),
        { content: "It is done", trigger: ".o_notification:contains(is done)" },
        {
            content: "The list is still narrowed",
            trigger:
                ".o_serial_phone:has(.o_serial_phone_search:contains(Hall)):not(:has(.o_serial_phone_transfer:eq(1)))",
        },
        { content: "With the other one", trigger: ".o_serial_phone_transfer:contains(Hall 2)" },
        ...goBack(),
        { content: "The first screen", trigger: ".o_serial_phone_task[data-task=receive]", run: "click" },
        { content: "All are shown again", trigger: ".o_serial_phone_transfer:eq(2)" },
        { content: "Back, by the page's button", trigger: ".o_serial_phone_home", run: "click" },
        { content: "The first screen", trigger: ".o_serial_phone_task[data-task=look_up]", run: "click" },
        { content: "The look-up", trigger: ".o_serial_phone_home" },
        ...goBack(),
        { content: "The first screen", trigger: ".o_serial_phone_task[data-task=receive]" },
    ],
});

/** Open the receipt that waits. */
function openReceipt() {
    return [
        { content: "Receive", trigger: ".o_serial_phone_task[data-task=receive]", run: "click" },
        { content: "Open the receipt", trigger: ".o_serial_phone_transfer", run: "click" },
        { content: "The scan box has the focus", trigger: ".modal .o_serial_scan:focus" },
    ];
}

/** Scan numbers one after the other, faster than they are answered. */
function scanMany(first, last) {
    return [
        {
            content: `Scan P-${first} to P-${last}`,
            trigger: ".o_serial_scan:focus",
            async run({ edit, press }) {
                for (let number = first; number <= last; number++) {
                    await edit(`P-${number}`);
                    await press("Enter");
                }
            },
        },
    ];
}

function numbers(first, last) {
    return Array.from({ length: last - first + 1 }, (_item, index) => `P-${first + index}`);
}

/** The test cuts the network, and restores it, as soon as it reads so in the console. */
tours.add("serial_phone_network_cut", {
    steps: () => [
        ...openReceipt(),
        ...scanMany(1, 24),
        ...entered("24 / 50"),
        {
            content: "An answer is lost, and then the network",
            trigger: ".o_serial_scan:focus",
            run() {
                browser.XMLHttpRequest = LosingRequest;
            },
        },
        ...scan("P-25"),
        { content: "One is said as one", trigger: ".o_serial_answer:contains(1 number waits here)" },
        {
            content: "The network is cut",
            trigger: ".o_serial_scan:focus",
            async run({ waitUntil }) {
                console.log("network: cut");
                await waitUntil(() => !navigator.onLine, { timeout: 5000 });
            },
        },
        ...scanMany(26, 40),
        { content: "All are shown", trigger: ".o_serial_waiting:contains(16 numbers wait here)" },
        ...paste(`Serial Number\tNote\n${numbers(41, 50).join("\tnew\n")}\tnew`),
        { content: "A table waits as well", trigger: ".o_serial_waiting:contains(Not answered yet)" },
        {
            content: "The page is loaded again, in vain, and once more with a network",
            trigger: ".o_serial_scan:focus",
            run: () => console.log("network: load again and restore"),
            expectUnloadPage: true,
        },
        { content: "The window is open again by itself", trigger: ".modal .o_serial_scan:focus" },
        ...entered("50 / 50"),
        ...answered("Press Enter to confirm"),
        { content: "None was entered twice", trigger: ".o_serial_main:not(:has(.o_serial_problem))" },
        ...confirmByEnter(),
        { content: "It is done", trigger: ".o_notification:contains(is done)" },
    ],
});

const deskRow = (name) => `.o_serial_desk_row[data-number='${name}']`;

tours.add("serial_phone_return_desk", {
    steps: () => [
        { content: "The empty desk", trigger: ".o_serial_desk_box input:focus" },
        ...fits("The empty desk"),
        {
            content: "Scan",
            trigger: ".o_serial_desk_box input",
            run: "edit DESK-1-WITH-A-RATHER-LONG-NUMBER-1234 && press Enter",
        },
        { content: "Its row", trigger: `${deskRow("DESK-1-WITH-A-RATHER-LONG-NUMBER-1234")} dd:contains(Customer)` },
        {
            content: "Scan what nobody knows",
            trigger: ".o_serial_desk_box input",
            run: "edit NOBODY-KNOWS-IT && press Enter",
        },
        { content: "It is said", trigger: `${deskRow("NOBODY-KNOWS-IT")} [role=alert]` },
        ...fits("The desk"),
        { content: "Remove it", trigger: `${deskRow("NOBODY-KNOWS-IT")} .btn-close`, run: "click" },
        { content: "Take back", trigger: ".o_serial_take_back:enabled", run: "click" },
        { content: "It says by what", trigger: ".o_serial_desk_made" },
        ...fits("What was made"),
    ],
});

tours.add("serial_phone_count_desk", {
    steps: () => [
        { content: "Begin", trigger: "button[name=action_scan]", run: "click" },
        { content: "The empty count", trigger: ".o_serial_desk_box input:focus" },
        ...fits("The empty count"),
        {
            content: "Scan",
            trigger: ".o_serial_desk_box input",
            run: "edit CNT-1-WITH-A-RATHER-LONG-NUMBER-12345 && press Enter",
        },
        { content: "It is there", trigger: ".o_serial_count_rows:contains(There)" },
        { content: "A new one", trigger: ".o_serial_desk_box input", run: "edit CNT-9 && press Enter" },
        { content: "Of no product", trigger: ".o_serial_count_choose" },
        ...fits("The count"),
        { content: "What is missing", trigger: "[data-figure=missing]:contains(1)", run: "click" },
        { content: "This one", trigger: ".o_serial_count_rows:contains(CNT-8)" },
        ...fits("What is missing"),
        { content: "Back to what was scanned", trigger: "[data-figure=missing]", run: "click" },
        { content: "Take the new one back", trigger: "tr[data-number=CNT-9] .btn-close", run: "click" },
        { content: "It is gone", trigger: ".o_serial_count:not(:has(tr[data-number=CNT-9]))" },
        { content: "Apply", trigger: ".o_serial_count_apply", run: "click" },
        { content: "Yes", trigger: ".modal footer .btn-primary", run: "click" },
        { content: "It is applied", trigger: ".o_serial_count_state" },
        ...fits("The applied count"),
    ],
});

/** Scan at a desk, while the network is cut. */
function scanAtDesk(...names) {
    return names.map((name) => ({
        content: `Scan ${name}`,
        trigger: ".o_serial_desk_box input",
        run: `edit ${name} && press Enter`,
    }));
}

function cutNetwork() {
    return {
        content: "The network is cut",
        trigger: ".o_serial_desk_box input",
        async run({ waitUntil }) {
            console.log("network: cut");
            await waitUntil(() => !navigator.onLine, { timeout: 5000 });
        },
    };
}

/** The test cuts the network, and restores it, as soon as it reads so in the console. */
tours.add("serial_phone_count_network_cut", {
    steps: () => [
        { content: "Begin", trigger: "button[name=action_scan]", run: "click" },
        ...scanAtDesk("CNT-1"),
        { content: "It is there", trigger: "tr[data-number=CNT-1]" },
        {
            content: "An answer is lost",
            trigger: ".o_serial_desk_box input",
            run() {
                browser.XMLHttpRequest = LosingRequest;
            },
        },
        ...scanAtDesk("CNT-2"),
        { content: "It waits", trigger: ".o_serial_waiting:contains(1 number waits here)" },
        cutNetwork(),
        ...scanAtDesk("PHONE-CODE", "CNT-8", "CNT-9"),
        { content: "All are shown", trigger: ".o_serial_waiting:contains(4 numbers wait here)" },
        ...fits("The count that waits"),
        { content: "Nothing is applied meanwhile", trigger: ".o_serial_count_apply", run: "click" },
        { content: "It says why", trigger: ".o_notification:contains(4 numbers wait here)" },
        { content: "No question", trigger: "body:not(:has(.modal))" },
        {
            content: "The network is back",
            trigger: ".o_serial_desk_box input",
            run() {
                browser.XMLHttpRequest = RealRequest;
                console.log("network: restore");
            },
        },
        { content: "Nothing waits", trigger: ".o_serial_count:not(:has(.o_serial_waiting))", timeout: 60000 },
        ...["CNT-2", "CNT-8", "CNT-9"].map((name) => ({ content: name, trigger: `tr[data-number=${name}]` })),
        {
            content: "New numbers are of the product",
            trigger: ".o_serial_count:contains(New numbers are of [PHONE-CODE] Phone)",
        },
    ],
});

tours.add("serial_phone_return_network_cut", {
    steps: () => [
        ...scanAtDesk("DESK-1"),
        { content: "Its row", trigger: deskRow("DESK-1") },
        cutNetwork(),
        ...scanAtDesk("DESK-2", "DESK-3"),
        { content: "They wait", trigger: ".o_serial_waiting:contains(2 numbers wait here)" },
        {
            content: "The page is loaded again, in vain, and once more with a network",
            trigger: ".o_serial_desk_box",
            run: () => console.log("network: load again and restore"),
            expectUnloadPage: true,
        },
        ...["DESK-3", "DESK-2", "DESK-1"].map((name) => ({ content: name, trigger: deskRow(name) })),
        { content: "Nothing waits", trigger: ".o_serial_desk:not(:has(.o_serial_waiting))" },
        { content: "Take back", trigger: ".o_serial_take_back:enabled", run: "click" },
        { content: "It says by what", trigger: ".o_serial_desk_made" },
    ],
});

tours.add("serial_phone_camera", {
    steps: () => [
        ...openReceipt(),
        { content: "Open the camera", trigger: ".o_serial_open_camera", run: "click" },
        { trigger: ".o_serial_progress:contains(2 / 2)", timeout: 40000 },
        ...fits("The camera"),
        { content: "Close the camera", trigger: ".o_serial_camera_close", run: "click" },
        { content: "Confirm", trigger: ".modal button[name=action_confirm]", run: "click" },
        { content: "It is done", trigger: ".o_notification:contains(is done)" },
    ],
});

/** The test types by the browser's own keyboard as soon as it reads this in the console. */
tours.add("serial_phone_separators", {
    steps: () => [
        ...openReceipt(),
        {
            content: "Let the scanner begin",
            trigger: ".o_serial_scan:focus",
            run: () => console.log("serial scanner: begin"),
        },
        { trigger: ".o_serial_progress:contains(10 / 10)", timeout: 30000 },
        { trigger: ".o_serial_main:not(:has(.o_serial_waiting, .o_serial_problem))" },
        ...confirmByEnter(),
        { content: "It is done", trigger: ".o_notification:contains(is done)" },
    ],
});
