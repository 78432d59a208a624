import { browser } from "@web/core/browser/browser";
import { user } from "@web/core/user";
import { session } from "@web/session";

const PREFIX = "serial_number_tracking.scan";

/** The moment, as a text by which later ones come behind. */
function stamp() {
    return Date.now().toString(36).padStart(9, "0");
}

/** Make a name that no other batch, page or device makes. */
export function makeKey() {
    const random = [...window.crypto.getRandomValues(new Uint32Array(2))].map((number) => number.toString(36)).join("");
    return `${stamp()}${random}`;
}

/**
 * What was scanned and is not answered yet, kept on this device: it outlives the page, and each user and database has
 * its own. A scan belongs to the page that took it up last; another page that still shows it must not send it.
 */
export class KeptScans {
    constructor() {
        this.page = makeKey();
        this.lastCount = 0;
    }

    get prefix() {
        return `${PREFIX}/${session.db}/${user.userId}/`;
    }

    /**
     * Keep a scan, or keep it anew.
     *
     * @param {Object} scan gets an `id` by which scans are in order
     * @returns {boolean} false where the device has no room for it
     */
    keep(scan) {
        const count = (this.lastCount++).toString(36).padStart(6, "0");
        scan.id ||= `${stamp()}-${count}-${this.page}`;
        try {
            browser.localStorage.setItem(this.prefix + scan.id, JSON.stringify({ ...scan, page: this.page }));
            return true;
        } catch {
            return false; // it still waits in the page
        }
    }

    forget(scans) {
        scans.forEach(({ id }) => browser.localStorage.removeItem(this.prefix + id));
    }

    /**
     * Tell whether this page is still the one to send a scan: no other page has taken it up, or sent it.
     *
     * @param {Object} scan
     * @returns {boolean}
     */
    owns(scan) {
        return !scan.isKept || this._read(this.prefix + scan.id)?.page === this.page;
    }

    /** All scans of this user on this device, in the order of their scanning. */
    list() {
        const keys = Object.keys(browser.localStorage).filter((key) => key.startsWith(this.prefix));
        return keys
            .sort()
            .map((key) => this._read(key))
            .filter(Boolean);
    }

    _read(key) {
        try {
            return JSON.parse(browser.localStorage.getItem(key));
        } catch {
            return null;
        }
    }
}
