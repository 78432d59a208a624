import { BaseImportModel } from "@base_import/import_model";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

patch(BaseImportModel.prototype, {
    /** Whether serial numbers are imported: what is wrong with each row comes with its line then. */
    get isSerialImport() {
        return this.resModel === "serial.number";
    },

    async executeImport(isTest = false, ...options) {
        this.serialFaults = [];
        const start = this.importOptions.skip;
        const result = await super.executeImport(isTest, ...options);
        if (this.isSerialImport && isTest) {
            this.setOption("skip", start);
        }
        return result;
    },

    /** Go on behind a part with faults when the file is tested: nothing is kept, and all of them are to be told. */
    async _executeImportStep(isTest, importRes) {
        this.serialStops = 0;
        const error = await super._executeImportStep(isTest, importRes);
        const stoppedByFaults = this.serialFaults.length && this.serialStops === 1;
        if (this.isSerialImport && isTest && !error && importRes.nextrow && stoppedByFaults) {
            this.handleInterruption = false;
        }
        return error;
    },

    stopImport() {
        this.serialStops++;
        return super.stopImport();
    },

    /** Show all faults in one list, and each of them beside its column. */
    _handleImportErrors(messages, names) {
        if (!this.isSerialImport || messages[0].not_matching_error) {
            return super._handleImportErrors(messages, names);
        }
        this.serialFaults.push(...messages);
        this.importMessages = [];
        this._addMessage("danger", [
            _t("These rows cannot be imported. Correct them, and load the file again."),
            ...this.serialFaults.map((fault) => fault.message),
        ]);
        for (const column of this.columns) {
            const path = column.fieldInfo?.fieldPath;
            const errors = this.serialFaults.filter(
                (fault) => path && (fault.field_path?.join("/") || fault.field) === path,
            );
            if (errors.length) {
                column.errors = errors;
                column.resultNames = names;
            }
        }
    },

    /** What formats of dates can be chosen for a spreadsheet: its texts may be dates. */
    get serialDateFormat() {
        return this.isSerialImport ? this.importOptionsValues.date_format : undefined;
    },
});
