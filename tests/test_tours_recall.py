from odoo.tests import tagged

from .common.tours import TourCommon


@tagged("post_install", "-at_install")
class TestRecallTour(TourCommon):
    """A recall in the browser, from its numbers to its end."""

    def test_recall_is_created_held_notified_and_closed(self):
        self.customer.email = "customer@example.com"
        self._receive(["A1", "A2", "A3", "A4"])
        self._ship(["A3"])
        self._ship(["A4"], partner=self.other_customer)

        self._tour("serial_recall_story", action="serial_number_tracking.serial_recall_action", login="manager")

        recall = self.env["serial.recall"].search([("reason", "=", "Battery may overheat")])
        self.assertRecordValues(
            recall, [{"state": "done", "unit_count": 4, "held_count": 2, "sold_count": 2, "leftover": False}]
        )
        self.assertEqual(recall.notice_ids.mapped("state"), ["queued", "told"])
        self.assertEqual(self._units("hold").mapped("name"), ["A1", "A2"])
