import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { UnitCard } from "../card/unit_card";
import { Feedback } from "../entry/feedback";

import { DeskBox } from "./desk_box";
import { useDeskQueue } from "./desk_queue";

import { Component, markup, onWillStart, useState } from "@odoo/owl";

const RETURN = "serial.return";
const LINE = "serial.return.line";

/** The service desk: each scan is answered at once, and what becomes of the unit is asked there. */
export class ReturnDesk extends Component {
    static template = "serial_number_tracking.ReturnDesk";
    static components = { DeskBox, UnitCard };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.feedback = new Feedback();
        this.state = useState({ desk: null, answers: [], made: [], isBusy: false, waiting: 0 });
        this.changing = null; // tells by its value whether the server has taken what is being changed
        this.queue = useDeskQueue((names) => this.send(names), this);
        onWillStart(() => this.begin());
    }

    get desk() {
        return this.state.desk;
    }

    get selectedText() {
        return _t("%(selected)s of %(count)s to take back", { selected: this.desk.selected, count: this.desk.count });
    }

    get shownText() {
        const { rows, count } = this.desk;
        return _t("The latest %(shown)s of %(count)s are shown; all of them are taken back.", {
            shown: rows.length,
            count,
        });
    }

    takeBackLabel({ name }) {
        return _t("Take back %s", markup`<bdi>${name}</bdi>`);
    }

    async begin() {
        const id = this.props.action.params?.return_id;
        this.state.desk = id
            ? await this.orm.call(RETURN, "get_state", [[id]])
            : await this.orm.call(RETURN, "get_desk", []);
        this.queue.takeUp({ source: `${RETURN},${this.desk.id}`, document: _t("Scan to Return") });
        this.queue.flush();
    }

    scan(names) {
        this.state.made = [];
        return this.queue.add(names);
    }

    async send(names) {
        const { answers, state } = await this.orm.call(RETURN, "add_serials", [[this.desk.id], names]);
        this.state.answers = answers.slice(-5).reverse();
        this.state.desk = state;
        this.feedback.signal(answers.at(-1)?.tone);
    }

    /** Keep what was chosen for a unit. */
    async choose(row, vals) {
        Object.assign(row, vals);
        await this.change(() => this.orm.write(LINE, [row.id], vals));
    }

    async remove(row) {
        await this.change(() => this.orm.unlink(LINE, [row.id]));
    }

    /** Change a unit behind what was changed before: a button that is pressed meanwhile waits for it, see `act`. */
    async change(save) {
        const saved = Promise.resolve(this.changing).then(save);
        const changing = saved.then(
            () => true,
            () => false,
        );
        this.changing = changing;
        try {
            await saved;
        } finally {
            await this.refresh();
            if (this.changing === changing) {
                this.changing = null;
            }
        }
    }

    async refresh() {
        this.state.desk = await this.orm.call(RETURN, "get_state", [[this.desk.id]]);
    }

    async takeBack() {
        await this.act(async () => {
            this.state.made = await this.orm.call(RETURN, "take_back", [[this.desk.id]]);
            this.state.answers = [];
            await this.refresh();
            this.feedback.signal("success");
        });
    }

    async createReturns() {
        await this.act(async () => {
            this.action.doAction(await this.orm.call(RETURN, "action_create", [[this.desk.id]]));
        });
    }

    async act(work) {
        if (this.state.isBusy || !this.queue.isAnswered()) {
            return;
        }
        this.state.isBusy = true;
        try {
            if (!this.changing || (await this.changing)) {
                await work();
            }
        } finally {
            this.state.isBusy = false;
        }
    }

    /** Say what was made; other addons make more, and say what by a title. */
    describeMade({ kind, title }) {
        const titles = {
            return: _t("Taken back with"),
            open: _t("To be validated"),
            credit: _t("Draft credit note"),
            replace: _t("Replacement to send"),
        };
        return title || titles[kind];
    }

    open({ model, id }) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("serial_return_desk", ReturnDesk);
