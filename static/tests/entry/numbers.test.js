import { describe, expect, test } from "@odoo/hoot";

import { numberKey, splitNumbers } from "@serial_number_tracking/entry/numbers";

describe.current.tags("headless");

test("a text is split at every separator", () => {
    expect(splitNumbers(" A 1,B;C\tD\r\n\r\nE\rF\n")).toEqual(["A 1", "B", "C", "D", "E", "F"]);
    expect(splitNumbers(" \n")).toEqual([]);
});

test("a number has one key, however it is written", () => {
    expect(numberKey(" ab  1 ")).toEqual("AB 1");
    expect(numberKey("ＡＢ１")).toEqual("AB1");
});
