import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

import { answered, confirmByEnter, done, entered, holds, openEntry, paste, press, scan, selected } from "./entry_steps";

const tours = registry.category("web_tour.tours");

tours.add("serial_entry_receive", {
    steps: () => [
        ...openEntry(),
        ...scan("P-1"),
        ...scan("P-2"),
        ...entered("2 / 3"),
        ...scan("p-2"),
        ...answered("entered already"),
        { content: "That is only an answer", trigger: ".o_serial_main:not(:has(.o_serial_problem))" },
        ...press("control+z"),
        ...answered("P-2 is not entered any more"),
        ...scan("P-2"),
        ...entered("2 / 3"),
        ...scan("p-0"),
        { content: "It stands in the list to correct", trigger: ".o_serial_problem:contains(p-0)" },
        ...press("Enter"),
        ...press("alt+r"),
        { content: "Re-enter: it leaves the list", trigger: ".o_serial_main:not(:has(.o_serial_problem))" },
        ...selected("It is in the scan box, to be typed over", ".o_serial_scan:focus", "p-0"),
        ...scan("P-3"),
        ...answered("Press Enter to confirm"),
        ...confirmByEnter(),
        ...done(),
    ],
});

tours.add("serial_entry_details", {
    steps: () => [
        ...openEntry(),
        ...scan("P-1"),
        ...entered("1 / 1"),
        ...press("alt+t"),
        { content: "The grade has the focus", trigger: ".modal .o_serial_details_form select:focus", run: "select B" },
        { content: "Keep it", trigger: ".modal .btn-primary:contains(Keep)", run: "click" },
        {
            content: "It stands beside the number",
            trigger: ".o_serial_unit:contains(P-1) .o_serial_beside:contains(B)",
        },
        ...confirmByEnter(),
        ...done(),
    ],
});

