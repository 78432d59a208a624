import * as answers from "./answers";
import { ENTER_ECHO_MS } from "./control_keys";
import { EntryServer } from "./entry_server";
import { EntryState } from "./entry_state";
import { Feedback } from "./feedback";
import { isOpen, isOver } from "./lines";
import { findRangeEnd, numberKey } from "./numbers";
import { isPicture, readNumber, shrinkPicture } from "./photo";
import { ScanSender } from "./scan_sender";
import { UnitPages } from "./unit_pages";

import { _t } from "@web/core/l10n/translation";

import { EventBus, reactive } from "@odoo/owl";

/**
 * What the user does in the entry window. The components show its `state` and call its methods; its `bus` carries what
 * one part of the window asks of another: `focus-box`, `put` a text into the scan box, `take-files`.
 */
export class EntryModel {
    constructor({ orm, action, entryId }) {
        this.action = action;
        this.bus = new EventBus();
        this.state = reactive(new EntryState());
        this.server = new EntryServer({ orm, entryId, state: this.state });
        this.pages = new UnitPages(this.server, this.state);
        this.feedback = reactive(new Feedback());
        this.sender = new ScanSender(this.server, this.state, this.pages, this.feedback);
        this.lastScan = 0;
    }

    async load() {
        const { state } = this;
        const { lines } = await this.server.getState();
        state.lines = lines;
        state.activeId = (lines.find(isOver) || lines.find(isOpen) || lines[0])?.id;
        lines.forEach(({ id, refused }) => state.addProblems(id, refused));
        if (state.problems.length) {
            state.say(answers.refused(state.problems));
        } else if (lines.some(isOver)) {
            this._sayLeft();
        } else if (state.enteredCount) {
            state.say(answers.reopened(lines));
        }
        await this.pages.load(0);
        this.sender.resume();
    }

    _sayLeft() {
        this.state.say(answers.left(this.state.lines, this.state.activeId));
    }

    // Scanning

    /**
     * Take numbers from the scan box: they wait in the queue from now on, whatever the server is doing.
     *
     * @param {string[]} names
     * @param {number} [lineId]
     */
    enter(names, lineId = this.state.activeId) {
        this.lastScan = Date.now();
        if (names.length && this.state.getLine(lineId)) {
            this.state.queue.push(names, lineId, this.state.getLine(lineId));
            this.sender.send();
        }
    }

    /** Enter was pressed in the empty scan box: confirm what is complete, say what is not. */
    enterNothing() {
        if (Date.now() - this.lastScan < ENTER_ECHO_MS) {
            return;
        }
        if (this.state.offline) {
            this.sender.retry();
        } else if (this.state.queue.size) {
            this.state.say(answers.waiting());
        } else if (this.state.done) {
            this.confirm();
        } else {
            this._sayLeft();
        }
    }

    // Products and their units

    activate(lineId) {
        this.state.lastName = "";
        this.state.makeActive(lineId);
        return this.pages.load(0);
    }

    /**
     * Make the next or the previous product active, for the arrow keys.
     *
     * @param {1|-1} step
     */
    activateNeighbour(step) {
        const { lines, activeId } = this.state;
        const line = lines[lines.findIndex(({ id }) => id === activeId) + step];
        return line && this.activate(line.id);
    }

    async removeUnit(name) {
        const { state } = this;
        state.lastName = "";
        if (await this._change("remove_serials", state.activeId, [name])) {
            state.say(answers.removed(name, state.lines, state.activeId));
        }
        await this._goOnIfNothingIsLeft();
    }

    /** Take back what was scanned, pasted or removed last. */
    async undo() {
        await this.sender.send();
        await this.server.inOrder(() =>
            this.server.guard(async () => {
                const { state } = this;
                const { lines, ...undone } = await this.server.callEntry("undo");
                state.applyUndone(undone, lines);
                state.say(answers.undone(undone, lines, state.activeId));
                await this.pages.read(0);
            }),
        );
    }

    /** Make a product active that has something to do, where the active one has nothing. */
    async _goOnIfNothingIsLeft() {
        const { active, done } = this.state;
        if (!done && !isOpen(active) && !isOver(active)) {
            this.state.goOn();
            await this.pages.load(0);
        }
    }

    // What the units go back as, why they move, and whose they were

    /**
     * Choose what a returned unit goes back as.
     *
     * @param {string} status
     * @param {string} name its number
     * @param {number} [lineId]
     */
    async setReturnStatus(status, name, lineId = this.state.activeId) {
        const { state } = this;
        if (state.units.rows.some((unit) => unit.name === name && unit.is_added)) {
            state.say(answers.addedUnit(name));
        } else if (await this._change("set_return_status", lineId, status, [name])) {
            state.say(answers.returnStatus(status, name, state.lines, state.activeId));
        }
    }

