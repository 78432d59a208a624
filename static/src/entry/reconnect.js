import { browser } from "@web/core/browser/browser";

const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 30000;

/** Tries something again and again, at longer and longer intervals, and at once when the device has a network again. */
export class Reconnect {
    /** @param {() => Promise<void>} attempt calls `stop` when it is done */
    constructor(attempt) {
        this.attempt = attempt;
        this.timer = null;
        this.wait = FIRST_WAIT_MS;
        this.onOnline = () => this._try();
    }

    start() {
        if (this.timer === null) {
            this.wait = FIRST_WAIT_MS;
            browser.addEventListener("online", this.onOnline);
            this._plan();
        }
    }

    stop() {
        browser.clearTimeout(this.timer);
        browser.removeEventListener("online", this.onOnline);
        this.timer = null;
    }

    _plan() {
        browser.clearTimeout(this.timer); // a lost connection may have planned one meanwhile
        this.timer = browser.setTimeout(() => this._try(), this.wait);
        this.wait = Math.min(2 * this.wait, LONGEST_WAIT_MS);
    }

    async _try() {
        browser.clearTimeout(this.timer);
        await this.attempt();
        if (this.timer !== null) {
            this._plan();
        }
    }
}
