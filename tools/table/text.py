"""Tables in texts: CSV, and plain lists."""

import codecs
import csv
import io
import re

import chardet

from .cells import MEGABYTE, TableError, TableTooLarge

SEPARATORS = ",;\t|"
LINE_LIMIT = MEGABYTE  # characters of one line
EMPTY_LINES = 10  # times as many as rows, with those inside of cells
GUESS_BYTES = 64 * 1024  # that tell the encoding: guessing by a whole file takes minutes
SLOW_ENCODINGS = {"punycode", "idna"}  # of names, not of files: their time grows with the square of the length
BOMS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def read(table, content, encoding="", separator="", quoting='"', **_options):
    """Read a text.

    :param table: the :class:`~.cells.Table` to fill
    :param bytes content: the file
    :param str encoding: of the text; found out where it is empty
    :param str separator: of the cells; found out where it is empty
    :param str quoting: what stands around a cell that holds a separator
    """
    text, encoding = _decode(content, encoding)
    separator = separator or _find_separator(text, quoting)
    table.options = {"encoding": encoding, "separator": separator}
    try:
        reader = csv.reader(
            _split_lines(text, EMPTY_LINES * table.limits.rows), quotechar=quoting or '"', delimiter=separator
        )
        line = 1
        for row in reader:
            table.add(line, row)
            line = reader.line_num + 1
    except TypeError as error:
        raise TableError(str(error)) from error
    except csv.Error as error:
        raise TableTooLarge("length", line) from error


def _decode(content, encoding=""):
    """Return the text of a file, and its encoding."""
    marked = next((name for bom, name in BOMS.items() if content.startswith(bom)), "")
    if not encoding or encoding.lower() in ("utf-8", "utf8"):
        encoding = marked or encoding
    if not encoding and b"\0" in content:
        raise TableError("no text")
    try:
        if encoding and codecs.lookup(encoding).name in SLOW_ENCODINGS:
            raise LookupError(encoding)
        return content.decode(encoding or "utf-8"), encoding or "utf-8"
    except LookupError as error:
        raise TableError(str(error)) from error
    except UnicodeDecodeError as error:
        if encoding:
            raise TableError(str(error)) from error
        start = max(0, error.start - GUESS_BYTES // 2)
    guess = chardet.detect(content[start : start + GUESS_BYTES])["encoding"] or "latin-1"
    try:
        return content.decode(guess), guess.lower()
    except (UnicodeDecodeError, LookupError):
        return content.decode("latin-1"), "latin-1"


def _find_separator(text, quoting):
    """Return what the first line with anything in it has most of outside of quotes."""
    first = text.lstrip("\ufeff\r\n ").partition("\n")[0][:LINE_LIMIT]
    first = re.sub(f"{re.escape(quoting)}[^{re.escape(quoting)}]*{re.escape(quoting)}", "", first) if quoting else first
    return max(SEPARATORS, key=first.count)


def _split_lines(text, most):
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        if number > most:
            raise TableTooLarge("rows", number)
        if len(line) > LINE_LIMIT:
            raise TableTooLarge("length", number)
        yield line
