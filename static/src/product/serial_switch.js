import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { BooleanField, booleanField } from "@web/views/fields/boolean/boolean_field";

/** Switches a product to serialized; once that is saved, it asks for the numbers of the pieces on hand. */
export class SerialSwitch extends BooleanField {
    setup() {
        super.setup();
        this.action = useService("action");
        const saved = { id: null, isOn: false };
        useRecordObserver((record) => {
            if (record.dirty) {
                return;
            }
            const isOn = record.data[this.props.name];
            if (saved.id === record.id && isOn && !saved.isOn) {
                this.askForNumbers(record); // not awaited: the record stays locked until it is saved
            }
            Object.assign(saved, { id: record.id, isOn });
        });
    }

    /** Ask for the numbers of the pieces on hand, when the server says that there are any. */
    async askForNumbers({ resModel: model, resId }) {
        const method = "get_serial_setup_action";
        const params = { model, method, args: [[resId]], kwargs: { context: user.context } };
        const question = await rpc(`/web/dataset/call_button/${model}/${method}`, params);
        if (question) {
            await this.action.doAction(question);
        }
    }
}

registry.category("fields").add("serial_switch", { ...booleanField, component: SerialSwitch });
