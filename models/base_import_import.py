import base64

from odoo import models
from odoo.exceptions import AccessError, UserError

from odoo.addons.base_import.models.base_import import ImportValidationError

from .serial_upload import UPLOADS, read_upload

ADDON = "serial_number_tracking"


class BaseImport(models.TransientModel):
    _inherit = "base_import.import"

    def _is_serial_import(self):
        """Tell whether a file for one of the addon's own models is imported."""
        return self.res_model in self.env and self.env[self.res_model]._original_module == ADDON

    # EXTENDS 'base_import'
    def _read_file(self, options):
        """Read a file for one of the addon's models as a stream, within limits."""
        if not self._is_serial_import():
            return super()._read_file(options)
        table = self._read_table(options)
        options |= table.options
        if table.sheets:
            options |= {"sheets": table.sheets, "sheet": table.sheet}
        rows = table.make_even()
        return len(rows), rows

    def _read_table(self, options):
        """Return the table in the file.

        :param dict options: how the file is to be read
        :raise ImportValidationError: when it cannot be read, or holds no row
        """
        chosen = {name: options.get(name) or "" for name in ("encoding", "separator", "sheet")}
        quoting = options.get("quoting") or '"'
        try:
            table = read_upload(self.env, "import", self.file_name, self.file or b"", quoting=quoting, **chosen)
        except UserError as error:
            raise ImportValidationError(str(error)) from error
        if len(table.rows) <= bool(options.get("has_headers")):
            raise ImportValidationError(
                self.env._(
                    "%s has no rows below its headings. Add one for each record, and load it again.",
                    self.file_name or self.env._("The file"),
                )
            )
        return table

    def action_import_in_background(self, fields, options):
        """Let the scheduled job import the file: it goes on when the browser is closed, or the server restarts.

        :param list fields: the field of each column, as the import screen knows them; False for one to leave out
        :param dict options: how the file is to be read, as in the import screen
        :return: the action that shows the job
        :raise AccessError: when the user may not import units, or did not load the file
        :raise UserError: when it is not a file of serial numbers
        """
        self.ensure_one()
        if self.create_uid != self.env.user:
            raise AccessError(self.env._("Somebody else has loaded this file. Load it yourself, and import it then."))
        register = self.env["serial.number"]
        register.check_access("create")
        if self.res_model != register._name or not self.file:
            raise UserError(self.env._("Load a file of serial numbers first."))
        if len(self.file) > UPLOADS["import"].size:
            read_upload(self.env, "import", self.file_name, self.file)  # says so
        vals = {
            "file": base64.b64encode(self.file),
            "file_name": self.file_name,
            "settings": {"fields": fields, "options": options, "file_type": self.file_type},
        }
        return self.env["serial.job"]._queue("import", self.env._("Import of %s", self.file_name), vals)
