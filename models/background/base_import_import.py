import base64

from odoo import models
from odoo.exceptions import UserError

from ...engine import outside
from ...engine.upload import UPLOADS, read_upload

COLUMN_LENGTH = 200  # characters of a field's name, with the fields of the records that it leads to


class BaseImport(models.TransientModel):
    _inherit = "base_import.import"

    def _are_columns(self, fields):
        """Tell whether a caller's columns are what the import screen sends: a field or nothing for each."""
        return isinstance(fields, list) and all(
            not field or (isinstance(field, str) and len(field) <= COLUMN_LENGTH) for field in fields
        )

    def action_import_in_background(self, fields, options):
        """Let the scheduled job import the file: it goes on when the browser is closed, or the server restarts.

        :param list fields: the field of each column, as the import screen knows them; False for one to leave out
        :param dict options: how the file is to be read, as in the import screen
        :return: the action that shows the job
        :raise AccessError: when the user may not import units, or did not load the file
        :raise UserError: when it is not a file of serial numbers, and for columns that are none
        """
        outside.check_one(self)
        register = self.env["serial.number"]
        register.check_access("create")
        if self.res_model != register._name or not self.file:
            raise UserError(self.env._("Load a file of serial numbers first."))
        self._check_serial_import()
        if not self._are_columns(fields) or not isinstance(options, dict):
            raise UserError(
                self.env._("Say which field each column of %s is, as the import screen does.", self.file_name)
            )
        if len(self.file) > UPLOADS["import"].size:
            read_upload(self.env, "import", self.file_name, self.file)  # says so
        options = {**options, "date_format": self._make_import_file(options).date_format}
        vals = {
            "file": base64.b64encode(self.file),
            "file_name": self.file_name,
            "settings": {"fields": fields, "options": options, "file_type": self.file_type},
        }
        return self.env["serial.job"]._queue("import", self.env._("Import of %s", self.file_name), vals)
