/** What separates serial numbers in a pasted list or a typed text; the server splits by the same. */
const SEPARATORS = /[\n\r\t,;]+/;

/**
 * Split a text into serial numbers.
 *
 * @param {string} text
 * @returns {string[]} the numbers in their order, without empty ones
 */
export function splitNumbers(text) {
    return text
        .split(SEPARATORS)
        .map((name) => name.trim())
        .filter(Boolean);
}

/**
 * Make a number comparable as the register does, to find out what arrived after a lost answer.
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
