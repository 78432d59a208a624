import { describe, expect, test } from "@odoo/hoot";

import { showControls } from "@serial_number_tracking/settings/scanner_test";

describe.current.tags("headless");

test("control characters are shown", () => {
    expect(showControls("[)>\x1e06\x1dSA\x1e\x04")).toEqual("[)>\u241e06\u241dSA\u241e\u2404");
    expect(showControls("A1")).toEqual("A1");
});
