import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

import { UnitCard } from "../card/unit_card";

import { PhoneBox } from "./phone_box";

import { Component, onWillStart, useState } from "@odoo/owl";

/** What is known of a number that is scanned: the card of its unit. */
export class LookUp extends Component {
    static template = "serial_number_tracking.LookUp";
    static components = { PhoneBox, UnitCard };
    static props = { text: { type: String, optional: true } };

    setup() {
        this.orm = useService("orm");
        this.placeholder = _t("Scan or type a number");
        this.state = useState({ answer: null });
        onWillStart(() => this.props.text && this.lookUp(this.props.text));
    }

    get moreText() {
        return _t("And %s more: search for the number in the register.", this.state.answer.more);
    }

    async lookUp(text) {
        this.state.answer = await this.orm.call("serial.number", "look_up", [text]);
    }
}
