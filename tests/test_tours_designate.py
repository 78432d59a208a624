from odoo.tests import tagged

from .common.designate import DesignateCommon
from .common.tours import TourCommon


@tagged("post_install", "-at_install")
class TestToursDesignate(TourCommon, DesignateCommon):
    """What a customer is promised, from the order to the delivery."""

    def test_designated_on_the_order_and_proposed_by_its_delivery(self):
        self._receive(["A1", "A2", "A3"])
        self._promise(self._order(partner=self.other_customer), "D1")
        order = self._own_order(2)
        self._tour("serial_designate_order", order, action="sale.action_orders", login="salesman")
        self._assert_designated(order, "A1", "A3")

        picking = order.sudo().picking_ids
        self._tour("serial_designate_deliver", picking)

        self.assertEqual(self._units("sold").mapped("name"), ["A1", "A3"])
        self.assertEqual(picking.state, "done")
        self.assertAddsUp()
