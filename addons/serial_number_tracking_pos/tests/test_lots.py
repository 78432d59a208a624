from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common.lots import LotCommon

from .common import PosSerialCommon


@tagged("post_install", "-at_install")
class TestLots(PosSerialCommon, LotCommon):
    """Products whose numbers Odoo's lots carry: the till enters lots, and units follow."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cashier.group_ids |= cls.env.ref("stock.group_stock_user")  # Odoo's lots ask for it
        cls.product.product_tmpl_id.write({"available_in_pos": True, "taxes_id": False, "list_price": 10})

    def test_when_lots_are_sold_then_their_units_are(self):
        self._receive_lots("A1", "A2", "A3")
        order = self._sell(["A1", "A3"])
        self.assertEqual(order.picking_ids.state, "done")
        self.assertEqual(order.picking_ids.move_line_ids.lot_id.mapped("name"), ["A1", "A3"])
        self.assertEqual(self._statuses("A1", "A2", "A3"), ["sold", "available", "sold"])
        self.assertEqual(self._unit("A1").pos_order_id, order)
        self.assertAddsUp()

    def test_when_one_of_three_is_refunded_then_this_lot_comes_back(self):
        self._receive_lots("A1", "A2", "A3")
        order = self._sell(["A1", "A2", "A3"])
        self._refund(order, ["A2"], statuses={"A2": "hold"})
        self.assertEqual(self._statuses("A1", "A2", "A3"), ["sold", "hold", "sold"])
        self.assertAddsUp()

    def test_when_two_lines_sell_lots_then_each_has_its_own(self):
        self._receive_lots("A1", "A2", "A3")
        lines = self._prepare_line(["A1"]), self._prepare_line(["A2", "A3"], price=5)
        order = self._sync(*lines, partner=self.customer, invoice=True)
        self.assertEqual(order.lines[0]._get_units_left(self.product).mapped("name"), ["A1"])
        sold = order.account_move.invoice_line_ids.filtered("product_id")
        self.assertEqual(sold.mapped("serial_text"), ["A1", "A2\nA3"])
        self.assertFalse(order.account_move._get_invoiced_lot_values())
        self.assertAddsUp()

    def test_when_a_lot_on_hold_is_checked_then_it_is_refused(self):
        self._receive_lots("A1", "A2")
        self._unit("A1").action_hold("Scratched")
        lines = self.env["pos.order.line"].with_user(self.cashier)
        checks = lines.check_serials(self.config.id, self.product.id, ["A1", "A2", "X1"])
        self.assertEqual([check["code"] for check in checks], ["hold", "ok", "unknown"])

    def test_when_a_lot_on_hold_is_sold_without_connection_then_the_register_follows_and_somebody_is_told(self):
        self._receive_lots("A1")
        self._unit("A1").action_hold("Scratched")
        order = self._sell(["A1"])
        self.assertEqual(order.picking_ids.state, "done")
        self.assertEqual(self._unit("A1").pos_order_id, order)
        self.assertIn("Scratched", self._unit("A1").activity_ids.note)
        self.assertAddsUp()

    def test_when_a_sold_lot_is_sold_without_connection_then_its_delivery_waits_and_somebody_is_told(self):
        self._receive_lots("A1", "A2")
        self._sell(["A1"])

        order = self._sell(["A1"])

        picking = order.picking_ids
        self.assertEqual((order.state, picking.state), ("paid", "assigned"))
        self.assertIn("A1 (Laptop) was sold to Customer", picking.activity_ids.note)
        self.assertAddsUp()
        picking.move_ids.move_line_ids.lot_id = self._lot("A2")
        picking.button_validate()
        self.assertEqual(self._statuses("A1", "A2"), ["sold", "sold"])
        self.assertEqual(self._unit("A2").pos_order_id, order)
        self.assertAddsUp()

    def test_when_lots_are_shipped_later_then_they_are_promised(self):
        self._receive_lots("A1", "A2")
        order = self._sell(["A2"], shipping_date="2026-12-24")
        self.assertEqual(self._unit("A2").status, "designated")
        order.picking_ids.move_ids.picked = True
        order.picking_ids.button_validate()
        self.assertEqual(self._statuses("A1", "A2"), ["available", "sold"])
        self.assertAddsUp()
