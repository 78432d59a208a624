import { _t } from "@web/core/l10n/translation";

import { RETURN_STATUSES } from "./return_statuses";
import { isDue, isOpen, isOver, nextOpenLine, numberKey, ScanQueue } from "./scan_queue";

import { markRaw } from "@odoo/owl";

export const UNITS_PER_PAGE = 40;
/** Refusals that *Add* can overcome: the number is well formed, but this customer did not buy it. */
const ADDABLE_CODES = ["unknown", "not_sold_here"];

/** Say what is unusual about a number; a note that begins with it names it already. */
function describeNote(number, note) {
    return note.startsWith(number) ? note : _t("%(number)s: %(note)s", { number, note });
}

/** What the entry window shows: its products, what waits, what is to correct, and what it says. It asks nobody. */
export class EntryState {
    constructor() {
        this.queue = new ScanQueue();
        this.lines = [];
        this.activeId = false;
        this.answer = { kind: "", text: "" };
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
        this.offline = false;
        this.confirming = false;
        this.rangeOpen = false;
        this.lastProblem = 0;
    }

    get active() {
        return this.lines.find((line) => line.id === this.activeId);
    }

    get done() {
        return !this.lines.some((line) => isDue(line) || isOver(line));
    }

    get currentUnit() {
        return this.units.rows[this.cursor];
    }

    getLine(lineId) {
        return this.lines.find((line) => line.id === lineId);
    }

    // What the server answered

