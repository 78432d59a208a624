import { describe, expect, test } from "@odoo/hoot";

import { WedgeReader } from "@serial_number_tracking/card/wedge";

describe.current.tags("headless");

const key = (name, options = {}) => ({ key: name, ctrlKey: false, altKey: false, metaKey: false, ...options });

/** Type keys one after the other, this many milliseconds apart. */
function type(reader, keys, pause, box = "") {
    let at = Math.max(1000, reader.last + 500);
    for (const each of keys) {
        reader.press(typeof each === "string" ? key(each) : each, (at += pause), box);
    }
    return reader.scanned;
}

test("a scanner types faster than any hand", () => {
    expect(type(new WedgeReader(), [..."SN-1", "Enter"], 10)).toBe("SN-1");
    expect(type(new WedgeReader(), [..."SN-1", "Tab"], 10)).toBe("SN-1");
    expect(type(new WedgeReader(), [..."SN-1", "Enter"], 90)).toBe("");
});

test("what a person typed before is no part of it, and stays in its box", () => {
    const reader = new WedgeReader();
    type(reader, [..."abc"], 200);
    expect(type(reader, [..."SN-1", "Enter"], 10, "abc")).toBe("SN-1");
    expect(reader.before).toBe("abc");
});

test("two keys are no label, and a shift key between them does not matter", () => {
    expect(type(new WedgeReader(), [..."S1", "Enter"], 10)).toBe("");
    expect(type(new WedgeReader(), ["Shift", "S", "Shift", "N", "1", "Enter"], 10)).toBe("SN1");
});

test("the separators of a label are heard, and nobody else sees them", () => {
    const reader = new WedgeReader();
    type(reader, [..."0109521234543213"], 10);
    expect(reader.press(key("]", { ctrlKey: true }), reader.last + 10)).toBe(true);
    reader.press(key("2"), reader.last + 10);
    reader.press(key("Enter"), reader.last + 10);
    expect(reader.scanned).toBe("0109521234543213\x1d2");
});

test("the first key may take longer, for the screen is busy then", () => {
    const reader = new WedgeReader();
    type(reader, ["S"], 10);
    reader.press(key("N"), reader.last + 200);
    reader.press(key("1"), reader.last + 10);
    reader.press(key("Enter"), reader.last + 10);
    expect(reader.scanned).toBe("SN1");
});

test("a shortcut that a person presses is left alone", () => {
    expect(new WedgeReader().press(key("]", { ctrlKey: true }), 1000)).toBe(false);
});
