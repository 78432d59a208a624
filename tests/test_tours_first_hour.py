from odoo.tests import tagged

from .common.tours import TourCommon

STEPS = ("follow", "receive", "ship", "number", "register", "recall")


@tagged("post_install", "-at_install")
class TestToursFirstHour(TourCommon):
    """What a new user is led through, from the start screen."""

    def _play(self, step):
        action = "serial_number_tracking.serial_start_action"
        self._tour(f"serial_number_tracking_{step}", action=action, login="admin")

    def _done(self):
        return [step["key"] for step in self.env["serial.number"].get_first_steps() if step["is_done"]]

    def test_when_a_new_user_follows_the_tours_then_each_step_is_done(self):
        self.env["res.partner"].create({"name": "First User"})
        self.assertEqual(self.env["web_tour.tour"].search_count([("name", "like", "serial_number_tracking_")]), 6)
        for number, step in enumerate(STEPS, 1):
            self._play(step)
            self.assertGreaterEqual(set(self._done()), set(STEPS[:number]))
        self.assertEqual(self._unit("FIRST-1", self._first_product()).end_user_id.name, "First User")
        self.assertEqual(self._unit("FIRST-2", self._first_product()).status, "available")

    def _first_product(self):
        return self.env["product.product"].search([("name", "=", "First Scanner")])
