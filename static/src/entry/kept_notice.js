import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

const STORED = "serial_number_tracking.kept";

/**
 * Say on the next page that numbers are kept: the page is being reloaded, with the window open.
 *
 * @param {string} text
 */
export function sayOnNextPage(text) {
    browser.sessionStorage.setItem(STORED, text);
}

/** Says what was left to be said when the page before was reloaded. */
export const keptNotice = {
    dependencies: ["notification"],
    start(env, { notification }) {
        const text = browser.sessionStorage.getItem(STORED);
        browser.sessionStorage.removeItem(STORED);
        if (text) {
            notification.add(text, { type: "info" });
        }
    },
};

registry.category("services").add("serial_entry_kept_notice", keptNotice);
