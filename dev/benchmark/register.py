"""A register of a million units: do documents and look-ups take longer than with an empty one?"""

import time

from . import background, documents, ways
from .measure import measure, median, say, settle
from .results import Row, at_most, at_most_in_full

RISE = 1.25
LOOKUPS = 30


def run(bench, options):
    """Measure with an empty register, fill it, and measure again.

    :return: the rows
    """
    ways.assigned(bench, documents.WARM_UP)
    before, empty = _documents(bench, options), _lookups(bench, _missing())
    background.fill(bench, options.register)
    after = _documents(bench, options)
    rows = []
    for way in before:
        for step in documents.STEPS:
            rise = after[way][step].seconds / before[way][step].seconds
            note = f"{before[way][step].seconds:.3f} s, then {after[way][step].seconds:.3f} s"
            what = f"{step}: {options.register:,} units in the register / none, {way}"
            rows.append(at_most_in_full(options, what, rise, RISE, note=note))
    return [*rows, *_search(bench, empty, options), *_sizes(bench, options)]


def _documents(bench, options):
    taken = {}
    for way in ("assigned", "window"):
        say(f"{options.units} units, {way}")
        taken[way] = documents.medians([getattr(ways, way)(bench, options.units) for _n in range(options.repeat)])
    return taken


# Looking a number up


def _missing():
    return {"exact": [f"ZZZZ{n:09d}" for n in range(LOOKUPS)], "part": [f"Z{n:05d}" for n in range(LOOKUPS)]}


def _lookups(bench, numbers):
    """Return ``{kind: Sample}`` of the search box's request for each of the numbers."""
    units = bench.env["serial.number"]
    fields = {"name": {}, "status": {}, "product_id": {"fields": {"display_name": {}}}}

    def look(number):
        return measure(
            bench.env, lambda: units.web_search_read([("name", "ilike", number)], fields, limit=80, count_limit=10001)
        )

    return {kind: median([look(number) for number in some]) for kind, some in numbers.items()}


def _search(bench, empty, options):
    """Compare looking numbers up with the bare query and with Odoo's own cost of an empty table."""
    cr = bench.env.cr
    step = options.register // LOOKUPS
    cr.execute("SELECT name_key FROM serial_number WHERE name_key IS NOT NULL ORDER BY id")
    keys = [row[0] for row in cr.fetchall()][::step][:LOOKUPS]
    numbers = {"exact": keys, "part": [key[2:10] for key in keys]}
    found = _lookups(bench, numbers)
    for kind, some in numbers.items():
        bare = _bare(bench, some)
        limit = 2 * bare + empty[kind].seconds
        note = f"bare query {bare * 1000:.2f} ms, empty table {empty[kind].seconds * 1000:.2f} ms"
        yield at_most(f"search: {kind} number, milliseconds", found[kind].seconds * 1000, limit * 1000, "ms", note)


def _bare(bench, keys):
    """Return the median time of the bare query for numbers like these."""
    settle(bench.env)
    times = []
    for key in keys:
        begun = time.perf_counter()
        bench.env.cr.execute("SELECT id FROM serial_number_key WHERE name_key LIKE %s LIMIT 80", [f"%{key}%"])
        bench.env.cr.fetchall()
        times.append(time.perf_counter() - begun)
    return sorted(times)[len(times) // 2]


def _sizes(bench, options):
    for table, (rows, indexes) in background.sizes(bench, options.register).items():
        note = f"rows {rows:.0f}, indexes {indexes:.0f}"
        yield Row(f"size: {table}, for a unit", rows + indexes, "bytes", note=note)
