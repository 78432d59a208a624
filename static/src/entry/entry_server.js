import { ConnectionLostError, rpc } from "@web/core/network/rpc";
import { user } from "@web/core/user";
import { Mutex } from "@web/core/utils/concurrency";

import { isRefusal } from "../refusal";

import { noConnection } from "./answers";

/** The entry window's requests. All that changes something on the server goes through one mutex, in order. */
export class EntryServer {
    /**
     * @param {Object} options
     * @param {Object} options.orm the service
     * @param {number} options.entryId the `serial.entry`
     * @param {import("./entry_state").EntryState} options.state where refusals are shown
     */
    constructor({ orm, entryId, state }) {
        this.orm = orm;
        this.entryId = entryId;
        this.state = state;
        this.mutex = new Mutex();
    }

    /** Run something after all that was asked for before. */
    inOrder(callback) {
        return this.mutex.exec(callback);
    }

    /** Wait until all is answered that was asked for. */
    idle() {
        return this.mutex.getUnlockedDef();
    }

    getState() {
        return this.orm.silent.call("serial.entry", "get_state", [[this.entryId]]);
    }

    /** Call a method of the window. */
    callEntry(method) {
        return this.orm.silent.call("serial.entry", method, [[this.entryId]]);
    }

    /** Call a method of one product's line. */
    call(method, lineId, ...args) {
        return this.orm.silent.call("serial.entry.line", method, [[lineId], ...args]);
    }

    /** Confirm as a button does, so that the action that it returns comes back ready to be executed. */
    confirm() {
        const params = {
            model: "serial.entry",
            method: "action_confirm",
            args: [[this.entryId]],
            kwargs: { context: user.context },
        };
        return rpc("/web/dataset/call_button/serial.entry/action_confirm", params);
    }

    /** Show a refusal in the answer area instead of a dialog, which would take the focus from the scan box. */
    async guard(callback) {
        try {
            return await callback();
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                this.state.say(noConnection());
            } else if (isRefusal(error)) {
                this.state.say({ kind: "danger", text: error.data.message });
            } else {
                throw error;
            }
        }
    }
}
