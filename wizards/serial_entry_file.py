"""Serial numbers from a file: CSV or a spreadsheet, as vendors send them."""

import base64
import binascii
from dataclasses import dataclass

from odoo import models
from odoo.exceptions import UserError

from ..engine import outside
from ..engine.upload import UPLOADS, describe_doubt, describe_line, make_file_error, read_upload
from ..tools import columns, naming
from ..tools.table import find_doubt

FILE_NAME = 100  # characters of a file's name, in messages
NUMBER_HEADINGS = ("Serial Number", "Serial Numbers", "Serial", "Serial No", "Serial No.", "S/N", "SN")
PRODUCT_HEADINGS = ("Product", "Internal Reference", "Product Reference", "Product Code", "Product Name", "SKU", "Item")


@dataclass
class FileRow:
    """A number in a file.

    :ivar int line: of the file
    :ivar cell: the number, of a :class:`~..tools.table.Table`
    :ivar str product: what the file says that it is a number of; empty where it says nothing
    """

    line: int
    cell: str
    product: str


class SerialEntryLine(models.TransientModel):
    _inherit = "serial.entry.line"

    def enter_file(self, name, content):
        """Enter the numbers of a CSV file or a spreadsheet, each on the line of its product.

        They stand in the column that is headed *Serial Number*, or by the product's reference, barcode or name, else in
        the first column that holds a number. A column *Product*, or one with products of the document in it, says by
        reference, barcode or name of which product each of them is; where it is empty, that of the row above counts.

        :param str name: the file's name
        :param str content: the file, base64
        :return: see :meth:`enter_text`; bad numbers are told by their line of the file
        :raise UserError: for a file that is too large, cannot be read, or has no numbers
        """
        self.ensure_one()
        self.entry_id._check_open()
        name = naming.show(naming.clean(name), FILE_NAME)
        rows = self._find_file_rows(self._read_table(name, content))
        if not rows:
            raise UserError(
                self.env._(
                    "%(file)s has no serial numbers of %(product)s. Head their column Serial Number, and upload it "
                    "again.",
                    file=name,
                    product=self.product_id.display_name,
                )
            )
        if len(rows) > outside.NAMES_LIMIT:
            raise UserError(
                self.env._("%(file)s has more than %(limit)s rows. Split it.", file=name, limit=outside.NAMES_LIMIT)
            )
        return self._make_result(self._add_file_rows(rows))

    def _find_file_rows(self, table):
        """Return the :class:`FileRow` objects of a table."""
        pattern = self.product_id._compile_serial_format()
        of_product = self._find_product_column(table.rows)
        column, indexes = columns.find_numbers(
            table.rows,
            self._get_file_headings(),
            lambda text: not self.product_id._find_serial_fault(text, pattern),
            titles=self._get_number_headings(),
            left_out=of_product,
        )
        found, product = [], ""
        for index in indexes:
            row = table.rows[index]
            if of_product not in (None, column) and of_product < len(row):
                product = str(row[of_product]).strip() or product
            found.append(FileRow(table.lines[index], row[column], product))
        return found

    def _find_product_column(self, rows):
        """Return the column that says of which product each row is: by its heading, else by what stands in it."""
        titles = self._get_product_headings()
        column = columns.find_heading(rows, titles, titles)[1]
        if column is not None:
            return column
        known = self._get_known_products()
        return columns.find_column(rows, lambda text: naming.make_key(text) in known)

    def _find_pasted_rows(self, text):
        """Return the :class:`FileRow` objects of a pasted text that is a table with headings, or with products.

        :return: a list; empty where each of its cells is a number
        """
        if "\t" not in text:
            return []
        try:
            table = read_upload(self.env, "entry", "", text.encode(), separator="\t", encoding="utf-8")
        except (UserError, UnicodeEncodeError):
            return []  # such as a thousand numbers in one row
        titles = self._get_number_headings()
        is_table = columns.find_heading(table.rows, titles, titles)[1] is not None
        if not is_table and self._find_product_column(table.rows) is None:
            return []
        return self._find_file_rows(table)

    def _add_file_rows(self, rows):
        """Enter each row on the line of its product.

        :return: the checks in order, the bad ones with their line of the file
        """
        places = self._find_product_lines({row.product for row in rows})
        checks, groups = [None] * len(rows), {}
        for index, row in enumerate(rows):
            doubt = find_doubt(row.cell)
            if doubt:
                checks[index] = self._refuse_row(row, "bad_cell", describe_doubt(self.env, row.cell, doubt))
            elif not places[row.product]:
                checks[index] = self._refuse_row(row, "other_product", self._message_no_product(row))
            else:
                groups.setdefault(places[row.product], []).append(index)
        for line, indexes in groups.items():
            # What the file says of the product is not to be guessed again from the number.
            products = line.product_id if rows[indexes[0]].product else None
            found = line._add_numbers([rows[index].cell for index in indexes], products=products)
            for index, check in zip(indexes, found, strict=True):
                if not check["ok"]:
                    check = check | {"message": describe_line(self.env, rows[index].line, check["message"])}
                checks[index] = check
        return checks

    def _add_typed(self, names, add=False):
        """Enter what was typed, scanned or pasted; a spreadsheet may have shown some of it as 8.9E+18.

        :return: the checks in order
        """
        doubtful = self._find_doubtful(names)
        checks = iter(self.add_serials([name for name in names if name not in doubtful], add=add))
        return [self._refuse(name, "bad_cell", doubtful[name]) if name in doubtful else next(checks) for name in names]

    def _find_doubtful(self, names):
        """Return ``{number: why it may be none}``; what the register knows is one all the same."""
        doubts = {name: doubt for name in names if (doubt := find_doubt(name))}
        keys = [naming.make_key(name) for name in doubts]
        units = self.env["serial.number"].sudo().search([("name_key", "in", keys)]) if keys else ()
        known = {unit.name_key for unit in units}
        return {
            name: describe_doubt(self.env, name, doubt)
            for name, doubt in doubts.items()
            if naming.make_key(name) not in known
        }

    def _refuse_row(self, row, code, message):
        return self._refuse(row.cell, code, describe_line(self.env, row.line, message))

    def _refuse(self, name, code, message):
        return {
            "name": naming.show(str(name).strip()),
            "serial_id": False,
            "code": code,
            "ok": False,
            "message": message,
            "warranty_end": False,
            "line_id": self.id,
        }

    def _message_no_product(self, row):
        return self.env._(
            "%(serial)s is of %(product)s, which is not on this document or in doubt. Correct the product, or leave "
            "the row out.",
            serial=naming.show(str(row.cell).strip()),
            product=naming.show(row.product),
        )

    def _find_product_lines(self, texts):
        """Return the line of the window for each text that names a product; this line for an empty text.

        :return: dict of lines; empty ones for what names no product of the window, or several
        """
        lines = self | self.entry_id.line_ids
        known = self._get_known_products()
        found = {"": self}
        for text in texts - {""}:
            products = known.get(naming.make_key(text), ())
            of_product = lines.filtered(lambda line, products=products: line.product_id in products)
            open_lines = of_product.filtered("missing") or of_product
            found[text] = open_lines[:1] if len(products) == 1 else self.browse()
        return found

    def _get_known_products(self):
        """Return ``{key of a name: the products of the window that have it}``."""
        known = {}
        for product in (self | self.entry_id.line_ids).product_id:
            for text in self._get_product_names(product):
                known.setdefault(naming.make_key(text), set()).add(product)
        return known

    def _get_product_names(self, product):
        """Return what a file may call a product: its own names, and those of its vendors."""
        sellers = product.sudo().seller_ids.filtered(lambda seller: seller.product_id in (product, product.browse()))
        names = [product.display_name, product.name, product.default_code, product.barcode]
        return [name for name in [*names, *sellers.mapped("product_code"), *sellers.mapped("product_name")] if name]

    def _get_file_headings(self):
        """Return what a column with the numbers of this line may be called, in lower case; extend it for more."""
        product = self.product_id
        titles = [product.default_code, product.barcode, product.name]
        return self._get_number_headings() | {title.strip().lower() for title in titles if title}

    def _get_number_headings(self):
        """Return what a column with numbers of any product may be called, in lower case; extend it for more."""
        titles = [*NUMBER_HEADINGS, self.env._("Serial Number"), self.env._("Serial Numbers")]
        return {title.strip().lower() for title in titles}

    def _get_product_headings(self):
        """Return what a column with the product of each row may be called, in lower case; extend it for more."""
        titles = [*PRODUCT_HEADINGS, self.env._("Product"), self.env._("Internal Reference")]
        return {title.strip().lower() for title in titles}

    def _read_table(self, name, content):
        """Return the :class:`~..tools.table.Table` in a file.

        :raise UserError: for no file, for one that is too large, and for one that cannot be read
        """
        try:
            # A few bytes more than fit are enough to see that it is too large.
            data = base64.b64decode(content[: (UPLOADS["entry"].size // 3 + 2) * 4], validate=True)
        except (binascii.Error, TypeError, ValueError) as error:
            raise make_file_error(self.env, name) from error
        return read_upload(self.env, "entry", name, data)
