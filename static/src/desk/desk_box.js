import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";

import { useScans } from "../card/scan_service";
import { CameraScanner } from "../entry/camera_scanner";
import { ControlKeys, withoutDoubled } from "../entry/control_keys";
import { splitNumbers } from "../entry/numbers";
import { isRefusal } from "../refusal";

import { Component, onMounted, useRef, useState } from "@odoo/owl";

/**
 * A box for scans on a screen of its own: it has the focus at the beginning, and what is scanned while nothing has the
 * focus lands here as well. A paste is many numbers at once.
 */
export class DeskBox extends Component {
    static template = "serial_number_tracking.DeskBox";
    static components = { CameraScanner };
    static props = { onScan: Function, onEmpty: { type: Function, optional: true }, placeholder: String };

    setup() {
        this.input = useRef("input");
        this.keys = new ControlKeys();
        this.hasCamera = isBarcodeScannerSupported();
        this.camera = useState({ isOn: false });
        useScans((text) => this.take(text));
        onMounted(() => this.input.el.focus());
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

/**
 * Sends scans one batch after the other: what is scanned while the server answers goes with the next one, so that no
 * scan waits for another and none is lost.
 */
export class DeskQueue {
    /**
     * @param {(names: string[]) => Promise} send what the server does with them
     * @param {{feedback: Object, notification: Object}} desk says what was not taken
     */
    constructor(send, { feedback, notification }) {
        Object.assign(this, { send, feedback, notification, names: [], isSending: false });
    }

    async add(names) {
        this.names.push(...names);
        if (this.isSending) {
            return;
        }
        this.isSending = true;
        while (this.names.length) {
            const part = this.names;
            this.names = [];
            try {
                await this.send(part);
            } catch (error) {
                this.onError(part, error);
            }
        }
        this.isSending = false;
    }

    onError(names, error) {
        this.feedback.signal("danger");
        const isLost = error instanceof ConnectionLostError;
        const noConnection = _t("There is no connection to the server.");
        const why = isRefusal(error) ? error.data.message : isLost ? noConnection : error.message;
        const shown = names.length > 5 ? _t("%s numbers", names.length) : names.join(", ");
        this.notification.add(_t("Not taken: %(names)s. %(why)s", { names: shown, why }), {
            type: "danger",
            sticky: true,
        });
    }
}
