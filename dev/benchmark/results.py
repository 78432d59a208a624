"""Compare the samples with the limits, and print them."""

import json
from typing import NamedTuple

WAYS = {
    "lots": "Odoo's lots",
    "plain": "no numbers at all",
    "assigned": "addon, assign_serials",
    "window": "addon, entry window",
    "bare": "bare SQL of the same rows",
}
STEPS = ("receive", "ship")
# Times are judged from so many units on; below, what Odoo does once for each document outweighs all else.
FROM_UNITS = 2000
# How many times as fast as Odoo's lots.
AT_LEAST = {("assigned", "receive"): 40, ("assigned", "ship"): 70, ("window", "receive"): 30, ("window", "ship"): 60}
# How many times the bare SQL that writes the same rows the addon's own part may take.
AT_MOST = 2


# A second that ends in the middle makes Odoo write a document's date apart from its other values.
SLACK = 3


class Row(NamedTuple):
    """One line of the table."""

    what: str
    seconds: float | None = None
    queries: str = ""
    ratio: float | None = None
    limit: str = ""
    passed: bool | None = None


def queries_depend(samples, small):
    """Return the ways and steps whose number of queries grows with the number of units."""
    return [
        (way, step)
        for way in ("assigned", "window")
        for step in STEPS
        if samples[way][step].queries > small[way][step].queries + SLACK
    ]


def rows(samples, small, units):
    """Return the table's rows.

    :param samples: ``{way: {step: Sample}}`` for ``units`` units
    :param small: the same for a tenth of them
    """
    return [row for step in STEPS for row in _step(samples, small, units, step)]


def _step(samples, small, units, step):
    for way, label in WAYS.items():
        sample = samples[way][step]
        yield Row(f"{step}: {label}", sample.seconds, _queries(sample, small.get(way, {}).get(step)))
    for way in ("assigned", "window"):
        ratio = samples["lots"][step].seconds / samples[way][step].seconds
        limit = AT_LEAST[way, step]
        yield _judge(f"{step}: lots / {WAYS[way]}", ratio, f">= {limit}", ratio >= limit, units)
    yield from _against_bare(samples, units, step)
    for way in ("assigned", "window"):
        passed = (way, step) not in queries_depend(samples, small)
        yield Row(f"{step}: queries of {WAYS[way]}", limit="no growth", passed=passed)


def _against_bare(samples, units, step):
    total, bare = samples["assigned"][step].seconds, samples["bare"][step].seconds
    own = (total - samples["plain"][step].seconds) / bare
    yield _judge(f"{step}: addon's own part / bare SQL", own, f"<= {AT_MOST}", own <= AT_MOST, units)
    yield Row(f"{step}: addon with Odoo's part / bare SQL", ratio=total / bare)


def _judge(what, ratio, limit, passed, units):
    if units < FROM_UNITS:
        return Row(what, ratio=ratio)
    return Row(what, ratio=ratio, limit=limit, passed=passed)


def _queries(sample, small):
    return f"{sample.queries} ({small.queries})" if small else str(sample.queries)


def show(table, units):
    """Print the table."""
    print(f"\n{units} units; in brackets the queries for {max(1, units // 10)}\n")
    print(f"{'what':<52} {'seconds':>9} {'queries':>15} {'ratio':>7}  {'limit':<10}")
    for row in table:
        seconds = "" if row.seconds is None else f"{row.seconds:.3f}"
        ratio = "" if row.ratio is None else f"{row.ratio:.1f}"
        passed = {None: "", True: "ok", False: "MISSED"}[row.passed]
        print(f"{row.what:<52} {seconds:>9} {row.queries:>15} {ratio:>7}  {row.limit:<10} {passed}".rstrip())


def write(path, table, units, repeat):
    """Write the table as JSON."""
    data = {"units": units, "repeat": repeat, "rows": [row._asdict() for row in table]}
    with open(path, "w") as handle:
        json.dump(data, handle, indent=2)
