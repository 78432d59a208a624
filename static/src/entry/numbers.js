/** What separates serial numbers in a pasted list or a typed text; the server splits by the same (naming.py). */
const CELLS = /[\n\r\t]+/;
const IN_CELL = /[,;]+/;
/**
 * Labels may have commas inside: what a scanner sends with group separators, an envelope, or behind a symbology
 * identifier is one; and a link, up to the next link.
 */
const WHOLE = /^\][A-Za-z][0-9A-Za-z].|^\[\)>|[\x1d\x1e\x04]/;
const LINK = /^https?:\/\//i;
const BETWEEN_LINKS = /[,;]+\s*(?=https?:\/\/)/i;
/** The white space around a number, of which group separators are a part for Python alone. */
const AROUND = /^[\s\x1c-\x1f]+|[\s\x1c-\x1f]+$/g;

function splitCell(cell) {
    if (WHOLE.test(cell)) {
        return [cell];
    }
    return cell.split(LINK.test(cell) ? BETWEEN_LINKS : IN_CELL).map(trim);
}

function trim(text) {
    return text.replace(AROUND, "");
}

/**
 * Split a text into serial numbers and labels.
 *
 * @param {string} text
 * @returns {string[]} the numbers in their order, without empty ones
 */
export function splitNumbers(text) {
    return text
        .split(CELLS)
        .flatMap((cell) => splitCell(cell.replace(/^ +| +$/g, "")))
        .filter(trim);
}

/**
 * Make a number comparable as the register does, to know it again in an answer.
 *
 * @param {string} name
 * @returns {string}
 */
export function numberKey(name) {
    return name.normalize("NFKC").trim().replace(/\s+/g, " ").toUpperCase();
}

/**
 * Return the names that were not refused, in their order.
 *
 * @param {string[]} names
 * @param {string[]} refused
 * @returns {string[]}
 */
export function withoutNumbers(names, refused) {
    const keys = refused.map(numberKey);
    return names.filter((name) => {
        const index = keys.indexOf(numberKey(name));
        if (index >= 0) {
            keys.splice(index, 1);
        }
        return index < 0;
    });
}

/**
 * Find the last number of a range, counted up as the server does: the last run of digits, which keeps its zeros.
 *
 * @param {string} first
 * @param {number} count
 * @returns {string} empty where there is nothing to count up
 */
export function findRangeEnd(first, count) {
    const parts = /^(.*?)(\d+)(\D*)$/s.exec(first);
    if (!parts || !(count > 0)) {
        return "";
    }
    const [, before, digits, after] = parts;
    const number = String(BigInt(digits) + BigInt(count - 1));
    return before + number.padStart(digits.length, "0") + after;
}
