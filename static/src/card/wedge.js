import { ControlKeys, withoutDoubled } from "../entry/control_keys";

/** Milliseconds between two keys: scanners take less, hands take more. */
const FASTEST_HAND = 50;
/** Milliseconds that the first key may take: a screen that opens its search box is busy. */
const FIRST_KEY = 300;
/** Characters that are worth looking up. */
const SHORTEST = 3;

/** Tells the keys of a scanner, which types faster than any hand and ends with Enter, from those of a person. */
export class WedgeReader {
    constructor() {
        this.control = new ControlKeys();
        this.forget();
    }

    forget() {
        this.text = "";
        this.before = "";
        this.last = -Infinity;
        this.scanned = "";
    }

    /**
     * Take a key that was pressed.
     *
     * @param {KeyboardEvent} ev
     * @param {number} at when, in milliseconds
     * @param {string} box what stands in the box that it is typed into
     * @returns {boolean} whether it belongs to a label and nobody else should see it: a control character
     */
    press(ev, at, box = "") {
        const isFast = at - this.last <= FASTEST_HAND;
        if (ev.key === "Enter" || ev.key === "Tab") {
            const text = withoutDoubled(this.text);
            const { before } = this;
            this.forget();
            Object.assign(this, isFast && text.length >= SHORTEST ? { scanned: text, before } : {});
            return false;
        }
        const character = this.text && isFast ? this.control.press(ev, this.text) : null;
        if (character === null && (ev.ctrlKey || ev.metaKey || ev.altKey || ev.key?.length !== 1)) {
            return false;
        }
        const isBusy = this.text.length === 1 && at - this.last <= FIRST_KEY;
        if (!isFast && !isBusy) {
            this.text = "";
            this.before = box;
        }
        this.scanned = "";
        this.last = at;
        this.text += character ?? ev.key;
        return character !== null;
    }

    /** Take a key that was released: Alt ends the number of a control character. */
    release(ev) {
        this.text += this.control.release(ev) || "";
    }
}
