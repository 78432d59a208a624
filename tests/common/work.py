"""Work counted in steps: seconds are those of the machine."""

import sys

ADDON = "odoo.addons.serial_number_tracking."
# A megabyte each: what is quadratic in its length does not end.
LONG = (
    "1" * 10**6,
    "A1" * 500_000,
    "1A" * 500_000,
    "x" * 10**6,
    "A 1 " * 250_000,
    "A\n" * 500_000,
    ";" * 10**6,
    "A" + "\N{COMBINING ACUTE ACCENT}\N{COMBINING GRAVE ACCENT BELOW}" * 500_000,
    "\N{ARABIC-INDIC DIGIT ONE}" * 10**6,
    "\N{LATIN SMALL LIGATURE FFI}" * 10**6,
    "\ud800" * 10**6,
)


def count_calls(act):
    """Return how many functions of the addon were called while something was done.

    :param act: what to do
    """
    calls = 0

    def count(frame, event, _argument):
        nonlocal calls
        calls += event == "call" and frame.f_globals.get("__name__", "").startswith(ADDON)

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(before)
    return calls
