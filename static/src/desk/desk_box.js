import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";

import { useScans } from "../card/scan_service";
import { waitHere } from "../entry/answers";
import { CameraScanner } from "../entry/camera_scanner";
import { ControlKeys, withoutDoubled } from "../entry/control_keys";
import { splitNumbers } from "../entry/numbers";

import { Component, onMounted, useRef, useState } from "@odoo/owl";

/**
 * A box for scans on a screen of its own: it has the focus at the beginning, and what is scanned while nothing has the
 * focus lands here as well. A paste is many numbers at once.
 */
export class DeskBox extends Component {
    static template = "serial_number_tracking.DeskBox";
    static components = { CameraScanner };
    static props = {
        onScan: Function,
        onEmpty: { type: Function, optional: true },
        placeholder: String,
        waiting: { type: Number, optional: true },
    };

    setup() {
        this.input = useRef("input");
        this.keys = new ControlKeys();
        this.hasCamera = isBarcodeScannerSupported();
        this.camera = useState({ isOn: false });
        useScans((text) => this.take(text));
        onMounted(() => this.input.el.focus());
    }

    get waitingText() {
        return waitHere(this.props.waiting);
    }

    onKeydown(ev) {
        if (this.keys.pressInto(ev, this.input.el)) {
            return;
        }
        const text = this.input.el.value;
        if (!ev.isComposing && (ev.key === "Enter" || (ev.key === "Tab" && !ev.shiftKey && text.trim()))) {
            this.input.el.value = "";
            text.trim() ? this.take(text) : this.props.onEmpty?.();
            ev.preventDefault();
            ev.stopPropagation();
        }
    }

    onKeyup(ev) {
        this.keys.releaseInto(ev, this.input.el);
    }

    onPaste(ev) {
        const names = splitNumbers(ev.clipboardData.getData("text"));
        if (names.length > 1) {
            ev.preventDefault();
            this.props.onScan(names);
        }
    }

    take(text) {
        this.props.onScan(splitNumbers(withoutDoubled(text)));
    }
}
