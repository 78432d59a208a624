import { _t } from "@web/core/l10n/translation";
import { useBus, useService } from "@web/core/utils/hooks";
import { checkFileSize } from "@web/core/utils/files";
import { getDataURLFromFile } from "@web/core/utils/urls";

import { Component, useRef } from "@odoo/owl";

/** Takes a file with serial numbers, by a click, or dropped anywhere on the window. */
export class FileButton extends Component {
    static template = "serial_number_tracking.FileButton";
    static props = { entry: Object };

    setup() {
        this.entry = this.props.entry;
        this.notification = useService("notification");
        this.input = useRef("input");
        this.title = _t("A CSV or XLSX file with a column of serial numbers");
        useBus(this.entry.bus, "take-file", ({ detail }) => this.take(detail));
    }

    onChange(ev) {
        const file = ev.target.files[0];
        ev.target.value = ""; // so that the same file can be chosen again
        return this.take(file);
    }

    async take(file) {
        if (file && checkFileSize(file.size, this.notification)) {
            const url = await getDataURLFromFile(file);
            await this.entry.enterFile(file.name, url.slice(url.indexOf(",") + 1));
        }
    }
}
