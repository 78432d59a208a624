"""The serial number report as a background job: a spreadsheet that takes longer than a browser waits."""

import base64
from tempfile import TemporaryFile

from odoo import models

from ...wizards.serial_report_xlsx import write_workbook


class SerialJob(models.Model):
    _inherit = "serial.job"

    def _work_report(self):
        """Write the spreadsheet from its beginning: half of one is worth nothing after a restart.

        :return: whether there is time for more
        """
        report = self._as_requested().env["serial.report"].create(self.settings)
        self.count = report.count
        self._keep(done=0)
        with TemporaryFile() as file:
            write_workbook(file, report, lambda rows: self._keep(done=rows))
            file.seek(0)
            content = base64.b64encode(file.read())
        message = self.env._("%s is ready. Open it to download the spreadsheet.", self.name)
        self._finish(message, done=self.count, result=content, result_name=report._get_xlsx_name())
        return self._commit()
