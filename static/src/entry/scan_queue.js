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
        return this._scans.reduce((sum, { names, count }) => sum + (count || names.length), 0);
    }

    /** The number that was scanned last, of those that have no answer yet. */
    get last() {
        return this._scans.flatMap(({ names, call }) => (call ? [] : names)).at(-1);
    }

    get _scans() {
        return [...this.sending, ...this.waiting];
    }

    /** Whether a table, a file or a range is among what waits. */
    get hasCalls() {
        return this._scans.some(({ call }) => call);
    }

    /** Whether all that waits outlives the page. */
    get isKept() {
        return this._scans.every((scan) => scan.isKept);
    }

    /**
     * The first numbers that have no answer yet; a table, a file and a range by what they are called.
     *
     * @param {number} limit
     * @returns {string[]}
     */
    peek(limit) {
        return this._scans.flatMap(({ names }) => names).slice(0, limit);
    }

    /**
     * Add one scanned number, or several that came as one list and go in one request.
     *
     * @param {string[]} names
     * @param {number} lineId the product that was active when they were scanned
     * @param {Object} [about] the product's `source` and `document`
     */
    push(names, lineId, { source = "", document = "" } = {}) {
        this._push({ names, lineId, source, document });
    }

    /**
     * Add a table, a file, a range or a photo, which goes in a request of its own.
     *
     * @param {{method: string, args: Array, name: string, count: number, isBeside?: boolean}} call the line's method and
     *  what it gets before the key, what it is called here, how many numbers it has at most, and whether it enters
     *  none but what stands beside one
     * @param {number} lineId
     * @param {Object} [about] see `push`
     */
    pushCall({ method, args, name, count, isBeside }, lineId, { source = "", document = "" } = {}) {
        const call = { method, args, ...(isBeside ? { isBeside } : {}) };
        this._push({ names: [name], call, count, lineId, source, document });
    }

    _push(about) {
        const scan = { ...about, isKept: true };
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
     * Take the next batch: one that was not answered, a whole list, table, file or range, or the scanned numbers that
     * go to the same product and fit in.
     *
     * @param {(lineId: number) => {lineId: number, room: number}} route
     * @returns {{key: string, lineId: number, names: string[], isList: boolean, call: Object}|null} null when nothing
     *  waits, or a batch is under way
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
        const place = first.call ? { lineId: first.lineId, room: 1 } : route(first.lineId);
        const count = first.key ? this._countAgain(first) : this._begin(first, place);
        this.sending = this.waiting.splice(0, count);
        const names = this.sending.flatMap((scan) => scan.names);
        return { key: first.key, lineId: first.to, names, isList: first.names.length > 1, call: first.call };
    }

    _countAgain({ key }) {
        const end = this.waiting.findIndex((scan) => scan.key !== key);
        return end < 0 ? this.waiting.length : end;
    }

    /** Make a batch of the first scans, under a key of its own, and return how many they are. */
    _begin(first, { lineId, room }) {
        let count = 1;
        if (this._isSingle(first)) {
            const goesAlong = (scan) => scan.lineId === first.lineId && this._isSingle(scan) && !scan.key;
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

    _isSingle({ names, call }) {
        return names.length === 1 && !call;
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
