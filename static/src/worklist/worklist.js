import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { listView } from "@web/views/list/list_view";
import { ListRenderer } from "@web/views/list/list_renderer";

import { isRefusal } from "../refusal";

import { TypeAhead } from "./type_ahead";

import { onMounted, status, useExternalListener } from "@odoo/owl";

const STEPS = { arrowup: -1, arrowdown: 1, enter: 1 };
const FRAMES_TO_WAIT = 60;
const BESIDE = "identity_added";

/**
 * The list of units without number, for typing one number after the other: Enter and the arrow keys save the row and
 * go to the next one, and what is typed meanwhile lands there.
 */
export class SerialWorklistRenderer extends ListRenderer {
    static groupRowTemplate = "serial_number_tracking.WorklistGroupRow";

    setup() {
        super.setup();
        this.typeAhead = new TypeAhead();
        this.closeMessage = () => {};
        useExternalListener(window, "keydown", this.onKeydownWhileMoving, { capture: true });
        onMounted(() => this.begin());
    }

    /**
     * Begin where a number can only be of one document and product: in its first row. Where there are more, nothing is
     * open for typing before somebody has said which.
     */
    async begin() {
        const { list } = this.props;
        if (list.model.useSampleModel) {
            return;
        }
        const isOne = await this.openFirstGroup(list);
        if (status(this) !== "destroyed") {
            this.tableRef.el?.querySelector(".o_serial_enter_missing")?.focus();
            if (isOne && this.isAlike("product_id") && this.isAlike("waits_with")) {
                this.editFirstBlank();
            }
        }
    }

    /**
     * Open the first group down to its rows, where the user has opened none.
     *
     * @returns {Promise<boolean>} whether it is the only one
     */
    async openFirstGroup({ groups }) {
        if (!groups?.length) {
            return true;
        }
        if (groups.every((group) => group.isFolded)) {
            await groups[0].toggle();
        }
        const first = groups.find((group) => !group.isFolded);
        return (await this.openFirstGroup(first.list)) && groups.length === 1;
    }

    /** Whether all rows that are shown have the same value. */
    isAlike(name) {
        return new Set(this.props.list.records.map(({ data }) => data[name]?.id ?? data[name])).size === 1;
    }

    editFirstBlank() {
        const record = this.findBlank();
        if (this.props.editable && record) {
            this.editName(record);
        }
    }

    /** Whether the units of a group can be numbered in one window: they wait with one document. */
    canEnter(group) {
        return this.props.editable && group.groupByField.name === "waits_with" && group.count > 0;
    }

    /**
     * Open the window on what waits with one document.
     *
     * @param {Object} group
     */
    async enterMissing(group) {
        const { orm, action } = this.env.services;
        const ids = await orm.search("serial.number", group.groupDomain, { limit: 1 });
        const window = await orm.call("serial.number", "action_enter_missing", [ids]);
        await action.doAction(window, { onClose: () => this.props.list.model.root.load() });
    }

    findBlank() {
        return this.props.list.records.find((record) => !record.data.name);
    }

    /** Put a row into edit mode, with the focus in its number. */
    async editName(record) {
        const column = this.columns.find(({ name }) => name === "name");
        this.cellToFocus = { column, record };
        await this.props.list.enterEditMode(record);
        this.cellToFocus = { column, record };
    }

    onKeydownWhileMoving(ev) {
        if (this.typeAhead.take(ev)) {
            ev.preventDefault();
            ev.stopPropagation();
        }
    }

    onCellKeydownEditMode(hotkey, cell, group, record) {
        if (hotkey in STEPS && !record.selected) {
            this.moveFrom(record, hotkey);
            return true;
        }
        return super.onCellKeydownEditMode(...arguments);
    }

    /**
     * Save the row and edit the one that the key leads to. A number that the register refuses stays in its row.
     *
     * @param {Object} record
     * @param {"enter"|"arrowup"|"arrowdown"} hotkey
     */
    async moveFrom(record, hotkey) {
        if (this.typeAhead.isOn || this.goBeside(record, hotkey)) {
            return;
        }
        this.typeAhead.isOn = true;
        let move = null;
        try {
            if (!(await this.mayTake(record))) {
                this.focusAgain();
            } else if (await this.props.list.leaveEditMode({ validate: true })) {
                this.closeMessage();
                this.closeMessage = () => {};
                const target = await this.findTarget(record, hotkey);
                if (target) {
                    await this.editName(target);
                    move = await this.typeInto(target);
                }
            }
        } catch (error) {
            move = await this.onSaveError(error, record);
        } finally {
            this.typeAhead.isOn = false;
        }
        if (move && this.editedRecord) {
            await this.moveFrom(this.editedRecord, move);
        } else {
            this.reportLeft();
        }
    }

