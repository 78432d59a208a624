import { describe, expect, test } from "@odoo/hoot";

import { isOver, nextOpenLine, routeNumber } from "@serial_number_tracking/entry/lines";

describe.current.tags("headless");

const line = (id, missing, blanks = false) => ({ id, missing, blanks });

test("the next open line is searched around and passes over blanks", () => {
    const lines = [line(1, 2), line(2, 0), line(3, 5, true)];
    expect(nextOpenLine(lines, 2).id).toEqual(1);
    expect(nextOpenLine(lines, 1)).toBe(undefined);
});

test("a number goes to its line while it has room, then to the next, then to the last", () => {
    expect(routeNumber([line(1, 2), line(2, 4)], 1)).toEqual({ lineId: 1, room: 2 });
    expect(routeNumber([line(1, 0), line(2, 4)], 1).lineId).toEqual(2);
    expect(routeNumber([line(1, 0), line(2, 0)], 1).lineId).toEqual(1);
    expect(routeNumber([line(1, 2), line(2, 0)], 1).room).toEqual(Infinity);
    expect(routeNumber([line(1, 3, true), line(2, 4)], 1).lineId).toEqual(1);
});

test("a product has too many numbers when its quantity was lowered", () => {
    expect([isOver({ entered: 5, quantity: 3 }), isOver({ entered: 3, quantity: 3 })]).toEqual([true, false]);
});
