import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

import { WedgeReader } from "./wedge";
import { UnitCardDialog } from "./unit_card_dialog";

import { onMounted, onWillUnmount } from "@odoo/owl";

const APP = "serial_number_tracking.serial_number_menu_root";
const LOOKUP = "serial_number_tracking.group_serial_number_lookup";
const INPUTS = "input, textarea, [contenteditable=true]";
const SEARCH_BOX = ".o_searchview_input";
const COMMAND = /^O(BT|CD)/; // barcodes that press Odoo's buttons
const CONTROL = /[\x00-\x1f]/;

/**
 * Hears scans wherever nobody types: on the app's own screens and on Inventory's overview they open the unit's card; a
 * screen that takes scans itself says so by `useScans`.
 */
export const scanService = {
    dependencies: ["action", "barcode", "dialog", "menu", "orm"],
    start(env, { action, barcode, dialog, menu, orm }) {
        const reader = new WedgeReader();
        const takers = [];
        let closeCard = null;

        function isOurScreen() {
            const current = action.currentController?.action || {};
            const model = current.res_model || "";
            const isOurs = menu.getCurrentApp()?.xmlid === APP || model.startsWith("serial.");
            return current.type === "ir.actions.act_window" && (isOurs || model === "stock.picking.type");
        }

        /** A window in front of the screen keeps what is scanned for itself, but for the card of the last scan. */
        function isFree() {
            return document.querySelectorAll(".o_dialog").length <= (closeCard ? 1 : 0);
        }

        function findTaker() {
            return isFree() ? takers.at(-1) || (isOurScreen() ? showCard : null) : null;
        }

        async function showCard(text) {
            if (!(await user.hasGroup(LOOKUP))) {
                return;
            }
            const answer = await orm.call("serial.number", "look_up", [text]);
            closeCard?.();
            const onClose = () => (closeCard = null);
            const close = dialog.add(UnitCardDialog, { answer }, { onClose: () => closeCard === close && onClose() });
            closeCard = close;
        }

        function onKeydown(ev) {
            const box = ev.target?.matches?.(SEARCH_BOX) ? ev.target : null;
            if (!box && ev.target?.closest?.(INPUTS)) {
                return; // it reads by itself what is typed into it, separators too
            }
            const taker = (reader.press(ev, ev.timeStamp, box?.value) || (box && reader.scanned)) && findTaker();
            if (!taker) {
                return;
            }
            ev.preventDefault();
            ev.stopImmediatePropagation();
            if (reader.scanned) {
                takeFromBox(box, taker);
            }
        }

        /** What was scanned while the cursor stood in the search box is no search. */
        function takeFromBox(box, taker) {
            const { scanned, before } = reader;
            reader.forget();
            box.value = before;
            box.dispatchEvent(new InputEvent("input", { bubbles: true }));
            taker(scanned);
        }

        window.addEventListener("keydown", onKeydown, { capture: true });
        window.addEventListener("keyup", (ev) => reader.release(ev), { capture: true });
        barcode.bus.addEventListener("barcode_scanned", ({ detail }) => {
            // Odoo's service hears the key of a control character, and we hear the character.
            const heard = reader.scanned || reader.text;
            const text = CONTROL.test(heard) ? heard : detail.barcode;
            reader.forget();
            if (!COMMAND.test(text)) {
                findTaker()?.(text);
            }
        });

        return {
            showCard,
            /** Let a screen take what is scanned, while it is there. Returns what ends that. */
            addTaker(taker) {
                takers.push(taker);
                return () => takers.splice(takers.indexOf(taker), 1);
            },
        };
    },
};

registry.category("services").add("serial_scan", scanService);

/**
 * Let a component take what is scanned anywhere outside of an input, while it is mounted.
 *
 * @param {(text: string) => void} taker
 */
export function useScans(taker) {
    const scans = useService("serial_scan");
    let remove = null;
    onMounted(() => (remove = scans.addTaker(taker)));
    onWillUnmount(() => remove?.());
}
