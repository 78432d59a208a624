import { deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { KeepLast } from "@web/core/utils/concurrency";

import { PhoneBox } from "./phone_box";

import { Component, markup, onWillStart, useState } from "@odoo/owl";

const { DateTime } = luxon;

/** Return the transfer that is called so, of some; none where it is a part of names only. */
export function findNamed(rows, text) {
    return rows.find(({ name }) => name.toLowerCase() === text.toLowerCase());
}

/** The open transfers of one kind of work; one that is tapped, or whose name is scanned, is opened. */
export class TransferList extends Component {
    static template = "serial_number_tracking.TransferList";
    static components = { PhoneBox };
    static props = { task: Object, filter: Object, onOpen: Function, onAction: Function };

    setup() {
        this.orm = useService("orm");
        this.last = new KeepLast();
        this.placeholder = _t("Scan or type a document");
        this.state = useState({ rows: [], total: 0, types: [], ...this.props.filter });
        onWillStart(() => this.load());
    }

    async load({ more = false } = {}) {
        const { text, typeId, rows } = this.state;
        const args = [this.props.task.work, text, typeId, more ? rows.length : 0];
        const found = await this.last.add(this.orm.call("stock.picking", "find_serial_work", args));
        const known = more ? rows.map(({ id }) => id) : [];
        const fresh = found.rows.filter(({ id }) => !known.includes(id));
        Object.assign(this.state, { rows: more ? [...rows, ...fresh] : fresh, total: found.total });
        if (!more) {
            this.state.types = found.types;
        }
    }

    async search(text) {
        this.state.text = text;
        await this.load();
        this.props.filter.text = text;
    }

    /** A whole name opens its transfer; a part that only one has does, too, and narrows the list no further. */
    async onScan(text) {
        const { text: before } = this.props.filter;
        await this.search(text);
        const { rows } = this.state;
        const named = findNamed(rows, text);
        if (named || rows.length === 1) {
            this.props.filter.text = before;
            this.props.onOpen(named || rows[0]);
        }
    }

    async chooseType(value) {
        this.state.typeId = Number(value) || false;
        this.props.filter.typeId = this.state.typeId;
        await this.load();
    }

    get foundText() {
        return _t("Found for %s", markup`<b>${this.state.text}</b>`);
    }

    describeUnits({ entered, quantity }) {
        if (entered) {
            return _t("%(entered)s of %(quantity)s scanned", { entered, quantity });
        }
        return quantity === 1 ? _t("1 unit to scan") : _t("%s units to scan", quantity);
    }

    describeDate({ date }) {
        return formatDate(deserializeDateTime(date));
    }

    isLate({ date }) {
        return deserializeDateTime(date) < DateTime.now();
    }

    get emptyText() {
        return this.state.text
            ? _t("No open document is called that. Check the name, or search for the partner.")
            : _t("Nothing is waiting here. Search for documents that are not ready yet.");
    }

    get isMore() {
        return this.state.rows.length < this.state.total;
    }
}