    /**
     * Ask about a number that is known elsewhere, before it makes a unit of somebody else's of this one.
     *
     * @param {Object} record
     * @returns {Promise<boolean>} whether the number may be given to the row
     */
    async mayTake(record) {
        const name = this.getInput()?.value.trim();
        if (!name || name === record.data.name || !record.resId) {
            return true;
        }
        const orm = record.model.orm;
        const question = await orm.call("serial.number", "get_number_question", [[record.resId], name]);
        return !question || this.ask(question);
    }

    async ask(question) {
        this.typeAhead.isAsking = true;
        const answer = await new Promise((resolve) => {
            this.env.services.dialog.add(ConfirmationDialog, {
                title: _t("This number is known"),
                body: question,
                confirmLabel: _t("Yes, it is this unit"),
                confirm: () => resolve(true),
                cancelLabel: _t("No"),
                cancel: () => resolve(false),
                dismiss: () => resolve(false),
            });
        });
        this.typeAhead.isAsking = false;
        return answer;
    }

    getInput(name = "name") {
        return this.tableRef.el?.querySelector(`.o_selected_row td[name='${name}'] input`);
    }

    /**
     * Go from a typed number to the cell beside it, where its product requires another number that is not typed yet.
     *
     * @returns {boolean} whether it did
     */
    goBeside(record, hotkey) {
        const [input, beside] = [this.getInput(), this.getInput(BESIDE)];
        const isTyped = input?.value.trim() && document.activeElement === input;
        if (hotkey !== "enter" || !isTyped || !record.data.identity_lacking || !beside || beside.value.trim()) {
            return false;
        }
        beside.focus();
        return true;
    }

    /** Leave the number in its row, to be typed over. */
    focusAgain() {
        const beside = this.getInput(BESIDE);
        const input = beside && beside === document.activeElement ? beside : this.getInput();
        input?.focus();
        input?.select();
        return input;
    }

    /** Find the row to go to; behind the last one, those that are still without number are read again. */
    async findTarget(record, hotkey) {
        const { list } = this.props;
        const target = list.records[list.records.indexOf(record) + STEPS[hotkey]];
        if (target || hotkey !== "enter") {
            return target || record;
        }
        if (!list.isGrouped) {
            await list.load();
        }
        return this.findBlank();
    }

    /**
     * Type what was typed meanwhile into the row, once its input has the focus.
     *
     * @returns {Promise<string|null>} the hotkey that was typed behind it
     */
    async typeInto(record) {
        const input = await this.waitForInput(record);
        const { text, move } = this.typeAhead.next();
        if (input && text) {
            input.setRangeText(text, input.selectionStart, input.selectionEnd, "end");
            input.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }
        return (input && move?.toLowerCase()) || null;
    }

    async waitForInput(record) {
        const selector = `.o_selected_row[data-id='${record.id}'] td[name='name'] input`;
        for (let frame = 0; frame < FRAMES_TO_WAIT && status(this) !== "destroyed"; frame++) {
            const input = this.tableRef.el?.querySelector(selector);
            if (input && input === document.activeElement) {
                return input;
            }
            await new Promise((resolve) => requestAnimationFrame(resolve));
        }
        return null;
    }

    /**
     * Say what is wrong without taking the focus. The number stays in its row, to be typed over; what was scanned behind
     * a refused number takes its place.
     *
     * @returns {Promise<string|null>} the hotkey to go on by from this row
     */
    async onSaveError(error, record) {
        const input = this.focusAgain();
        const refused = input?.value;
        if (isRefusal(error)) {
            const close = this.showMessage(error.data.message);
            if (input !== this.getInput()) {
                this.closeMessage = close;
                return null; // what was scanned ahead is no other number of this unit
            }
            this.typeAhead.stay();
            const move = await this.typeInto(record);
            if (input?.value === refused) {
                this.closeMessage = close; // it is corrected in its row, and then no longer needed
            }
            return move;
        }
        if (error instanceof ConnectionLostError) {
            this.showMessage(_t("There is no connection to the server. %s was not entered.", refused));
            return null;
        }
        this.reportLeft(refused); // Odoo may have the page loaded again: the session has ended
        throw error;
    }

    /**
     * Name what was not entered: what was typed ahead and found no row.
     *
     * @param {...string} typed what was typed into a row, before it
     */
    reportLeft(...typed) {
        const numbers = [...typed, ...this.typeAhead.drain()].filter(Boolean);
        if (numbers.length) {
            this.showMessage(_t("These numbers were not entered: %s", numbers.join(", ")));
        }
    }

    showMessage(text) {
        return this.notificationService.add(text, { type: "danger", sticky: true });
    }
}

registry.category("views").add("serial_worklist", { ...listView, Renderer: SerialWorklistRenderer });
