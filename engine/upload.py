"""What may be uploaded anywhere, and how a file is read that a user sent."""

from odoo.exceptions import UserError

from ..tools import naming
from ..tools.table import Limits, TableError, TableTooLarge, read_table
from ..tools.table.cells import MEGABYTE

# Each upload, and how much of a file is read there. The import's are larger: its rows have many columns.
UPLOADS = {
    "entry": Limits(size=10 * MEGABYTE, unpacked=100 * MEGABYTE, rows=100_000, cells=500_000),
    "portal": Limits(size=MEGABYTE, unpacked=20 * MEGABYTE, rows=5_000, cells=50_000),
    "import": Limits(size=20 * MEGABYTE, unpacked=200 * MEGABYTE, rows=100_000, cells=1_500_000),
}


def read_upload(env, upload, name, content, **options):
    """Read a file that a user sent.

    :param env: the environment, for the language of messages
    :param str upload: a key of :data:`UPLOADS`
    :param str name: the file's name
    :param bytes content: the file
    :param options: see :func:`~..tools.table.read_table`
    :return: the :class:`~..tools.table.Table`
    :raise UserError: for a file that is too large, or cannot be read
    """
    limits = UPLOADS[upload]
    try:
        return read_table(content, limits, **options)
    except TableTooLarge as error:
        raise UserError(_describe_limit(env, name, error, getattr(limits, error.limit))) from error
    except TableError as error:
        raise make_file_error(env, name) from error


def make_file_error(env, name):
    """Return the error for a file that cannot be read.

    :param env: the environment, for the language of the message
    :param str name: the file's name
    """
    return UserError(
        env._(
            "%s cannot be read. Save it as CSV (UTF-8) or XLSX, with one serial number a row, and upload it again.",
            name or env._("The file"),
        )
    )


def _describe_limit(env, name, error, limit):
    values = {"file": name or env._("The file"), "limit": limit, "line": error.line}
    if error.limit == "columns":
        return env._(
            "%(file)s has a cell beyond column %(limit)s on line %(line)s. Keep only the columns that are needed, and "
            "upload it again.",
            **values,
        )
    if error.limit == "length":
        return env._(
            "%(file)s has a cell of more than %(limit)s characters (after line %(line)s). Shorten it, and upload the "
            "file again.",
            **values,
        )
    if error.limit == "rows":
        return env._("%(file)s has more than %(limit)s rows. Split it.", **values)
    if error.limit == "cells":
        return env._(
            "%(file)s has more than %(limit)s cells. Keep only the columns that are needed, or split it.", **values
        )
    return env._("%(file)s has more than %(limit)s MB. Split it.", **values | {"limit": limit // MEGABYTE})


def describe_line(env, line, message):
    """Return what is wrong with a line of a file.

    :param env: the environment, for the language
    :param int line: the line of the file
    :param str message: what is wrong with it
    """
    return env._("Line %(line)s: %(message)s", line=line, message=message)


def describe_doubt(env, cell, doubt):
    """Return why a cell is not taken.

    :param env: the environment, for the language
    :param cell: of a :class:`~..tools.table.Table`
    :param str doubt: what :func:`~..tools.table.find_doubt` says of it
    """
    shown = naming.show(str(cell))
    if doubt == "digits":
        return env._(
            "%s is a number of more digits than a spreadsheet keeps, and its last ones may be lost. Format the column "
            "as text, and enter it again.",
            shown,
        )
    if doubt == "error":
        return env._("The cell shows the error %s. Enter the value instead.", shown)
    if doubt == "formula":
        return env._("The cell has a formula without a result. Open the file, save it, and upload it again.")
    if doubt == "boolean":
        return env._("%s is no text: the spreadsheet made a truth value of it. Enter it as text.", shown)
    if doubt in ("date", "time"):
        return env._("%s is no text: the spreadsheet made a date or a time of it. Enter it as text.", shown)
    return env._(
        "%s is a number that the spreadsheet may show otherwise. Format the column as text, and enter it again.", shown
    )
