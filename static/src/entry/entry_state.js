import { beside, isAllEntered, isFinished, NOTHING, result } from "./answers";
import { isOpen, isOver, nextOpenLine } from "./lines";
import { numberKey, withoutNumbers } from "./numbers";
import { ScanQueue } from "./scan_queue";

import { markRaw } from "@odoo/owl";

export const UNITS_PER_PAGE = 40;

/** What the entry window shows: its products, what waits, what is to correct, and what it says. It asks nobody. */
export class EntryState {
    constructor() {
        this.queue = new ScanQueue();
        this.lines = [];
        this.activeId = false;
        this.answer = NOTHING;
        this.problems = [];
        this.units = { lineId: false, total: 0, rows: [], offset: 0 };
        /** The page of the vendor's list that is shown, and how the entered numbers differ from it; null without one. */
        this.announced = null;
        /** The row of the shown units that the keys act on. */
        this.cursor = 0;
        /** Which product each scanned number went to. */
        this.places = markRaw(new Map());
        /** The number that was entered last, until the user moves elsewhere by hand. */
        this.lastName = "";
        /** A GTIN that no product has yet, as the server offers to remember it; null without one. */
        this.offer = null;
        /** GTINs that nobody wants to remember. */
        this.declined = markRaw(new Set());
        this.offline = false;
        this.confirming = false;
        this.rangeOpen = false;
        this.lastProblem = 0;
    }

    get active() {
        return this.lines.find((line) => line.id === this.activeId);
    }

    get done() {
        return isFinished(this.lines);
    }

    get currentUnit() {
        return this.units.rows[this.cursor];
    }

    /** How many numbers are entered, on all products. */
    get enteredCount() {
        return this.lines.reduce((sum, line) => sum + line.entered, 0);
    }

    getLine(lineId) {
        return this.lines.find((line) => line.id === lineId);
    }

    /**
     * Show an answer.
     *
     * @param {{kind: string, text: string}} answer one of those of `answers.js`
     */
    say(answer) {
        this.answer = answer;
    }

    // What the server answered

    applyResult({ added, bad, note, carton, line, elsewhere = [], read, gtin }, names) {
        const last = this.lastProblem;
        this.applyLine(line);
        this.addProblems(line.id, bad);
        if (gtin && !this.declined.has(gtin.gtin)) {
            this.offer = gtin;
        }
        if (read && read.length === names.length) {
            names = read; // the numbers on labels
        }
        const good = withoutNumbers(
            names,
            bad.map((check) => check.name),
        );
        good.forEach((name) => this.places.set(numberKey(name), line.id));
        const moved = elsewhere.flatMap((part) => this._applyElsewhere(part));
        this.lastName = good.at(-1) || this.lastName;
        const own = withoutNumbers(good, moved);
        this._showAdded(line, added - moved.length, own);
        const allMoved = moved.length && !own.length;
        this.forgetSettled(good, bad.length > 1 ? last : Infinity);
        this.say(result({ added, bad, note, carton }, names, allMoved ? elsewhere[0].line : line, this.lines));
        if (this.activeId === line.id && allMoved) {
            this.makeActive(elsewhere[0].line.id);
        }
        const changed = [line, ...elsewhere.map((part) => part.line)];
        if (changed.some(({ id }) => id === this.activeId) && !isOpen(this.active)) {
            this.goOn();
        }
    }

    /** Show what was done beside an entered number: the user stays where they are. */
    applyBeside({ note, bad, line }) {
        this.applyLine(line);
        const fault = bad.at(-1)?.message;
        this.say(fault ? { kind: "danger", text: fault } : beside(note, this.lines, this.activeId));
    }

    /** Show numbers that went to the product that they belong to. */
    _applyElsewhere({ line, names }) {
        this.applyLine(line);
        names.forEach((name) => this.places.set(numberKey(name), line.id));
        return names;
    }

    /** Show accepted numbers at once, before the server's list of them is read again. */
    _showAdded(line, added, names) {
        if (!added || this.units.lineId !== line.id) {
            return;
        }
        this.cursor = 0;
        this.units.total += added;
        if (!this.units.offset) {
            const rows = names.map((name) => ({ name, code: "", message: "", return_status: line.return_status }));
            this.units.rows = [...rows.reverse(), ...this.units.rows].slice(0, UNITS_PER_PAGE);
        }
    }

    /**
     * Show no longer what needs no correction any more: what came in by another way, and all of it once nothing more is
     * expected.
     *
     * @param {string[]} good numbers that were entered
     * @param {number} [kept] the key of the last problem before a list, of which what was just refused stays
     */
    forgetSettled(good = [], kept = Infinity) {
        const keys = new Set(good.map(numberKey));
        const cameIn = ({ name, typed }) => keys.has(numberKey(name)) || keys.has(numberKey(typed || name));
        this.problems = this.problems.filter((problem) => !cameIn(problem));
        if (isAllEntered(this.lines)) {
            this.problems = this.problems.filter(({ key }) => key > kept);
        }
    }

    /**
     * Show numbers that are to be corrected, the newest first. One that is entered already needs an answer and nothing
     * else.
     *
     * @param {number} lineId
     * @param {Object[]} checks what the server says of each
     */
    addProblems(lineId, checks) {
        for (const check of checks.filter(({ code }) => code !== "duplicate")) {
            this.problems.unshift({ ...check, key: ++this.lastProblem, lineId: check.line_id || lineId });
        }
    }

    /** Show numbers that the server did not even look at. */
    addFailed(lineId, names, message) {
        this.addProblems(
            lineId,
            names.map((name) => ({ name, code: "error", ok: false, message, serial_id: false })),
        );
    }

    /** Offer a GTIN no more. */
    decline() {
        this.declined.add(this.offer.gtin);
        this.offer = null;
    }

    /** Show a product as it is now; what a scan does not change, its answer leaves out. */
    applyLine(line) {
        const index = this.lines.findIndex(({ id }) => id === line.id);
        this.lines[index] = { ...this.lines[index], ...line };
    }

    /** Make the next product active that wants numbers, or that has too many. */
    goOn() {
        const next = nextOpenLine(this.lines, this.activeId) || this.lines.find(isOver);
        if (next) {
            this.makeActive(next.id);
        }
    }

    makeActive(lineId) {
        if (this.activeId !== lineId) {
            this.activeId = lineId;
            this.units = { lineId, total: 0, rows: [], offset: 0 };
            this.announced = null;
            this.cursor = 0;
        }
    }

    /** Show what was taken back, on the product that it is about. */
    applyUndone({ names }, lines) {
        const before = new Map(this.lines.map(({ id, entered }) => [id, entered]));
        this.lines = lines;
        this.lastName = "";
        names.forEach((name) => this.places.delete(numberKey(name)));
        const changed = lines.filter(({ id, entered }) => entered !== before.get(id));
        if (changed.length && !changed.some(({ id }) => id === this.activeId)) {
            this.makeActive(changed[0].id);
        }
    }

    // Numbers to correct

    dismiss(problem) {
        this.problems = this.problems.filter(({ key }) => key !== problem.key);
    }

    dismissAll() {
        this.problems = [];
    }
}
