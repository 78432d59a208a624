"""Receive units with two other numbers each, beside the same units without."""

import os
import statistics
import time
from pathlib import Path

from .measure import measure, say
from .results import Row, at_most_in_full
from .transfers import numbers, validate

# How many times as long a receipt with two identities a unit may take as one without.
TWICE = 2
WARM_UP = 50
TICK = os.sysconf("SC_CLK_TCK")


def run(bench, options):
    """Receive units by turns with and without identities. Processor time, which no other work on the machine adds to.

    :return: the rows
    """
    ways = {"without": lambda names: names, "IMEI and asset tag": _with_tags, "two IMEIs": _with_imeis}
    for way in ways.values():
        _receive(bench, WARM_UP, way)
    taken = {name: [] for name in ways}
    for number in range(options.repeat):
        for name, way in ways.items():
            say(f"{options.units} units, {name}, {number + 1} of {options.repeat}")
            taken[name].append(_receive(bench, options.units, way))
    least = {name: min(sum(one[:2]) for one in samples) for name, samples in taken.items()}
    for name, samples in taken.items():
        python, database, sample = min(samples, key=lambda one: sum(one[:2]))
        note = f"Python {python:.2f}, PostgreSQL {database:.2f}, clock {sample.seconds:.2f}, {sample.queries} queries"
        yield Row(f"receive: {name}", least[name], "s", note=note)
    for name in list(ways)[1:]:
        ratio = least[name] / least["without"]
        pairs = zip(taken[name], taken["without"], strict=True)
        note = f"median {statistics.median(sum(one[:2]) / sum(other[:2]) for one, other in pairs):.2f}"
        yield at_most_in_full(options, f"receive: {name}, times without", ratio, TWICE, note=note)


def _with_tags(names):
    imeis = _make_imeis(len(names))
    return [
        {"name": name, "identities": {"imei": [imei], "asset": [f"T-{name}"]}}
        for name, imei in zip(names, imeis, strict=True)
    ]


def _with_imeis(names):
    imeis = _make_imeis(2 * len(names))
    return [
        {"name": name, "identities": {"imei": imeis[2 * index : 2 * index + 2]}} for index, name in enumerate(names)
    ]


_imeis = iter(range(35693803000000, 35693804000000))


def _make_imeis(count):
    from stdnum import luhn

    bodies = [str(next(_imeis)) for _number in range(count)]
    return [body + luhn.calc_check_digit(body) for body in bodies]


def _receive(bench, quantity, way):
    """Return the processor seconds of Python and of PostgreSQL, and the sample."""
    receipt, entries = bench.receipt(bench.product(is_serialized=True), quantity), way(numbers(quantity))

    def work():
        receipt.move_ids.assign_serials(entries)
        validate(receipt)

    python, database = time.process_time(), _get_backend_seconds(bench.env)
    sample = measure(bench.env, work)
    return time.process_time() - python, _get_backend_seconds(bench.env) - database, sample


def _get_backend_seconds(env):
    """Return the processor time of the database's process that serves this connection."""
    fields = Path(f"/proc/{env.cr._cnx.get_backend_pid()}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK
