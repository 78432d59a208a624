"""Numbers that follow each other, as runs: plain Python, no database."""

import re
from dataclasses import dataclass

LEAST = 3  # numbers that are worth a run
COUNTED = re.compile(r"(.*?)([0-9]+)", re.DOTALL)  # the digits at the end


@dataclass(frozen=True)
class Run:
    """Numbers without a gap between them.

    :ivar first: the first one, as it was typed
    :ivar last: the last one; the same for one number
    :ivar count: how many they are
    """

    first: str
    last: str
    count: int = 1

    def __str__(self):
        return self.first if self.count == 1 else f"{self.first} – {self.last}"


def fold(names):
    """Fold numbers into runs: the same text in front, equally many digits at the end, each one more than the last.

    Each number is in exactly one run, as often as it was given. A run stands where the earliest of its numbers stood.

    :param list names: the numbers
    :return: list of :class:`Run`
    """
    counted, found = {}, []
    for place, name in enumerate(names):
        parts = COUNTED.fullmatch(name)
        if parts:
            counted.setdefault((parts[1], len(parts[2])), []).append((int(parts[2]), place))
        else:
            found.append([place])
    for numbers in counted.values():
        found += _split(sorted(numbers))
    return [Run(names[run[0]], names[run[-1]], len(run)) for run in sorted(found, key=min)]


def _split(numbers):
    """Return the places of numbers that follow each other without a gap, and alone those that are too few.

    :param list numbers: pairs of value and place, in order
    """
    runs, last = [], None
    for value, place in numbers:
        if last is None or value != last + 1:
            runs.append([])
        runs[-1].append(place)
        last = value
    return [part for run in runs for part in ([run] if len(run) >= LEAST else [[place] for place in run])]
