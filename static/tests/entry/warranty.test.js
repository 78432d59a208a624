import { describe, expect, test } from "@odoo/hoot";

import { describeWarranty } from "@serial_number_tracking/entry/warranty";
import { makeMockEnv } from "@web/../tests/web_test_helpers";

describe.current.tags("headless");

test("a warranty is told by its end and the days to or since it", async () => {
    await makeMockEnv();
    const describe = (days) => describeWarranty("2027-01-31", days);
    expect(describeWarranty(false, false)).toEqual(null);
    expect([70, 1, 0, -1, -12].map((days) => describe(days).isOver)).toEqual([false, false, false, true, true]);
    for (const [days, text] of [
        [70, "70 days left"],
        [1, "1 day left"],
        [0, "until today"],
        [-1, "expired yesterday"],
        [-12, "expired 12 days ago"],
    ]) {
        expect([text, describe(days).text.includes(text)]).toEqual([text, true]);
    }
});
