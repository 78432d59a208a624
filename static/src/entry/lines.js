/**
 * What can be told of a product's line from what the server says of it: `quantity`, `entered`, `missing`, `blanks`,
 * `partial` and `policy`.
 */

/**
 * Tell whether a product still wants numbers: some are missing and they are not left blank.
 *
 * @param {Object} line
 * @returns {boolean}
 */
export function isOpen(line) {
    return line.missing > 0 && !line.blanks;
}

/**
 * Tell whether a product must have its numbers before the window can be confirmed.
 *
 * @param {Object} line
 * @returns {boolean}
 */
export function isDue(line) {
    return isOpen(line) && !line.partial;
}

/**
 * Tell whether units of a product may be left without number.
 *
 * @param {Object} line
 * @returns {boolean}
 */
export function takesBlanks(line) {
    return !line.partial && line.policy !== "require";
}

/**
 * Tell whether a product has more numbers than units: its quantity was lowered after they were entered.
 *
 * @param {Object} line
 * @returns {boolean}
 */
export function isOver(line) {
    return line.entered > line.quantity;
}

/**
 * Tell whether there is something to do on a product before the window can be confirmed.
 *
 * @param {Object} line
 * @returns {boolean}
 */
export function isUnfinished(line) {
    return isDue(line) || isOver(line);
}

/**
 * Find the next product that wants numbers, after the given one and around.
 *
 * @param {Object[]} lines
 * @param {number} lineId
 * @returns {Object|undefined}
 */
export function nextOpenLine(lines, lineId) {
    const index = lines.findIndex((line) => line.id === lineId);
    return [...lines.slice(index + 1), ...lines.slice(0, index)].find(isOpen);
}

/**
 * Decide where a number goes that was scanned while `lineId` was the active product: there while it has room, else to
 * the next product that wants numbers, else there all the same, for the server to say that it is too many.
 *
 * @param {Object[]} lines
 * @param {number} lineId
 * @returns {{lineId: number, room: number}} how many numbers may go there in one request
 */
export function routeNumber(lines, lineId) {
    let target = lines.find((line) => line.id === lineId);
    if (!target.missing) {
        target = nextOpenLine(lines, lineId);
    }
    if (!target) {
        return { lineId, room: Infinity };
    }
    const room = nextOpenLine(lines, target.id) ? target.missing : Infinity;
    return { lineId: target.id, room };
}
