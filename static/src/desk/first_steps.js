import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

import { Component, onWillStart, useState } from "@odoo/owl";

const HIDDEN = "serial_number_tracking.first_steps_hidden"; // on this device

/** What a new user does first: each step leads to its screen, and is ticked once somebody has done it. */
export class FirstSteps extends Component {
    static template = "serial_number_tracking.FirstSteps";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.tours = useService("tour_service");
        this.state = useState({ steps: [], isHidden: Boolean(browser.localStorage.getItem(HIDDEN)) });
        onWillStart(async () => {
            if (!this.state.isHidden) {
                this.state.steps = await this.orm.call("serial.number", "get_first_steps", []);
            }
        });
    }

    get isShown() {
        return !this.state.isHidden && this.state.steps.some((step) => !step.is_done);
    }

    describeState({ is_done: isDone }) {
        return isDone ? _t("Done") : _t("To do");
    }

    showLabel({ label }) {
        return _t("Show me: %s", label);
    }

    async open({ key, action, context }) {
        const options = key === "follow" ? { viewType: "form" } : {};
        await this.action.doAction(action, { ...options, additionalContext: context });
    }

    /** Lead through a step by pointers. The mode is not "manual": that would switch on the tours of all apps. */
    show({ key }) {
        return this.tours.startTour(`serial_number_tracking_${key}`, { mode: "guided", redirect: false });
    }

    hide() {
        browser.localStorage.setItem(HIDDEN, "1");
        this.state.isHidden = true;
    }
}
