import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

import { takesBlanks } from "./lines";

import { Component, useState } from "@odoo/owl";

const SHOWN = 20;
const NEAREST_SHOWN = 3; // of more, the message names the first and the last, and the list has all

/** The numbers that the server refused, the newest first and one line each, with their ways out. */
export class ProblemList extends Component {
    static template = "serial_number_tracking.ProblemList";
    static props = { entry: Object, onReEnter: Function, onList: Function, onUseBlanks: Function };

    setup() {
        this.entry = this.props.entry;
        this.dialog = useService("dialog");
        this.state = useState(this.props.entry.state);
    }

    get shown() {
        return this.state.problems.slice(0, SHOWN);
    }

    get hidden() {
        return this.state.problems.length - this.shown.length;
    }

    get title() {
        return _t("To correct (%s)", this.state.problems.length);
    }

    get hiddenText() {
        return _t("And %s more.", this.hidden);
    }

    get firstToRelease() {
        return this.shown.find((problem) => problem.can_release);
    }

    nearest({ nearest = [] }) {
        return nearest.length <= NEAREST_SHOWN ? nearest : [];
    }

    /** Whether a number can be mended by a button of its own; on a phone there is room for no other. */
    hasRemedy(problem) {
        return Boolean(problem.can_release || problem.can_add || problem.candidates || this.nearest(problem).length);
    }

    /** Say what is wrong with a number, where its line is too short for that. */
    explain(problem) {
        this.state.say({ kind: "danger", text: problem.message });
    }

    release(problem) {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Release %s?", problem.name),
            body: problem.message,
            confirmLabel: _t("Release and take it"),
            confirm: () => this.entry.release(problem),
            cancelLabel: _t("Leave it"),
            cancel: () => {},
        });
    }

    get firstToAdd() {
        return this.shown.find((problem) => problem.can_add);
    }

    /** Whether a number is refused only until somebody says that it is this unit's, although it is known elsewhere. */
    asksOfKnown(problem) {
        return this.state.getLine(problem.lineId).asks_known;
    }

    canLeaveBlank(problem) {
        const line = this.state.getLine(problem.lineId);
        return takesBlanks(line) && line.missing > 0 && !line.blanks;
    }
}
