import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

import { waitHere } from "../entry/answers";
import { KeptScans } from "../entry/kept_scans";

import { Component, useState } from "@odoo/owl";

const MOVE = /^stock\.move,(\d+)$/;
/** The desks that send what was scanned at them when they are opened. */
const DESKS = [
    {
        source: /^serial\.count,(\d+)$/,
        open: (id) => ({ type: "ir.actions.client", tag: "serial_count_desk", params: { count_id: id } }),
    },
    {
        source: /^serial\.return,(\d+)$/,
        open: () => "serial_number_tracking.serial_return_desk_action",
    },
];

/** What was scanned on this device and is not sent yet, by document. */
export class WaitingScans extends Component {
    static template = "serial_number_tracking.WaitingScans";
    static props = { onOpen: Function };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.kept = new KeptScans();
        this.state = useState({ documents: this.group() });
    }

    group() {
        const documents = new Map();
        for (const scan of this.kept.list()) {
            const known = documents.get(scan.document) || { name: scan.document, scans: [] };
            known.scans.push(scan);
            documents.set(scan.document, known);
        }
        return [...documents.values()];
    }

    describe({ scans }) {
        return waitHere(scans.flatMap(({ names }) => names).length);
    }

    canOpen({ scans }) {
        return scans.some(({ source }) => MOVE.test(source) || DESKS.some((desk) => desk.source.test(source)));
    }

    async open({ name, scans }) {
        const desk = DESKS.find(({ source }) => source.test(scans[0].source));
        if (desk) {
            return this.action.doAction(desk.open(Number(desk.source.exec(scans[0].source)[1])));
        }
        const ids = scans.map(({ source }) => Number(MOVE.exec(source)?.[1])).filter(Boolean);
        const [move] = await this.orm.searchRead("stock.move", [["id", "in", ids]], ["picking_id"], { limit: 1 });
        if (move?.picking_id) {
            return this.props.onOpen({ id: move.picking_id[0], name });
        }
        this.discard({ name, scans });
    }

    discard(document) {
        const numbers = document.scans.flatMap(({ names }) => names);
        this.dialog.add(ConfirmationDialog, {
            title: _t("Throw these numbers away?"),
            body: _t("%(document)s: %(numbers)s", { document: document.name, numbers: numbers.join(", ") }),
            confirmLabel: _t("Throw away"),
            confirm: () => {
                this.kept.forget(document.scans);
                this.state.documents = this.group();
            },
            cancelLabel: _t("Keep"),
            cancel: () => {},
        });
    }
}
