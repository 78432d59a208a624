import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { AnnouncedList } from "./announced_list";
import { waitHere } from "./answers";
import { FileButton } from "./file_button";
import { LineHeader } from "./line_header";
import { LineList } from "./line_list";
import { ProblemList } from "./problem_list";
import { RangeForm } from "./range_form";
import { ReasonInput } from "./reason_input";
import { ReturnBar } from "./return_bar";
import { ScanBox } from "./scan_box";
import { isOpen, takesBlanks } from "./lines";
import { UnitDialog } from "./unit_dialog";
import { UnitList } from "./unit_list";
import { VendorInput } from "./vendor_input";

import { Component, markup, useEffect, useExternalListener, useRef, useState } from "@odoo/owl";

const ANSWER_CLASSES = {
    success: "alert-success",
    info: "alert-info",
    warning: "alert-warning",
    danger: "alert-danger",
};
const ANSWER_ICONS = {
    success: "fa-check",
    info: "fa-hourglass-half",
    warning: "fa-exclamation-triangle",
    danger: "fa-times",
};
const SHOWN_WAITING = 6;
const NEWEST_SALE_FIRST = ["date_sold", "id"].map((name) => ({ name, asc: false }));
const FIRST_EXPIRING = [
    { name: "status", asc: true },
    { name: "expiration_date", asc: true },
    { name: "id", asc: false },
];

/** The window in which the serial numbers of a document are entered. Its scan box always has the focus. */
export class EntryWindow extends Component {
    static template = "serial_number_tracking.EntryWindow";
    static components = {
        AnnouncedList,
        FileButton,
        LineHeader,
        LineList,
        ProblemList,
        RangeForm,
        ReasonInput,
        ReturnBar,
        ScanBox,
        UnitList,
        VendorInput,
    };
    static props = { ...standardWidgetProps };

    setup() {
        this.entry = this.env.serialEntry;
        this.state = useState(this.entry.state);
        this.feedback = useState(this.entry.feedback);
        this.ui = useService("ui");
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.root = useRef("root");
        this.dropping = useState({ isOver: false });
        // Where every number is required there is no such button; the key has the server say why.
        useHotkey("alt+b", () => this.entry.toggleBlanks(), {
            bypassEditableProtection: true,
            isAvailable: () => this.state.active?.policy === "require",
        });
        useExternalListener(window, "click", this.onClick);
        useExternalListener(window, "keydown", this.onKeydown, { capture: true });
        useBus(this.ui.bus, "active-element-changed", () => setTimeout(() => this.focusBox()));
        useEffect(
            () => this.focusBox(),
            () => [this.state.answer, this.state.confirming, this.state.rangeOpen],
        );
    }

    // What is shown

    get answerClass() {
        return ANSWER_CLASSES[this.state.answer.kind] || "o_serial_answer_none border text-muted";
    }

    get answerIcon() {
        return ANSWER_ICONS[this.state.answer.kind] || "fa-barcode";
    }

    get silenceTitle() {
        return this.feedback.isSilent ? _t("Sound is off on this device") : _t("Sound is on, on this device");
    }

    get waitingText() {
        const { queue } = this.state;
        const names = queue.peek(SHOWN_WAITING);
        if (queue.hasCalls) {
            return _t("Not answered yet: %s", names.join(", "));
        }
        const rest = queue.size > names.length ? ", …" : "";
        return `${waitHere(queue.size)}: ${names.join(", ")}${rest}`;
    }

    get offerText() {
        const { gtin, product } = this.state.offer;
        return _t("No product has the GTIN %(gtin)s yet. Is it %(product)s?", {
            gtin: markup`<bdi class="font-monospace">${gtin}</bdi>`,
            product: markup`<bdi>${product}</bdi>`,
        });
    }

    get proposalsLabel() {
        const { announced, proposals } = this.state.active;
        return announced ? _t("Accept all announced (%s)", proposals) : _t("Enter proposed (%s)", proposals);
    }

    get generateLabel() {
        return _t("Generate %s", this.state.active.missing);
    }

    get canLeaveBlank() {
        const line = this.state.active;
        return takesBlanks(line) && (line.missing > 0 || line.blanks);
    }

