import { _t } from "@web/core/l10n/translation";
import { Pager } from "@web/core/pager/pager";
import { useService } from "@web/core/utils/hooks";

import { DetailsDialog } from "./details_dialog";
import { UNITS_PER_PAGE } from "./entry_state";
import { PhotoButton } from "./photo_button";
import { StatusPicker } from "./status_picker";
import { describeExpiry, describeWarranty } from "./warranty";

import { Component, useEffect, useRef, useState } from "@odoo/owl";

/** The entered numbers of the active product, the newest first, a page at a time. */
export class UnitList extends Component {
    static template = "serial_number_tracking.UnitList";
    static components = { Pager, PhotoButton, StatusPicker };
    static props = { entry: Object };

    setup() {
        this.entry = this.props.entry;
        this.state = useState(this.props.entry.state);
        this.dialog = useService("dialog");
        this.rows = useRef("rows");
        let isShown = false; // what stands above the list stays in view until the user moves in it
        useEffect(
            () => {
                if (isShown) {
                    this.rows.el?.querySelector(".o_serial_unit_current")?.scrollIntoView({ block: "nearest" });
                }
                isShown = true;
            },
            () => [this.state.cursor],
        );
    }

    get title() {
        return _t("Entered (%s)", this.state.units.total);
    }

    goesBackLabel(unit) {
        return _t("%s goes back as", unit.name);
    }

    /** Let the user enter what belongs to a number beside it. */
    async openDetails({ name }) {
        const lineId = this.state.activeId;
        const asked = await this.entry.readBeside(lineId, name);
        if (asked) {
            const save = (values) => this.entry.setBeside(lineId, name, values);
            this.dialog.add(DetailsDialog, { name, asked, save });
        }
    }

    describeWarranty(unit) {
        return this.state.active.from_customer ? describeWarranty(unit.warranty_end, unit.warranty_days) : null;
    }

    describeExpiry(unit) {
        return describeExpiry(unit.expiration_date, unit.expiration_days);
    }

    get pagerProps() {
        const { offset, total } = this.state.units;
        return {
            offset,
            total,
            limit: UNITS_PER_PAGE,
            isEditable: false,
            withAccessKey: false,
            onUpdate: ({ offset }) => this.entry.pages.load(offset),
        };
    }
}
