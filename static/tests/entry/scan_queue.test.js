import { describe, expect, test } from "@odoo/hoot";

import { ScanQueue } from "@serial_number_tracking/entry/scan_queue";

describe.current.tags("headless");

test("the last number without answer is the one that was scanned last", () => {
    const queue = new ScanQueue();
    expect(queue.last).toEqual(undefined);
    queue.push(["A"], 1);
    queue.take(() => ({ lineId: 1, room: 1 }));
    expect(queue.last).toEqual("A");
    queue.push(["B"], 1);
    expect(queue.last).toEqual("B");
});

test("scans are taken in order, one batch at a time, no more than fit in", () => {
    const queue = new ScanQueue();
    for (const name of ["A", "B", "C"]) {
        queue.push([name], 1);
    }
    const route = () => ({ lineId: 1, room: 2 });
    expect(queue.take(route)).toEqual({ lineId: 1, names: ["A", "B"] });
    expect(queue.take(route)).toEqual(null);
    expect(queue.size).toEqual(3);
    queue.settle();
    expect(queue.take(route).names).toEqual(["C"]);
});

test("a batch ends where the active product changed", () => {
    const queue = new ScanQueue();
    queue.push(["A"], 1);
    queue.push(["B"], 2);
    expect(queue.take((lineId) => ({ lineId, room: Infinity })).names).toEqual(["A"]);
});

test("a list goes in one request, whatever room there is", () => {
    const queue = new ScanQueue();
    queue.push(["A", "B", "C"], 1);
    queue.push(["D"], 1);
    expect(queue.take(() => ({ lineId: 1, room: 1 })).names).toEqual(["A", "B", "C"]);
});

test("a batch that failed goes back in front", () => {
    const queue = new ScanQueue();
    queue.push(["A"], 1);
    queue.take(() => ({ lineId: 1, room: 1 }));
    queue.push(["B"], 1);
    queue.restore();
    expect(queue.peek(9)).toEqual(["A", "B"]);
});

test("what arrived is dropped, each number once", () => {
    const queue = new ScanQueue();
    queue.push(["a", "A", "B", "C"], 1);
    queue.push(["A"], 1);
    queue.dropArrived(4, ["A", "C"]);
    expect(queue.peek(9)).toEqual(["A", "B", "A"]);
});
