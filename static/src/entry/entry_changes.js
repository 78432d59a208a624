import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { Mutex } from "@web/core/utils/concurrency";

import { isRefusal } from "../refusal";

import { EntryState, UNITS_PER_PAGE } from "./entry_state";
import { isOpen, isOver, numberKey } from "./scan_queue";

import { markRaw } from "@odoo/owl";

/** What the user does with the products and the entered numbers. All of it goes through one mutex, in order. */
export class EntryChanges extends EntryState {
    constructor(orm) {
        super();
        this.orm = markRaw(orm);
        this.mutex = markRaw(new Mutex());
    }

    // Products and their units

    activate(lineId) {
        this.lastName = "";
        this.makeActive(lineId);
        return this.loadUnits(0);
    }

    /**
     * Make the next or the previous product active, for the arrow keys.
     *
     * @param {1|-1} step
     */
    activateNeighbour(step) {
        const index = this.lines.findIndex((line) => line.id === this.activeId);
        const line = this.lines[index + step];
        return line && this.activate(line.id);
    }

    loadUnits(offset) {
        return this.mutex.exec(() => this._guard(() => this._loadUnits(offset)));
    }

    loadAnnounced(offset) {
        return this.mutex.exec(() => this._guard(() => this._loadAnnounced(offset)));
    }

    async _loadAnnounced(offset) {
        const lineId = this.activeId;
        if (this.active.announced) {
            const args = [[lineId], offset, UNITS_PER_PAGE];
            const announced = await this.orm.silent.call("serial.entry.line", "get_announced", args);
            if (lineId === this.activeId) {
                this.announced = { ...announced, offset };
            }
        }
    }

    async _loadUnits(offset) {
        const lineId = this.activeId;
        if (!lineId) {
            return;
        }
        await this._loadAnnounced(this.announced?.offset || 0);
        const args = [[lineId], offset, UNITS_PER_PAGE];
        const { total, rows } = await this.orm.silent.call("serial.entry.line", "get_units", args);
        if (!rows.length && offset) {
            return this._loadUnits(Math.max(0, offset - UNITS_PER_PAGE));
        }
        if (lineId === this.activeId) {
            this.units = { lineId, total, rows, offset };
            this.cursor = Math.min(this.cursor, Math.max(0, rows.length - 1));
        }
    }

    /**
     * Move to the next or the previous unit, and on to the next or the previous page.
     *
     * @param {1|-1} step
     */
    async moveCursor(step) {
        const { offset, rows, total } = this.units;
        const cursor = this.cursor + step;
        this.lastName = "";
        if (rows[cursor]) {
            this.cursor = cursor;
        } else if (offset + cursor >= 0 && offset + cursor < total) {
            await this.loadUnits(offset + step * UNITS_PER_PAGE);
            this.cursor = step > 0 ? 0 : this.units.rows.length - 1;
        }
    }

    async removeUnit(name) {
        this.lastName = "";
        if (await this._change("remove_serials", this.activeId, [[name]])) {
            this.sayRemoved(name);
        }
        if (!isOpen(this.active) && !isOver(this.active) && !this.done) {
            this.goOn();
            await this.loadUnits(0);
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
    async setReturnStatus(status, name, lineId = this.activeId) {
        if (this.units.rows.some((unit) => unit.name === name && unit.is_added)) {
            this.say("warning", _t("%s was added: it goes on hold until somebody has looked at it.", name));
        } else if (await this._change("set_return_status", lineId, [status, [name]])) {
            this.sayReturnStatus(status, name);
        }
    }

    /** Choose what all units of the active product go back as, those that are scanned later too. */
    async setAllReturnStatuses(status) {
        const line = this.active;
        if (await this._change("set_return_status", line.id, [status])) {
            this.sayReturnStatuses(status, line);
        }
    }

    /**
     * Choose it for the number that was scanned last, though it may not be answered yet or have completed its product,
     * or that the cursor was moved to.
     */
    async setCurrentReturnStatus(status) {
        const last = this.queue.last || this.lastName;
        if (!last) {
            return this.currentUnit && this.setReturnStatus(status, this.currentUnit.name);
        }
        await this.mutex.getUnlockedDef();
        const lineId = this.places.get(numberKey(last));
        return lineId && this.setReturnStatus(status, last, lineId); // else it was refused
    }

    setReason(reason) {
        return this._change("set_reason", this.activeId, [reason]);
    }

    /**
     * Choose whom the units come from.
     *
     * @param {number|false} partnerId
     */
    setVendor(partnerId) {
        return this._change("set_vendor", this.activeId, [partnerId]);
    }

    // The other answers

    async enterRange(first, count) {
        await this._enterBy("enter_range", this.activeId, [first, count]);
    }

    /**
     * Enter the numbers of a file.
     *
     * @param {string} name
     * @param {string} content base64
     */
    async enterFile(name, content) {
        await this._enterBy("enter_file", this.activeId, [name, content]);
    }

    /**
     * Enter numbers that were pasted from a spreadsheet: a column may say which product each of them is of.
     *
     * @param {string} text with tabs
     */
    async enterTable(text) {
        await this._enterBy("enter_text", this.activeId, [text]);
    }

    async enterProposals() {
        await this._enterBy("enter_proposals", this.activeId, []);
    }

    /** Take in a number that the register refused on a return. */
    async add(problem) {
        this.dismiss(problem);
        await this._enterBy("enter_text", problem.lineId, [problem.name, true], [problem.name]);
        this.lastName = ""; // what it goes back as is not to be chosen
    }

    /**
     * Leave the rest of a product blank, or ask for it again.
     *
     * @param {number} [lineId]
     */
    async toggleBlanks(lineId = this.activeId) {
        const line = this.getLine(lineId);
        await this._change(line.blanks ? "keep_asking" : "use_blanks", lineId, []);
        if (this.done) {
            this.sayDone();
        } else if (!isOpen(this.active)) {
            this.goOn();
            await this.loadUnits(0);
        }
    }

    // Requests

    _enterBy(method, lineId, args, names = []) {
        return this.mutex.exec(() =>
            this._guard(async () => {
                const result = await this.orm.silent.call("serial.entry.line", method, [[lineId], ...args]);
                this.applyResult(result, names);
                await this._loadUnits(0);
            }),
        );
    }

    /** Change a product; resolve to true when the server did. */
    _change(method, lineId, args) {
        return this.mutex.exec(() =>
            this._guard(async () => {
                this.applyLine(await this.orm.silent.call("serial.entry.line", method, [[lineId], ...args]));
                this.say("", "");
                await this._loadUnits(this.units.offset);
                return true;
            }),
        );
    }

    /** Show a refusal in the answer area instead of a dialog, which would take the focus from the scan box. */
    async _guard(callback) {
        try {
            return await callback();
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                this.say("danger", _t("There is no connection to the server. Try again."));
            } else if (isRefusal(error)) {
                this.say("danger", error.data.message);
            } else {
                throw error;
            }
        }
    }
}
