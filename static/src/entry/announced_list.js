import { _t } from "@web/core/l10n/translation";
import { Pager } from "@web/core/pager/pager";

import { UNITS_PER_PAGE } from "./entry_state";
import { isOpen } from "./lines";

import { Component, markup, useEffect, useRef, useState } from "@odoo/owl";

/** What the vendor announced for the active product, ticked off as it is scanned, and how the goods differ from it. */
export class AnnouncedList extends Component {
    static template = "serial_number_tracking.AnnouncedList";
    static components = { Pager };
    static props = { entry: Object };

    setup() {
        this.entry = this.props.entry;
        this.state = useState(this.props.entry.state);
        this.ticked = _t("Scanned");
        this.awaited = _t("Not scanned yet");
        const root = useRef("root");
        useEffect(() => this.namePager(root.el));
    }

    /** Say whose pager it is: the list of what is entered has one too. */
    namePager(root) {
        root?.querySelector(".o_pager")?.setAttribute("aria-label", root.ariaLabel);
    }

    get announced() {
        return this.state.announced;
    }

    get title() {
        const { ticked, total } = this.announced;
        return _t("Announced (%s)", markup`<bdi dir="ltr">${ticked} / ${total}</bdi>`);
    }

    /** The differences that there are: as long as numbers are missing, what was not scanned may still come. */
    get differences() {
        const { absent, unannounced } = this.announced;
        return [
            {
                key: "unannounced",
                title: _t("Came, not announced (%s)", unannounced.count),
                color: "warning",
                ...unannounced,
            },
            {
                key: "absent",
                title: _t("Announced, did not come (%s)", absent.count),
                color: "danger",
                ...(isOpen(this.state.active) ? { count: 0 } : absent),
            },
        ].filter((difference) => difference.count);
    }

    describe({ count, names }) {
        const rest = count - names.length;
        return rest
            ? _t("%(numbers)s and %(count)s more", { numbers: names.join(", "), count: rest })
            : names.join(", ");
    }

    get pagerProps() {
        const { offset, total } = this.announced;
        return {
            offset,
            total,
            limit: UNITS_PER_PAGE,
            isEditable: false,
            withAccessKey: false,
            onUpdate: ({ offset }) => this.entry.pages.loadAnnounced(offset),
        };
    }
}
