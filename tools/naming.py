"""What a serial number looks like: plain Python, no database."""

import re
import unicodedata
from functools import cache

MAX_LENGTH = 128
SEPARATORS = re.compile(r"[\r\n\t,;]+")
CELLS = re.compile(r"[\r\n\t]+")
# Labels may have commas inside: what a scanner sends with group separators, an envelope, or behind a symbology
# identifier is one; and a link, up to the next link. The entry window splits by the same (numbers.js).
WHOLE = re.compile(r"\][A-Za-z][0-9A-Za-z].|\[\)>|.*[\x1d\x1e\x04]", re.DOTALL)
SIGN = re.compile(r"[\]\x1d\x1e\x04]|\[\)>")
LINK = re.compile(r"https?://", re.IGNORECASE)
BETWEEN_LINKS = re.compile(r"[,;]+\s*(?=https?://)", re.IGNORECASE)
IN_CELL = re.compile("[,;]+")
# Each decimal digit of Unicode that is not ASCII, with the ASCII digit of its value: people of many scripts count.
OTHER_DIGITS = {
    chr(code): str(unicodedata.decimal(chr(code)))
    for code in range(128, 0x20000)  # none of them lies beyond
    if unicodedata.category(chr(code)) == "Nd"
}
ASCII_DIGITS = str.maketrans(OTHER_DIGITS)
# Capitals of Greek and Cyrillic that look as Latin ones do: keys have no other letters of these scripts.
LATIN = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹЅІЈАВЕКМНОРСТУХҮҺԚԜ", "ABEZHIKMNOPTYXCSIJABEKMHOPCTYXYHQW")
DIGITS = re.compile("[0-9]+")
UNSTORABLE = re.compile("[\\0\ud800-\udfff]")
SHOWN = 40  # characters of what was typed, in a message
NAMED = 20  # of many numbers in one message
# Longer texts are no numbers in any form, and normalizing one of a million combining marks would take days.
COMPARED = 4 * MAX_LENGTH
# A number that has nothing wrong with it, and no key that is more than its capitals.
ORDINARY = re.compile(rf"[!-~]{{1,{MAX_LENGTH}}}")


def clean(name):
    """Return the number as it is kept: as typed, without the blanks around it.

    :param name: what was typed; anything that is not a text counts as no number
    :return: the trimmed text, empty for no number
    """
    return name.strip() if isinstance(name, str) else ""


def is_storable(text):
    """Tell whether a database stores a text: neither NUL nor lone surrogates."""
    return not UNSTORABLE.search(text)


def clean_text(text):
    """Return free text, such as a reason, without what no database stores.

    :param text: what was sent; anything that is not a text counts as none
    :return: the text without NUL and lone surrogates
    """
    return UNSTORABLE.sub("", clean(text))


def show(text, length=SHOWN):
    """Return the beginning of a text for a message, without what cannot be seen.

    :param text: what was sent; anything that is not a text is shown as Python writes it
    :param int length: how many characters at most
    """
    text = shorten(text if isinstance(text, str) else repr(text), length)
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def show_first(names):
    """Return the first of many numbers for a message, and three dots where there are more."""
    return ", ".join(names[:NAMED]) + (" ..." if len(names) > NAMED else "")


def shorten(text, length):
    """Return a text, or its beginning and three dots where it is longer."""
    return f"{text[:length]}..." if len(text) > length else text


def make_key(name):
    """Return the form in which two numbers are compared.

    Unicode NFKC (Unicode Standard Annex #15), runs of white space to one blank, trimmed, upper case.

    :param name: a number, cleaned or not
    :return: the key, empty for no number; a text that is too long for one stays as it is: no unit has it
    """
    name = name.strip()
    if len(name) > COMPARED:
        return name
    if name.isascii():
        return " ".join(name.split()).upper()
    upper = " ".join(unicodedata.normalize("NFKC", name).split()).upper()
    return unicodedata.normalize("NFKC", upper)


@cache
def _of_lines(pattern):
    return re.compile(rf"(?:{pattern.pattern}\n)*{pattern.pattern}", re.MULTILINE)


def join_all(pattern, texts):
    """Return texts as one, a line each, where all of them fully match a pattern; else None.

    Thousands are read several times as fast so.

    :param pattern: a compiled one without flags, that matches neither nothing nor a new line
    :param texts: a list of texts
    """
    text = "\n".join(texts)
    return text if text.count("\n") == len(texts) - 1 and _of_lines(pattern).fullmatch(text) else None


