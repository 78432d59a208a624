import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";

import { isExpired, isRefusal } from "../refusal";

import { NOTHING, offline } from "./answers";
import { routeNumber } from "./lines";
import { Reconnect } from "./reconnect";

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
        this.reconnect = new Reconnect(() => this.retry());
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

    async _sendBatch({ key, lineId, names, isList, call }) {
        const { state } = this;
        const { method, args } = call || { method: "enter_text", args: [names.join("\n"), false, !isList] };
        const numbers = call ? [] : names;
        try {
            const result = await this.server.call(method, lineId, ...args, key);
            state.queue.settle();
            if (call?.isBeside) {
                state.applyBeside(result);
            } else {
                state.applyResult(result, numbers);
            }
            this.feedback.signal(state.answer.kind);
            return true;
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                this._lose();
                return false;
            }
            if (isExpired(error)) {
                state.queue.restore();
                throw error;
            }
            state.queue.settle();
            if (!isRefusal(error)) {
                state.addFailed(lineId, numbers, _t("It was not entered: the server failed."));
                throw error;
            }
            state.addFailed(lineId, numbers, error.data.message);
            state.say({ kind: "danger", text: error.data.message });
            this.feedback.signal("danger");
            return true;
        }
    }

    _lose() {
        this.state.queue.restore();
        this.state.offline = true;
        this.state.say(offline(this.state.queue.size));
        this.feedback.signal("danger");
        this.reconnect.start();
    }

    /** Send again what was not answered, if the server can be reached. */
    async retry() {
        await this.server.inOrder(() => this._reconnect());
        return this.send();
    }

    async _reconnect() {
        try {
            const { lines } = await this.server.getState();
            this.state.lines = lines;
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                this.state.say(offline(this.state.queue.size));
                return;
            }
            this.reconnect.stop();
            throw error;
        }
        this.reconnect.stop();
        this.state.offline = false;
        this.state.say(NOTHING);
    }

    /** Take up what was scanned before the page was loaded again, and send it. */
    async resume() {
        this.state.queue.takeUp(this.state.lines);
        if (this.state.queue.size) {
            await this.send();
        }
    }

    /** Forget what is not sent yet, and wait for what is under way. */
    abandon() {
        this.state.queue.abandon();
        return this.server.idle();
    }

    /** The window is gone: what waits is sent when it is opened again. */
    stop() {
        this.reconnect.stop();
    }
}
