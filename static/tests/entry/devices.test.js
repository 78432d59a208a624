import { describe, expect, mockVibrate, test } from "@odoo/hoot";

import { RepeatFilter } from "@serial_number_tracking/entry/camera_scanner";
import { Feedback } from "@serial_number_tracking/entry/feedback";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";

describe.current.tags("headless");

/** Return a feedback that notes what is heard and felt as steps. */
function listen() {
    const feedback = new Feedback();
    mockVibrate((pulse) => expect.step(`felt ${pulse}`));
    patchWithCleanup(feedback, { _play: (tones) => expect.step(`heard ${tones}`) });
    return feedback;
}

test("each kind of answer is heard and felt in its own way, and what is no answer is not", () => {
    const feedback = listen();
    ["success", "warning", "danger", "info", ""].forEach((kind) => feedback.signal(kind));
    expect.verifySteps([
        ...["felt 40", "heard 1320", "felt 40,60,40", "heard 880,1320"],
        ...["felt 250,80,250", "heard 330,220"],
    ]);
});

test("who switches sounds off has silence, the next time too", () => {
    const feedback = listen();
    feedback.toggle();
    feedback.signal("success");
    expect.verifySteps([]);
    expect(new Feedback().isSilent).toBe(true);
    feedback.toggle();
    expect(new Feedback().isSilent).toBe(false);
    browser.localStorage.clear();
});

test("a code that the camera still sees counts once, and again after two seconds", () => {
    const filter = new RepeatFilter();
    expect([0, 300, 2100, 2400].map((now) => filter.isNew("A1", now))).toEqual([true, false, false, false]);
    expect(filter.isNew("B1", 2500)).toBe(true);
    expect(filter.isNew("A1", 4500)).toBe(true);
});
