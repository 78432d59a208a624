import { patch } from "@web/core/utils/patch";
import { SearchModel } from "@web/search/search_model";

/** Search boxes of units, and of documents by their units, say what is wrong with a label that finds nothing for it. */
patch(SearchModel.prototype, {
    addAutoCompletionValues(searchItemId, { value }) {
        super.addAutoCompletionValues(...arguments);
        const { fieldName } = this.searchItems[searchItemId];
        const isNumber = fieldName === "serial_search" || (fieldName === "name" && this.resModel === "serial.number");
        if (isNumber && typeof value === "string") {
            this.tellLabelFault(value);
        }
    },

    async tellLabelFault(text) {
        const { fault } = await this.orm.silent.call("serial.number", "read_label", [[], text]);
        if (fault) {
            this.env.services.notification.add(fault, { type: "warning" });
        }
    },
});
