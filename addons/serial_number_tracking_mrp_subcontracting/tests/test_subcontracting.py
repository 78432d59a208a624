from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SubcontractCommon


@tagged("post_install", "-at_install")
class TestSubcontracting(SubcontractCommon):
    """A vendor builds phones from our batteries: his receipts take numbers as any receipt."""

    def _receive_order(self, quantity, names=(), blanks=True):
        order = self._purchase(quantity)
        picking = order.picking_ids.with_user(self.clerk)
        picking.move_ids.quantity = quantity
        self._validate(picking, names, blanks=blanks)
        return picking

    def test_when_received_then_the_numbers_are_new_units_of_the_vendor(self):
        self._send_parts("B1", "B2", "B3", "B4")

        picking = self._receive_order(2, ["A1", "A2"])

        self.assertEqual(picking.state, "done")
        self.assertRecordValues(
            self._units(),
            [{"name": name, "status": "available", "location_id": self.stock.id} for name in ("A1", "A2")],
        )
        unit = self._unit("A1")
        self.assertEqual((unit.vendor_id, unit.purchase_line_id.order_id), (self.vendor, picking.purchase_id))
        self.assertEqual(unit.event_ids.mapped("kind"), ["received"])
        self.assertAllAddUp()

    def test_when_all_that_lay_there_is_used_then_its_numbers_are_the_parts(self):
        self._send_parts("B1", "B2")

        self._receive_order(1, ["A1"])

        self.assertEqual(len(self._unit("A1").part_ids), 2)
        self.assertAllAddUp()

    def test_when_left_blank_then_blanks(self):
        self._send_parts("B1", "B2")

        self._receive_order(1)

        self.assertEqual(self._units().mapped("status"), ["received"])
        self.assertAllAddUp()

    def test_when_required_then_the_receipt_waits_for_its_numbers(self):
        self.warehouse.in_type_id.serial_entry = "require"
        self._send_parts("B1", "B2")
        order = self._purchase(1)
        picking = order.picking_ids.with_user(self.clerk)
        picking.move_ids.quantity = 1
        entry = self._entry(picking.button_validate(), picking)
        with self.assertRaisesRegex(UserError, "missing"):
            entry.action_confirm()

        entry.line_ids.add_serials(["A1"])
        entry.action_confirm()

        self.assertEqual(picking.state, "done")
        self.assertEqual(self._unit("A1").status, "available")

    def test_when_announced_then_proposed_and_taken(self):
        self._send_parts("B1", "B2")
        order = self._purchase(1)
        order.order_line.announce_serials(["A1"])
        self.assertEqual(self._unit("A1").status, "expected")
        picking = order.picking_ids.with_user(self.clerk)
        picking.move_ids.quantity = 1

        entry = self._entry(picking.button_validate(), picking)
        self.assertEqual([row["name"] for row in entry.line_ids.get_announced()["rows"]], ["A1"])
        entry.line_ids.add_serials(["A1"])
        entry.action_confirm()

        self.assertEqual(self._unit("A1").status, "available")
        self.assertAllAddUp()

    def test_when_he_ships_to_the_customer_then_sold_with_its_vendor(self):
        self._send_parts("B1", "B2")
        self.product.seller_ids = [(0, 0, {"partner_id": self.vendor.id})]
        self.product.route_ids = self.env.ref("stock_dropshipping.route_drop_shipping")
        sale = self._order()
        purchase = self.env["purchase.order"].search([("partner_id", "=", self.vendor.id)], limit=1)
        purchase.button_confirm()
        picking = sale.picking_ids
        picking.move_ids.quantity = 1
        self._validate(picking, ["A1"])

        self.assertEqual(picking.state, "done")
        self.assertEqual((self._unit("A1").status, self._unit("A1").customer_id), ("sold", self.customer))
        self.assertEqual(self._unit("A1").vendor_id, self.vendor)
        self.assertAllAddUp()

    def test_when_sent_back_to_the_subcontractor_then_it_lies_with_him(self):
        self._send_parts("B1", "B2")
        picking = self._receive_order(1, ["A1"])

        back = self._open_return(picking, 1)
        self._validate(back, ["A1"] if back.move_ids._takes_serials() else ())

        self.assertEqual(back.state, "done")
        self.assertEqual(self._unit("A1").location_id, back.location_dest_id)
        self.assertAllAddUp()
