import { beforeEach, describe, expect, test } from "@odoo/hoot";

import { left, reopened, undone } from "@serial_number_tracking/entry/answers";
import { EntryState } from "@serial_number_tracking/entry/entry_state";
import { allowTranslations } from "@web/../tests/web_test_helpers";

describe.current.tags("headless");
beforeEach(allowTranslations);

/** Return what the window says of an answer to these numbers, on its only line. */
function answer(names, result) {
    const state = new EntryState();
    const answered = { id: 1, quantity: 2, entered: 2 - result.missing, missing: result.missing, product: "Phone" };
    state.lines = [answered];
    state.activeId = 1;
    state.applyResult({ added: names.length, bad: [], note: "", line: answered, ...result }, names);
    return state.answer;
}

test("what is unusual about the last number is said beside that all are entered", () => {
    const { kind, text } = answer(["A1"], { missing: 0, note: "Part of recall R1." });
    expect(kind).toEqual("warning");
    expect([text.includes("A1: Part of recall R1."), text.includes("All numbers are entered")]).toEqual([true, true]);
});

test("what is unusual about many numbers is said, whether all are entered or not", () => {
    for (const missing of [0, 1]) {
        const { kind, text } = answer(["A1", "A2"], { missing, note: "Part of recall R1: A1." });
        expect([kind, text.startsWith("Part of recall R1: A1.")]).toEqual(["warning", true]);
    }
    const bad = [{ name: "X9", message: "X9 is not known.", code: "unknown" }];
    const { kind, text } = answer(["A1", "X9"], { missing: 1, added: 1, bad, note: "Part of recall R1: A1." });
    expect([kind, text]).toEqual(["danger", "X9 is not known. Part of recall R1: A1."]);
});

test("all numbers without a note are said in green", () => {
    expect(answer(["A1", "A2"], { missing: 0 }).kind).toEqual("success");
    expect(answer(["A1"], { missing: 1, added: 1 }).text).toEqual("A1: Phone");
});

test("a window that is opened again says how much of it is there, and when that is all", () => {
    const line = { id: 1, product: "Phone", quantity: 2, policy: "ask" };
    expect(reopened([{ ...line, entered: 1, missing: 1 }]).text).toMatch("1 number was entered before");
    expect(reopened([{ ...line, entered: 2, missing: 0 }]).text).toMatch("All numbers are entered");
});

test("what was taken back is named, and counted when it is more", () => {
    const lines = [{ id: 1, product: "Phone", quantity: 9, entered: 1, missing: 8, policy: "ask" }];
    expect(undone({ undone: "added", count: 1, names: ["A1"] }, lines, 1).text).toMatch("A1 is not entered any more");
    expect(undone({ undone: "removed", count: 3, names: ["A1", "A2", "A3"] }, lines, 1).text).toMatch("3 numbers");
    expect(undone({ undone: "", count: 0, names: [] }, lines, 1).kind).toBe("warning");
});

test("one missing number is called one", () => {
    const line = { id: 1, product: "Phone", quantity: 1, entered: 0, missing: 1, policy: "ask" };
    expect(left([line], 1).text).toMatch("1 serial number of Phone is still missing");
});
