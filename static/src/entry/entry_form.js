import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";

import { kept, lost, stayHere } from "./answers";
import { EntryModel } from "./entry_model";
import { sayOnNextPage } from "./kept_notice";
import { WindowFormController } from "../window/window_form";

import { onWillDestroy, onWillStart, useSubEnv } from "@odoo/owl";

/** The form around the entry window: its buttons wait for the numbers that are under way. */
export class SerialEntryFormController extends WindowFormController {
    setup() {
        super.setup();
        this.entry = new EntryModel({
            orm: this.env.services.orm,
            action: this.env.services.action,
            entryId: this.props.resId,
        });
        useSubEnv({ serialEntry: this.entry });
        onWillStart(() => this.entry.load());
        onWillDestroy(() => this.entry.sender.stop());
        if (this.env.dialogData) {
            this.env.dialogData.dismiss = async () => {
                if (!(await this.leave())) {
                    await new Promise(() => {}); // the dialog stays
                }
            };
        }
    }

    /** Confirm through the model: it waits for the answers, and shows a refusal beside the scan box. */
    async beforeExecuteActionButton(clickParams) {
        if (clickParams.name === "action_confirm") {
            await this.entry.confirm();
            return false;
        }
        if (clickParams.name === "action_cancel") {
            if (await this.leave()) {
                await this.env.services.action.doAction({ type: "ir.actions.act_window_close" });
            }
            return false;
        }
        if (clickParams.name === "action_discard") {
            await this.entry.sender.abandon();
        }
        return super.beforeExecuteActionButton(...arguments);
    }

    /** Whether numbers wait that the device could not keep. */
    get mayLose() {
        const { queue } = this.entry.state;
        return queue.size && !queue.isKept;
    }

    /**
     * Wait for the answers; numbers that cannot be sent are not dropped silently.
     *
     * @returns {Promise<boolean>} whether the window may be closed
     */
    async _mayClose() {
        await this.entry.sender.send();
        const { queue } = this.entry.state;
        if (queue.size && queue.isKept) {
            this.env.services.notification.add(stayHere(queue.size), { type: "warning" });
        }
        if (!this.mayLose) {
            return true;
        }
        return new Promise((resolve) => {
            this.dialogService.add(ConfirmationDialog, {
                title: _t("Numbers are not sent yet"),
                body: lost(queue.size),
                confirmLabel: _t("Close and lose them"),
                confirm: () => resolve(true),
                cancelLabel: _t("Stay here"),
                cancel: () => resolve(false),
                dismiss: () => resolve(false),
            });
        });
    }

    /**
     * Say that what was entered is kept, before the window closes, by whatever way.
     *
     * @returns {Promise<boolean>} whether it may be closed
     */
    async leave() {
        const mayClose = await this._mayClose();
        const count = this.entry.state.enteredCount;
        if (mayClose && count) {
            this.env.services.notification.add(kept(count), { type: "info" });
        }
        return mayClose;
    }

    async beforeUnload(ev) {
        if (this.entry.state.enteredCount) {
            sayOnNextPage(kept(this.entry.state.enteredCount));
        }
        if (this.mayLose) {
            ev.preventDefault();
            ev.returnValue = "Unsaved changes";
        }
        return super.beforeUnload(ev);
    }
}

registry.category("views").add("serial_entry_form", { ...formView, Controller: SerialEntryFormController });
