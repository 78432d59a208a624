/** Steps that the tours share. */

/** The dialog on top. */
export const DIALOG = ".modal:not(.o_inactive_modal)";

/** Click what the trigger finds. */
export function click(content, trigger) {
    return [{ content, trigger, run: "click" }];
}

/** Wait until the trigger is found. */
export function shown(content, trigger) {
    return [{ content, trigger }];
}

/**
 * Check what a trigger cannot say, as often as the page needs to come to rest.
 *
 * @param {string} content
 * @param {string} trigger
 * @param {(anchor: Element, queryAll: (selector: string) => Element[]) => string | undefined} findFault
 */
export function holds(content, trigger, findFault) {
    return [
        {
            content,
            trigger,
            async run({ queryAll, waitUntil }) {
                const fault = () => findFault(this.anchor, queryAll);
                await waitUntil(() => !fault(), { timeout: 5000, message: fault });
            },
        },
    ];
}

/** Wait until an input holds a text that is selected, to be typed over. */
export function selected(content, trigger, text) {
    return holds(content, trigger, ({ value, selectionStart, selectionEnd }) => {
        const isRight = value === text && selectionStart === 0 && selectionEnd === text.length;
        return isRight ? undefined : `It holds ${value}, selected from ${selectionStart} to ${selectionEnd}`;
    });
}

/** Press the transfer's button: the window opens with the focus in its scan box. */
export function openEntry() {
    return [
        { content: "Validate the transfer", trigger: "button[name=button_validate]", run: "click" },
        { content: "The scan box has the focus", trigger: ".modal .o_serial_scan:focus" },
    ];
}

/** Scan a number, as a scanner does: type it into what has the focus, with an Enter behind it. */
export function scan(name) {
    return [{ content: `Scan ${name}`, trigger: ".o_serial_scan:focus", run: `edit ${name} && press Enter` }];
}

/** Wait until the active product shows so many numbers. */
export function entered(text) {
    return [{ content: `${text} numbers are entered`, trigger: `.o_serial_progress:contains(${text})` }];
}

/** Wait until the answer area shows a text. */
export function answered(text) {
    return [{ content: `The answer is: ${text}`, trigger: `.o_serial_answer:contains(${text})` }];
}

/** Press keys in the scan box, which has the focus. */
export function press(keys) {
    return [{ content: `Press ${keys}`, trigger: ".o_serial_scan:focus", run: `press ${keys}` }];
}

/** Confirm with a single Enter, later than a scanner's second one. */
export function confirmByEnter() {
    return [
        {
            content: "Confirm by Enter",
            trigger: ".o_serial_scan:focus",
            async run({ press, waitUntil }) {
                const start = Date.now();
                await waitUntil(() => Date.now() - start > 450, { timeout: 5000 });
                await press("Enter");
            },
        },
    ];
}

/** Wait until the transfer is done. */
export function done() {
    return [{ content: "The transfer is done", trigger: "button[data-value=done][aria-checked=true]" }];
}

/** Paste a text into the scan box. */
export function paste(text) {
    return [
        {
            content: "Paste a list",
            trigger: ".o_serial_scan:focus",
            run() {
                const clipboardData = new DataTransfer();
                clipboardData.setData("text/plain", text);
                this.anchor.dispatchEvent(
                    new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
                );
            },
        },
    ];
}
