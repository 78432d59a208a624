import { browser } from "@web/core/browser/browser";
import { BarcodeVideoScanner } from "@web/core/barcode/barcode_video_scanner";
import { CropOverlay } from "@web/core/barcode/crop_overlay";

import { Component, useState } from "@odoo/owl";

/** The same code in front of the camera counts again after so long. */
const AGAIN_MS = 2000;
const BETWEEN_SCANS_MS = 300;
/** Where the corner of what is read stands, from the opposite edge. */
const READ_PART = 0.92;

/** Leaves out a code that the camera still sees. */
export class RepeatFilter {
    constructor() {
        this.seen = new Map();
    }

    /**
     * Tell whether a code is a scan of its own.
     *
     * @param {string} code
     * @param {number} [now] milliseconds
     * @returns {boolean}
     */
    isNew(code, now = Date.now()) {
        const isNew = !(now - this.seen.get(code) < AGAIN_MS);
        this.seen.set(code, now);
        return isNew;
    }
}

/** The part of the picture that is read: nearly all of it at first, for square codes do not fit into a strip. */
class CodeOverlay extends CropOverlay {
    setup() {
        super.setup();
        this.localStorageKey = "serial_number_tracking.camera";
    }

    computeDefaultPoint() {
        super.computeDefaultPoint();
        if (!browser.localStorage.getItem(this.localStorageKey)) {
            const { width, height } = this.cropContainerRef.el.firstChild.getBoundingClientRect();
            this.relativePosition = { x: READ_PART * width, y: READ_PART * height };
        }
    }
}

class CodeScanner extends BarcodeVideoScanner {
    static components = { CropOverlay: CodeOverlay };
}

/** Scans with the device's camera, code after code, until it is closed. */
export class CameraScanner extends Component {
    static template = "serial_number_tracking.CameraScanner";
    static components = { CodeScanner };
    static props = { onScan: Function, onClose: Function };

    setup() {
        this.filter = new RepeatFilter();
        this.state = useState({ error: "" });
        this.delay = BETWEEN_SCANS_MS;
    }

    onResult(code) {
        if (this.filter.isNew(code)) {
            this.props.onScan(code);
        }
    }

    onError(error) {
        this.state.error = error.message;
    }
}
