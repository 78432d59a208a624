"""Tables in XLSX files."""

import datetime
import posixpath
import re

from .cells import Doubtful, TableError, TableTooLarge, is_filled, read_number
from .xml import Parts, cut_names

COLUMN = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
# The formats that files name without describing them: of dates, of dates with a time, and of times.
DATES = {14, 15, 16, 17, *range(27, 32), 36, *range(50, 59)}
DATETIMES = {22}
TIMES = {18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47}
PERCENTS = {9, 10}
CODE_LENGTH = 255  # characters of a number format, in spreadsheets as well
NO_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)  # of a format: no part of it
TEXTS = re.compile(r'"[^"]+"|\\[^ ]|[%/]')  # of a format: what makes another text of a number
LEAP_BUG = 60  # the 29 February 1900, which spreadsheets know
DAYS_LIMIT = 2_958_466  # the year 10,000


def read(table, archive, sheet):
    """Read a sheet.

    :param table: the :class:`~.cells.Table` to fill
    :param archive: the ``zipfile.ZipFile``
    :param str sheet: its name
    """
    parts = Parts(archive, table.limits)
    book = Workbook()
    root = Links.of(parts, "").others["officeDocument"]
    parts.parse(root, book)
    links = Links.of(parts, root)
    places = {name: links.sheets[link] for name, link in book.sheets if link in links.sheets}
    table.sheets = list(places)
    table.choose_sheet(sheet)
    strings, styles = Strings(table.limits), Styles()
    for name, handler in (("sharedStrings", strings), ("styles", styles)):
        if links.others.get(name) in parts:
            parts.parse(links.others[name], handler)
    parts.parse(places[table.sheet], Sheet(table, strings.texts, styles.kinds, book.epoch))


class Handler:
    """Looks at nothing."""

    def start(self, name, attributes):
        """Look at the beginning of an element."""

    def end(self, name):
        """Look at the end of an element."""

    def text(self, data):
        """Look at a text."""


class Workbook(Handler):
    """Which sheets there are, and from which day on they count.

    :ivar list sheets: the name of each sheet, and its link
    """

    def __init__(self):
        self.sheets, self.epoch = [], datetime.datetime(1899, 12, 30)

    def start(self, name, attributes):
        """Look at the beginning of an element."""
        if name == "sheet":
            known = cut_names(attributes)
            self.sheets.append((known["name"], known["id"]))
        elif name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self.epoch = datetime.datetime(1904, 1, 1)


class Links(Handler):
    """Where the parts are that a part names.

    :param str folder: where that part lies
    :ivar dict sheets: the part of each link to a sheet
    :ivar dict others: the part of each other kind
    """

    def __init__(self, folder):
        self.folder, self.sheets, self.others = folder, {}, {}

    @classmethod
    def of(cls, parts, part):
        """Read the links of a part; of the whole file, where it is empty."""
        folder, name = posixpath.split(part)
        links = cls(folder)
        parts.parse(posixpath.join(folder, "_rels", f"{name}.rels"), links)
        return links

    def start(self, name, attributes):
        """Look at the beginning of an element."""
        if name != "Relationship":
            return
        kind, target = attributes["Type"].rpartition("/")[2], attributes["Target"]
        part = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(self.folder, target))
        if kind == "worksheet":
            self.sheets[attributes["Id"]] = part
        else:
            self.others[kind] = part


class Strings(Handler):
    """The texts that cells share."""

    def __init__(self, limits):
        self.limits, self.texts, self.parts, self.length = limits, [], None, 0
        self.is_phonetic = False

    def start(self, name, attributes):
        """Look at the beginning of an element."""
        if name == "si":
            self.texts.append("")
            if len(self.texts) > self.limits.cells:
                raise TableTooLarge("cells")
            self.length = 0
        elif name == "t" and not self.is_phonetic:
            self.parts = []
        elif name == "rPh":
            self.is_phonetic = True

    def text(self, data):
        """Look at a text."""
        if self.parts is not None:
            self.length += len(data)
            if self.length > self.limits.length:
                raise TableTooLarge("length")
            self.parts.append(data)

    def end(self, name):
        """Look at the end of an element."""
        if name == "t" and self.parts is not None:
            self.texts[-1] += "".join(self.parts)
            self.parts = None
        elif name == "rPh":
            self.is_phonetic = False


class Styles(Handler):
    """What the number in a cell is, by its style.

    :ivar list kinds: ``date``, ``datetime``, ``time``, ``other`` (its text is not its digits), a row of zeros (as many
        digits as it is shown with) or an empty text, of each style
    """

    def __init__(self):
        self.kinds, self.codes, self.is_cell = [], {}, False

    def start(self, name, attributes):
        """Look at the beginning of an element."""
        if name == "numFmt" and not self.is_cell:
            self.codes[attributes["numFmtId"]] = find_kind(attributes.get("formatCode", ""))
        elif name == "cellXfs":
            self.is_cell = True
        elif name == "xf" and self.is_cell:
            number = attributes.get("numFmtId", "0")
            self.kinds.append(self.codes.get(number) or _find_known_kind(int(number)))

    def end(self, name):
        """Look at the end of an element."""
        if name == "cellXfs":
            self.is_cell = False


