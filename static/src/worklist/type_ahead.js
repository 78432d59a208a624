import { ENTER_ECHO_MS } from "../entry/control_keys";

/** Keys that lead from one row to another. */
const MOVES = ["Enter", "ArrowUp", "ArrowDown"];
/** Keys that press the button that has the focus. */
const PRESSES = ["Enter", " "];

/**
 * Keeps what is typed while a row is being saved, so that a scanner does not type the next number into the row before,
 * and a hand at the arrow keys is not ahead of the list.
 */
export class TypeAhead {
    constructor() {
        this.isOn = false;
        this.isAsking = false;
        this.keys = [];
        this.last = -Infinity;
    }

    /**
     * Keep a key, if it is one that types or leads to another row. What answers a question is not kept.
     *
     * @param {KeyboardEvent} ev
     * @returns {boolean} whether it was kept
     */
    take(ev) {
        if (!this.isOn || ev.ctrlKey || ev.altKey || ev.metaKey || (!MOVES.includes(ev.key) && ev.key.length !== 1)) {
            return false;
        }
        if (this.isAsking && this.isAnswer(ev)) {
            return false;
        }
        this.last = ev.timeStamp;
        this.keys.push(ev.key);
        return true;
    }

    /** Whether a key is the press of a button by hand, and neither part nor end of a number. */
    isAnswer({ key, timeStamp }) {
        const isInNumber = this.keys.length && !MOVES.includes(this.keys.at(-1));
        return PRESSES.includes(key) && !isInNumber && timeStamp - this.last > ENTER_ECHO_MS;
    }

    /**
     * Give back what was typed up to the next key that leads on, and that key. An Enter without a number before it is a
     * scanner's line feed.
     *
     * @returns {{text: string, move: string|undefined}}
     */
    next() {
        while (this.keys[0] === "Enter") {
            this.keys.shift();
        }
        const end = this.keys.findIndex((key) => MOVES.includes(key));
        const move = this.keys[end];
        const keys = this.keys.splice(0, move ? end + 1 : this.keys.length);
        return { text: (move ? keys.slice(0, -1) : keys).join(""), move };
    }

    /** Forget the keys that lead on without a number: the row that they were to leave is kept. */
    stay() {
        while (MOVES.includes(this.keys[0])) {
            this.keys.shift();
        }
    }

    /**
     * Give back all the numbers that were typed.
     *
     * @returns {string[]}
     */
    drain() {
        const numbers = [];
        while (this.keys.length) {
            numbers.push(this.next().text);
        }
        return numbers.filter(Boolean);
    }
}
