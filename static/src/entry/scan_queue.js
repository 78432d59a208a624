import { KeptScans, makeKey } from "./kept_scans";

/**
 * The numbers that wait for the server, in the order of their scanning, kept on the device. One batch is under way at a
 * time; what is scanned meanwhile waits, and a batch that was not answered goes back to its place, to be sent again as
 * the same batch, by the same key.
 */
export class ScanQueue {
    constructor(kept = new KeptScans()) {
        this.kept = kept;
        this.waiting = [];
        this.sending = [];
    }

    /** How many numbers have no answer yet. */
    get size() {
        return this._names.length;
    }

    /** The number that was scanned last, of those that have no answer yet. */
    get last() {
        return this._names.at(-1);
    }

    get _names() {
        return [...this.sending, ...this.waiting].flatMap(({ names }) => names);
    }

    /** Whether all that waits outlives the page. */
    get isKept() {
        return [...this.sending, ...this.waiting].every((scan) => scan.isKept);
    }

    /**
     * The first numbers that have no answer yet.
     *
     * @param {number} limit
     * @returns {string[]}
     */
    peek(limit) {
        return this._names.slice(0, limit);
    }

    /**
     * Add one scanned number, or several that came as one list and go in one request.
     *
     * @param {string[]} names
     * @param {number} lineId the product that was active when they were scanned
     * @param {Object} [about] the product's `source` and `document`
     */
    push(names, lineId, { source = "", document = "" } = {}) {
        const scan = { names, lineId, source, document, isKept: true };
        scan.isKept = this.kept.keep(scan);
        this.waiting.push(scan);
    }

    /**
     * Take up what was scanned on these products before and has no answer. Another window of the same document has other
     * lines: there it is a new call.
     *
     * @param {Object[]} lines
     */
    takeUp(lines) {
        const sources = lines.map(({ source }) => source);
        const scans = this.kept.list().filter(({ source }) => sources.includes(source));
        for (const scan of scans) {
            const { id } = lines.find(({ source }) => source === scan.source);
            if (!lines.some((line) => line.id === (scan.to || scan.lineId))) {
                Object.assign(scan, { key: undefined, to: undefined });
            }
            scan.lineId = id;
            scan.isKept = this.kept.keep(scan);
        }
        this.waiting = [...scans, ...this.waiting];
    }

    /**
     * Take the next batch: one that was not answered, a whole list, or the scanned numbers that go to the same product
     * and fit in.
     *
     * @param {(lineId: number) => {lineId: number, room: number}} route
     * @returns {{key: string, lineId: number, names: string[], isList: boolean}|null} null when nothing waits, or a
     *  batch is under way
     */
    take(route) {
        if (this.sending.length) {
            return null;
        }
        this.waiting = this.waiting.filter((scan) => this.kept.owns(scan));
        const [first] = this.waiting;
        if (!first) {
            return null;
        }
        const count = first.key ? this._countAgain(first) : this._begin(first, route(first.lineId));
        this.sending = this.waiting.splice(0, count);
        const names = this.sending.flatMap((scan) => scan.names);
        return { key: first.key, lineId: first.to, names, isList: first.names.length > 1 };
    }

    _countAgain({ key }) {
        const end = this.waiting.findIndex((scan) => scan.key !== key);
        return end < 0 ? this.waiting.length : end;
    }

    /** Make a batch of the first scans, under a key of its own, and return how many they are. */
    _begin(first, { lineId, room }) {
        let count = 1;
        if (first.names.length === 1) {
            const goesAlong = (scan) => scan.lineId === first.lineId && scan.names.length === 1 && !scan.key;
            while (count < Math.min(this.waiting.length, room) && goesAlong(this.waiting[count])) {
                count++;
            }
        }
        const key = makeKey();
        for (const scan of this.waiting.slice(0, count)) {
            Object.assign(scan, { key, to: lineId });
            scan.isKept = this.kept.keep(scan);
        }
        return count;
    }

    /** Forget the batch: it was answered. */
    settle() {
        this.kept.forget(this.sending);
        this.sending = [];
    }

    /** Put the batch back in front: it was not answered. */
    restore() {
        this.waiting.unshift(...this.sending);
        this.sending = [];
    }

    /** Forget what is not under way. */
    abandon() {
        this.kept.forget(this.waiting);
        this.waiting = [];
    }
}
