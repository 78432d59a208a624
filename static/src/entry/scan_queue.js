import { numberKey } from "./numbers";

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

    /** Whether the batch under way came as one list. */
    get isList() {
        return Boolean(this.sending[0]?.list);
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
