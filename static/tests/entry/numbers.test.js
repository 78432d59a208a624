import { describe, expect, test } from "@odoo/hoot";

import { findRangeEnd, numberKey, splitNumbers } from "@serial_number_tracking/entry/numbers";

describe.current.tags("headless");

test("a text is split at every separator", () => {
    expect(splitNumbers(" A 1,B;C\tD\r\n\r\nE\rF\n")).toEqual(["A 1", "B", "C", "D", "E", "F"]);
    expect(splitNumbers(" \n")).toEqual([]);
});

test("a label stays whole, and a list of links is split between them", () => {
    expect(splitNumbers("\x1d0109521234543213\x1d21A,1")).toEqual(["\x1d0109521234543213\x1d21A,1"]);
    expect(splitNumbers(" [)>\x1e06\x1dSA;B\x1e\x04\n]d2010952123454321321A,1\nB,C")).toEqual([
        "[)>\x1e06\x1dSA;B\x1e\x04",
        "]d2010952123454321321A,1",
        "B",
        "C",
    ]);
    expect(splitNumbers("https://a.example/21/A,1, https://a.example/21/B")).toEqual([
        "https://a.example/21/A,1",
        "https://a.example/21/B",
    ]);
});

test("a number has one key, however it is written", () => {
    expect(numberKey(" ab  1 ")).toEqual("AB 1");
    expect(numberKey("ＡＢ１")).toEqual("AB1");
});

test("a range counts up the last digits, which keep their zeros", () => {
    expect(findRangeEnd("A001", 50)).toBe("A050");
    expect(findRangeEnd("A9-x", 2)).toBe("A10-x");
    expect(findRangeEnd("S12345678901234567890", 2)).toBe("S12345678901234567891");
    expect([findRangeEnd("ABC", 2), findRangeEnd("", 2), findRangeEnd("A1", 0)]).toEqual(["", "", ""]);
});
