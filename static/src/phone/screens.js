import { browser } from "@web/core/browser/browser";
import { router } from "@web/core/browser/router";

import { onWillUnmount, useExternalListener } from "@odoo/owl";

/** Under this name an entry of the browser's history says how many screens deep it is in the page. */
const DEPTH = "serialPhone";

/** The screens of a page in the browser's history: the back button of a phone goes one screen back, and not elsewhere. */
class Screens {
    constructor(onBack) {
        this.onBack = onBack;
        this.depth = browser.history.state?.[DEPTH] || 0;
        this.dropped = null;
        this._stayHere();
    }

    /** Keep the web client from loading the page anew at the next step back: it is the same page. */
    _stayHere() {
        router.skipLoad = this.depth > 0;
    }

    /**
     * Note how deep the user is. A screen that was closed by its own means is forgotten.
     *
     * @param {number} depth
     */
    async enter(depth) {
        while (this.depth < depth) {
            const state = { ...browser.history.state, [DEPTH]: ++this.depth };
            browser.history.pushState(state, "", browser.location.href);
        }
        this._stayHere();
        if (this.depth > depth) {
            await this._drop(depth);
        }
    }

    _drop(depth) {
        return new Promise((resolve) => {
            this.dropped = resolve;
            browser.history.go(depth - this.depth);
        });
    }

    /** Go one screen back as the button of the phone does. */
    back() {
        this.depth ? browser.history.back() : this.onBack();
    }

    onPopstate({ state }) {
        const depth = state?.[DEPTH] ?? Math.max(this.depth - 1, 0);
        const isBack = depth < this.depth;
        this.depth = depth;
        this._stayHere();
        if (this.dropped) {
            this.dropped();
            this.dropped = null;
        } else if (isBack) {
            this.onBack();
        }
    }
}

/**
 * Have the screens of a component in the browser's history while it is shown.
 *
 * @param {() => void} onBack shows the screen before the last one
 * @returns {Screens}
 */
export function useScreens(onBack) {
    const screens = new Screens(onBack);
    useExternalListener(window, "popstate", (ev) => screens.onPopstate(ev)); // behind that of the web client
    onWillUnmount(() => {
        router.skipLoad = false;
    });
    return screens;
}
