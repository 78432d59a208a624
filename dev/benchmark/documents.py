"""Receive, ship and take back units: beside Odoo's own lots, and beside the bare SQL that writes the same rows."""

from . import bare_sql, ways
from .measure import median, say
from .results import Row, at_least, at_most

WAYS = {
    "lots": "Odoo's lots",
    "plain": "no numbers at all",
    "assigned": "addon, assign_serials",
    "window": "addon, entry window",
    "bare": "bare SQL of the same rows",
}
STEPS = ("receive", "ship", "return")
# Times are judged from so many units on; below, what Odoo does once for each document outweighs all else.
FROM_UNITS = 2000
# How many times as fast as Odoo's lots: whole, and with so few units that the document itself weighs most (--quick).
LOTS = {
    ("assigned", "receive"): 75,
    ("assigned", "ship"): 110,
    ("assigned", "return"): 45,
    ("window", "receive"): 60,
    ("window", "ship"): 90,
    ("window", "return"): 38,
}
QUICK_LOTS = 3
# How many times the bare SQL that writes the same rows the addon's own part may take.
BARE = 2
# A second that ends in the middle makes Odoo write the dates of documents, operations and quants apart from their other
# values: so many queries may come and go by chance.
SLACK = 6
WARM_UP = 20


def run(bench, options):
    """Measure each way with the units asked for, and its queries with a tenth of them.

    :return: the rows
    """
    _samples(bench, WARM_UP, 1, 1)
    small = _samples(bench, max(1, options.units // 10), 1, 1)
    samples = _samples(bench, options.units, options.repeat, options.lot_repeat)
    return [row for step in STEPS for row in _rows(samples, small, options, step)]


def _samples(bench, units, repeat, lot_repeat):
    """Return ``{way: {step: Sample}}`` of medians.

    The ways take turns: a machine is faster at one minute than at another, and Odoo's lots take minutes.
    """
    taken = {way: [] for way in WAYS}
    for turn in range(lot_repeat):
        say(f"{units} units, {WAYS['lots']}, {turn + 1} of {lot_repeat}")
        taken["lots"].append(ways.lots(bench, units))
        for way in ("plain", "assigned", "window"):
            say(f"{units} units, {WAYS[way]}, {repeat} times")
            some = [getattr(ways, way)(bench, units) for _time in range(repeat)]
            taken[way] += some
            if way == "assigned":
                taken["bare"] += [bare_sql.bare(bench, one["units"]) for one in some]
    return {way: medians(samples) for way, samples in taken.items()}


def medians(taken):
    """Return ``{step: Sample}`` of several runs."""
    return {step: median([one[step] for one in taken]) for step in STEPS}


def _rows(samples, small, options, step):
    for way, label in WAYS.items():
        sample, less = samples[way][step], small.get(way, {}).get(step)
        note = f"{sample.queries} queries" + (f", {less.queries} for a tenth" if less else "")
        yield Row(f"{step}: {label}", sample.seconds, "s", note=note)
    for way in ("assigned", "window"):
        yield _against_lots(samples, options, way, step)
    yield from _against_bare(samples, options, step)
    for way in ("assigned", "window"):
        more = samples[way][step].queries - small[way][step].queries
        yield at_most(f"{step}: more queries for ten times the units, {WAYS[way]}", more, SLACK, "queries")


def _against_lots(samples, options, way, step):
    ratio = samples["lots"][step].seconds / samples[way][step].seconds
    what = f"{step}: lots / {WAYS[way]}"
    return at_least(what, ratio, LOTS[way, step] if options.units >= FROM_UNITS else QUICK_LOTS)


def _against_bare(samples, options, step):
    total, bare = samples["assigned"][step].seconds, samples["bare"][step].seconds
    own = (total - samples["plain"][step].seconds) / bare
    what = f"{step}: addon's own part / bare SQL"
    yield at_most(what, own, BARE) if options.units >= FROM_UNITS else Row(what, own, "x")
    yield Row(f"{step}: addon with Odoo's part / bare SQL", total / bare, "x")
