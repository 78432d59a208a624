import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { useBus } from "@web/core/utils/hooks";

import { CameraScanner } from "./camera_scanner";
import { ControlKeys, withoutDoubled } from "./control_keys";
import { splitNumbers } from "./numbers";

import { Component, useRef, useState } from "@odoo/owl";

/**
 * The input that a scanner types into. It is emptied in the very moment of the Enter, so that two numbers can never run
 * into one, however slow the server is.
 */
export class ScanBox extends Component {
    static template = "serial_number_tracking.ScanBox";
    static components = { CameraScanner };
    static props = { entry: Object };

    setup() {
        this.entry = this.props.entry;
        this.state = useState(this.props.entry.state);
        this.input = useRef("input");
        this.hasCamera = isBarcodeScannerSupported();
        this.camera = useState({ isOn: false });
        // The box has the focus always: only a tap on it opens the keyboard of a screen that is touched.
        this.keyboard = useState({ isWanted: false });
        this.keys = new ControlKeys();
        useBus(this.entry.bus, "focus-box", () => this.input.el?.focus());
        useBus(this.entry.bus, "put", ({ detail }) => this.put(detail));
    }

    put(text) {
        this.input.el.value = text;
        this.input.el.focus();
        this.input.el.select();
    }

    onKeydown(ev) {
        if (this.keys.pressInto(ev, this.input.el)) {
            return;
        }
        if (ev.key.toLowerCase() === "z" && (ev.ctrlKey || ev.metaKey) && !ev.shiftKey && !this.input.el.value) {
            this.entry.undo(); // in a box with text it takes back what was typed
            ev.preventDefault();
            ev.stopPropagation();
            return;
        }
        if (ev.isComposing || ev.ctrlKey || ev.altKey || ev.metaKey) {
            return;
        }
        const text = this.input.el.value;
        const isEmpty = !text.trim();
        if (ev.key === "Enter") {
            isEmpty ? this.entry.enterNothing() : this.take(text);
        } else if (ev.key === "Tab" && !isEmpty && !ev.shiftKey) {
            this.take(text); // some scanners end a number with Tab
        } else if (["ArrowUp", "ArrowDown"].includes(ev.key) && isEmpty) {
            this.entry.activateNeighbour(ev.key === "ArrowUp" ? -1 : 1);
        } else if (["PageUp", "PageDown"].includes(ev.key) && isEmpty) {
            this.entry.pages.moveCursor(ev.key === "PageUp" ? -1 : 1);
        } else if (ev.key === "Delete" && isEmpty && this.state.currentUnit) {
            this.entry.removeUnit(this.state.currentUnit.name);
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    onKeyup(ev) {
        this.keys.releaseInto(ev, this.input.el);
    }

    /** A pasted list is taken at once, a table as a whole; a single number waits for Enter like a typed one. */
    onPaste(ev) {
        const text = ev.clipboardData.getData("text");
        const names = splitNumbers(text);
        if (names.length > 1) {
            ev.preventDefault();
            text.includes("\t") ? this.entry.enterTable(text) : this.entry.enter(names);
        }
    }

    take(text) {
        this.input.el.value = "";
        this.entry.enter(splitNumbers(withoutDoubled(text)));
    }

    /** Take what the camera reads, and leave alone what is being typed. */
    takeCode(code) {
        this.entry.enter(splitNumbers(code));
    }

    toggleCamera() {
        this.camera.isOn = !this.camera.isOn;
    }
}
