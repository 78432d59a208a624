"""Which cells of a table are serial numbers: plain Python, no database."""

import codecs
import io
import zipfile

CSV_SEPARATORS = ",;\t|"
ZIP = b"PK\x03\x04"
SPREADSHEETS = (ZIP, b"\xd0\xcf\x11\xe0")  # how XLSX and ODS files, and XLS files, begin


def find_csv_options(content):
    """Return how a CSV file is to be read: its encoding, and what its first line has most of as the separator.

    :param bytes content: the file
    :return: dict of ``separator`` and, where it can be told for sure, ``encoding``
    :raise ValueError: for what is no text
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif b"\0" in content:
        raise ValueError("no text")
    else:
        encoding = "utf-8-sig"
    try:
        options, text = {"encoding": encoding}, content.decode(encoding)
    except UnicodeDecodeError:
        options, text = {}, content.decode("latin-1")
    first = text.lstrip().partition("\n")[0]
    return {"separator": max(CSV_SEPARATORS, key=first.count), **options}


def measure_unpacked(content):
    """Return how many bytes a file has once it is unpacked: a small XLSX file may hold gigabytes.

    :param bytes content: the file
    :raise zipfile.BadZipFile: for a damaged one
    """
    if not content.startswith(ZIP):
        return len(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return sum(item.file_size for item in archive.infolist())


def find_numbers(rows, headings, is_number):
    """Return the serial numbers of a table, in order, without empty cells.

    They stand in the column with one of the headings, else in the first column that holds a number. The heading of
    such a column is recognized by having no digit where all the others have one.

    :param rows: lists of texts; may differ in length
    :param headings: what the column may be called, in lower case
    :param is_number: tells whether a text may be a number
    """
    columns = [[cell.strip() for cell in column] for column in _transpose(rows)]
    for column in columns:
        if column[0].lower() in headings:
            return [cell for cell in column[1:] if cell]
    column = next((column for column in columns if any(cell and is_number(cell) for cell in column)), [])
    cells = [cell for cell in column if cell]
    if len(cells) > 1 and column[0] and not _has_digit(cells[0]) and all(map(_has_digit, cells[1:])):
        return cells[1:]
    return cells


def _transpose(rows):
    width = max(map(len, rows), default=0)
    return zip(*([*row, *[""] * (width - len(row))] for row in rows), strict=True)


def _has_digit(text):
    return any(char.isdigit() for char in text)
