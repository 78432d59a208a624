import { rpc } from "@web/core/network/rpc";
import { user } from "@web/core/user";
import { patch } from "@web/core/utils/patch";
import { FormController } from "@web/views/form/form_controller";

const PRODUCT_MODELS = ["product.template", "product.product"];

/** Products have several form controllers; what they share is the hook after saving. */
patch(FormController.prototype, {
    async onRecordSaved(record, changes) {
        await super.onRecordSaved(...arguments);
        if (PRODUCT_MODELS.includes(record.resModel) && changes.is_serialized) {
            // Not awaited: the record stays locked until this hook returns.
            askForSerialNumbers(this.env.services.action, record.resModel, record.resId);
        }
    },
});

/** Ask for the numbers of the pieces on hand, when the server says that there are any. */
async function askForSerialNumbers(action, model, resId) {
    const method = "get_serial_setup_action";
    const params = { model, method, args: [[resId]], kwargs: { context: user.context } };
    const question = await rpc(`/web/dataset/call_button/${model}/${method}`, params);
    if (question) {
        await action.doAction(question);
    }
}
