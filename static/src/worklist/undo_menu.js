import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";

import { takeBack } from "./numbered";

import { Component } from "@odoo/owl";

/** The worklist's way back when its message is gone: the numbers that the user gave last are taken back. */
export class UndoMenu extends Component {
    static template = "serial_number_tracking.UndoMenu";
    static components = { DropdownItem };
    static props = {};

    onSelected() {
        return takeBack(this.env.services, "action_undo_last", []);
    }
}

registry.category("cogMenu").add("serial-number-undo", {
    Component: UndoMenu,
    groupNumber: 10,
    isDisplayed: ({ config }) => config.viewSubType === "serial_worklist",
});
