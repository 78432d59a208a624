"""Reading labels: how many a second, in plain Python; and what it costs a paste of plain numbers."""

import time

from .measure import say
from .results import Row, at_most_in_full
from .transfers import numbers

COUNTS = (2_000, 20_000)
PASTED, QUICK_PASTED = 5_000, 500
REPEAT, QUICK_REPEAT = 15, 3
# How many times as long the check of a pasted list may take as without reading labels. Whether a unit has one of the
# numbers without the S is a query more.
PASTE, PASTE_DOUBTFUL = 1.05, 1.1
GTIN = "09521234543213"
FORMS = (
    f"]d201{GTIN}1727123110LOT7\x1d21{{}}",
    f"(01){GTIN}(21){{}}",
    f"https://id.gs1.org/01/{GTIN}/10/LOT7/21/{{}}?17=271231",
    "[)>\x1e06\x1d1PWS-C2960X\x1dS{}\x1e\x04",
    "S/N: {}",
    "{}",
)


def run(bench, options):
    """Read labels of all forms, and check a pasted list with and without reading it.

    :return: the rows
    """
    from odoo.addons.serial_number_tracking.tools import label

    for count in COUNTS:
        texts = [FORMS[number % len(FORMS)].format(f"SN{number:06d}") for number in range(count)]
        begun = time.perf_counter()
        for text in texts:
            label.read(text)
        yield Row(f"{count:,} labels of six forms, read per second", count / (time.perf_counter() - begun), "labels/s")
    yield _paste(bench, options, "plain", "A", PASTE)
    yield _paste(bench, options, "doubtful", "S", PASTE_DOUBTFUL)


def _paste(bench, options, kind, letter, mark):
    """Return how many times as long a list of plain numbers takes to be checked as without reading it.

    :param str letter: what they begin with; S may be a data identifier
    """
    from odoo.addons.serial_number_tracking.engine import scan
    from odoo.addons.serial_number_tracking.engine.check import SerialCheck

    count = QUICK_PASTED if options.quick else PASTED
    move = bench.receipt(bench.product(is_serialized=True), count).move_ids
    names = [letter + name for name in numbers(count)]
    ways = {
        "read": lambda: SerialCheck(move, scan.read_names(move, names, asks=True)).run(),
        "plain": lambda: SerialCheck(move, names).run(),
    }
    for way in ways.values():
        way()
    taken = {name: [] for name in ways}
    for number in range(QUICK_REPEAT if options.quick else REPEAT):
        say(f"{count} plain numbers checked, {number + 1}")
        for name, way in ways.items():
            begun = time.perf_counter()
            way()
            taken[name].append(time.perf_counter() - begun)
    best = {name: min(seconds) for name, seconds in taken.items()}
    note = f"{best['read'] * 1000:.0f} ms, without reading {best['plain'] * 1000:.0f} ms"
    what = f"{count:,} {kind} numbers checked, times without reading"
    return at_most_in_full(options, what, best["read"] / best["plain"], mark, note=note)
