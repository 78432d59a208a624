import { Dialog } from "@web/core/dialog/dialog";
import { useService } from "@web/core/utils/hooks";

import { Component, useRef } from "@odoo/owl";

/** The photo of an entered unit, as large as there is room: it can be taken again, or removed. */
export class PhotoDialog extends Component {
    static template = "serial_number_tracking.PhotoDialog";
    static components = { Dialog };
    static props = { name: String, url: String, takeAgain: Function, remove: Function, close: Function };

    takeAgain() {
        this.props.takeAgain();
        this.props.close();
    }

    remove() {
        this.props.remove();
        this.props.close();
    }
}

/** The camera beside an entered number; once its photo is taken, the photo. A phone opens its camera, others a file. */
export class PhotoButton extends Component {
    static template = "serial_number_tracking.PhotoButton";
    static props = { entry: Object, unit: Object, isRequired: Boolean, hotkey: { type: String, optional: true } };

    setup() {
        this.dialog = useService("dialog");
        this.input = useRef("input");
    }

    getUrl(size) {
        return `/web/image/${this.props.unit.photo_id}${size}`;
    }

    open() {
        this.lineId = this.props.entry.state.activeId;
        if (!this.props.unit.photo_id) {
            return this.input.el.click();
        }
        const { name } = this.props.unit;
        this.dialog.add(PhotoDialog, {
            name,
            url: this.getUrl(""),
            takeAgain: () => this.input.el?.click(),
            remove: () => this.props.entry.setPhoto(this.lineId, name, false),
        });
    }

    onChange(ev) {
        const [file] = ev.target.files;
        ev.target.value = ""; // so that the same file can be chosen again
        return file && this.props.entry.takePhoto(this.lineId, this.props.unit.name, file);
    }
}
