"""Serial numbers from a file, as vendors send them, or pasted from a table."""

import base64
import binascii
from dataclasses import dataclass

from odoo.exceptions import UserError

from ..tools import columns, naming
from ..tools.table import find_doubt
from . import scan
from .check import Check
from .upload import UPLOADS, describe_doubt, describe_line, make_file_error, read_upload

NUMBER_HEADINGS = ("Serial Number", "Serial Numbers", "Serial", "Serial No", "Serial No.", "S/N", "SN")
PRODUCT_HEADINGS = ("Product", "Internal Reference", "Product Reference", "Product Code", "Product Name", "SKU", "Item")


@dataclass
class FileRow:
    """A number in a file.

    :ivar int line: of the file
    :ivar cell: the number, of a :class:`~..tools.table.Table`
    :ivar str product: what the file says that it is a number of; empty where it says nothing
    :ivar dict beside: other numbers of the unit in the row, lists by the codes of their kinds
    """

    line: int
    cell: str
    product: str
    beside: dict = None


def find_file_rows(line, table):
    """Return the :class:`FileRow` objects of a table."""
    pattern = line.product_id._compile_serial_format()
    of_product = _find_product_column(line, table.rows)
    column, indexes = columns.find_numbers(
        table.rows,
        _get_file_headings(line),
        lambda text: scan.is_label(text) or not line.product_id._find_serial_fault(text, pattern),
        titles=_get_number_headings(line),
        left_out=of_product,
    )
    heading = columns.find_heading(table.rows, _get_file_headings(line), _get_number_headings(line))[0]
    others = {}
    if heading is not None:
        others = line.env["serial.number"]._get_beside_columns(line.product_id, table.rows[heading])
        others.pop(column, None)
    found, product = [], ""
    for index in indexes:
        row = table.rows[index]
        if of_product not in (None, column) and of_product < len(row):
            product = str(row[of_product]).strip() or product
        found.append(FileRow(table.lines[index], row[column], product, _read_beside(row, others)))
    return found


def _read_beside(row, others):
    """Return the other numbers in a row, by the codes of their kinds."""
    beside = {}
    for column, code in others.items():
        text = str(row[column]).strip() if column < len(row) else ""
        if text:
            beside.setdefault(code, []).append(text)
    return beside


def _find_product_column(line, rows):
    """Return the column that says of which product each row is: by its heading, else by what stands in it."""
    titles = _get_product_headings(line)
    column = columns.find_heading(rows, titles, titles)[1]
    if column is not None:
        return column
    known = _get_known_products(line)
    return columns.find_column(rows, lambda text: naming.make_key(text) in known)


def find_pasted_rows(line, text):
    """Return the :class:`FileRow` objects of a pasted text that is a table with headings, or with products.

    :return: a list; empty where each of its cells is a number
    """
    if "\t" not in text:
        return []
    try:
        table = read_upload(line.env, "entry", "", text.encode(), separator="\t", encoding="utf-8")
    except (UserError, UnicodeEncodeError):
        return []  # such as a thousand numbers in one row
    titles = _get_number_headings(line)
    is_table = columns.find_heading(table.rows, titles, titles)[1] is not None
    if not is_table and _find_product_column(line, table.rows) is None:
        return []
    return find_file_rows(line, table)


def add_file_rows(asked, rows):
    """Enter each row on the line of its product.

    :return: the checks in order, the bad ones with their line of the file
    """
    places = _find_product_lines(asked, {row.product for row in rows})
    checks, groups = [None] * len(rows), {}
    for index, row in enumerate(rows):
        doubt = find_doubt(row.cell)
        if doubt:
            checks[index] = _refuse_row(asked, row, "bad_cell", describe_doubt(asked.env, row.cell, doubt))
        elif not places[row.product]:
            checks[index] = _refuse_row(asked, row, "other_product", _message_no_product(asked, row))
        else:
            groups.setdefault(places[row.product], []).append(index)
    for line, indexes in groups.items():
        # What the file says of the product is not to be guessed again from the number.
        products = line.product_id if rows[indexes[0]].product else None
        beside = {place: rows[index].beside for place, index in enumerate(indexes) if rows[index].beside}
        found = line._add_numbers([rows[index].cell for index in indexes], products=products, beside=beside)
        for index, check in zip(indexes, found, strict=True):
            if not check.ok:
                check.message = describe_line(asked.env, rows[index].line, check.message)
            checks[index] = check
    return checks