def _find_known_kind(number):
    for kind, numbers in (("date", DATES), ("datetime", DATETIMES), ("time", TIMES), ("other", PERCENTS)):
        if number in numbers:
            return kind
    return ""


def find_kind(code):
    """Return what a number format makes of a number: see :attr:`Styles.kinds`.

    :param str code: for example ``dd.mm.yyyy`` or ``00000``
    """
    code = code[:CODE_LENGTH].partition(";")[0]
    plain = NO_CODE.sub("", code).lower()
    if re.fullmatch(r"0+", code):
        return code
    if re.search(r"[dy]", plain) or ("m" in plain and not re.search(r"[hs]", plain)):
        return "datetime" if re.search(r"[hs]", plain) else "date"
    if re.search(r"[hms]", plain):
        return "time"
    return "other" if TEXTS.search(re.sub(r"\[[^\]]*\]", "", code)) else ""


def read_date(number, kind, epoch):
    """Return the date or the datetime that a number stands for; a text where it stands for none.

    :param str number: days since the epoch
    :param str kind: ``date`` or ``datetime``
    :param epoch: the day 0
    """
    days = float(number)
    if not 0 <= days < DAYS_LIMIT:
        return Doubtful(number, "error")
    if days < LEAP_BUG and epoch.year < 1904:
        days += 1
    # A spreadsheet counts in days: what is less than a millisecond comes from that.
    moment = epoch + datetime.timedelta(milliseconds=round(days * 86_400_000))
    return moment if kind == "datetime" else moment.date()


class Sheet(Handler):
    """The cells of a sheet."""

    def __init__(self, table, strings, kinds, epoch):
        self.table, self.strings, self.kinds, self.epoch = table, strings, kinds, epoch
        self.columns = {}
        self.line, self.row, self.parts = 0, None, None
        self.column, self.length = -1, 0
        self.type, self.style, self.value, self.has_formula = "", None, None, False

    def start(self, name, attributes):
        """Look at the beginning of an element."""
        if name == "c" and self.row is not None:
            self.column = self._find_column(attributes.get("r", ""))
            self.type, self.style = attributes.get("t", "n"), attributes.get("s")
            self.value, self.has_formula = None, False
        elif name in ("v", "t") and self.row is not None:
            self.parts, self.length = [], 0
        elif name == "f":
            self.has_formula = True
        elif name == "row":
            self.line = int(attributes.get("r", self.line + 1))
            self.row, self.column = [], -1
        elif name == "rPh":
            self.type = ""  # how a text is spoken

    def text(self, data):
        """Look at a text."""
        if self.parts is not None:
            self.length += len(data)
            if self.length > self.table.limits.length:
                raise TableTooLarge("length", self.line)
            self.parts.append(data)

    def end(self, name):
        """Look at the end of an element."""
        if name in ("v", "t") and self.parts is not None:
            if self.type:
                self.value = (self.value or "") + "".join(self.parts)
            self.parts = None
        elif name == "rPh":
            self.type = "inlineStr"
        elif name == "c" and self.row is not None:
            self._keep_cell()
        elif name == "row" and self.row is not None:
            self.table.add(self.line, self.row)
            self.row = None

    def _find_column(self, reference):
        match = COLUMN.fullmatch(reference)
        if not match:
            return self.column + 1
        letters = match[1]
        if letters not in self.columns:
            number = 0
            for letter in letters:
                number = 26 * number + ord(letter) - 64
            self.columns[letters] = number - 1
        return self.columns[letters]

    def _keep_cell(self):
        cell = self._read_cell()
        if not is_filled(cell):
            return
        if self.column >= self.table.limits.columns:
            raise TableTooLarge("columns", self.line)
        self.row += [""] * (self.column + 1 - len(self.row))
        self.row[self.column] = cell

    def _read_cell(self):
        if self.value is None:
            return Doubtful("=", "formula") if self.has_formula else ""
        if self.type == "s":
            index = int(self.value)
            if index < 0:
                raise TableError("no such text")
            return self.strings[index]
        if self.type == "b":
            return Doubtful("TRUE" if self.value == "1" else "FALSE", "boolean")
        if self.type == "e":
            return Doubtful(self.value, "error")
        if self.type == "d":
            return _read_iso(self.value)
        return self._read_number() if self.type == "n" else self.value

    def _read_number(self):
        if not self.value:
            return ""
        kind = self.kinds[int(self.style)] if self.style and self.kinds else ""
        if kind in ("date", "datetime"):
            return read_date(self.value, kind, self.epoch)
        if kind == "time":
            return Doubtful(self.value, "time")
        if kind == "other":
            return Doubtful(read_number(self.value), "number")
        return read_number(self.value, self._show_zeros(kind))

    def _show_zeros(self, zeros):
        number = float(self.value)
        return str(int(number)).zfill(len(zeros)) if zeros and 0 <= number < 10**15 else ""


def _read_iso(text):
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return Doubtful(text, "error")
    return moment.replace(tzinfo=None) if ":" in text else moment.date()
