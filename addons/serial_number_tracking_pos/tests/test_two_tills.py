from odoo import SUPERUSER_ID
from odoo.tests import tagged

from .two_tills import TwoTillsCommon


@tagged("post_install", "-at_install")
class TestTwoTills(TwoTillsCommon):
    """Two tills send orders about the same unit at the same moment."""

    def test_when_two_tills_sell_one_unit_at_once_then_one_sells_it_and_the_other_waits_with_its_order(self):
        self._prepare("in", self.stock, ["A1", "A2"], done=True)

        orders = self._send_at_once(self._prepare_till(0), self._prepare_till(1))

        self._assert_complete(*orders)
        self.assertEqual(self._statuses()[:1], [("A1", "sold")])
        [(order, note)] = self._get_waiting()
        self.assertEqual(order, orders[1])
        self.assertIn("A1 (Two at Once) was sold to Two at Once", note)

    def test_when_a_refund_and_a_sale_of_one_unit_meet_then_it_comes_back_and_is_sold_again(self):
        self._prepare("in", self.stock, ["A1", "A2"], done=True)
        order = self._sell()

        orders = self._send_at_once(self._prepare_till(0, refunded=order), self._prepare_till(1))

        self._assert_complete(*orders)
        self.assertEqual(self._statuses(), [("A1", "sold"), ("A2", "available")])
        self.assertEqual(self._get_waiting(), [])

    def test_when_the_sale_is_faster_than_the_refund_then_its_conflict_waits_and_the_unit_comes_back(self):
        self._prepare("in", self.stock, ["A1", "A2"], done=True)
        order = self._sell()

        orders = self._send_at_once(self._prepare_till(1), self._prepare_till(0, refunded=order))

        self._assert_complete(*orders)
        self.assertEqual(self._statuses()[:2], [("A1", "available"), ("A2", "available")])
        [(waiting, note)] = self._get_waiting()
        self.assertEqual(waiting, orders[0])
        self.assertIn("A1", note)

    def test_when_two_tills_take_one_unit_back_at_once_then_it_comes_back_once_and_somebody_is_told(self):
        self._prepare("in", self.stock, ["A1", "A2"], done=True)
        order = self._sell()

        orders = self._send_at_once(self._prepare_till(0, refunded=order), self._prepare_till(1, refunded=order))

        self._assert_complete(*orders)
        self.assertEqual(self._statuses()[:1], [("A1", "available")])
        [(_order, note)] = self._get_waiting()
        self.assertIn("A1", note)


@tagged("post_install", "-at_install")
class TestTwoTillsWithLots(TwoTillsCommon):
    """The same of a product that Odoo's lots lead: both orders name the same lot."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            self._env(cr, SUPERUSER_ID)["product.product"].browse(self.product).tracking = "serial"
        self._receive_lots("A1", "A2")

    def _receive_lots(self, *names):
        """Commit a receipt of lots."""
        with self.registry.cursor() as cr:
            env = self._env(cr)
            places = {"location_id": self.supplier, "location_dest_id": self.stock}
            move = {"product_id": self.product, "product_uom_qty": len(names), **places}
            vals = {"picking_type_id": self.types["in"], "partner_id": self.partner, **places}
            picking = env["stock.picking"].create({**vals, "move_ids": [(0, 0, move)]})
            picking.action_confirm()
            for line, name in zip(picking.move_ids.move_line_ids, names, strict=True):
                line.write({"lot_name": name, "quantity": 1})
            picking.move_ids.picked = True
            picking.button_validate()
            self.assertEqual(picking.state, "done")

    def _assert_waits(self, orders, waiting, *reasons):
        """One order's goods wait with the reason; the other's left or came."""
        self._assert_complete(*orders, waiting=[waiting])
        [note] = self._get_told(waiting)
        for reason in reasons:
            self.assertIn(reason, note)

    def test_when_two_tills_sell_one_lot_at_once_then_one_sells_it_and_the_other_waits_with_the_reason(self):
        orders = self._send_at_once(self._prepare_till(0), self._prepare_till(1))

        self._assert_waits(orders, orders[1], "A1 (Two at Once) was sold to Two at Once")
        self.assertEqual(self._statuses(), [("A1", "sold"), ("A2", "available")])

    def test_when_a_refund_and_a_sale_of_one_lot_meet_then_it_comes_back_and_is_sold_again(self):
        order = self._sell()

        orders = self._send_at_once(self._prepare_till(0, refunded=order), self._prepare_till(1))

        self._assert_complete(*orders)
        self.assertEqual(self._statuses(), [("A1", "sold"), ("A2", "available")])

    def test_when_the_sale_is_faster_than_the_refund_then_it_waits_and_the_lot_comes_back(self):
        order = self._sell()

        orders = self._send_at_once(self._prepare_till(1), self._prepare_till(0, refunded=order))

        self._assert_waits(orders, orders[0], "A1 (Two at Once) was sold to Two at Once")
        self.assertEqual(self._statuses(), [("A1", "available"), ("A2", "available")])

    def test_when_two_tills_take_one_lot_back_at_once_then_it_comes_back_once_and_the_other_waits(self):
        order = self._sell()

        orders = self._send_at_once(self._prepare_till(0, refunded=order), self._prepare_till(1, refunded=order))

        self._assert_waits(orders, orders[1], "A1")
        self.assertEqual(self._statuses(), [("A1", "available"), ("A2", "available")])
