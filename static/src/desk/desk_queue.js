import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";

import { offline, waitHere } from "../entry/answers";
import { KeptScans } from "../entry/kept_scans";
import { Reconnect } from "../entry/reconnect";
import { isExpired, isRefusal } from "../refusal";

import { onWillUnmount } from "@odoo/owl";

/**
 * Sends scans one batch after the other: what is scanned while the server answers goes with the next one, so that no
 * scan waits for another and none is lost. What has no answer is kept on the device, and sent again in its order when
 * there is a network again, or the desk is opened again: the server takes a number that it has already once.
 */
export class DeskQueue {
    /**
     * @param {(names: string[]) => Promise} send what the server does with them
     * @param {Object} desk says what was not taken by its `feedback` and `notification`, and how many wait by
     *  `state.waiting`
     */
    constructor(send, desk) {
        Object.assign(this, { send, desk, scans: [], sending: [], about: {}, isSending: false, isOffline: false });
        this.kept = new KeptScans();
        this.reconnect = new Reconnect(() => this.retry());
    }

    /**
     * Take up what was scanned here before, and is not answered; `flush` sends it.
     *
     * @param {{source: string, document: string}} about the record of the desk, and how people call it
     * @returns {Object} the `context` that the first of it was added with
     */
    takeUp(about) {
        this.about = about;
        const scans = this.kept.list().filter(({ source }) => source === about.source);
        scans.forEach((scan) => (scan.isKept = this.kept.keep(scan)));
        this.scans.unshift(...scans);
        return scans[0]?.context || {};
    }

    /**
     * Add what was scanned.
     *
     * @param {string[]} names
     * @param {Object} [context] what the desk had to know with them
     */
    add(names, context = {}) {
        const scan = { names, context, ...this.about };
        scan.isKept = this.kept.keep(scan);
        this.scans.push(scan);
        return this.flush();
    }

    /** Send what waits, until nothing waits or the connection is lost. */
    async flush() {
        this.show();
        if (this.isSending || this.isOffline) {
            return;
        }
        this.isSending = true;
        try {
            while (!this.isOffline && this.take()) {
                await this.sendBatch();
                this.show();
            }
        } finally {
            this.isSending = false;
        }
    }

    /** Take the next batch, without what another page of this device has taken up or sent meanwhile. */
    take() {
        this.sending = this.scans.filter((scan) => this.kept.owns(scan));
        this.scans = [];
        return this.sending.length;
    }

    async sendBatch() {
        const names = this.sending.flatMap((scan) => scan.names);
        try {
            await this.send(names);
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                return this.lose();
            }
            if (isExpired(error)) {
                this.putBack();
                throw error; // Odoo asks to log in again; the desk takes up what waits when it is opened then
            }
            this.refuse(names, error);
        }
        this.kept.forget(this.sending);
        this.sending = [];
        this.isLost = false;
    }

    /** Wait for the network. */
    lose() {
        this.isOffline = true;
        this.putBack();
        this.reconnect.start();
    }

    /** Put the batch back in front: it was not answered. */
    putBack() {
        this.scans.unshift(...this.sending);
        this.sending = [];
        this.show();
        if (!this.isLost) {
            this.isLost = true;
            this.desk.feedback.signal("danger");
            this.sayWaiting();
        }
    }

    refuse(names, error) {
        this.desk.feedback.signal("danger");
        const why = isRefusal(error) ? error.data.message : error.message;
        const shown = names.length > 5 ? _t("%s numbers", names.length) : names.join(", ");
        this.desk.notification.add(_t("Not taken: %(names)s. %(why)s", { names: shown, why }), {
            type: "danger",
            sticky: true,
        });
    }

    async retry() {
        this.isOffline = false;
        try {
            await this.flush();
        } finally {
            if (!this.isOffline) {
                this.reconnect.stop();
            }
        }
    }

    /** Tell whether all is answered; say what is not. */
    isAnswered() {
        if (this.size) {
            this.sayWaiting();
        }
        return !this.size;
    }

    sayWaiting() {
        const text = this.isOffline ? offline(this.size).text : waitHere(this.size);
        this.desk.notification.add(text, { type: "danger" });
    }

    show() {
        this.desk.state.waiting = this.size;
    }

    get size() {
        return [...this.sending, ...this.scans].reduce((sum, { names }) => sum + names.length, 0);
    }
}

/**
 * Have a desk's scans sent while it is shown; see {@link DeskQueue}.
 *
 * @returns {DeskQueue}
 */
export function useDeskQueue(send, desk) {
    const queue = new DeskQueue(send, desk);
    onWillUnmount(() => queue.reconnect.stop());
    return queue;
}
