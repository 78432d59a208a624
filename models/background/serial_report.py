from odoo import models

from ...engine import outside


class SerialReport(models.TransientModel):
    _inherit = "serial.report"

    def action_export_in_background(self):
        """Let the scheduled job write the spreadsheet: the user goes on, and gets a message when it is there.

        :return: the action that shows the job
        :raise UserError: when there is no unit, or more than a sheet has rows
        """
        outside.check_one(self)
        self._check_sheet()
        vals = {"settings": self._prepare_choices()}
        return self.env["serial.job"]._queue("report", self.env._("Serial Number Report"), vals)
