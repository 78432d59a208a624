"""Serial numbers from a file: CSV or a spreadsheet, as vendors send them."""

import base64
import binascii
import zipfile

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.base_import.models.base_import import ImportValidationError

from ..models import serial_file, serial_name
from .serial_entry_line import RANGE_LIMIT

FILE_LIMIT = 10  # megabytes, as they are sent
UNPACKED_LIMIT = 200  # megabytes, as they are read
MEGABYTE = 1024**2
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
        name = serial_name.clean(name)
        rows = self._read_rows(name, self._decode_file(name, content))
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
        if len(numbers) > RANGE_LIMIT:
            raise UserError(
                self.env._("%(file)s has more than %(limit)s rows. Split it.", file=name, limit=RANGE_LIMIT)
            )
        return self._enter(numbers)

    def _get_file_headings(self):
        """Return what a column with the numbers of this line may be called, in lower case; extend it for more."""
        product = self.product_id
        titles = [*FILE_HEADINGS, self.env._("Serial Number"), self.env._("Serial Numbers")]
        titles += [product.default_code, product.barcode, product.name]
        return {title.strip().lower() for title in titles if title}

    def _decode_file(self, name, content):
        """Return the file's bytes.

        :raise UserError: for no file, and for one that is too large
        """
        try:
            data = base64.b64decode(content, validate=True)
            size = max(len(data) / FILE_LIMIT, serial_file.measure_unpacked(data) / UNPACKED_LIMIT)
        except (binascii.Error, TypeError, ValueError, zipfile.BadZipFile) as error:
            raise self._make_file_error(name) from error
        if size > MEGABYTE:
            raise UserError(self.env._("%(file)s has more than %(limit)s MB. Split it.", file=name, limit=FILE_LIMIT))
        return data

    def _read_rows(self, name, data):
        """Return the table in a file, read as Odoo's own import reads it, as lists of texts.

        :raise UserError: when it cannot be read
        """
        if not data:
            return []
        # Whatever is no spreadsheet is taken for a CSV file, a plain list of numbers for one with one column.
        reader = self.env["base_import.import"].new({"file": data, "file_name": name, "file_type": "text/csv"})
        try:
            options = {} if data.startswith(serial_file.SPREADSHEETS) else serial_file.find_csv_options(data)
            _count, rows = reader._read_file({"quoting": '"', **options})
        except (ImportValidationError, ValueError, UserError) as error:
            raise self._make_file_error(name) from error
        return [[str(cell) for cell in row] for row in rows]

    def _make_file_error(self, name):
        return UserError(
            self.env._(
                "%s cannot be read. Save it as CSV (UTF-8) or XLSX, with one serial number a row, and upload it again.",
                name or self.env._("The file"),
            )
        )
