import { describe, expect, test } from "@odoo/hoot";

import { TypeAhead } from "@serial_number_tracking/worklist/type_ahead";

describe.current.tags("headless");

test("typing ahead is given back up to each Enter", () => {
    const ahead = new TypeAhead();
    const type = (key, more = {}) => ahead.take({ key, ...more });
    expect(type("A")).toEqual(false);
    ahead.isOn = true;
    expect(["A", "1", "Enter", "B"].map((key) => type(key))).toEqual([true, true, true, true]);
    expect([type("c", { ctrlKey: true }), type("Shift")]).toEqual([false, false]);
    expect(ahead.next()).toEqual({ text: "A1", enter: true });
    expect(ahead.next()).toEqual({ text: "B", enter: false });
    ["Enter", "C", "Enter", "Enter", "D"].forEach((key) => type(key));
    expect(ahead.drain()).toEqual(["C", "D"]);
});
