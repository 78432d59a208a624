"""Run the benchmark in a database: ``python -m benchmark NAME ...``."""

import argparse
import contextlib
import sys

from . import bare_sql, results, ways
from .measure import median
from .transfers import Bench

WARM_UP = 20


@contextlib.contextmanager
def connected(name):
    """Yield the administrator's environment in the database ``name``."""
    import odoo.cli  # noqa: F401
    from odoo import api
    from odoo.modules.registry import Registry
    from odoo.tools import config

    config.parse_config(["-d", name, "--log-level", "warn", "--no-http"], setup_logging=True)
    with Registry(name).cursor() as cr:
        yield api.Environment(cr, api.SUPERUSER_ID, {})["base"].with_user(2).env


def say(text):
    """Print a line of progress."""
    print(f"[bench] {text}", file=sys.stderr, flush=True)


def run(bench, units, repeat, lot_repeat):
    """Measure every way.

    :return: ``{way: {step: Sample}}`` of medians
    """
    repeats = {"lots": lot_repeat, "plain": repeat, "assigned": repeat, "window": repeat}
    samples = {}
    for way, times in repeats.items():
        taken = []
        for number in range(times):
            say(f"{units} units, {results.WAYS[way]}, {number + 1} of {times}")
            taken.append(getattr(ways, way)(bench, units))
        samples[way] = _medians(taken)
        if way == "assigned":
            samples["bare"] = _medians([bare_sql.bare(bench, one["units"]) for one in taken])
    return samples


def _medians(taken):
    return {step: median([one[step] for one in taken]) for step in results.STEPS}


def parse():
    """Return the command's options."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database")
    parser.add_argument("--units", type=int, default=5000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--lot-repeat", type=int, default=1)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json")
    options = parser.parse_args()
    if options.quick:
        options.units, options.repeat, options.lot_repeat = 300, 1, 1
    return options


def main():
    options = parse()
    with connected(options.database) as env:
        bench = Bench(env)
        run(bench, WARM_UP, 1, 1)
        small = run(bench, max(1, options.units // 10), 1, 1)
        samples = run(bench, options.units, options.repeat, options.lot_repeat)
    table = results.rows(samples, small, options.units)
    results.show(table, options.units)
    if options.json:
        results.write(options.json, table, options.units, options.repeat)
    if options.quick:
        sys.exit(bool(results.queries_depend(samples, small)))
    sys.exit(any(row.passed is False for row in table))


if __name__ == "__main__":
    main()
