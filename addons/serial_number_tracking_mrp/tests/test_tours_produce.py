from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common.tours import TourCommon

from .common import ProduceCommon


@tagged("post_install", "-at_install")
class TestProduceTours(ProduceCommon, TourCommon):
    """*Produce*, played in a real browser."""

    def test_produce_asks_for_what_is_made_and_what_goes_into_it(self):
        self._stock_parts("B1", "B2")
        order = self._make_order(1)

        self._tour("serial_produce", order, action="mrp.mrp_production_action", login="worker")

        self.assertEqual(order.state, "done")
        self.assertEqual(self._parts_of("A1"), ["B1", "B2"])
        self.assertAllAddUp()
