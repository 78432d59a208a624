import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

import { EntryModel } from "./entry_model";

import { onWillStart, useSubEnv } from "@odoo/owl";

/** The form around the entry window: its buttons wait for the numbers that are under way. */
export class SerialEntryFormController extends FormController {
    setup() {
        super.setup();
        this.entry = new EntryModel({
            orm: this.env.services.orm,
            action: this.env.services.action,
            entryId: this.props.resId,
        });
        useSubEnv({ serialEntry: this.entry });
        onWillStart(() => this.entry.load());
        if (this.env.dialogData) {
            this.env.dialogData.dismiss = () => this.beforeDismiss();
        }
    }

    /** Confirm through the model: it waits for the answers, and shows a refusal beside the scan box. */
    async beforeExecuteActionButton(clickParams) {
        if (clickParams.name === "action_confirm") {
            await this.entry.confirm();
            return false;
        }
        if (clickParams.name === "action_cancel") {
            await this.entry.sender.abandon();
        }
        return super.beforeExecuteActionButton(...arguments);
    }

    /** Escape and the close button wait for the answers; numbers that cannot be sent are not dropped silently. */
    async beforeDismiss() {
        await this.entry.sender.send();
        if (this.entry.state.queue.size) {
            await new Promise((resolve) => {
                this.dialogService.add(ConfirmationDialog, {
                    title: _t("Numbers are not sent yet"),
                    body: _t(
                        "%s numbers could not be sent to the server. They are lost when you close this window.",
                        this.entry.state.queue.size,
                    ),
                    confirmLabel: _t("Close and lose them"),
                    confirm: resolve,
                    cancelLabel: _t("Stay here"),
                    cancel: () => {},
                });
            });
        }
    }

    async beforeUnload(ev) {
        if (this.entry.state.queue.size) {
            ev.preventDefault();
            ev.returnValue = "Unsaved changes";
        }
        return super.beforeUnload(ev);
    }
}

registry.category("views").add("serial_entry_form", { ...formView, Controller: SerialEntryFormController });
