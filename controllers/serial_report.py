from contextlib import ExitStack
from tempfile import TemporaryFile

from werkzeug.wsgi import wrap_file

from odoo.http import Controller, content_disposition, request, route

from ..wizards.serial_report_xlsx import write_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SerialReportController(Controller):
    @route("/serial_number_tracking/report/<int:report_id>", type="http", auth="user", readonly=True)
    def download(self, report_id):
        """Send a serial number report as a spreadsheet, from a file that is never in memory as a whole.

        :param int report_id: the user's own ``serial.report``
        """
        report = request.env["serial.report"].search([("id", "=", report_id)])
        if not report:
            raise request.not_found()
        with ExitStack() as stack:
            file = stack.enter_context(TemporaryFile())
            write_workbook(file, report)
            headers = [
                ("Content-Type", XLSX),
                ("Content-Length", file.tell()),
                ("Content-Disposition", content_disposition(report._get_xlsx_name())),
            ]
            file.seek(0)
            response = request.make_response(wrap_file(request.httprequest.environ, file), headers)
            response.call_on_close(stack.pop_all().close)
        return response
