import { beforeEach, describe, expect, test } from "@odoo/hoot";

import { KeptScans } from "@serial_number_tracking/entry/kept_scans";
import { ScanQueue } from "@serial_number_tracking/entry/scan_queue";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";

describe.current.tags("headless");
beforeEach(() => browser.localStorage.clear());

const LINES = [
    { id: 1, source: "stock.move,1", document: "WH/IN/1" },
    { id: 2, source: "stock.move,2", document: "WH/IN/1" },
];
const room = (count) => (lineId) => ({ lineId, room: count });

/** Scan numbers, one after the other, on the first product. */
function scan(queue, ...names) {
    names.forEach((name) => queue.push([name], 1, LINES[0]));
}

test("the last number without answer is the one that was scanned last", () => {
    const queue = new ScanQueue();
    expect(queue.last).toBe(undefined);
    scan(queue, "A");
    queue.take(room(1));
    expect(queue.last).toBe("A");
    scan(queue, "B");
    expect(queue.last).toBe("B");
});

test("scans are taken in order, one batch at a time, no more than fit in", () => {
    const queue = new ScanQueue();
    scan(queue, "A", "B", "C");
    const { lineId, names, isList } = queue.take(room(2));
    expect([lineId, names, isList]).toEqual([1, ["A", "B"], false]);
    expect(queue.take(room(2))).toBe(null);
    expect(queue.size).toBe(3);
    queue.settle();
    expect(queue.take(room(2)).names).toEqual(["C"]);
});

test("a batch ends where the active product changed", () => {
    const queue = new ScanQueue();
    queue.push(["A"], 1);
    queue.push(["B"], 2);
    expect(queue.take(room(Infinity)).names).toEqual(["A"]);
});

test("a list goes in one request, whatever room there is", () => {
    const queue = new ScanQueue();
    queue.push(["A", "B", "C"], 1);
    queue.push(["D"], 1);
    const { names, isList } = queue.take(room(1));
    expect([names, isList]).toEqual([["A", "B", "C"], true]);
});

test("a batch that was not answered goes again as the same batch, by the same key", () => {
    const queue = new ScanQueue();
    scan(queue, "A", "B");
    const first = queue.take(room(Infinity));
    scan(queue, "C");
    queue.restore();
    expect(queue.peek(9)).toEqual(["A", "B", "C"]);
    expect(queue.take(room(1))).toEqual(first);
    queue.settle();
    const next = queue.take(room(1));
    expect(next.names).toEqual(["C"]);
    expect(next.key).not.toBe(first.key);
});

test("what is not answered outlives the page, batches and their keys too, and what is answered does not", () => {
    const before = new ScanQueue();
    scan(before, "A");
    before.take(room(1));
    before.settle();
    scan(before, "B", "C");
    const batch = before.take(room(2));
    scan(before, "D");

    const after = new ScanQueue();
    after.takeUp(LINES);
    expect(after.peek(9)).toEqual(["B", "C", "D"]);
    expect(after.take(room(1))).toEqual(batch);
    after.settle();
    expect(after.take(room(1)).names).toEqual(["D"]);
    after.settle();
    expect(new KeptScans().list()).toEqual([]);
});

test("another window of the same document takes up what waits, as calls of its own", () => {
    const before = new ScanQueue();
    scan(before, "A");
    const { key } = before.take(room(1));
    const after = new ScanQueue();
    after.takeUp([{ ...LINES[0], id: 7 }]);
    const again = after.take(room(1));
    expect([again.lineId, again.names]).toEqual([7, ["A"]]);
    expect(again.key).not.toBe(key);
});

test("what another page has taken up is not sent a second time, and other documents keep theirs", () => {
    const first = new ScanQueue();
    scan(first, "A");
    first.push(["B"], 2, LINES[1]);
    new ScanQueue().takeUp([LINES[0]]);
    expect(first.take(room(1)).names).toEqual(["B"]);
});

test("a table, a file and a range go in requests of their own, once each, and outlive the page", () => {
    const before = new ScanQueue();
    scan(before, "A");
    before.pushCall({ method: "enter_range", args: ["B1", 3], name: "B1 to B3", count: 3 }, 2, LINES[1]);
    scan(before, "C");
    expect([before.size, before.last, before.hasCalls]).toEqual([5, "C", true]);
    expect(before.take(room(9)).names).toEqual(["A"]);
    before.settle();
    const batch = before.take(room(9));
    expect([batch.lineId, batch.call]).toEqual([2, { method: "enter_range", args: ["B1", 3] }]);
    const after = new ScanQueue();
    after.takeUp(LINES);
    expect(after.peek(9)).toEqual(["B1 to B3", "C"]);
    expect(after.take(room(9))).toEqual(batch);
    after.settle();
    expect(after.take(room(9)).names).toEqual(["C"]);
    expect(after.hasCalls).toBe(false);
});

test("numbers that are thrown away are not kept", () => {
    const queue = new ScanQueue();
    scan(queue, "A");
    queue.abandon();
    expect([queue.size, new KeptScans().list()]).toEqual([0, []]);
});

test("a device without room is told from one that keeps numbers; they wait in the page", () => {
    patchWithCleanup(browser, {
        localStorage: {
            setItem() {
                throw new Error("The quota has been exceeded.");
            },
            getItem: () => null,
            removeItem() {},
        },
    });
    const queue = new ScanQueue();
    scan(queue, "A");
    expect(queue.isKept).toBe(false);
    expect(queue.take(room(1)).names).toEqual(["A"]);
    queue.settle();
    expect(queue.isKept).toBe(true);
});
