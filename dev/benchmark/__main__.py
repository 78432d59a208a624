"""Run parts of the benchmark in a database: ``python -m benchmark NAME ...``."""

import argparse
import sys

from environment.registry import connected

from . import background, documents, identities, labels, lots, register, report, results, scale, screens, untouched
from .transfers import Bench

# In this order: the parts in BIG use the units that ``register`` leaves.
PARTS = {
    "documents": documents.run,
    "lots": lots.run,
    "labels": labels.run,
    "identities": identities.run,
    "scale": scale.run,
    "memory": scale.memory,
    "untouched": untouched.run,
    "register": register.run,
    "screens": screens.run,
    "report": report.run,
}
BIG = ("screens", "report")


def parse():
    """Return the command's options."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="part")
    parser.add_argument("--units", type=int, default=5000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--lot-repeat", type=int, default=3)
    parser.add_argument("--register", type=int, default=1_000_000)
    parser.add_argument("--without", help="a database without the addon")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json")
    options = parser.parse_args()
    if options.quick:
        options.units, options.repeat, options.lot_repeat, options.register = 300, 3, 1, 20_000
    return options


def main():
    options = parse()
    taken = {}
    with connected(options.database) as env:
        bench = Bench(env)
        parts = options.parts or list(PARTS)
        if set(BIG) & set(parts) and "register" not in parts:
            background.fill(bench, options.register)
        for part in parts:
            rows = list(PARTS[part](bench, options))
            taken[part] = results.without_times(rows) if options.quick else rows
            results.show(part, taken[part])
    if options.json:
        results.write(options.json, taken, vars(options))
    sys.exit(any(row.passed is False for rows in taken.values() for row in rows))


if __name__ == "__main__":
    main()
