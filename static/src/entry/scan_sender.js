import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";

import { isRefusal } from "../refusal";

import { NOTHING, offline } from "./answers";
import { routeNumber } from "./lines";
import { numberKey } from "./numbers";

/** Sends what was scanned, batch after batch; what is lost on the way waits and is sent again, each number once. */
export class ScanSender {
    /**
     * @param {import("./entry_server").EntryServer} server
     * @param {import("./entry_state").EntryState} state
     * @param {import("./unit_pages").UnitPages} pages
     * @param {import("./feedback").Feedback} feedback
     */
    constructor(server, state, pages, feedback) {
        this.server = server;
        this.state = state;
        this.pages = pages;
        this.feedback = feedback;
        /** The batch whose answer was lost: it may have arrived. */
        this.unanswered = null;
    }

    /** Send what waits until nothing waits or the connection is lost. */
    send() {
        return this.server.inOrder(async () => {
            if (this.state.offline) {
                return;
            }
            let batch;
            while ((batch = this.state.queue.take((lineId) => routeNumber(this.state.lines, lineId)))) {
                if (!(await this._sendBatch(batch))) {
                    return;
                }
            }
            await this.server.guard(() => this.pages.read(this.state.units.offset));
        });
    }

    async _sendBatch({ lineId, names }) {
        const { state } = this;
        try {
            const result = await this.server.call("enter_text", lineId, names.join("\n"), false, !state.queue.isList);
            state.queue.settle();
            state.applyResult(result, names);
            this.feedback.signal(state.answer.kind);
            return true;
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                this.unanswered = { lineId, count: names.length, entered: state.getLine(lineId).entered };
                state.queue.restore();
                state.offline = true;
                state.say(offline(state.queue.size));
                this.feedback.signal("danger");
                return false;
            }
            state.queue.settle();
            if (!isRefusal(error)) {
                state.addFailed(lineId, names, _t("It was not entered: the server failed."));
                throw error;
            }
            state.addFailed(lineId, names, error.data.message);
            state.say({ kind: "danger", text: error.data.message });
            this.feedback.signal("danger");
            return true;
        }
    }

    /** Send again what was not answered, without what did arrive. */
    async retry() {
        await this.server.inOrder(() => this.server.guard(() => this._reconnect()));
        return this.send();
    }

    async _reconnect() {
        const { lineId, count, entered } = this.unanswered;
        const { lines } = await this.server.getState();
        this.state.lines = lines;
        const arrived = this.state.getLine(lineId).entered - entered;
        if (arrived > 0) {
            const { rows } = await this.server.call("get_units", lineId, 0, arrived);
            const names = rows.map((row) => row.name);
            this.state.queue.dropArrived(count, names);
            names.forEach((name) => this.state.places.set(numberKey(name), lineId));
        }
        this.state.offline = false;
        this.state.say(NOTHING);
    }

    /** Forget what is not sent yet, and wait for what is under way. */
    abandon() {
        this.state.queue.waiting = [];
        return this.server.idle();
    }
}
