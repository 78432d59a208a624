import { makeContext } from "@web/core/context";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { DeskBox } from "./desk_box";
import { FirstSteps } from "./first_steps";

import { Component, onWillStart, useState } from "@odoo/owl";

/** The start screen: a box that looks a scanned unit up, and what waits for somebody, one click from its list. */
export class StartScreen extends Component {
    static template = "serial_number_tracking.StartScreen";
    static components = { DeskBox, FirstSteps };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.scans = useService("serial_scan");
        this.state = useState({ tiles: [] });
        onWillStart(async () => {
            this.state.tiles = await this.orm.call("serial.number", "get_start", []);
        });
    }

    /** Where something waits, it comes before the first steps. */
    get hasWork() {
        return this.state.tiles.some((tile) => tile.count);
    }

    lookUp(names) {
        return this.scans.showCard(names.at(-1));
    }

    /** Open the list behind a figure, without the filters that it usually begins with, but grouped as usual. */
    async open({ action, domain }) {
        const opened = await this.action.loadAction(action);
        const usual = Object.entries(makeContext([opened.context || {}]));
        const context = Object.fromEntries(usual.filter(([key]) => key.startsWith("search_default_group_")));
        await this.action.doAction({ ...opened, domain, context });
    }
}

registry.category("actions").add("serial_start", StartScreen);