def add_typed(line, names, add=False, singly=False):
    """Enter what was typed, scanned or pasted; a spreadsheet may have shown some of it as 8.9E+18.

    :return: the checks in order
    """
    doubtful = _find_doubtful(line, names)
    checks = iter(line._add_numbers([name for name in names if name not in doubtful], add=add, singly=singly))
    return [_refuse(line, name, "bad_cell", doubtful[name]) if name in doubtful else next(checks) for name in names]


def _find_doubtful(line, names):
    """Return ``{number: why it may be none}``; what the register knows is one all the same."""
    doubts = {name: doubt for name in names if (doubt := find_doubt(name))}
    keys = [naming.make_key(name) for name in doubts]
    units = line.env["serial.number"].sudo().search([("name_key", "in", keys)]) if keys else ()
    known = {unit.name_key for unit in units}
    return {
        name: describe_doubt(line.env, name, doubt)
        for name, doubt in doubts.items()
        if naming.make_key(name) not in known
    }


def _refuse_row(line, row, code, message):
    return _refuse(line, row.cell, code, describe_line(line.env, row.line, message))


def _refuse(line, name, code, message):
    check = Check(naming.show(str(name).strip()), line_id=line.id)
    check.decide(code, message)
    return check


def _message_no_product(line, row):
    return line.env._(
        "%(serial)s is of %(product)s, which is not on this document or in doubt. Correct the product, or leave "
        "the row out.",
        serial=naming.show(str(row.cell).strip()),
        product=naming.show(row.product),
    )


def _find_product_lines(asked, texts):
    """Return the line of the window for each text that names a product; this line for an empty text.

    :return: dict of lines; empty ones for what names no product of the window, or several
    """
    lines = asked | asked.entry_id.line_ids
    known = _get_known_products(asked)
    found = {"": asked}
    for text in texts - {""}:
        products = known.get(naming.make_key(text), ())
        of_product = lines.filtered(lambda line, products=products: line.product_id in products)
        open_lines = of_product.filtered("missing") or of_product
        found[text] = open_lines[:1] if len(products) == 1 else asked.browse()
    return found


def _get_known_products(line):
    """Return ``{key of a name: the products of the window that have it}``."""
    known = {}
    for product in (line | line.entry_id.line_ids).product_id:
        for text in _get_product_names(product):
            known.setdefault(naming.make_key(text), set()).add(product)
    return known


def _get_product_names(product):
    """Return what a file may call a product: its own names, and those of its vendors."""
    sellers = product.sudo().seller_ids.filtered(lambda seller: seller.product_id in (product, product.browse()))
    names = [product.display_name, product.name, product.default_code, product.barcode]
    return [name for name in [*names, *sellers.mapped("product_code"), *sellers.mapped("product_name")] if name]


def _get_file_headings(line):
    """Return what a column with the numbers of this line may be called, in lower case; extend it for more."""
    product = line.product_id
    titles = [product.default_code, product.barcode, product.name]
    return _get_number_headings(line) | {title.strip().lower() for title in titles if title}


def _get_number_headings(line):
    """Return what a column with numbers of any product may be called, in lower case; extend it for more."""
    titles = [*NUMBER_HEADINGS, line.env._("Serial Number"), line.env._("Serial Numbers")]
    return {title.strip().lower() for title in titles}


def _get_product_headings(line):
    """Return what a column with the product of each row may be called, in lower case; extend it for more."""
    titles = [*PRODUCT_HEADINGS, line.env._("Product"), line.env._("Internal Reference")]
    return {title.strip().lower() for title in titles}


def read_table(line, name, content):
    """Return the :class:`~..tools.table.Table` in a file.

    :raise UserError: for no file, for one that is too large, and for one that cannot be read
    """
    try:
        # A few bytes more than fit are enough to see that it is too large.
        data = base64.b64decode(content[: (UPLOADS["entry"].size // 3 + 2) * 4], validate=True)
    except (binascii.Error, TypeError, ValueError) as error:
        raise make_file_error(line.env, name) from error
    return read_upload(line.env, "entry", name, data)
