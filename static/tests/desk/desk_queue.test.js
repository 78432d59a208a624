import { beforeEach, describe, expect, test } from "@odoo/hoot";

import { DeskQueue } from "@serial_number_tracking/desk/desk_queue";
import { Feedback } from "@serial_number_tracking/entry/feedback";
import { allowTranslations } from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";
import { makeErrorFromResponse } from "@web/core/network/rpc";

describe.current.tags("headless");
beforeEach(() => browser.localStorage.clear());
beforeEach(allowTranslations);

/** What the server answers who has to log in again. */
const expired = () =>
    makeErrorFromResponse({
        code: 100,
        message: "Odoo Session Expired",
        data: { name: "odoo.http.SessionExpiredException", message: "Session expired", debug: "", arguments: [] },
    });

test("a session that has ended is told, and what was scanned goes first when there is one again", async () => {
    const feedback = new Feedback();
    feedback.toggle(); // no sound
    const desk = {
        feedback,
        notification: { add: (text) => expect.step(`said: ${text}`) },
        state: { waiting: 0 },
    };
    let isOver = true;
    const queue = new DeskQueue(async (names) => {
        expect.step(`sent: ${names}`);
        if (isOver) {
            throw expired();
        }
    }, desk);

    await expect(queue.add(["A"])).rejects.toThrow("Odoo Session Expired");
    expect.verifySteps(["sent: A", "said: 1 number waits here"]);
    expect(desk.state.waiting).toBe(1);
    expect(queue.kept.list()).toHaveLength(1);

    isOver = false;
    await queue.add(["B"]);
    expect.verifySteps(["sent: A,B"]);
    expect(desk.state.waiting).toBe(0);
    expect(queue.kept.list()).toEqual([]);
});
