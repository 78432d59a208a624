"""How serial numbers stand on paper, in columns: plain Python, no database."""

import unicodedata
from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth

from .runs import Run, fold

PAGE = 96  # digits that fit beside each other on a page
GAP = 3  # digits between two columns
COLUMNS = 6
FONT = "Helvetica"
PLACES_A_ROW = 4  # wide enough for handwriting
MOST_PLACES = 60


@dataclass
class Row:
    """Cells beside each other.

    :ivar cells: of :class:`.runs.Run`, of one number each or of several; None for each ruled place to write one on
    :ivar size: the width of a cell, in percent
    :ivar unruled: how many missing numbers have no place; only in the last row
    :ivar title: what stands above all numbers of the line; only in its first row
    :ivar heading: what stands above these numbers; only in the first row
    :ivar ending: what is said below all numbers of the line: texts; only in its last row
    """

    cells: list
    size: float
    unruled: int = 0
    title: str | None = None
    heading: str | None = None
    ending: tuple = ()


def arrange(names, heading=None, folds=False):
    """Arrange the numbers of a line in columns, sized to the longest; those too long for a column get their own row.

    Ruled places for missing numbers come last. Where more are missing than anybody writes by hand, the places end
    after some, and the last row says how many more there are.

    :param list names: the numbers in order; None for each unit without one
    :param str heading: what stands above them, if something does
    :param bool folds: whether numbers that follow each other stand as a run
    :return: list of :class:`Row`
    """
    known = [name for name in names if name]
    named = [(run, _measure_run(run)) for run in (fold(known) if folds else [Run(name, name) for name in known])]
    longest = max((wide for _name, wide in named if wide <= _room(2)), default=0)
    columns = next((count for count in range(COLUMNS, 1, -1) if longest <= _room(count)), 1)
    missing = len(names) - len(known)
    places = [(None, 0)] * min(missing, MOST_PLACES)
    rows = _fill(named, columns) + _fill(places, PLACES_A_ROW)
    if rows:
        rows[-1].unruled = missing - len(places)
        rows[0].heading = heading
    return rows


def _measure_run(run):
    """Return how many digits a run is wide, its count included."""
    return measure(str(run) if run.count == 1 else f"{run.first} - {run.last} ({run.count})")


def measure(name):
    """Return how many digits a number is wide: Chinese and the like count double."""
    if name.isascii():
        return stringWidth(name, FONT, 1) / stringWidth("0", FONT, 1)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1.2 for char in name)


def _room(columns):
    """Return how many digits fit into one of so many columns."""
    return PAGE // columns - GAP


def _fill(cells, columns):
    """Return cells in rows of so many beside each other; those that are wider than a column stand alone."""
    rows = []
    for cell, wide in cells:
        alone = wide > _room(columns)
        if alone or not rows or len(rows[-1].cells) == columns or rows[-1].size == 100:
            rows.append(Row([], 100 if alone else 100 / columns))
        rows[-1].cells.append(cell)
    return rows
