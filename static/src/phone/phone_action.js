import { browser } from "@web/core/browser/browser";
import { isDisplayStandalone } from "@web/core/browser/feature_detection";
import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { LookUp } from "./look_up";
import { PhoneBox } from "./phone_box";
import { useScreens } from "./screens";
import { getTasks } from "./tasks";
import { findNamed, TransferList } from "./transfer_list";
import { WaitingScans } from "./waiting_scans";

import { Component, onMounted, onWillStart, useState } from "@odoo/owl";

/** Where the user was when the page is loaded again: the task, and the document whose window was open. */
const PLACE = "serial_number_tracking.phone";
const INSTALL = "/scoped_app?app_id=serial_number_tracking&app_name=Serial%20Numbers&path=scoped_app%2Fserial-phone";

/** The page for phones and handheld scanners: one task a screen. */
export class PhoneAction extends Component {
    static template = "serial_number_tracking.PhoneAction";
    static components = { LookUp, PhoneBox, TransferList, WaitingScans };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.isInstalled = isDisplayStandalone();
        this.installUrl = INSTALL;
        this.placeholder = _t("Scan a document or a number");
        const place = this.readPlace();
        this.screens = useScreens(() => this.onBack());
        this.isWindowOpen = false;
        this.state = useState({ task: null, tasks: [], text: "", round: 0 });
        /** What the list of transfers is narrowed to: it stays while its transfers are done one after the other. */
        this.filter = { text: "", typeId: false };
        onWillStart(async () => {
            await this.load();
            this.state.task = this.state.tasks.find(({ key }) => key === place.task) || null;
            this.enterScreen();
        });
        onMounted(() => place.transfer && this.open(place.transfer));
    }

    /** Offer what the user may do, with how much waits. */
    async load() {
        const [counts, isOfStock, mayLookUp] = await Promise.all([
            this.orm.call("stock.picking", "count_serial_work", []),
            user.hasGroup("stock.group_stock_user"),
            user.hasGroup("serial_number_tracking.group_serial_number_lookup"),
        ]);
        const mayDo = ({ work, ofStock, screen }) =>
            work ? work in counts : (!ofStock || isOfStock) && (!screen || mayLookUp);
        this.state.tasks = getTasks()
            .filter(mayDo)
            .map((task) => ({ ...task, count: counts[task.work] || 0 }));
    }

    readPlace() {
        return JSON.parse(browser.sessionStorage.getItem(PLACE) || "{}");
    }

    keepPlace(transfer) {
        browser.sessionStorage.setItem(PLACE, JSON.stringify({ task: this.state.task?.key, transfer }));
    }

    choose(task) {
        if (task.action) {
            return this.action.doAction(task.action);
        }
        this.filter = { text: "", typeId: false };
        this.show(task);
    }

    show(task, text = "") {
        Object.assign(this.state, { task, text });
        this.enterScreen();
        this.keepPlace();
    }

    /** Have the browser know how deep the user is: a task, and the window of a transfer above it. */
    enterScreen() {
        return this.screens.enter((this.state.task ? 1 : 0) + (this.isWindowOpen ? 1 : 0));
    }

    /** The phone's own button was pressed: it is the Escape key of a window, or leads to the first screen. */
    async onBack() {
        if (document.querySelector(".modal")) {
            const keyboard = { key: "Escape", bubbles: true, cancelable: true };
            document.activeElement.dispatchEvent(new KeyboardEvent("keydown", keyboard));
        } else if (this.state.task) {
            await this.goHome();
        }
    }

    async goHome() {
        this.state.task = null;
        this.keepPlace();
        await this.load();
    }

    doAction(action) {
        return this.action.doAction(action, { onClose: () => this.refresh() });
    }

    /** Open a transfer's window. What becomes of it is shown where the user came from. */
    async open({ id, name }) {
        this.keepPlace({ id, name });
        try {
            const params = {
                model: "stock.picking",
                method: "action_scan_serials",
                args: [[id]],
                kwargs: { context: user.context },
            };
            const action = await rpc("/web/dataset/call_button/stock.picking/action_scan_serials", params);
            this.isWindowOpen = action.target === "new";
            this.enterScreen();
            await this.action.doAction(action, { onClose: () => this.onWindowClosed(name, id) });
        } catch (error) {
            this.keepPlace();
            throw error;
        }
    }

    async onWindowClosed(name, id) {
        this.keepPlace();
        this.isWindowOpen = false;
        await this.enterScreen();
        const [transfer] = await this.orm.read("stock.picking", [id], ["state"]);
        if (transfer?.state === "done") {
            this.notification.add(_t("%s is done.", name), { type: "success" });
        }
        await this.refresh();
    }

    async refresh() {
        await this.load();
        this.state.round++;
    }

    /** What is scanned on the first screen is a document that is open, or else a number to look up. */
    async onScan(text) {
        const { rows } = await this.orm.call("stock.picking", "find_serial_work", [null, text]);
        const named = findNamed(rows, text);
        const lookUp = this.state.tasks.find(({ screen }) => screen === "look_up");
        if (named) {
            return this.open(named);
        }
        if (lookUp) {
            this.show(lookUp, text);
        }
    }

    leave() {
        return this.action.doAction("serial_number_tracking.serial_number_action", { clearBreadcrumbs: true });
    }
}

registry.category("actions").add("serial_phone", PhoneAction);
