import { _t } from "@web/core/l10n/translation";

import { isOpen, isOver, isUnfinished, nextOpenLine } from "./lines";

/**
 * What the window says, as `{ kind, text }`: `kind` is that of the alert, and each function is about the lines and the
 * numbers that it gets, and nothing else.
 */

export const NOTHING = { kind: "", text: "" };

/**
 * Tell whether nothing is left to scan on any product.
 *
 * @param {Object[]} lines
 * @returns {boolean}
 */
export function isFinished(lines) {
    return !lines.some(isUnfinished);
}

/**
 * Tell whether every product has its numbers, or is left blank: nothing more is expected.
 *
 * @param {Object[]} lines
 * @returns {boolean}
 */
export function isAllEntered(lines) {
    return isFinished(lines) && !lines.some(isOpen);
}

/** Say what is left to do on the active product, else on another one. */
export function left(lines, activeId) {
    const active = lines.find((line) => line.id === activeId);
    const line = [active, nextOpenLine(lines, activeId), ...lines].find((line) => line && isUnfinished(line));
    if (!line) {
        return NOTHING;
    }
    return isOver(line) ? tooMany(line) : missing(line);
}

function tooMany(line) {
    const values = { count: line.entered - line.quantity, product: line.product, quantity: line.quantity };
    const text =
        line.quantity === 1
            ? _t("There is only 1 unit of %(product)s: remove %(count)s of the numbers.", values)
            : _t("There are only %(quantity)s units of %(product)s: remove %(count)s of the numbers.", values);
    return { kind: "danger", text };
}

function missing(line) {
    const values = { count: line.missing, product: line.product };
    const text = line.missing === 1 ? missingOne(line, values) : missingMany(line, values);
    return { kind: "warning", text };
}

function missingOne(line, values) {
    return line.policy === "require"
        ? _t("1 serial number of %(product)s is still missing. Scan it.", values)
        : _t("1 serial number of %(product)s is still missing. Scan it, or leave it blank (Alt+B).", values);
}

function missingMany(line, values) {
    return line.policy === "require"
        ? _t("%(count)s serial numbers of %(product)s are still missing. Scan them.", values)
        : _t(
              "%(count)s serial numbers of %(product)s are still missing. Scan them, or leave them blank (Alt+B).",
              values,
          );
}

/** Say that numbers that were entered before cannot be taken any more. */
export function refused(problems) {
    const text =
        problems.length === 1
            ? _t("%s was entered before and cannot be taken any more: see below.", problems[0].name)
            : _t("%s numbers that were entered before cannot be taken any more: see below.", problems.length);
    return { kind: "danger", text };
}

export function finished(lines) {
    const hasBlanks = lines.some((line) => line.missing && !line.partial);
    const text = hasBlanks
        ? _t("The rest stays blank. Press Enter to confirm.")
        : _t("All numbers are entered. Press Enter to confirm.");
    return { kind: "success", text };
}

/** Say what a window has that was closed and is opened again. */
export function reopened(lines) {
    if (isAllEntered(lines)) {
        return finished(lines);
    }
    const count = lines.reduce((sum, line) => sum + line.entered, 0);
    const text =
        count === 1
            ? _t("1 number was entered before and is kept. Go on scanning.")
            : _t("%s numbers were entered before and are kept. Go on scanning.", count);
    return { kind: "info", text };
}

/** Say that a closed window keeps what was entered in it. */
export function kept(count) {
    return count === 1
        ? _t("1 number is kept with its document: the same button opens this window again.")
        : _t("%s numbers are kept with their document: the same button opens this window again.", count);
}

/**
 * Say what was taken back.
 *
 * @param {{undone: string, count: number, names: string[]}} what the server says of it
 */
export function undone({ undone, count, names }, lines, activeId) {
    if (!undone) {
        return { kind: "warning", text: _t("There is nothing more to take back.") };
    }
    return thenNext(describeUndone(undone, count, names), lines, activeId);
}

function describeUndone(undone, count, names) {
    if (count === 1) {
        const texts = {
            added: _t("Undone: %s is not entered any more.", names[0]),
            removed: _t("Undone: %s is entered again.", names[0]),
            beside: _t("Undone: what was entered beside %s last was taken back.", names[0]),
        };
        return texts[undone];
    }
    return undone === "added"
        ? _t("Undone: %s numbers are not entered any more.", count)
        : _t("Undone: %s numbers are entered again.", count);
}

/** Say something, and what comes next when nothing is left to scan. */
function thenNext(text, lines, activeId) {
    if (isFinished(lines)) {
        return { kind: "success", text: `${text} ${finished(lines).text}` };
    }
    return lines.some(isOver) ? left(lines, activeId) : { kind: "success", text };
}

