"""Dates in texts: read by the format that the whole file speaks for, and never by a guess."""

import datetime
import itertools
import re

ISO = "%Y-%m-%d"
# The year first has one reading only: nobody writes the day between year and month.
ORDERS = (("%Y", "%m", "%d"), ("%d", "%m", "%Y"), ("%m", "%d", "%Y"), ("%d", "%m", "%y"), ("%m", "%d", "%y"))
DIGITS = ["".join(order) for order in ORDERS[:3]]
NAMES = [
    separator.join((day, month, year))
    for separator in (" ", "-", "/", ".")
    for day in ("%d", "%d.")
    for month in ("%b", "%B")
    for year in ("%Y", "%y")
] + [f"{month} %d{comma} %Y" for month in ("%b", "%B") for comma in ("", ",")]
FORMATS = [separator.join(order) for separator in "./- " for order in ORDERS] + DIGITS + NAMES
DIGITS_LENGTH = 8
YEARS = range(1900, 2200)
TIME = re.compile(r"(?<=[0-9])[T ]+[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?( ?[AP]M)?Z?$", re.IGNORECASE)
LONGEST = 40
PARTS = {"%d": "DD", "%m": "MM", "%Y": "YYYY", "%y": "YY", "%b": "MMM", "%B": "MMMM"}


class DateFormats:
    """The formats of the dates in a file.

    Texts of one shape, such as ``0.0.0``, are read by the formats that read every one of them that is a date at all:
    31.12.2027 tells what 03.04.2027 is.

    :param texts: all of them
    :param str chosen: the format that the user chose, as ``strftime`` has it; empty where none was
    """

    def __init__(self, texts, chosen=""):
        self.chosen = chosen
        self.shapes = {}
        for text in set(map(_clean, texts)):
            self.shapes.setdefault(_find_shape(text), []).append(text)
        self.formats = {shape: self._find_formats(shape, group) for shape, group in self.shapes.items()}

    def read(self, text):
        """Return ``{date: format}`` of what a text may be: one date where it is clear, none where it is no date."""
        text = _clean(text)
        shape = _find_shape(text)
        # Where no format reads them all, such as 31.12.2027 and 12.31.2027, each speaks for itself.
        return _read(text, self.formats.get(shape) or self._get_candidates(shape))

    def find_common(self):
        """Return the one format that reads all texts, each in one way only; else an empty text."""
        readings = [days for days in map(self.read, (text for group in self.shapes.values() for text in group)) if days]
        formats = set(itertools.chain.from_iterable(days.values() for days in readings))
        return self.chosen or (formats.pop() if len(formats) == 1 else "")

    def _get_candidates(self, shape):
        return [self.chosen] if self.chosen else BY_SHAPE.get(shape, [])

    def _find_formats(self, shape, texts):
        """Return the formats that read every one of some texts that is a date."""
        formats = self._get_candidates(shape)
        readings = [dates for dates in (_read_each(text, formats) for text in texts) if dates]
        return [form for form in formats if readings and all(form in dates for dates in readings)]


def describe_format(form):
    """Return a format as people write it, for example DD.MM.YYYY."""
    return re.sub(r"%\w", lambda match: PARTS.get(match[0], match[0]), form)


def _clean(text):
    """Return a text without the blanks around it and the time behind it."""
    return TIME.sub("", " ".join(text.split())) if len(text) <= LONGEST else ""


def _find_shape(text):
    """Return a text with each run of digits made a 0 and each word an A: ``0.0.0``, ``0-A-0``."""
    return re.sub(r"[^\W\d_]+", "A", re.sub(r"[0-9]+", "0", text))


BY_SHAPE = {}
for _form in FORMATS:
    BY_SHAPE.setdefault(_find_shape(re.sub("%[bB]", "A", re.sub("%[dmyY]", "0", _form))), []).append(_form)


def _read(text, formats):
    return {date: form for form, date in reversed(_read_each(text, formats).items())}


def _read_each(text, formats):
    """Return ``{format: date}`` of the formats that read a text."""
    dates = {}
    for form in formats:
        if form in DIGITS and len(text) != DIGITS_LENGTH:
            continue
        try:
            date = datetime.datetime.strptime(text, form).date()
        except (ValueError, re.error):  # a chosen format may be anything
            continue
        if date.year in YEARS:
            dates[form] = date
    return dates
