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

test("a carton that brings its units is named once, and nothing unusual", () => {
    const { kind, text } = answer(["00106141412345678908"], {
        added: 2,
        missing: 1,
        note: "106141412345678908: 2 units.",
        carton: true,
    });
    expect([kind, text]).toEqual(["success", "106141412345678908: 2 units."]);
});

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

test("of many numbers that all are refused the last one says why", () => {
    const bad = ["A1", "A2"].map((name) => ({ name, message: `${name} is entered already.`, code: "duplicate" }));
    const { kind, text } = answer(["A1", "A2"], { missing: 1, added: 0, bad });
    expect([kind, text]).toEqual(["danger", "Nothing was entered. A2 is entered already."]);
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

/** Return the numbers to correct after these results, on a product of two units. */
function toCorrect(...results) {
    const state = new EntryState();
    const line = { id: 1, quantity: 2, product: "Phone", entered: 0, missing: 2 };
    state.lines = [line];
    state.activeId = 1;
    for (const { names, bad = [], entered } of results) {
        const answered = { ...line, entered, missing: 2 - entered };
        state.applyResult({ added: names.length - bad.length, bad, note: "", line: answered }, names);
    }
    return state.problems.map(({ name }) => name);
}

function refuse(name, code = "unknown") {
    return { name, code, message: `${name} is not known.` };
}

test("what is to be corrected stands with the newest first, and a number that is entered already does not", () => {
    const numbers = toCorrect(
        { names: ["X1"], bad: [refuse("X1")], entered: 0 },
        { names: ["A1"], entered: 1 },
        { names: ["X2"], bad: [refuse("X2")], entered: 1 },
        { names: ["A1"], bad: [refuse("A1", "duplicate")], entered: 1 },
    );
    expect(numbers).toEqual(["X2", "X1"]);
});

test("what came in by another way, and all of it once all is entered, needs no correction", () => {
    const first = { names: ["X1"], bad: [refuse("X1")], entered: 0 };
    const second = { names: ["X2"], bad: [refuse("X2")], entered: 0 };
    expect(toCorrect(first, second, { names: ["x1"], entered: 1 })).toEqual(["X2"]);
    expect(toCorrect(first, second, { names: ["A1", "A2"], entered: 2 })).toEqual([]);
    expect(toCorrect({ names: ["A1", "A2"], entered: 2 }, { ...first, entered: 2 })).toEqual([]);
});

test("of a list that completes the document, what was too many is still named", () => {
    const bad = [refuse("A3", "too_many"), refuse("A4", "too_many")];
    expect(toCorrect({ names: ["A1", "A2", "A3", "A4"], bad, entered: 2 })).toEqual(["A4", "A3"]);
});
