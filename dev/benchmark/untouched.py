"""What the addon costs those who do not use it: transfers of products that are not serialized."""

import statistics

from environment.registry import connected

from .documents import SLACK
from .measure import measure
from .results import Row, at_most, at_most_in_full
from .transfers import Bench, validate

LINES, FEW, TIMES = 200, 20, 15
SLOWER = 1.02


def run(bench, options):
    """Validate transfers in a database with the addon and in one without it, by turns.

    :return: the rows
    """
    with connected(options.without) as env:
        benches = {"with": bench, "without": Bench(env)}
        products = {name: [each.product() for _n in range(LINES)] for name, each in benches.items()}
        queries = {
            name: [_receive(each, products[name][:count]).queries for count in (FEW, LINES)]
            for name, each in benches.items()
        }
        seconds = {name: [] for name in benches}
        for _n in range(2 if options.quick else TIMES):
            for name, each in benches.items():
                seconds[name].append(_receive(each, products[name]).seconds)
    taken = {name: statistics.median(some) for name, some in seconds.items()}
    yield Row(f"{LINES} lines without the addon", taken["without"], "s", note=f"{queries['without'][1]} queries")
    yield Row(f"{LINES} lines with the addon", taken["with"], "s", note=f"{queries['with'][1]} queries")
    ratio = taken["with"] / taken["without"]
    yield at_most_in_full(options, "with / without", ratio, SLOWER)
    growth = {name: more - less for name, (less, more) in queries.items()}
    what = f"more queries for {LINES - FEW} more lines, because of the addon"
    yield at_most(what, growth["with"] - growth["without"], SLACK, "queries")


def _receive(bench, products):
    picking = bench.receipt(products, 3)
    return measure(bench.env, lambda: validate(picking))
