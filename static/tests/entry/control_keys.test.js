import { describe, expect, test } from "@odoo/hoot";

import { ControlKeys, EOT, GS, RS, withoutDoubled } from "@serial_number_tracking/entry/control_keys";

describe.current.tags("headless");

const control = (key, code = "") => ({ key, code, ctrlKey: true, altKey: false, metaKey: false });

test("separators are typed with Ctrl, on any keyboard", () => {
    const keys = new ControlKeys();
    expect([control("]"), control(GS), control("+", "BracketRight")].map((ev) => keys.press(ev, ""))).toEqual([
        GS,
        GS,
        GS,
    ]);
    expect([control("^"), control("6", "Digit6")].map((ev) => keys.press(ev, ""))).toEqual([RS, RS]);
});

test("Ctrl+D ends an envelope and is left alone elsewhere", () => {
    const keys = new ControlKeys();
    expect(keys.press(control("d"), `[)>${RS}06`)).toEqual(EOT);
    expect(keys.press(control("d"), "A1")).toEqual(null);
});

test("Alt and a number is the character of this number once Alt is released", () => {
    const keys = new ControlKeys();
    for (const key of ["0", "2", "9"]) {
        expect(keys.press({ key, altKey: true, ctrlKey: false }, "")).toEqual("");
    }
    expect(keys.release({ key: "9" })).toEqual(null);
    expect(keys.release({ key: "Alt" })).toEqual(GS);
    expect(keys.release({ key: "Alt" })).toEqual(null);
});

test("other keys are left alone", () => {
    const keys = new ControlKeys();
    expect(keys.press({ key: "a", ctrlKey: false, altKey: false }, "")).toEqual(null);
    expect(keys.press(control("v"), "")).toEqual(null);
});

test("a separator that arrived twice is one", () => {
    expect(withoutDoubled(`A${GS}${GS}B`)).toEqual(`A${GS}B`);
});
