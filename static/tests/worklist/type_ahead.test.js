import { describe, expect, test } from "@odoo/hoot";

import { TypeAhead } from "@serial_number_tracking/worklist/type_ahead";

describe.current.tags("headless");

function typing() {
    const ahead = new TypeAhead();
    let now = 0;
    const type = (key, { after = 10, ...more } = {}) => ahead.take({ key, timeStamp: (now += after), ...more });
    return { ahead, type };
}

test("typing ahead is given back up to each Enter", () => {
    const { ahead, type } = typing();
    expect(type("A")).toEqual(false);
    ahead.isOn = true;
    expect(["A", "1", "Enter", "B"].map((key) => type(key))).toEqual([true, true, true, true]);
    expect([type("c", { ctrlKey: true }), type("Shift")]).toEqual([false, false]);
    expect(ahead.next()).toEqual({ text: "A1", move: "Enter" });
    expect(ahead.next()).toEqual({ text: "B", move: undefined });
    ["Enter", "C", "Enter", "Enter", "D"].forEach((key) => type(key));
    expect(ahead.drain()).toEqual(["C", "D"]);
});

test("a hand at the arrow keys may be ahead of the list", () => {
    const { ahead, type } = typing();
    ahead.isOn = true;
    ["ArrowUp", "A", "ArrowDown"].forEach((key) => type(key));
    expect(ahead.next()).toEqual({ text: "", move: "ArrowUp" });
    expect(ahead.next()).toEqual({ text: "A", move: "ArrowDown" });
    ["ArrowDown", "Enter", "B"].forEach((key) => type(key));
    ahead.stay();
    expect(ahead.drain()).toEqual(["B"]);
});

test("a question is answered by a hand, and not by a scanner", () => {
    const { ahead, type } = typing();
    ahead.isOn = ahead.isAsking = true;
    expect([type("A"), type("Enter"), type("Enter")]).toEqual([true, true, true]);
    expect(type("Enter", { after: 500 })).toEqual(false);
    expect(type(" ", { after: 500 })).toEqual(false);
    expect([type("B", { after: 500 }), type("Enter", { after: 500 })]).toEqual([true, true]);
    expect(ahead.drain()).toEqual(["A", "B"]);
});
