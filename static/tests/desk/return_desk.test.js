import { describe, expect, test } from "@odoo/hoot";

import { ReturnDesk } from "@serial_number_tracking/desk/return_desk";
import { Deferred } from "@web/core/utils/concurrency";

describe.current.tags("headless");

/** Return a desk, what is asked of its server, and the answer to a choice, to be given later. */
function openDesk() {
    const [asked, answer] = [[], new Deferred()];
    const orm = {
        write: () => (asked.push("write"), answer),
        call: async (_model, method) => asked.push(method),
    };
    const desk = Object.assign(Object.create(ReturnDesk.prototype), {
        orm,
        changing: null,
        state: { desk: { id: 1 }, isBusy: false },
        queue: { isAnswered: () => true },
        feedback: { signal: () => {} },
    });
    return { desk, asked, answer };
}

test("what is pressed while a choice is sent waits for it", async () => {
    const { desk, asked, answer } = openDesk();
    const done = [desk.choose({ id: 7 }, { remedy: "repair" }), desk.takeBack()];
    await Promise.resolve();
    expect(asked).toEqual(["write"]);
    answer.resolve();
    await Promise.all(done);
    expect(asked.filter((method) => method !== "get_state")).toEqual(["write", "take_back"]);
    expect(desk.changing).toBe(null);
});

test("what is pressed is not done where the choice before it is refused", async () => {
    const { desk, asked, answer } = openDesk();
    const done = [desk.choose({ id: 7 }, { remedy: "repair" }), desk.takeBack()];
    answer.reject(new Error("No"));
    const outcomes = await Promise.allSettled(done);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
    expect(asked).toEqual(["write", "get_state"]);
    await desk.takeBack();
    expect(asked).toInclude("take_back");
});
