import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

import { onWillDestroy } from "@odoo/owl";

const PRESSED = "button, a[href], input, [tabindex]";
// The screens that windows open on, the narrowest first.
const PLACES = [".o_serial_phone", ".o_form_view", ".o_list_view", ".o_kanban_view", ".o_action", ".o_action_manager"];
const OVERLAY = ".o-overlay-container";
/** Milliseconds within which a screen behind a window has been read again. */
const SETTLED = 5000;

/** Whether an element can have the focus now. */
function canTake(el) {
    return el?.isConnected && !el.disabled && el.getClientRects().length > 0;
}

/**
 * Remembers what opened a window, and brings the focus back to it. Odoo disables a button while it acts, so that the
 * focus is lost before its dialog could remember it.
 */
export const focusBackService = {
    dependencies: ["ui"],
    start(env, { ui }) {
        let opener = {};

        function remember({ target }) {
            const pressed = target.closest?.(PRESSED);
            if (pressed && !pressed.closest(OVERLAY)) {
                opener = { pressed, places: PLACES.map((place) => pressed.closest(place)) };
            }
        }

        /** Give the focus to what opened a window; where it is gone, to the screen that it stood on. */
        function give({ pressed, places = [] }) {
            if (canTake(pressed)) {
                pressed.focus();
                return;
            }
            const place = places.find(canTake) || document.querySelector(PLACES.at(-1));
            if (place && place.tabIndex < 0) {
                place.tabIndex = -1;
                place.style.outline = "none"; // nothing to press, only where Tab goes on from
                place.addEventListener("blur", () => place.removeAttribute("tabindex"), { once: true });
            }
            place?.focus({ preventScroll: true });
        }

        /** Bring the focus back wherever it is nowhere, until the user acts or the screen has come to rest. */
        function bringBack(from) {
            const look = () => document.activeElement === document.body && ui.activeElement === document && give(from);
            const observer = new window.MutationObserver(look);
            const stop = () => {
                observer.disconnect();
                clearTimeout(timer);
                ["keydown", "pointerdown"].forEach((kind) => window.removeEventListener(kind, stop, true));
            };
            const timer = setTimeout(stop, SETTLED);
            observer.observe(document.body, { subtree: true, childList: true, attributes: true });
            ["keydown", "pointerdown"].forEach((kind) => window.addEventListener(kind, stop, true));
        }

        window.addEventListener("click", remember, { capture: true });
        return { getOpener: () => opener, bringBack };
    },
};

registry.category("services").add("serial_focus_back", focusBackService);

/** Bring the focus back to what opened a window, when the window closes. */
export function useFocusBack() {
    const focus = useService("serial_focus_back");
    const opener = focus.getOpener();
    onWillDestroy(() => focus.bringBack(opener));
}