    /** Choose what all units of the active product go back as, those that are scanned later too. */
    async setAllReturnStatuses(status) {
        const { state } = this;
        const line = state.active;
        if (await this._change("set_return_status", line.id, status)) {
            state.say(answers.returnStatuses(status, line, state.lines, state.activeId));
        }
    }

    /**
     * Choose it for the number that was scanned last, though it may not be answered yet or have completed its product,
     * or that the cursor was moved to.
     */
    async setCurrentReturnStatus(status) {
        const { queue, lastName, currentUnit, places } = this.state;
        const last = queue.last || lastName;
        if (!last) {
            return currentUnit && this.setReturnStatus(status, currentUnit.name);
        }
        await this.server.idle();
        const lineId = places.get(numberKey(last));
        return lineId && this.setReturnStatus(status, last, lineId); // else it was refused
    }

    setReason(reason) {
        return this._change("set_reason", this.state.activeId, reason);
    }

    /**
     * Choose whom the units come from.
     *
     * @param {number|false} partnerId
     */
    setVendor(partnerId) {
        return this._change("set_vendor", this.state.activeId, partnerId);
    }

    /** Return the number of the active product that is the latest in the register; empty without one. */
    findLastNumber() {
        return this.server.guard(() => this.server.call("get_last_number", this.state.activeId));
    }

    /** Return what is asked beside a number, with what was entered; nothing where the server refuses. */
    readBeside(lineId, name) {
        return this.server.inOrder(() => this.server.guard(() => this.server.call("get_beside", lineId, name)));
    }

    /**
     * Keep what belongs to a number beside it.
     *
     * @param {number} lineId
     * @param {string} name
     * @param {Object} values texts by their codes
     * @returns {Promise<string>} why it is refused; empty where it is kept
     */
    async setBeside(lineId, name, values) {
        const kept = await this.server.inOrder(() =>
            this.server.guard(async () => {
                const { fault, line } = await this.server.call("set_beside", lineId, name, values);
                this.state.applyLine(line);
                await this.pages.read(this.state.units.offset);
                return { fault };
            }),
        );
        return kept ? kept.fault : this.state.answer.text;
    }

    // Photos of units

    /**
     * Take a picture for the photo of an entered unit.
     *
     * @param {number} lineId
     * @param {string} name its number
     * @param {File} file
     */
    async takePhoto(lineId, name, file) {
        let content;
        try {
            content = await shrinkPicture(file);
        } catch {
            this.state.say(answers.noPicture(file.name));
            return;
        }
        await this.setPhoto(lineId, name, content);
    }

    /**
     * Keep the photo of an entered unit, or remove it.
     *
     * @param {number} lineId
     * @param {string} number
     * @param {string|false} content base64
     */
    setPhoto(lineId, number, content) {
        const name = _t("Photo of %s", number);
        const call = { method: "set_photo", args: [number, content], isBeside: true, name, count: 1 };
        return this._enterKept(call, this.state.getLine(lineId));
    }

    /** Take picture files that bear the numbers of their units as names. */
    async takePhotos(files) {
        for (const file of files) {
            const name = readNumber(file);
            await this.takePhoto(this.state.places.get(numberKey(name)) || this.state.activeId, name, file);
        }
    }

    /**
     * Take files: pictures for the photos of units, or one with numbers.
     *
     * @param {File[]} files
     * @param {(file: File) => Promise} enter what is done with one that has numbers
     */
    takeFiles(files, enter) {
        const pictures = this.state.active.asks_photo ? files.filter(isPicture) : [];
        return pictures.length ? this.takePhotos(pictures) : enter(files[0]);
    }

    // The other ways to enter numbers, and to leave them out

    enterRange(first, count) {
        const name = _t("%(first)s to %(last)s", { first, last: findRangeEnd(first, count) });
        return this._enterKept({ method: "enter_range", args: [first, count], name, count });
    }

    /**
     * Enter the numbers of a file.
     *
     * @param {string} name
     * @param {string} content base64
     */
    enterFile(name, content) {
        return this._enterKept({ method: "enter_file", args: [name, content], name, count: 1 });
    }

    /**
     * Enter numbers that were pasted from a spreadsheet: a column may say which product each of them is of.
     *
     * @param {string} text with tabs
     */
    enterTable(text) {
        const rows = text.split(/[\r\n]+/).filter((row) => row.trim());
        const name = _t("Table of %s rows", rows.length);
        return this._enterKept({ method: "enter_text", args: [text, false, false], name, count: rows.length });
    }

    /** Keep a table, a file, a range or a photo on the device until the server has answered, and send it. */
    async _enterKept(call, line = this.state.active) {
        this.state.queue.pushCall(call, line.id, line);
        await this.sender.send();
    }

    /** Enter the next numbers of the product's series, as many as are missing. */
    async generate() {
        await this._enterBy("generate_serials", this.state.activeId, []);
    }

