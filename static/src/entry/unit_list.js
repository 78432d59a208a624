import { Pager } from "@web/core/pager/pager";

import { UNITS_PER_PAGE } from "./entry_state";

import { Component, useState } from "@odoo/owl";

/** The entered numbers of the active product, the newest first, a page at a time. */
export class UnitList extends Component {
    static template = "serial_number_tracking.UnitList";
    static components = { Pager };
    static props = { entry: Object };

    setup() {
        this.entry = useState(this.props.entry);
    }

    get pagerProps() {
        const { offset, total } = this.entry.units;
        return {
            offset,
            total,
            limit: UNITS_PER_PAGE,
            isEditable: false,
            withAccessKey: false,
            onUpdate: ({ offset }) => this.entry.loadUnits(offset),
        };
    }
}
