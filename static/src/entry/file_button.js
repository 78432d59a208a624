import { _t } from "@web/core/l10n/translation";
import { useBus, useService } from "@web/core/utils/hooks";
import { checkFileSize } from "@web/core/utils/files";
import { getDataURLFromFile } from "@web/core/utils/urls";

import { Component, useRef, useState } from "@odoo/owl";

const TABLES = ".csv,.txt,.xlsx,.xls,.ods";

/** Takes a file with serial numbers, or pictures of units, by a click, or dropped anywhere on the window. */
export class FileButton extends Component {
    static template = "serial_number_tracking.FileButton";
    static props = { entry: Object };

    setup() {
        this.entry = this.props.entry;
        this.notification = useService("notification");
        this.input = useRef("input");
        this.state = useState(this.entry.state);
        useBus(this.entry.bus, "take-files", ({ detail }) => this.takeAll(detail));
    }

    get takesPhotos() {
        return Boolean(this.state.active.asks_photo);
    }

    get title() {
        return this.takesPhotos
            ? _t("A CSV or XLSX file with a column of serial numbers, or pictures named by their numbers (A1.jpg)")
            : _t("A CSV or XLSX file with a column of serial numbers");
    }

    get accept() {
        return this.takesPhotos ? `${TABLES},image/*` : TABLES;
    }

    onChange(ev) {
        const files = [...ev.target.files];
        ev.target.value = ""; // so that the same file can be chosen again
        return this.takeAll(files);
    }

    takeAll(files) {
        return this.entry.takeFiles(files, (file) => this.take(file));
    }

    async take(file) {
        if (file && checkFileSize(file.size, this.notification)) {
            const url = await getDataURLFromFile(file);
            await this.entry.enterFile(file.name, url.slice(url.indexOf(",") + 1));
        }
    }
}