    async enterProposals() {
        await this._enterBy("enter_proposals", this.state.activeId, []);
    }

    /** Take in a number that the register refused on a return. */
    async add(problem) {
        this.state.dismiss(problem);
        await this._enterBy("enter_text", problem.lineId, [problem.name, true], [problem.name]);
        this.state.lastName = ""; // what it goes back as is not to be chosen
    }

    /**
     * Release a unit that is kept back, and take it.
     *
     * @param {Object} problem
     */
    async release(problem) {
        this.state.dismiss(problem);
        await this._enterBy("release_serial", problem.lineId, [problem.name], [problem.name]);
    }

    /**
     * Take a known number in place of the one that nobody knows.
     *
     * @param {Object} problem
     * @param {string} name
     */
    takeInstead(problem, name) {
        this.state.dismiss(problem);
        this.enter([name], problem.lineId);
    }

    /**
     * Say which of its candidates an ambiguous number is; the others of its product are decided by that.
     *
     * @param {Object} problem
     * @param {string} name one of its candidates
     */
    async choose(problem, name) {
        const { state } = this;
        const isAsked = ({ code, lineId }) => code === "ambiguous" && lineId === problem.lineId;
        const others = state.problems.filter((other) => other !== problem && isAsked(other));
        [problem, ...others].forEach((asked) => state.dismiss(asked));
        await this._enterBy("choose_number", problem.lineId, [problem.typed, name], [name]);
        for (const { typed } of others) {
            this.enter([typed], problem.lineId);
        }
    }

    /** Keep the GTIN that is offered as a barcode of its product. */
    async rememberGtin() {
        const { gtin, line_id, product } = this.state.offer;
        this.state.decline();
        await this.server.inOrder(() =>
            this.server.guard(async () => {
                await this.server.call("remember_gtin", line_id, gtin);
                this.state.say(answers.remembered(gtin, product));
            }),
        );
        this.bus.trigger("focus-box");
    }

    /**
     * Leave the rest of a product blank, or ask for it again.
     *
     * @param {number} [lineId]
     */
    async toggleBlanks(lineId = this.state.activeId) {
        const { state } = this;
        await this._change(state.getLine(lineId).blanks ? "keep_asking" : "use_blanks", lineId);
        if (state.done) {
            state.say(answers.finished(state.lines));
        } else if (!isOpen(state.active)) {
            state.goOn();
            await this.pages.load(0);
        }
    }

    /** Leave the rest of all products blank, where that is allowed. */
    async leaveAllBlank() {
        await this.server.inOrder(() =>
            this.server.guard(async () => {
                const { lines } = await this.server.callEntry("use_all_blanks");
                this.state.lines = lines;
                this.state.forgetSettled();
                this.state.say(answers.left(lines, this.state.activeId));
            }),
        );
        if (this.state.done) {
            this.state.say(answers.finished(this.state.lines));
        }
        await this._goOnIfNothingIsLeft();
    }

    _enterBy(method, lineId, args, names = []) {
        return this.server.inOrder(() =>
            this.server.guard(async () => {
                this.state.applyResult(await this.server.call(method, lineId, ...args), names);
                this.feedback.signal(this.state.answer.kind);
                await this.pages.read(0);
            }),
        );
    }

    /** Change a product; resolve to true when the server did. */
    _change(method, lineId, ...args) {
        return this.server.inOrder(() =>
            this.server.guard(async () => {
                this.state.applyLine(await this.server.call(method, lineId, ...args));
                this.state.forgetSettled();
                this.state.say(answers.NOTHING);
                await this.pages.read(this.state.units.offset);
                return true;
            }),
        );
    }

    // Confirming

    /**
     * Confirm the window once all numbers are answered, and go on with what the document's button does.
     *
     * @returns {Promise<boolean>} whether it was confirmed
     */
    async confirm() {
        const { state } = this;
        if (state.confirming) {
            return false;
        }
        state.confirming = true;
        try {
            await this.sender.send();
            if (state.offline) {
                state.say(answers.offline(state.queue.size));
                return false;
            }
            const confirmed = await this.server.guard(async () => ({
                next: await this.server.inOrder(() => this.server.confirm()),
            }));
            if (!confirmed) {
                await this._goOnIfNothingIsLeft(); // *Use blanks* is about the active product
                return false;
            }
            await this._continue(confirmed.next);
            return true;
        } finally {
            state.confirming = false;
        }
    }

    /** Close the window and do what the document's button returned; another dialog takes the window's place. */
    async _continue(next) {
        const close = { type: "ir.actions.act_window_close" };
        if (!next) {
            return this.action.doAction(close);
        }
        if (!["ir.actions.act_window", "ir.actions.act_window_close"].includes(next.type)) {
            await this.action.doAction(close);
        }
        return this.action.doAction(next);
    }
}
