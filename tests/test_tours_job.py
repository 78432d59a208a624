from odoo.tests import tagged

from .common.tours import TourCommon


@tagged("post_install", "-at_install")
class TestJobTours(TourCommon):
    """A long file left to the scheduled job in the browser."""

    def test_import_in_the_background_cancel_and_try_again(self):
        self._tour("serial_import_in_background", login="manager", action="serial_number_tracking.serial_number_action")

        job = self.env["serial.job"].search([])
        self.assertRecordValues(job, [{"kind": "import", "state": "waiting", "user_id": self.manager.id}])
        self.assertEqual(job.settings["fields"], ["name", "product_id"])

    def test_import_names_all_bad_rows_and_asks_for_the_format_of_dates(self):
        self._tour("serial_import_faults", login="manager", action="serial_number_tracking.serial_number_action")
        self.assertFalse(self.register.search([("name", "in", ["A1", "A2", "A3"])]))
