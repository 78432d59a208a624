"""What a table is, and how much of one is read."""

import datetime
import re
from dataclasses import dataclass, field

MEGABYTE = 1024**2
EVEN = 4  # times as many cells as rows of different length have, made as long as the longest
SAFE_DIGITS = 15  # that a spreadsheet keeps of a number
SCIENTIFIC = re.compile(r"[0-9]+([.,][0-9]+)?E\+[0-9]+", re.IGNORECASE)


@dataclass(frozen=True)
class Limits:
    """What is read of a file at most.

    :ivar int size: bytes of the file as it is sent
    :ivar int unpacked: bytes of what is read of it, unpacked
    :ivar int rows: that hold something, below the headings
    :ivar int columns: up to the last that holds something
    :ivar int cells: of all rows, each up to the last that holds something
    :ivar int length: characters of a cell
    """

    size: int = 10 * MEGABYTE
    unpacked: int = 100 * MEGABYTE
    rows: int = 100_000
    columns: int = 256
    cells: int = 2_000_000
    length: int = 32_767

    @property
    def steps(self):
        """Return how many XML elements are looked at: a filled cell has two or three, an empty one costs as well."""
        return 4 * self.cells


class TableError(ValueError):
    """A file that cannot be read as a table."""


class TableTooLarge(TableError):
    """A file that has more than a limit allows.

    :ivar str limit: the field of :class:`Limits`
    :ivar int line: where it was reached; 0 where that means nothing
    """

    def __init__(self, limit, line=0):
        super().__init__(f"{limit}, line {line}")
        self.limit, self.line = limit, line


class Doubtful(str):
    """A cell that does not hold the text that was meant, or may not.

    :ivar str reason: ``digits`` (a number of more digits than a spreadsheet keeps), ``number`` (another number than is
        shown), ``boolean``, ``time``, ``error`` or ``formula`` (one without result)
    """

    def __new__(cls, text, reason):
        """Make a cell of its text and the reason."""
        cell = super().__new__(cls, text)
        cell.reason = reason
        return cell


def is_filled(cell):
    """Tell whether a cell holds anything but blanks."""
    return bool(cell) and not (isinstance(cell, str) and cell.isspace())


def find_doubt(cell):
    """Tell why a cell may not hold the number that was typed into it.

    :param cell: of a :class:`Table`
    :return: a reason of :class:`Doubtful`, ``date``, or None
    """
    if isinstance(cell, Doubtful):
        return cell.reason
    if isinstance(cell, datetime.date):
        return "date"
    return "digits" if SCIENTIFIC.fullmatch(cell.strip()) else None


def read_number(value, shown=""):
    """Return the cell of a number.

    :param value: the number, or its text
    :param str shown: its digits as they are shown, with leading zeros; empty where the number says it all
    :return: a text, a :class:`Doubtful` one where digits may be lost
    """
    number = float(value)
    if number in (float("inf"), float("-inf")) or number != number:
        return Doubtful(str(value), "error")
    if number % 1:
        return Doubtful(str(number), "number")
    digits = str(int(number))
    if len(digits.lstrip("-")) > SAFE_DIGITS:
        return Doubtful(digits, "digits")
    return shown if shown.isdecimal() and shown.isascii() and int(shown) == number else digits


@dataclass
class Table:
    """What a file holds: rows of cells, without the empty rows.

    :ivar Limits limits: that hold for it
    :ivar list sheets: the names of all sheets; empty for CSV
    :ivar str sheet: the one that was read
    :ivar list rows: lists of cells: texts (some :class:`Doubtful`), dates, datetimes; they differ in length
    :ivar list lines: the line of the file that each row stands on
    :ivar dict options: how a text was read: ``encoding`` and ``separator``
    """

    limits: Limits
    sheets: list = field(default_factory=list)
    sheet: str = ""
    rows: list = field(default_factory=list)
    lines: list = field(default_factory=list)
    options: dict = field(default_factory=dict)
    cells: int = 0
    width: int = 0

    def add(self, line, row, times=1):
        """Take in a row; an empty one is left out.

        :param int line: where it stands
        :param list row: its cells
        :param int times: on how many lines
        :raise TableTooLarge: at the first limit
        """
        while row and not is_filled(row[-1]):
            row.pop()
        if not row:
            return
        self.cells += len(row) * times
        self.width = max(self.width, len(row))
        even = self.width * (len(self.rows) + times)
        for limit, reached in (
            ("columns", len(row)),
            ("rows", len(self.rows) + times - 1),  # the headings do not count
            ("cells", max(self.cells, even // EVEN)),
            ("length", max((len(cell) for cell in row if isinstance(cell, str)), default=0)),
        ):
            if reached > getattr(self.limits, limit):
                raise TableTooLarge(limit, line)
        self.rows += [row if times == 1 else [*row] for _time in range(times)]
        self.lines += range(line, line + times)

    def choose_sheet(self, name):
        """Choose the sheet to read: the one with a name, else the first."""
        if not self.sheets:
            raise TableError("no sheet")
        self.sheet = name if name in self.sheets else self.sheets[0]

    def make_even(self):
        """Return the rows, all as long as the longest."""
        return [row + [""] * (self.width - len(row)) for row in self.rows]
