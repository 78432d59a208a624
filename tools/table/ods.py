"""Tables in ODS files, of LibreOffice and others."""

import datetime

from .cells import Doubtful, TableTooLarge, is_filled, read_number
from .xml import Parts, cut_names

CELLS = ("table-cell", "covered-table-cell")
ASIDE = ("annotation", "shapes", "frame")  # what stands in a table and is none of its cells
BLANKS = {"tab": "\t", "line-break": "\n"}


def read(table, archive, sheet):
    """Read a sheet; see :func:`..xlsx.read`."""
    parts = Parts(archive, table.limits)
    names = Names()
    parts.parse("content.xml", names)
    table.sheets = names.sheets
    table.choose_sheet(sheet)
    parts.parse("content.xml", Sheet(table))


class Names:
    """The names of the sheets."""

    def __init__(self):
        self.sheets, self.depth = [], 0

    def start(self, name, attributes):
        """Look at the beginning of an element."""
        if name == "table":
            self.depth += 1
            if self.depth == 1:
                self.sheets.append(cut_names(attributes).get("name", ""))

    def end(self, name):
        """Look at the end of an element."""
        if name == "table":
            self.depth -= 1

    def text(self, data):
        """Look at a text."""


class Sheet:
    """The cells of a sheet."""

    def __init__(self, table):
        self.table = table
        self.depth = self.aside = 0
        self.is_chosen = self.is_done = False
        self.line, self.next_line = 0, 1
        self.row = self.cell = None
        self.column = 0

    def start(self, name, attributes):
        """Look at the beginning of an element."""
        if name == "table":
            self.depth += 1
            if self.depth == 1:
                self.is_chosen = not self.is_done and cut_names(attributes).get("name", "") == self.table.sheet
        if not self.is_chosen:
            return
        if name in ASIDE:
            self.aside += 1
        if self.depth > 1 or self.aside:
            return
        if name == "table-row":
            self.line = self.next_line
            self.times = _count(cut_names(attributes).get("number-rows-repeated"))
            self.next_line = self.line + self.times
            self.row, self.column = [], 0
        elif name in CELLS and self.row is not None:
            self.cell = cut_names(attributes)
            self.texts, self.length = [], 0
        elif self.cell is not None:
            self._start_text(name, attributes)

    def _start_text(self, name, attributes):
        if name == "p" and self.texts:
            self.text("\n")
        elif name == "s":
            count = _count(cut_names(attributes).get("c"))
            self.text(" " * min(count, self.table.limits.length + 1))
        elif name in BLANKS:
            self.text(BLANKS[name])

    def text(self, data):
        """Look at a text."""
        if self.cell is not None and not self.aside and self.depth == 1:
            self.length += len(data)
            if self.length > self.table.limits.length:
                raise TableTooLarge("length", self.line)
            self.texts.append(data)

    def end(self, name):
        """Look at the end of an element."""
        if name == "table":
            self.depth -= 1
            if not self.depth and self.is_chosen:
                self.is_chosen, self.is_done = False, True
        if not self.is_chosen:
            return
        if name in ASIDE:
            self.aside -= 1
        if self.depth > 1 or self.aside:
            return
        if name in CELLS and self.cell is not None:
            self._keep_cell(_count(self.cell.get("number-columns-repeated")))
            self.cell = None
        elif name == "table-row" and self.row is not None:
            self.table.add(self.line, self.row, self.times)
            self.row = None

    def _keep_cell(self, times):
        cell = _read_cell(self.cell, "".join(self.texts))
        first, self.column = self.column, self.column + times
        if is_filled(cell):
            if self.column > self.table.limits.columns:
                raise TableTooLarge("columns", self.line)
            self.row += [""] * (first - len(self.row)) + [cell] * times


def _read_cell(attributes, text):
    kind = attributes.get("value-type", "")
    if kind == "boolean":
        return Doubtful(text.strip() or attributes.get("boolean-value", ""), "boolean")
    if kind == "time":
        return Doubtful(text.strip(), "time")
    if kind == "date":
        moment = datetime.datetime.fromisoformat(attributes["date-value"].partition(".")[0])
        return moment if "T" in attributes["date-value"] else moment.date()
    if kind == "percentage":
        return Doubtful(text.strip(), "number")
    if kind in ("float", "currency"):
        return read_number(attributes["value"], text.strip())
    if "formula" in attributes and not kind:
        return Doubtful(text.strip() or "=", "formula")
    if text.startswith(("#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "Err:")) and "formula" in attributes:
        return Doubtful(text, "error")
    return text


def _count(text):
    """Return how often something is repeated."""
    return max(1, min(int(text), 2**31)) if text else 1