def find_faults(names):
    """Return what is wrong with each of many cleaned numbers by itself, in order, see :func:`find_fault`."""
    return [None] * len(names) if join_all(ORDINARY, names) else [find_fault(name) for name in names]


def make_all_keys(names):
    """Return the keys of cleaned numbers, in order: of those that are none, too."""
    text = join_all(ORDINARY, names)
    return text.upper().split("\n") if text else [make_key(name) for name in names]


def find_alike(key):
    """Return other keys that look like this one: with its letters, its digits or both in Latin and in ASCII.

    :param key: a key
    :return: list of keys without this one; empty for one in ASCII
    """
    if key.isascii():
        return []
    letters, digits = key.translate(LATIN), key.translate(ASCII_DIGITS)
    return list({letters, digits, letters.translate(ASCII_DIGITS)} - {key})


def find_fault(name):
    """Tell what is wrong with a number by itself.

    :param name: a cleaned number
    :return: ``empty``, ``too_long``, ``control`` (Unicode categories Cc, Cf; lone surrogates, which no database
        stores, count as such) or None
    """
    if len(name) > MAX_LENGTH:
        return "too_long"
    key = make_key(name)
    if not key:
        return "empty"
    if len(key) > MAX_LENGTH:
        return "too_long"
    if not name.isprintable() and any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in name):
        return "control"
    return None


def make_shape(name):
    """Return what a number looks like: each letter as ``A``, each digit as ``0``, anything else as it is.

    :param name: a number, cleaned or not
    """
    return "".join("0" if char.isdigit() else "A" if char.isalpha() else char for char in clean(name))


def make_keys(names):
    """Return the keys of those names that are numbers; PostgreSQL does not even take some of the others.

    :param names: numbers as typed
    :return: list of keys
    """
    cleaned = [clean(name) for name in names]
    faults = zip(cleaned, find_faults(cleaned), strict=True)
    return make_all_keys([name for name, fault in faults if not fault])


def split_text(text):
    """Return the numbers in a pasted text, in order.

    :param text: numbers separated by new lines (of any system), tabs, commas or semicolons; labels stay whole
    :return: list of cleaned numbers and labels, none of them empty
    """
    if not (SIGN.search(text) or LINK.search(text)):
        return [name for name in map(clean, SEPARATORS.split(text)) if name]
    return [name for cell in CELLS.split(text) for name in _split_cell(cell.strip(" ")) if clean(name)]


def _split_cell(cell):
    if WHOLE.match(cell):
        return [cell]
    return map(clean, (BETWEEN_LINKS if LINK.match(cell) else IN_CELL).split(cell))


def split_last_digits(name):
    """Divide a number at its last run of digits, which counts up.

    :param name: a number, cleaned or not
    :return: what stands before the digits, the digits, and what stands after them; None without digits, and for a text
        that is too long
    """
    name = clean(name)
    if len(name) > MAX_LENGTH:
        return None
    runs = [*DIGITS.finditer(name)]
    if not runs:
        return None
    return name[: runs[-1].start()], runs[-1].group(), name[runs[-1].end() :]


def make_range(first, count):
    """Count up from a number: the last run of digits is incremented and keeps its leading zeros.

    :param first: the first number, for example ``A001``
    :param count: how many numbers to make
    :return: list of ``count`` numbers that begins with ``first``
    :raise ValueError: when ``first`` has no digit to count with, or is too long
    """
    parts = split_last_digits(first)
    if not parts:
        raise ValueError(first)
    before, digits, after = parts
    return [f"{before}{number:0{len(digits)}d}{after}" for number in range(int(digits), int(digits) + count)]


def count_range(first, last):
    """Tell how many numbers there are from one to another, counted up as :func:`make_range` does.

    :param first: the first number, for example ``A001``
    :param last: the last one, for example ``A050``
    :return: how many, both counted; 0 or less when the last one is not reached
    """
    ends = [split_last_digits(make_key(clean(name))) for name in (first, last)]
    if not all(ends) or ends[0][::2] != ends[1][::2]:
        return 0
    start, end = ends[0][1], ends[1][1]
    if len(start) > len(end) or (len(start) < len(end) and end.startswith("0")):
        return 0
    return int(end) - int(start) + 1
