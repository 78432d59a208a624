"""Read a table from a file that anybody may have made: plain Python, no database.

CSV, XLSX, ODS and XLS are read as a stream and stop at the first limit: what stands far away, is repeated or is packed
costs neither time nor memory. The limits count what makes the work, not only the bytes that are sent.
"""

from . import ods, text, xls, xlsx
from .cells import Doubtful, Limits, Table, TableError, TableTooLarge, find_doubt
from .dates import ISO, DateFormats, describe_format
from .xml import ZIP, open_archive

OLE = b"\xd0\xcf\x11\xe0"  # how XLS files begin


def read_table(content, limits, sheet="", **options):
    """Read a file; what it is, is told by how it begins.

    :param bytes content: the file
    :param Limits limits: what is read of it at most
    :param str sheet: the name of the sheet to read, else the first
    :param options: how a text is to be read: ``encoding``, ``separator``, ``quoting``; found out where they are empty
    :return: the :class:`Table`
    :raise TableTooLarge: at the first limit
    :raise TableError: for what cannot be read
    """
    table = Table(limits)
    if len(content) > limits.size:
        raise TableTooLarge("size")
    if content.startswith(ZIP):
        with open_archive(content) as archive:
            reader = ods if "content.xml" in archive.namelist() else xlsx
            reader.read(table, archive, sheet)
    elif content.startswith(OLE):
        xls.read(table, content, sheet)
    else:
        text.read(table, content, **options)
    return table
