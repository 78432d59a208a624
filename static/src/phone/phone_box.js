import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";

import { useScans } from "../card/scan_service";
import { CameraScanner } from "../entry/camera_scanner";
import { ControlKeys, withoutDoubled } from "../entry/control_keys";

import { Component, useRef, useState } from "@odoo/owl";

/**
 * A box for a scanner that types, wherever the focus is, for the camera, and for a thumb: only a tap opens the keyboard
 * on the screen.
 */
export class PhoneBox extends Component {
    static template = "serial_number_tracking.PhoneBox";
    static components = { CameraScanner };
    static props = { placeholder: String, onScan: Function };

    setup() {
        this.input = useRef("input");
        this.hasCamera = isBarcodeScannerSupported();
        this.state = useState({ camera: false, types: false });
        this.keys = new ControlKeys();
        useScans((text) => this.take(text));
    }

    onKeydown(ev) {
        if (this.keys.pressInto(ev, this.input.el)) {
            return;
        }
        if (ev.key === "Enter" || (ev.key === "Tab" && this.input.el.value)) {
            this.take(this.input.el.value);
            ev.preventDefault();
            ev.stopPropagation();
        }
    }

    onKeyup(ev) {
        this.keys.releaseInto(ev, this.input.el);
    }

    take(text) {
        this.input.el.value = "";
        const scanned = withoutDoubled(text).trim();
        if (scanned) {
            this.props.onScan(scanned);
        }
    }

    onResult(code) {
        this.state.camera = false;
        this.take(code);
    }
}
