import { EntryState } from "@serial_number_tracking/entry/entry_state";
import {
    isOver,
    nextOpenLine,
    numberKey,
    routeNumber,
    ScanQueue,
    splitNumbers,
} from "@serial_number_tracking/entry/scan_queue";
import { describeWarranty } from "@serial_number_tracking/entry/warranty";
import { TypeAhead } from "@serial_number_tracking/worklist/type_ahead";
import { registry } from "@web/core/registry";

function assertEqual(actual, expected) {
    const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
    if (left !== right) {
        throw new Error(`${left} is not ${right}`);
    }
}

const line = (id, missing, blanks = false) => ({ id, missing, blanks });

/** Return what the window says of an answer to these numbers, on its only line. */
function answer(names, result) {
    const state = new EntryState();
    const answered = { id: 1, quantity: 2, entered: 2 - result.missing, missing: result.missing, product: "Phone" };
    state.lines = [answered];
    state.activeId = 1;
    state.applyResult({ added: names.length, bad: [], note: "", line: answered, ...result }, names);
    return state.answer;
}

const CHECKS = {
    "what is unusual about the last number is said beside that all are entered"() {
        const { kind, text } = answer(["A1"], { missing: 0, note: "Part of recall R1." });
        assertEqual(kind, "warning");
        assertEqual([text.includes("A1: Part of recall R1."), text.includes("All numbers are entered")], [true, true]);
    },
    "what is unusual about many numbers is said, whether all are entered or not"() {
        for (const missing of [0, 1]) {
            const { kind, text } = answer(["A1", "A2"], { missing, note: "Part of recall R1: A1." });
            assertEqual([kind, text.startsWith("Part of recall R1: A1.")], ["warning", true]);
        }
        const bad = [{ name: "X9", message: "X9 is not known.", code: "unknown" }];
        const { kind, text } = answer(["A1", "X9"], { missing: 1, added: 1, bad, note: "Part of recall R1: A1." });
        assertEqual([kind, text], ["danger", "X9 is not known. Part of recall R1: A1."]);
    },
    "all numbers without a note are said in green"() {
        assertEqual(answer(["A1", "A2"], { missing: 0 }).kind, "success");
        assertEqual(answer(["A1"], { missing: 1, added: 1 }).text, "A1: Phone");
    },
    "a text is split at every separator"() {
        assertEqual(splitNumbers(" A 1,B;C\tD\r\n\r\nE\rF\n"), ["A 1", "B", "C", "D", "E", "F"]);
        assertEqual(splitNumbers(" \n"), []);
    },
    "a number has one key, however it is written"() {
        assertEqual(numberKey(" ab  1 "), "AB 1");
        assertEqual(numberKey("ＡＢ１"), "AB1");
    },
    "the next open line is searched around and passes over blanks"() {
        const lines = [line(1, 2), line(2, 0), line(3, 5, true)];
        assertEqual(nextOpenLine(lines, 2).id, 1);
        assertEqual(nextOpenLine(lines, 1), undefined);
    },
    "a number goes to its line while it has room, then to the next, then to the last"() {
        assertEqual(routeNumber([line(1, 2), line(2, 4)], 1), { lineId: 1, room: 2 });
        assertEqual(routeNumber([line(1, 0), line(2, 4)], 1).lineId, 2);
        assertEqual(routeNumber([line(1, 0), line(2, 0)], 1).lineId, 1);
        assertEqual(routeNumber([line(1, 2), line(2, 0)], 1).room, Infinity);
        assertEqual(routeNumber([line(1, 3, true), line(2, 4)], 1).lineId, 1);
    },
    "a product has too many numbers when its quantity was lowered"() {
        assertEqual([isOver({ entered: 5, quantity: 3 }), isOver({ entered: 3, quantity: 3 })], [true, false]);
    },
    "the last number without answer is the one that was scanned last"() {
        const queue = new ScanQueue();
        assertEqual(queue.last, undefined);
        queue.push(["A"], 1);
        queue.take(() => ({ lineId: 1, room: 1 }));
        assertEqual(queue.last, "A");
        queue.push(["B"], 1);
        assertEqual(queue.last, "B");
    },
    "a warranty is told by its end and the days to or since it"() {
        const describe = (days) => describeWarranty("2027-01-31", days);
        assertEqual(describeWarranty(false, false), null);
        assertEqual(
            [70, 1, 0, -1, -12].map((days) => describe(days).isOver),
            [false, false, false, true, true],
        );
        for (const [days, text] of [
            [70, "70 days left"],
            [1, "1 day left"],
            [0, "until today"],
            [-1, "expired yesterday"],
            [-12, "expired 12 days ago"],
        ]) {
            assertEqual([text, describe(days).text.includes(text)], [text, true]);
        }
    },
    "scans are taken in order, one batch at a time, no more than fit in"() {
        const queue = new ScanQueue();
        for (const name of ["A", "B", "C"]) {
            queue.push([name], 1);
        }
        const route = () => ({ lineId: 1, room: 2 });
        assertEqual(queue.take(route), { lineId: 1, names: ["A", "B"] });
        assertEqual(queue.take(route), null);
        assertEqual(queue.size, 3);
        queue.settle();
        assertEqual(queue.take(route).names, ["C"]);
    },
    "a batch ends where the active product changed"() {
        const queue = new ScanQueue();
        queue.push(["A"], 1);
        queue.push(["B"], 2);
        assertEqual(queue.take((lineId) => ({ lineId, room: Infinity })).names, ["A"]);
    },
    "a list goes in one request, whatever room there is"() {
        const queue = new ScanQueue();
        queue.push(["A", "B", "C"], 1);
        queue.push(["D"], 1);
        assertEqual(queue.take(() => ({ lineId: 1, room: 1 })).names, ["A", "B", "C"]);
    },
    "a batch that failed goes back in front"() {
        const queue = new ScanQueue();
        queue.push(["A"], 1);
        queue.take(() => ({ lineId: 1, room: 1 }));
        queue.push(["B"], 1);
        queue.restore();
        assertEqual(queue.peek(9), ["A", "B"]);
    },
    "what arrived is dropped, each number once"() {
        const queue = new ScanQueue();
        queue.push(["a", "A", "B", "C"], 1);
        queue.push(["A"], 1);
        queue.dropArrived(4, ["A", "C"]);
        assertEqual(queue.peek(9), ["A", "B", "A"]);
    },
    "typing ahead is given back up to each Enter"() {
        const ahead = new TypeAhead();
        const type = (key, more = {}) => ahead.take({ key, ...more });
        assertEqual(type("A"), false);
        ahead.isOn = true;
        assertEqual(
            ["A", "1", "Enter", "B"].map((key) => type(key)),
            [true, true, true, true],
        );
        assertEqual([type("c", { ctrlKey: true }), type("Shift")], [false, false]);
        assertEqual(ahead.next(), { text: "A1", enter: true });
        assertEqual(ahead.next(), { text: "B", enter: false });
        ["Enter", "C", "Enter", "Enter", "D"].forEach((key) => type(key));
        assertEqual(ahead.drain(), ["C", "D"]);
    },
};

registry.category("web_tour.tours").add("serial_entry_queue", {
    steps: () => Object.entries(CHECKS).map(([content, check]) => ({ content, trigger: "body", run: check })),
});
