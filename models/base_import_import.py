import base64

from odoo import models
from odoo.exceptions import AccessError, UserError


class BaseImport(models.TransientModel):
    _inherit = "base_import.import"

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
        vals = {
            "file": base64.b64encode(self.file),
            "file_name": self.file_name,
            "settings": {"fields": fields, "options": options, "file_type": self.file_type},
        }
        return self.env["serial.job"]._queue("import", self.env._("Import of %s", self.file_name), vals)
