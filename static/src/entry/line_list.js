import { _t } from "@web/core/l10n/translation";

import { isOpen, isOver } from "./lines";

import { Component, useEffect, useRef, useState } from "@odoo/owl";

const SEARCHED = 8; // so many lines are found without a search

/** The products of the window with their progress; the active one takes the numbers. */
export class LineList extends Component {
    static template = "serial_number_tracking.LineList";
    static props = { entry: Object };

    setup() {
        this.entry = this.props.entry;
        this.state = useState(this.props.entry.state);
        this.search = useState({ text: "" });
        this.rows = useRef("rows");
        this.isOpen = isOpen;
        this.isOver = isOver;
        useEffect(
            () => {
                this.rows.el?.querySelector(".o_serial_line_active")?.scrollIntoView({ block: "nearest" });
            },
            () => [this.state.activeId],
        );
    }

    get canSearch() {
        return this.state.lines.length > SEARCHED;
    }

    /** The lines whose product, document or partner has all the words that are searched for. */
    get shown() {
        const words = this.search.text.toLowerCase().split(/\s+/);
        return this.state.lines.filter(({ product, document, partner }) => {
            const text = `${product} ${document} ${partner}`.toLowerCase();
            return words.every((word) => text.includes(word));
        });
    }

    /** Enter goes to the first line that was found, and Escape forgets the search; both go back to the scan box. */
    onKeydown(ev) {
        if (ev.key !== "Enter" && ev.key !== "Escape") {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
        const [first] = this.shown;
        if (ev.key === "Enter" && first) {
            this.choose(first.id);
        } else {
            this.search.text = "";
        }
        this.entry.bus.trigger("focus-box");
    }

    choose(lineId) {
        this.search.text = "";
        this.entry.activate(lineId);
    }

    describeBlanks({ missing }) {
        return _t("%s blank", missing);
    }

    percentage(line) {
        return line.quantity ? Math.min(100, Math.round((100 * line.entered) / line.quantity)) : 100;
    }

    barClass(line) {
        if (isOver(line)) {
            return "text-bg-danger";
        }
        return line.blanks && line.missing ? "text-bg-warning" : "text-bg-success";
    }
}
