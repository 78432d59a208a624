/** What separates serial numbers in a pasted list or a typed text; the server splits by the same. */
const SEPARATORS = /[\n\r\t,;]+/;

/**
 * Split a text into serial numbers.
 *
 * @param {string} text
 * @returns {string[]} the numbers in their order, without empty ones
 */
export function splitNumbers(text) {
    return text
        .split(SEPARATORS)
        .map((name) => name.trim())
        .filter(Boolean);
}

/**
 * Make a number comparable as the register does, to find out what arrived after a lost answer.
 *
 * @param {string} name
 * @returns {string}
 */
export function numberKey(name) {
    return name.normalize("NFKC").trim().replace(/\s+/g, " ").toUpperCase();
}

/**
 * Tell whether a product still wants numbers: some are missing and they are not left blank.
 *
 * @param {Object} line
 * @returns {boolean}
 */
export function isOpen(line) {
    return line.missing > 0 && !line.blanks;
}

/**
 * Tell whether a product must have its numbers before the window can be confirmed.
 *
 * @param {Object} line
 * @returns {boolean}
 */
export function isDue(line) {
    return isOpen(line) && !line.partial;
}

/**
 * Tell whether units of a product may be left without number.
 *
 * @param {Object} line
 * @returns {boolean}
 */
export function takesBlanks(line) {
    return !line.partial && line.policy !== "require";
}

/**
 * Tell whether a product has more numbers than units: its quantity was lowered after they were entered.
 *
 * @param {Object} line
 * @returns {boolean}
 */
export function isOver(line) {
    return line.entered > line.quantity;
}

/**
 * Find the next product that wants numbers, after the given one and around.
 *
 * @param {Object[]} lines
 * @param {number} lineId
 * @returns {Object|undefined}
 */
export function nextOpenLine(lines, lineId) {
    const index = lines.findIndex((line) => line.id === lineId);
    return [...lines.slice(index + 1), ...lines.slice(0, index)].find(isOpen);
}

/**
 * Decide where a number goes that was scanned while `lineId` was the active product: there while it has room, else to
 * the next product that wants numbers, else there all the same, for the server to say that it is too many.
 *
 * @param {Object[]} lines
 * @param {number} lineId
 * @returns {{lineId: number, room: number}} how many numbers may go there in one request
 */
export function routeNumber(lines, lineId) {
    let target = lines.find((line) => line.id === lineId);
    if (!target.missing) {
        target = nextOpenLine(lines, lineId);
    }
    if (!target) {
        return { lineId, room: Infinity };
    }
    const room = nextOpenLine(lines, target.id) ? target.missing : Infinity;
    return { lineId: target.id, room };
}

/**
 * The numbers that wait for the server, in the order of their scanning. One batch is under way at a time; what is
 * scanned meanwhile waits, and a batch that could not be sent goes back to its place.
 */
export class ScanQueue {
    constructor() {
        this.waiting = [];
        this.sending = [];
        this.lastList = 0;
    }

    /** How many numbers have no answer yet. */
    get size() {
        return this.sending.length + this.waiting.length;
    }

    /** The number that was scanned last, of those that have no answer yet. */
    get last() {
        return (this.waiting.at(-1) || this.sending.at(-1))?.name;
    }

    /**
     * The first numbers that have no answer yet.
     *
     * @param {number} limit
     * @returns {string[]}
     */
    peek(limit) {
        return [...this.sending.slice(0, limit), ...this.waiting.slice(0, limit)]
            .slice(0, limit)
            .map((entry) => entry.name);
    }

    /**
     * Add one scanned number, or several that came as one list and go in one request.
     *
     * @param {string[]} names
     * @param {number} lineId the product that was active when they were scanned
     */
    push(names, lineId) {
        const list = names.length > 1 ? ++this.lastList : 0;
        for (const name of names) {
            this.waiting.push({ name, lineId, list });
        }
    }

    /**
     * Take the next batch: a whole list, or the scanned numbers that go to the same product and fit in.
     *
     * @param {(lineId: number) => {lineId: number, room: number}} route
     * @returns {{lineId: number, names: string[]}|null} null when nothing waits, or a batch is under way
     */
    take(route) {
        if (this.sending.length || !this.waiting.length) {
            return null;
        }
        const first = this.waiting[0];
        const { lineId, room } = route(first.lineId);
        const limit = first.list ? Infinity : Math.max(room, 1);
        let count = 1;
        while (count < this.waiting.length && count < limit) {
            const { lineId, list } = this.waiting[count];
            if (lineId !== first.lineId || list !== first.list) {
                break;
            }
            count++;
        }
        this.sending = this.waiting.splice(0, count);
        return { lineId, names: this.sending.map((entry) => entry.name) };
    }

    /** Forget the batch: it was answered. */
    settle() {
        this.sending = [];
    }

    /** Put the batch back in front: it was not answered. */
    restore() {
        this.waiting.unshift(...this.sending);
        this.sending = [];
    }

    /**
     * Take out of the front of the queue what the server turns out to have, each number once.
     *
     * @param {number} count how many numbers at the front may be taken out
     * @param {string[]} names what the server has
     */
    dropArrived(count, names) {
        const arrived = new Map();
        for (const key of names.map(numberKey)) {
            arrived.set(key, (arrived.get(key) || 0) + 1);
        }
        const kept = this.waiting.splice(0, count).filter(({ name }) => {
            const key = numberKey(name);
            const left = arrived.get(key) || 0;
            arrived.set(key, left - 1);
            return left <= 0;
        });
        this.waiting.unshift(...kept);
    }
}