/** Choose a picture of one colour for the number that the button stands beside. */
function takePhoto(name) {
    return [
        {
            content: `Take a photo of ${name}`,
            trigger: `.o_serial_unit:contains(${name}) .o_serial_photo`,
            async run() {
                const canvas = document.createElement("canvas");
                Object.assign(canvas, { width: 2000, height: 1000 });
                const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
                const files = new DataTransfer();
                files.items.add(new File([blob], "camera.png", { type: "image/png" }));
                const input = this.anchor.parentElement.querySelector(".o_serial_photo_input");
                input.files = files.files;
                input.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
    ];
}

tours.add("serial_entry_photo", {
    steps: () => [
        ...openEntry(),
        ...scan("P-1"),
        ...entered("1 / 1"),
        ...press("control+Enter"),
        ...answered("lack the photo"),
        ...takePhoto("P-1"),
        ...answered("Photo of P-1 kept"),
        { content: "It stands beside the number", trigger: ".o_serial_unit:contains(P-1) .o_serial_photo img" },
        ...press("alt+shift+p"),
        { content: "It is shown large", trigger: ".modal .o_serial_photo_large" },
        { content: "Remove it", trigger: ".modal .o_serial_photo_remove", run: "click" },
        ...answered("Photo of P-1 removed"),
        { content: "It is gone", trigger: ".o_serial_unit:contains(P-1) .o_serial_photo .fa-camera" },
        ...press("control+z"),
        { content: "It is back", trigger: ".o_serial_unit:contains(P-1) .o_serial_photo img" },
        ...confirmByEnter(),
        ...done(),
    ],
});

tours.add("serial_entry_ship_with_blank", {
    steps: () => [
        ...openEntry(),
        ...scan("P-1"),
        ...entered("1 / 2"),
        ...press("control+Enter"),
        ...answered("Serial numbers are missing"),
        ...press("alt+b"),
        ...answered("Press Enter to confirm"),
        { content: "The rest is left blank", trigger: ".o_serial_main .badge:contains(1 left blank)" },
        ...confirmByEnter(),
        ...done(),
    ],
});

tours.add("serial_entry_next_product", {
    steps: () => [
        ...openEntry(),
        ...scan("P-1"),
        ...scan("P-2"),
        { content: "The next product asks", trigger: ".o_serial_product:contains(Tablet)" },
        ...scan("T-1"),
        ...answered("Press Enter to confirm"),
        ...press("ArrowUp"),
        { content: "Back by the arrow key", trigger: ".o_serial_product:contains(Phone)" },
        ...entered("2 / 2"),
        { content: "Confirm by the button", trigger: ".modal button[name=action_confirm]", run: "click" },
        ...done(),
    ],
});

tours.add("serial_entry_too_many", {
    steps: () => [
        ...openEntry(),
        ...Array.from({ length: 10 }, (_, index) => scan(`P-${index + 1}`)).flat(),
        ...entered("10 / 10"),
        ...answered("Press Enter to confirm"),
        ...scan("P-11"),
        ...answered("too many"),
        ...entered("10 / 10"),
        ...confirmByEnter(),
        ...done(),
    ],
});

tours.add("serial_entry_paste", {
    steps: () => [
        ...openEntry(),
        ...paste(Array.from({ length: 1000 }, (_, index) => `P-${index + 1}`).join("\r\n")),
        ...entered("1000 / 1000"),
        ...holds(
            "It shows one page of them, the last ones first",
            ".o_serial_unit:first:contains(P-1000)",
            (first, queryAll) => {
                const shown = queryAll(".o_serial_unit").length;
                return shown === 40 ? undefined : `${shown} numbers are shown`;
            },
        ),
        { content: "Turn the page", trigger: ".o_serial_units .o_pager_next", run: "click" },
        { content: "The second page", trigger: ".o_serial_unit:first:contains(P-960)" },
        { content: "Remove one", trigger: ".o_serial_unit:first .o_serial_remove", run: "click" },
        ...entered("999 / 1000"),
        ...scan("P-960"),
        ...answered("Press Enter to confirm"),
        ...confirmByEnter(),
        ...done(),
    ],
});

tours.add("serial_entry_range_and_list", {
    steps: () => [
        ...openEntry(),
        ...press("alt+g"),
        { trigger: ".o_serial_range_first:focus", run: "edit P-1" },
        { trigger: ".o_serial_range_count", run: "edit 2 && press Enter" },
        ...entered("2 / 3"),
        ...press("alt+l"),
        {
            content: "List shows the product's numbers",
            trigger: ".modal:not(.o_inactive_modal) .o_list_view td:contains(P-3)",
            run: "click",
        },
        ...entered("3 / 3"),
        ...confirmByEnter(),
        ...done(),
    ],
});

tours.add("serial_entry_counted_surplus", {
    steps: () => [
        { content: "Apply the count", trigger: ".o_data_row button[name=action_apply_inventory]", run: "click" },
        { content: "The scan box has the focus", trigger: ".modal .o_serial_scan:focus" },
        ...scan("A1"),
        ...answered("Press Enter to confirm"),
        ...press("alt+n"),
        { content: "Choose the vendor", trigger: ".o_serial_vendor input:focus", run: "edit Second Vendor" },
        { trigger: ".o_serial_vendor .o-autocomplete--dropdown-item:contains(Second Vendor)", run: "click" },
        { content: "Back in the scan box", trigger: ".o_serial_scan:focus" },
        ...confirmByEnter(),
        { content: "The window is closed", trigger: "body:not(:has(.o_serial_entry)) .o_list_view" },
    ],
});

/** A connection that breaks after the request went out: the server has got it, its answer is lost. */
export class LosingRequest extends XMLHttpRequest {
    addEventListener(type, listener) {
        if (type === "load") {
            super.addEventListener("load", () => this.dispatchEvent(new Event("error")));
        } else {
            super.addEventListener(type, listener);
        }
    }
}

const RealRequest = browser.XMLHttpRequest;

tours.add("serial_entry_connection_lost", {
    steps: () => [
        ...openEntry(),
        {
            content: "The connection breaks",
            trigger: ".o_serial_scan:focus",
            run() {
                browser.XMLHttpRequest = LosingRequest;
            },
        },
        ...paste("P-1\nP-1\nP-2"),
        ...answered("no connection"),
        ...scan("P-3"),
        { content: "Nothing is lost", trigger: ".o_serial_waiting:contains(4 numbers wait here)" },
        {
            content: "The connection is back",
            trigger: ".o_serial_scan:focus",
            run() {
                browser.XMLHttpRequest = RealRequest;
            },
        },
        { content: "Send again", trigger: ".o_serial_answer button:contains(Retry)", run: "click" },
        ...entered("3 / 3"),
        { content: "None was entered twice", trigger: ".o_serial_main:not(:has(.o_serial_problem))" },
        ...confirmByEnter(),
        ...done(),
    ],
});

/** The test types by the browser's own keyboard as soon as it reads this in the console. */
tours.add("serial_entry_scanner", {
    steps: () => [
        ...openEntry(),
        {
            content: "Let the scanner begin",
            trigger: ".o_serial_scan:focus",
            run() {
                console.log("serial scanner: begin");
            },
        },
        { content: "Numbers come before the answers", trigger: ".o_serial_waiting:contains(/[2-9] numbers wait/)" },
        { trigger: ".o_serial_progress:contains(29 / 30)", timeout: 30000 },
        { trigger: ".o_serial_main:not(:has(.o_serial_waiting))" },
        ...scan("P-30"),
        ...answered("Press Enter to confirm"),
        ...confirmByEnter(),
        { trigger: "button[data-value=done][aria-checked=true]", timeout: 30000 },
    ],
});
