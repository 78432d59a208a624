from odoo.tests import tagged

from .common.tours import TourCommon


@tagged("post_install", "-at_install")
class TestReportTours(TourCommon):
    """The serial number report as a clerk makes it in the browser."""

    def test_report_on_screen_on_paper_and_in_a_file(self):
        self._receive(["A10", "A2", "A1", "A3"])
        self._ship(["A3"])

        self._tour("serial_report_story", action="serial_number_tracking.serial_number_action")

        self.assertRecordValues(
            self.env["serial.report"].search([("product_ids", "in", self.product.ids)]),
            [{"status": "available", "order_by": "serial", "count": 3, "create_uid": self.clerk.id}] * 3,
        )
