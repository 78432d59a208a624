import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError, rpc } from "@web/core/network/rpc";
import { user } from "@web/core/user";

import { isRefusal } from "../refusal";

import { EntryChanges } from "./entry_changes";
import { isOpen, isOver, numberKey, routeNumber } from "./scan_queue";

import { markRaw } from "@odoo/owl";

/** A scanner that ends a number with CR LF sends a second Enter: it must not confirm the window. */
const ENTER_ECHO_MS = 400;

/**
 * The entry window's conversation with the server. All that changes something there goes through one mutex, in order.
 * The form's controller makes it reactive; the components read it and call its methods.
 */
export class EntryModel extends EntryChanges {
    constructor({ orm, action, entryId }) {
        super(orm);
        this.action = markRaw(action);
        this.entryId = entryId;
        this.lastScan = 0;
        this.retried = null;
    }

    async load() {
        const { lines } = await this.orm.call("serial.entry", "get_state", [[this.entryId]]);
        this.lines = lines;
        this.activeId = (lines.find(isOver) || lines.find(isOpen) || lines[0])?.id;
        lines.forEach(({ id, refused }) => this.addProblems(id, refused));
        if (this.problems.length) {
            this.sayRefused();
        } else if (lines.some(isOver)) {
            this.sayLeft();
        }
        await this.loadUnits(0);
    }

    // Scanning

    /**
     * Take numbers from the scan box: they wait in the queue from now on, whatever the server is doing.
     *
     * @param {string[]} names
     * @param {number} [lineId]
     */
    enter(names, lineId = this.activeId) {
        this.lastScan = Date.now();
        if (names.length && this.getLine(lineId)) {
            this.queue.push(names, lineId);
            this.send();
        }
    }

    /** Enter was pressed in the empty scan box: confirm what is complete, say what is not. */
    enterNothing() {
        if (Date.now() - this.lastScan < ENTER_ECHO_MS) {
            return;
        }
        if (this.offline) {
            this.retry();
        } else if (this.queue.size) {
            this.say("info", _t("Wait for the answers, then press Enter again."));
        } else if (this.done) {
            this.confirm();
        } else {
            this.sayLeft();
        }
    }

    /** Send what waits, batch after batch, until nothing waits or the connection is lost. */
    send() {
        return this.mutex.exec(async () => {
            if (this.offline) {
                return;
            }
            let batch;
            while ((batch = this.queue.take((lineId) => routeNumber(this.lines, lineId)))) {
                if (!(await this._sendBatch(batch))) {
                    return;
                }
            }
            await this._guard(() => this._loadUnits(this.units.offset));
        });
    }

    async _sendBatch({ lineId, names }) {
        try {
            const args = [[lineId], names.join("\n")];
            const result = await this.orm.silent.call("serial.entry.line", "enter_text", args);
            this.queue.settle();
            this.applyResult(result, names);
            return true;
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                this.retried = { lineId, count: names.length, entered: this.getLine(lineId).entered };
                this.queue.restore();
                this.offline = true;
                this.sayOffline();
                return false;
            }
            this.queue.settle();
            if (!isRefusal(error)) {
                this.addFailed(lineId, names, _t("It was not entered: the server failed."));
                throw error;
            }
            this.addFailed(lineId, names, error.data.message);
            this.say("danger", error.data.message);
            return true;
        }
    }

    /** Send again what was not answered, without what did arrive. */
    async retry() {
        await this.mutex.exec(() =>
            this._guard(async () => {
                const { lineId, count, entered } = this.retried;
                const { lines } = await this.orm.silent.call("serial.entry", "get_state", [[this.entryId]]);
                this.lines = lines;
                const arrived = this.getLine(lineId).entered - entered;
                if (arrived > 0) {
                    const args = [[lineId], 0, arrived];
                    const { rows } = await this.orm.silent.call("serial.entry.line", "get_units", args);
                    const names = rows.map((row) => row.name);
                    this.queue.dropArrived(count, names);
                    names.forEach((name) => this.places.set(numberKey(name), lineId));
                }
                this.offline = false;
                this.say("", "");
            }),
        );
        return this.send();
    }

    // Confirming

    /** Forget what is not sent yet, and wait for what is under way. */
    abandon() {
        this.queue.waiting = [];
        return this.mutex.getUnlockedDef();
    }

    /** Wait until every number is answered or the connection is lost. */
    idle() {
        return this.send();
    }

    /**
     * Confirm the window once all numbers are answered, and go on with what the document's button does.
     *
     * @returns {Promise<boolean>} whether it was confirmed
     */
    async confirm() {
        if (this.confirming) {
            return false;
        }
        this.confirming = true;
        try {
            await this.idle();
            if (this.offline) {
                this.sayOffline();
                return false;
            }
            const confirmed = await this._guard(async () => ({
                next: await this.mutex.exec(() => this._callConfirm()),
            }));
            if (!confirmed) {
                await this._showMissing();
                return false;
            }
            await this._continue(confirmed.next);
            return true;
        } finally {
            this.confirming = false;
        }
    }

    /** After a refusal, make a product active that has something to do: *Use blanks* is about the active one. */
    async _showMissing() {
        if (!this.done && !isOpen(this.active) && !isOver(this.active)) {
            this.goOn();
            await this.loadUnits(0);
        }
    }

    /** Call it as a button, so that the action it returns comes back ready to be executed. */
    _callConfirm() {
        const params = {
            model: "serial.entry",
            method: "action_confirm",
            args: [[this.entryId]],
            kwargs: { context: user.context },
        };
        return rpc("/web/dataset/call_button/serial.entry/action_confirm", params);
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