/** Say what was done beside an entered number, in the server's words. */
export function beside(note, lines, activeId) {
    return thenNext(note, lines, activeId);
}

/** Say that a file is no picture, or one that the device cannot read. */
export function noPicture(name) {
    return { kind: "danger", text: _t("%s is no picture that this device can read. Choose a JPEG or PNG.", name) };
}

export function removed(name, lines, activeId) {
    return thenNext(_t("%s was removed.", name), lines, activeId);
}

/** Say what one unit goes back as. */
export function returnStatus(status, name, lines, activeId) {
    const values = { number: name, status: describeStatus(status, lines) };
    return thenNext(_t("%(number)s goes back as: %(status)s.", values), lines, activeId);
}

/** Say what all units of a product go back as. */
export function returnStatuses(status, { product }, lines, activeId) {
    const values = { product, status: describeStatus(status, lines) };
    return thenNext(_t("All units of %(product)s go back as: %(status)s.", values), lines, activeId);
}

function describeStatus(status, lines) {
    return lines.flatMap((line) => line.return_statuses).find(({ value }) => value === status).label;
}

export function addedUnit(name) {
    return { kind: "warning", text: _t("%s was added: it goes on hold until somebody has looked at it.", name) };
}

/** Say that a GTIN is a barcode of a product from now on. */
export function remembered(gtin, product) {
    return { kind: "success", text: _t("%(gtin)s is a barcode of %(product)s now.", { gtin, product }) };
}

export function waiting() {
    return { kind: "info", text: _t("Wait for the answers, then press Enter again.") };
}

/** Say how many numbers have no answer yet. */
export function waitHere(count) {
    return count === 1 ? _t("1 number waits here") : _t("%s numbers wait here", count);
}

/** Say that the connection is lost while numbers wait. */
export function offline(count) {
    const values = { waiting: waitHere(count) };
    return {
        kind: "danger",
        text: _t("There is no connection to the server. %(waiting)s, to be sent when it is back.", values),
    };
}

/** Say what becomes of numbers that wait when their window is closed. */
export function stayHere(count) {
    const values = { waiting: waitHere(count) };
    return _t("%(waiting)s, on this device, to be sent when their document is opened here again.", values);
}

/** Say that numbers that wait are lost with their window: the device could not keep them. */
export function lost(count) {
    return count === 1
        ? _t("1 number could not be sent to the server. It is lost when you close this window.")
        : _t("%s numbers could not be sent to the server. They are lost when you close this window.", count);
}

export function noConnection() {
    return { kind: "danger", text: _t("There is no connection to the server. Try again.") };
}

/**
 * Say what became of numbers; what is unusual about them is said before anything else, and never in green.
 *
 * @param {Object} result what the server answered: `added`, `bad`, `note`, and whether a `carton` brought them
 * @param {string[]} names the numbers, as far as they are known here
 * @param {Object} line the product that they went to
 * @param {Object[]} lines
 */
export function result({ added, bad, note, carton }, names, line, lines) {
    const answer = count(added, bad, names, line, lines);
    if (note && bad.length) {
        return { kind: "danger", text: `${answer.text} ${note}` };
    }
    if (carton) {
        return { kind: "success", text: `${note} ${isAllEntered(lines) ? answer.text : ""}`.trim() };
    }
    if (note) {
        const text = names.length === 1 ? describeNote(names[0], note) : note;
        const next = isAllEntered(lines) || names.length > 1 ? answer.text : "";
        return { kind: "warning", text: `${text} ${next}`.trim() };
    }
    return answer;
}

/** Say what is unusual about a number; a note that begins with it names it already. */
function describeNote(number, note) {
    return note.startsWith(number) ? note : _t("%(number)s: %(note)s", { number, note });
}

function count(added, bad, names, line, lines) {
    const last = bad.at(-1);
    if (bad.length === 1) {
        return { kind: "danger", text: last.message || last.name };
    }
    if (bad.length && !added) {
        return { kind: "danger", text: `${_t("Nothing was entered.")} ${last.message || last.name}` };
    }
    if (bad.length) {
        const values = { added, bad: bad.length, message: last.message || last.name };
        return { kind: "danger", text: _t("%(added)s entered, %(bad)s to correct. The last one: %(message)s", values) };
    }
    if (isAllEntered(lines)) {
        return finished(lines);
    }
    if (!added) {
        return { kind: "warning", text: _t("Nothing was entered.") };
    }
    const text =
        added === 1 && names.length === 1
            ? _t("%(number)s: %(product)s", { number: names[0], product: line.product })
            : _t("%(count)s entered: %(product)s", { count: added, product: line.product });
    return { kind: "success", text };
}
