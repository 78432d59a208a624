"""The serial number report as a background job: a spreadsheet that takes longer than a browser waits."""

import base64
from tempfile import TemporaryFile

from ...wizards.serial_report_xlsx import write_workbook
from .work import Work


class ReportWork(Work):
    """The spreadsheet of a report."""

    def run(self):
        """Write the spreadsheet from its beginning: half of one is worth nothing after a restart."""
        job = self.job
        report = job._as_requested().env["serial.report"].create(job.settings)
        job.count = report.count
        job._keep(done=0)
        with TemporaryFile() as file:
            write_workbook(file, report, lambda rows: job._keep(done=rows))
            file.seek(0)
            content = base64.b64encode(file.read())
        message = job.env._("%s is ready. Open it to download the spreadsheet.", job.name)
        job._finish(message, done=job.count, result=content, result_name=report._get_xlsx_name())
        return job._commit()
