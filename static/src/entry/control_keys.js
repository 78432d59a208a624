/** The control characters of labels, which keyboard scanners type: FNC1 inside, and the marks of an envelope. */
export const GS = "\x1d";
export const RS = "\x1e";
export const EOT = "\x04";

/** Milliseconds: a scanner that ends a number with CR LF sends a second Enter, which must confirm or answer nothing. */
export const ENTER_ECHO_MS = 400;

/** How scanners type them with Ctrl: the key's character, or its place on an American keyboard. */
const BY_CONTROL = [
    { character: GS, keys: ["]", GS], code: "BracketRight" },
    { character: RS, keys: ["^", RS], code: "Digit6" },
    { character: EOT, keys: ["d", "D", EOT], code: "KeyD" },
];
const BY_NUMBER = { 29: GS, 30: RS, 4: EOT };

/** Reads control characters out of the keys of a scanner that types: Ctrl+], Ctrl+^, Ctrl+D, or Alt with a number. */
export class ControlKeys {
    constructor() {
        this.digits = "";
    }

    /**
     * Take a key that was pressed.
     *
     * @param {KeyboardEvent} ev
     * @param {string} text what stands in the box: only an envelope ends with Ctrl+D, which is a bookmark elsewhere
     * @returns {string|null} the character; empty for a part of one; null for any other key
     */
    press(ev, text) {
        if (ev.altKey && !ev.ctrlKey && /^[0-9]$/.test(ev.key)) {
            this.digits += ev.key;
            return "";
        }
        if (!ev.ctrlKey || ev.altKey || ev.metaKey) {
            return null;
        }
        const found =
            BY_CONTROL.find(({ keys }) => keys.includes(ev.key)) || BY_CONTROL.find(({ code }) => code === ev.code);
        return found && (found.character !== EOT || text.startsWith("[)>")) ? found.character : null;
    }

    /**
     * Take a key that was pressed, and type the character that it stands for into a box.
     *
     * @param {KeyboardEvent} ev
     * @param {HTMLInputElement} box
     * @returns {boolean} whether the key was one of theirs, which nobody else should see
     */
    pressInto(ev, box) {
        const character = this.press(ev, box.value);
        if (character === null) {
            return false;
        }
        typeInto(box, character);
        ev.preventDefault();
        ev.stopPropagation();
        return true;
    }

    /**
     * Take a key that was released: Alt ends a number.
     *
     * @param {KeyboardEvent} ev
     * @returns {string|null} the character, or null
     */
    release(ev) {
        if (ev.key !== "Alt") {
            return null;
        }
        const { digits } = this;
        this.digits = "";
        return BY_NUMBER[Number(digits || NaN)] || null;
    }

    /**
     * Take a key that was released, and type what it ends into a box.
     *
     * @param {KeyboardEvent} ev
     * @param {HTMLInputElement} box
     */
    releaseInto(ev, box) {
        const character = this.release(ev);
        if (character) {
            typeInto(box, character);
            ev.preventDefault();
        }
    }
}

/**
 * Put a character where the cursor is: browsers type no control characters themselves.
 *
 * @param {HTMLInputElement} box
 * @param {string} character
 */
export function typeInto(box, character) {
    box.setRangeText(character, box.selectionStart, box.selectionEnd, "end");
}

/**
 * Leave out a separator that arrived twice: some systems type what `Alt` and a number stand for themselves, too.
 *
 * @param {string} text
 * @returns {string}
 */
export function withoutDoubled(text) {
    return text.replace(/([\x1d\x1e\x04])\1+/g, "$1");
}