    /** Whether several products could be left blank by one key. */
    get canLeaveAllBlank() {
        return this.state.lines.filter((line) => takesBlanks(line) && isOpen(line)).length > 1;
    }

    get generateTitle() {
        return _t("Enter %s and those that follow it in the product's series", this.state.active.next_number);
    }

    // Focus

    /** Whether the window is the one that the user works in, and no dialog is above it. */
    get isInFront() {
        return Boolean(this.root.el && this.ui.activeElement.contains(this.root.el));
    }

    /** Give the scan box the focus, unless the user works in another input. */
    focusBox() {
        if (this.isInFront && !document.activeElement?.closest(".o_serial_aside")) {
            this.entry.bus.trigger("focus-box");
        }
    }

    /** Leave another input. */
    leaveAside() {
        document.activeElement?.blur();
        this.focusBox();
    }

    onClick(ev) {
        const isText = window.getSelection().toString() && !ev.target.closest("button");
        if (!isText && !ev.target.closest("input, .o_serial_aside") && this.isInFront) {
            setTimeout(() => this.focusBox());
        }
    }

    /** A scanner types wherever the focus is: bring what it types into the scan box. */
    onKeydown(ev) {
        if (ev.key === "Enter" && ev.target === document.body && this.isInFront) {
            this.entry.enterNothing(); // the scan box is about to get the focus
        }
        const types = ev.key.length === 1 && ev.key !== " " && !ev.ctrlKey && !ev.altKey && !ev.metaKey;
        if (types && this.isInFront && !ev.target.closest?.("input, textarea, select")) {
            this.entry.bus.trigger("focus-box");
        }
    }

    // Actions

    onReEnter(problem) {
        this.state.dismiss(problem);
        this.entry.activate(problem.lineId);
        this.entry.bus.trigger("put", problem.name);
    }

    onDragover(ev) {
        this.dropping.isOver = ev.dataTransfer.types.includes("Files");
    }

    onDrop(ev) {
        this.dropping.isOver = false;
        this.entry.bus.trigger("take-files", [...ev.dataTransfer.files]);
    }

    onRangeClosed() {
        this.state.rangeOpen = false;
        setTimeout(() => this.focusBox());
    }

    async onRange(first, count) {
        this.state.rangeOpen = false;
        await this.entry.enterRange(first, count);
    }

    onUseBlanks(problem) {
        this.state.dismiss(problem);
        const line = this.state.getLine(problem.lineId);
        if (!line.blanks) {
            this.entry.toggleBlanks(problem.lineId);
        }
    }

    getListTitle(line) {
        if (this.ui.isSmall) {
            return _t("Hold one to choose several"); // there are no boxes to tick
        }
        return line.from_customer
            ? _t("%(product)s: sold to %(customer)s", { product: line.product, customer: line.partner })
            : _t("Serial Numbers of %s", line.product);
    }

    /**
     * Let the user choose among the numbers of a product.
     *
     * @param {number} lineId
     * @param {Object} [problem] what the choice replaces
     */
    async openList(lineId, problem) {
        const line = this.state.getLine(lineId);
        const [domain, canTake] = await Promise.all(
            ["get_list_domain", "get_takeable_domain"].map((method) =>
                this.orm.call("serial.entry.line", method, [[lineId]]),
            ),
        );
        this.dialog.add(UnitDialog, {
            resModel: "serial.number",
            title: this.getListTitle(line),
            domain,
            dynamicFilters: [{ description: _t("Can be taken here"), domain: canTake }],
            context: {
                list_view_ref: "serial_number_tracking.serial_number_view_list_choose",
                serial_number_tracking_line: lineId,
            },
            orderBy: line.from_customer ? NEWEST_SALE_FIRST : FIRST_EXPIRING,
            noCreate: true,
            noContentHelp: _t(
                "No serial number of this product can be taken here. Remove the filter to see all of them.",
            ),
            onSelected: async (ids) => {
                const units = await this.orm.read("serial.number", ids, ["name"]);
                if (problem) {
                    this.state.dismiss(problem);
                }
                this.entry.enter(
                    units.map((unit) => unit.name),
                    lineId,
                );
            },
        });
    }
}

registry.category("view_widgets").add("serial_entry", { component: EntryWindow });
