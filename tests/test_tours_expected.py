from odoo.tests import tagged

from .common.expected import ExpectedCommon
from .common.tours import TourCommon


@tagged("post_install", "-at_install")
class TestToursExpected(TourCommon, ExpectedCommon):
    """The vendor's list, from the order to the receipt."""

    def test_announced_on_the_order_received_with_one_missing_and_two_more(self):
        line = self._order(5)
        self._tour("serial_expected_announce", line.order_id, action="purchase.purchase_form_action", login="buyer")
        self.assertEqual(self._statuses(["A1", "A2", "A3", "A4"]), ["expected"] * 4)

        picking = self._receipt(line)
        self._tour("serial_expected_receive", picking)

        self.assertEqual(picking.state, "done")
        self.assertEqual(set(self._names(picking)), {"A1", "A2", "A4", "X1", "X2"})
        self.assertEqual(self._notes("X1"), ["It was not announced."])
        self.assertEqual(self._notes("A3"), [f"Announced for {picking.name}, did not come."])
        self.assertEqual(self._unit("A3").status, "void")
        self.assertAddsUp()
