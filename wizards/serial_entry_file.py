"""Serial numbers from a file: CSV or a spreadsheet, as vendors send them."""

import base64
import binascii

from odoo import models
from odoo.exceptions import UserError

from ..models import serial_file, serial_name, serial_outside
from ..models.serial_upload import UPLOADS, make_file_error, read_upload

FILE_NAME = 100  # characters of a file's name, in messages
FILE_HEADINGS = ("Serial Number", "Serial Numbers", "Serial", "Serial No", "Serial No.", "S/N", "SN")


class SerialEntryLine(models.TransientModel):
    _inherit = "serial.entry.line"

    def enter_file(self, name, content):
        """Enter the numbers of a CSV or XLSX file: of the column that is headed as such, else of the first with any.

        A column is recognized by the heading *Serial Number*, or by the product's reference, barcode or name.

        :param str name: the file's name
        :param str content: the file, base64
        :return: see :meth:`enter_text`
        :raise UserError: for a file that is too large, cannot be read, or has no numbers
        """
        self.ensure_one()
        self.entry_id._check_open()
        name = serial_name.show(serial_name.clean(name), FILE_NAME)
        rows = self._read_rows(name, content)
        pattern = self.product_id._compile_serial_format()
        numbers = serial_file.find_numbers(
            rows, self._get_file_headings(), lambda text: not self.product_id._find_serial_fault(text, pattern)
        )
        if not numbers:
            raise UserError(
                self.env._(
                    "%(file)s has no serial numbers of %(product)s. Head their column Serial Number, and upload it "
                    "again.",
                    file=name,
                    product=self.product_id.display_name,
                )
            )
        if len(numbers) > serial_outside.NAMES_LIMIT:
            raise UserError(
                self.env._(
                    "%(file)s has more than %(limit)s rows. Split it.", file=name, limit=serial_outside.NAMES_LIMIT
                )
            )
        return self._enter(numbers)

    def _get_file_headings(self):
        """Return what a column with the numbers of this line may be called, in lower case; extend it for more."""
        product = self.product_id
        titles = [*FILE_HEADINGS, self.env._("Serial Number"), self.env._("Serial Numbers")]
        titles += [product.default_code, product.barcode, product.name]
        return {title.strip().lower() for title in titles if title}

    def _read_rows(self, name, content):
        """Return the table in a file as lists of texts.

        :raise UserError: for no file, for one that is too large, and for one that cannot be read
        """
        try:
            # A few bytes more than fit are enough to see that it is too large.
            data = base64.b64decode(content[: (UPLOADS["entry"].size // 3 + 2) * 4], validate=True)
        except (binascii.Error, TypeError, ValueError) as error:
            raise make_file_error(self.env, name) from error
        return [[str(cell) for cell in row] for row in read_upload(self.env, "entry", name, data).rows]
