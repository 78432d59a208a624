"""Tables in XLS files."""

import datetime
import io
import struct

from .cells import Doubtful, TableError, read_number

SHORT_LIMIT = slice(56, 60)  # where a file says below which size its parts lie among the short ones
SHORT = struct.pack("<L", 4096)  # it is this in every file; more of it would make a small file huge
CENTURY = 1


def read(table, content, sheet):
    """Read a sheet.

    :param table: the :class:`~.cells.Table` to fill
    :param bytes content: the file
    :param str sheet: its name
    """
    if content[SHORT_LIMIT] != SHORT:
        raise TableError("damaged")
    try:
        import xlrd

        # Ragged rows: a cell that is far away does not make cells before it.
        options = {"on_demand": True, "ragged_rows": True, "logfile": io.StringIO()}
        with xlrd.open_workbook(file_contents=content, **options) as book:
            table.sheets = book.sheet_names()
            table.choose_sheet(sheet)
            _read_sheet(table, book, book.sheet_by_name(table.sheet))
    except TableError:
        raise
    except Exception as error:
        raise TableError(str(error)) from error


def _read_sheet(table, book, sheet):
    for index in range(sheet.nrows):
        cells = zip(sheet.row_types(index), sheet.row_values(index), strict=True)
        table.add(index + 1, [_read_cell(kind, value, book.datemode) for kind, value in cells])


def _read_cell(kind, value, datemode):
    import xlrd

    if kind == xlrd.XL_CELL_NUMBER:
        return read_number(value)
    if kind == xlrd.XL_CELL_DATE:
        return _read_date(value, datemode)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return Doubtful("TRUE" if value else "FALSE", "boolean")
    if kind == xlrd.XL_CELL_ERROR:
        return Doubtful(xlrd.error_text_from_code.get(value, "#N/A"), "error")
    return value


def _read_date(value, datemode):
    import xlrd

    if value < CENTURY:
        return Doubtful(str(value), "time")
    try:
        moment = datetime.datetime(*xlrd.xldate.xldate_as_tuple(value, datemode))
    except (xlrd.xldate.XLDateError, ValueError):
        return Doubtful(str(value), "error")
    return moment if value % 1 else moment.date()
