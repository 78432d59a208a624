/**
 * Keeps what is typed while a row is being saved, so that a scanner does not type the next number into the row before.
 */
export class TypeAhead {
    constructor() {
        this.isOn = false;
        this.keys = [];
    }

    /**
     * Keep a key, if it is one that types.
     *
     * @param {KeyboardEvent} ev
     * @returns {boolean} whether it was kept
     */
    take(ev) {
        if (!this.isOn || ev.ctrlKey || ev.altKey || ev.metaKey || (ev.key !== "Enter" && ev.key.length !== 1)) {
            return false;
        }
        this.keys.push(ev.key);
        return true;
    }

    /**
     * Give back what was typed up to the next Enter. An Enter without a number before it is a scanner's line feed.
     *
     * @returns {{text: string, enter: boolean}}
     */
    next() {
        while (this.keys[0] === "Enter") {
            this.keys.shift();
        }
        const end = this.keys.indexOf("Enter");
        const keys = this.keys.splice(0, end < 0 ? this.keys.length : end + 1);
        return { text: keys.filter((key) => key !== "Enter").join(""), enter: end >= 0 };
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
