"""The rows of the benchmark's table: a figure each, with its limit."""

import json
import platform
from typing import NamedTuple

TIMES = ("s", "ms")


class Row(NamedTuple):
    """One line of the table.

    :ivar what: what was measured
    :ivar figure: the figure, in ``unit``
    :ivar unit: ``s``, ``x`` (a ratio), ``µs/unit``, ``MB``, ``queries`` or ``bytes``
    :ivar limit: the figure to reach, as text
    :ivar passed: whether it was reached; None where nothing is judged
    :ivar note: what else is worth knowing, such as the number of queries
    """

    what: str
    figure: float
    unit: str
    limit: str = ""
    passed: bool | None = None
    note: str = ""


def at_least(what, figure, limit, unit="x", note=""):
    """Return the row of a figure that must not be lower than ``limit``."""
    return Row(what, figure, unit, f">= {limit:g}", figure >= limit, note)


def at_most(what, figure, limit, unit="x", note=""):
    """Return the row of a figure that must not be higher than ``limit``."""
    return Row(what, figure, unit, f"<= {limit:g}", figure <= limit, note)


def at_most_in_full(options, what, figure, limit, unit="x", note=""):
    """Return the row of a figure that is judged where all is measured: of the little of --quick, noise decides."""
    return Row(what, figure, unit, note=note) if options.quick else at_most(what, figure, limit, unit, note)


def without_times(rows):
    """Return the rows with nothing judged that a slow machine alone can miss."""
    return [row._replace(limit="", passed=None) if row.unit in TIMES else row for row in rows]


def show(part, rows):
    """Print the rows of one part."""
    print(f"\n{part}\n{'what':<62} {'figure':>10} {'unit':<8} {'limit':<9} {'':<7} note", flush=True)
    for row in rows:
        passed = {None: "", True: "ok", False: "MISSED"}[row.passed]
        figure = f"{row.figure:,.0f}" if row.figure >= 1000 else f"{row.figure:.3g}"
        print(f"{row.what:<62} {figure:>10} {row.unit:<8} {row.limit:<9} {passed:<7} {row.note}".rstrip(), flush=True)


def write(path, parts, options):
    """Write the table as JSON, with the machine it was measured on.

    :param dict parts: ``{part: rows}``
    :param dict options: those of the command
    """
    data = {
        "machine": {"system": platform.platform(), "python": platform.python_version()},
        "options": options,
        "parts": {part: [row._asdict() for row in rows] for part, rows in parts.items()},
    }
    with open(path, "w") as handle:
        json.dump(data, handle, indent=2)
