import { registry } from "@web/core/registry";
import { RadioField, radioField } from "@web/views/fields/radio/radio_field";

/** Choices of which the record's field `possible` says which can be made now. */
export class ChoiceField extends RadioField {
    get items() {
        const possible = this.props.record.data.possible || [];
        return super.items.filter(([code]) => possible.includes(code));
    }
}

registry.category("fields").add("serial_choice", {
    ...radioField,
    component: ChoiceField,
    fieldDependencies: [{ name: "possible", type: "json", readonly: true }],
});