    applyResult({ added, bad, note, line, elsewhere = [] }, names) {
        this.applyLine(line);
        this.addProblems(line.id, bad);
        const good = without(names, bad);
        good.forEach((name) => this.places.set(numberKey(name), line.id));
        const moved = elsewhere.flatMap((part) => this._applyElsewhere(part));
        this.lastName = good.at(-1) || this.lastName;
        const own = without(
            good,
            moved.map((name) => ({ name })),
        );
        this._showAdded(line, added - moved.length, own);
        this.sayResult(added, bad, note, names, moved.length && !own.length ? elsewhere[0].line : line);
        if (this.activeId === line.id && moved.length && !own.length) {
            this.makeActive(elsewhere[0].line.id);
        }
        const changed = [line, ...elsewhere.map((part) => part.line)];
        if (changed.some(({ id }) => id === this.activeId) && !isOpen(this.active)) {
            this.goOn();
        }
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
     * Show numbers that are to be corrected.
     *
     * @param {number} lineId
     * @param {Object[]} checks what the server says of each
     */
    addProblems(lineId, checks) {
        for (const check of checks) {
            this.problems.push({ ...check, key: ++this.lastProblem, lineId: check.line_id || lineId });
        }
    }

    /** Show numbers that the server did not even look at. */
    addFailed(lineId, names, message) {
        this.addProblems(
            lineId,
            names.map((name) => ({ name, code: "error", ok: false, message, serial_id: false })),
        );
    }

    applyLine(line) {
        const index = this.lines.findIndex(({ id }) => id === line.id);
        this.lines[index] = line;
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

    // Numbers to correct

    canAdd(problem) {
        return this.getLine(problem.lineId).can_add && ADDABLE_CODES.includes(problem.code);
    }

    dismiss(problem) {
        this.problems = this.problems.filter(({ key }) => key !== problem.key);
    }

    dismissAll() {
        this.problems = [];
    }

    // What is said in the answer area

    say(kind, text) {
        this.answer = { kind, text };
    }

    /** Say what is left to do on the active product, else on another one. */
    sayLeft() {
        const lines = [this.active, nextOpenLine(this.lines, this.activeId), ...this.lines];
        const line = lines.find((line) => line && (isDue(line) || isOver(line)));
        if (line) {
            isOver(line) ? this.sayTooMany(line) : this.sayMissing(line);
        }
    }

    /** Say that numbers that were entered before cannot be taken any more. */
    sayRefused() {
        const { name } = this.problems[0];
        const text =
            this.problems.length === 1
                ? _t("%s was entered before and cannot be taken any more: see below.", name)
                : _t("%s numbers that were entered before cannot be taken any more: see below.", this.problems.length);
        this.say("danger", text);
    }

    sayTooMany(line) {
        const values = { count: line.entered - line.quantity, product: line.product, quantity: line.quantity };
        this.say(
            "danger",
            _t("There are only %(quantity)s units of %(product)s: remove %(count)s of the numbers.", values),
        );
    }

    sayMissing(line) {
        const values = { count: line.missing, product: line.product };
        const text =
            line.policy === "require"
                ? _t("%(count)s serial numbers of %(product)s are still missing. Scan them.", values)
                : _t(
                      "%(count)s serial numbers of %(product)s are still missing. Scan them, or leave them blank (Alt+B).",
                      values,
                  );
        this.say("warning", text);
    }

    sayDone() {
        const hasBlanks = this.lines.some((line) => line.missing && !line.partial);
        const text = hasBlanks
            ? _t("The rest stays blank. Press Enter to confirm.")
            : _t("All numbers are entered. Press Enter to confirm.");
        this.say("success", text);
    }

    sayRemoved(name) {
        this.sayThenNext(_t("%s was removed.", name));
    }

    /** Say what one unit goes back as. */
    sayReturnStatus(status, name) {
        const { label } = RETURN_STATUSES.find(({ value }) => value === status);
        this.sayThenNext(_t("%(number)s goes back as: %(status)s.", { number: name, status: label }));
    }

    /** Say what all units of a product go back as. */
    sayReturnStatuses(status, { product }) {
        const { label } = RETURN_STATUSES.find(({ value }) => value === status);
        this.sayThenNext(_t("All units of %(product)s go back as: %(status)s.", { product, status: label }));
    }

    /** Say something, and what comes next when nothing is left to scan. */
    sayThenNext(text) {
        if (this.done) {
            this.sayDone();
            this.say("success", `${text} ${this.answer.text}`);
        } else if (this.lines.some(isOver)) {
            this.sayLeft();
        } else {
            this.say("success", text);
        }
    }

    sayOffline() {
        this.say(
            "danger",
            _t("There is no connection to the server. %s numbers wait here and nothing is lost.", this.queue.size),
        );
    }

    /** Say what became of numbers; what is unusual about them is said before anything else, and never in green. */
    sayResult(added, bad, note, names, line) {
        this._sayCount(added, bad, names, line);
        if (note && bad.length) {
            this.say("danger", `${this.answer.text} ${note}`);
        } else if (note) {
            const text = names.length === 1 ? describeNote(names[0], note) : note;
            const next = this._isAllEntered() || names.length > 1 ? this.answer.text : "";
            this.say("warning", `${text} ${next}`.trim());
        }
    }

    _isAllEntered() {
        return this.done && !this.lines.some(isOpen);
    }

    _sayCount(added, bad, names, line) {
        const last = bad.at(-1);
        if (bad.length === 1) {
            this.say("danger", last.message || last.name);
        } else if (bad.length) {
            const values = { added, bad: bad.length, message: last.message || last.name };
            this.say("danger", _t("%(added)s entered, %(bad)s to correct. The last one: %(message)s", values));
        } else if (this._isAllEntered()) {
            this.sayDone();
        } else if (!added) {
            this.say("warning", _t("Nothing was entered."));
        } else if (added === 1 && names.length === 1) {
            this.say("success", _t("%(number)s: %(product)s", { number: names[0], product: line.product }));
        } else {
            this.say("success", _t("%(count)s entered: %(product)s", { count: added, product: line.product }));
        }
    }
}

/** Return the names that were not refused, in their order. */
function without(names, bad) {
    const refused = bad.map((check) => numberKey(check.name));
    return names.filter((name) => {
        const index = refused.indexOf(numberKey(name));
        if (index >= 0) {
            refused.splice(index, 1);
        }
        return index < 0;
    });
}
