import { ImportAction } from "@base_import/import_action/import_action";
import { patch } from "@web/core/utils/patch";

patch(ImportAction.prototype, {
    /** Whether the file can be left to the scheduled job: one of serial numbers can. */
    get canImportInBackground() {
        return this.isPreviewing && this.resModel === "serial.number" && !this.state.previewError;
    },

    /** Let the scheduled job import the file with the columns and options of this screen, and show the job. */
    async importInBackground() {
        const fields = this.model.columns.map((column) => Boolean(column.fieldInfo) && column.fieldInfo.fieldPath);
        const action = await this.model.orm.call("base_import.import", "action_import_in_background", [
            [this.model.id],
            fields,
            this.model.formattedImportOptions,
        ]);
        await this.actionService.doAction(action);
    },
});
