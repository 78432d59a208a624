from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.lots import LotCommon


@tagged("post_install", "-at_install")
class TestLotsKept(LotCommon):
    """Hold, void and designation keep lots out of reservations, and buttons refuse those chosen by hand."""

    def _reserved(self, order):
        return order.picking_ids.move_line_ids.lot_id.mapped("name")

    def test_when_lot_is_on_hold_then_it_is_not_reserved(self):
        self._receive_lots("A1", "A2")
        self._unit("A1").action_hold("broken")

        order = self._order(2)

        self.assertEqual(self._reserved(order), ["A2"])
        self.assertEqual(self.product.free_qty, 0)

    def test_when_the_unit_of_one_company_is_on_hold_then_another_company_ships_its_own(self):
        other = self.env["res.company"].create({"name": "Other"})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", other.id)], limit=1)
        lot, quants = self._make_lot("A1"), self.env["stock.quant"].with_context(inventory_mode=True)
        for place in (self.stock, warehouse.lot_stock_id):
            vals = {"product_id": self.product.id, "location_id": place.id, "lot_id": lot.id, "inventory_quantity": 1}
            quants.create(vals).action_apply_inventory()
        units = self._units()
        units.filtered(lambda unit: unit.company_id == self.company).action_hold("broken")

        demand = {
            "product_id": self.product.id,
            "product_uom_qty": 1,
            "location_id": warehouse.lot_stock_id.id,
            "location_dest_id": self.customer_location.id,
            "company_id": other.id,
        }
        move = self.env["stock.move"].create(demand)
        move._action_confirm()
        move._action_assign()
        self.assertEqual(move.lot_ids, lot)
        move.picked = True
        move._action_done()
        self.assertEqual(sorted(units.mapped("status")), ["hold", "sold"])
        self.assertAddsUp()

    def test_when_lot_is_void_then_it_is_not_reserved(self):
        self._receive_lots("A1", "A2")
        self._unit("A1").with_user(self.manager).action_void("gone")

        self.assertEqual(self._reserved(self._order(1)), ["A2"])

    def test_when_reserved_lot_is_put_on_hold_then_another_is_reserved(self):
        self._receive_lots("A1", "A2")
        order = self._order(1)
        self.assertEqual(self._reserved(order), ["A1"])

        self._unit("A1").action_hold("broken")

        self.assertEqual(self._reserved(order), ["A2"])
        self.assertEqual(order.picking_ids.state, "assigned")

    def test_when_the_only_lot_is_put_on_hold_then_order_is_told(self):
        self._receive_lots("A1")
        order = self._order(1)

        self._unit("A1").action_hold("broken")

        self.assertFalse(self._reserved(order))
        self.assertEqual(order.picking_ids.state, "confirmed")
        self.assertIn("no longer reserved", order.message_ids[0].body)
        self.assertIn("A1", order.message_ids[0].body)

    def test_when_lot_is_released_then_it_can_be_reserved(self):
        self._receive_lots("A1")
        self._unit("A1").action_hold("broken")
        order = self._order(1)

        self._unit("A1").action_release()
        order.picking_ids.action_assign()

        self.assertEqual(self._reserved(order), ["A1"])

    def test_when_lot_is_designated_then_only_its_order_reserves_it(self):
        self._receive_lots("A1", "A2")
        order = self._order(1)
        self._unit("A2").action_designate(order.partner_id, order.order_line)

        other = self._order(2, partner=self.other_customer)

        self.assertEqual(self._reserved(order), ["A2"])
        self.assertEqual(self._reserved(other), ["A1"])

    def test_when_lot_is_designated_to_customer_then_their_next_order_reserves_it_first(self):
        self._receive_lots("A1", "A2")
        self._unit("A2").action_designate(self.customer)

        self.assertEqual(self._reserved(self._order(1)), ["A2"])

    def test_when_lot_on_hold_is_chosen_by_hand_then_button_refuses_with_reason(self):
        self._receive_lots("A1")
        self._unit("A1").action_hold("broken")
        picking = self._do_lots("out", ["A1"], validate=False)

        with self.assertRaisesRegex(UserError, r"A1 is on hold \(broken\)"):
            picking.button_validate()

        self._unit("A1").action_release()
        picking.button_validate()
        self.assertEqual(self._unit("A1").status, "sold")

    def test_when_lot_ids_are_chosen_by_hand_then_button_refuses(self):
        self._receive_lots("A1", "A2")
        self._unit("A1").action_designate(self.other_customer)
        picking = self._transfer("out", 1)

        picking.move_ids.lot_ids = self._lot("A1")

        with self.assertRaisesRegex(UserError, "designated to Other Customer"):
            picking.button_validate()

    def test_when_lot_was_invoiced_to_somebody_then_another_delivery_is_refused(self):
        self._receive_lots("A1")
        self._unit("A1")._record_change(
            "invoiced",
            {"status": "sold", "customer_id": self.other_customer.id},
            self.register._prepare_event_vals("invoiced"),
        )
        picking = self._do_lots("out", ["A1"], validate=False)

        with self.assertRaisesRegex(UserError, "was sold to Other Customer"):
            picking.button_validate()

    def test_when_lot_on_hold_is_scrapped_or_moved_then_nothing_is_refused(self):
        self._receive_lots("A1", "A2")
        self._units().action_hold("broken")

        self._do_lots("int", ["A1"])
        self.env["stock.scrap"].create(
            {"product_id": self.product.id, "scrap_qty": 1, "lot_id": self._lot("A2").id, "location_id": self.stock.id}
        ).action_validate()

        self.assertEqual(self._units().mapped("status"), ["hold", "void"])
        self.assertEqual(self._unit("A1").location_id, self.shelf)
        self.assertAddsUp()

    def test_when_production_chooses_lot_on_hold_then_refused(self):
        self._receive_lots("A1")
        self._unit("A1").action_hold("broken")
        move = self._demand_for_production()
        self.assertFalse(move.move_line_ids)
        move.lot_ids = self._lot("A1")
        move.picked = True

        with self.assertRaisesRegex(UserError, "on hold"):
            move._action_done()

    # Before the click

    def _foresee(self, names, action, **vals):
        """Return what the window says of an action, and see that it happens so."""
        units = self._named(names)
        window = self.env["serial.status.change"].with_user(self.manager)
        return window.create({"serial_ids": [Command.set(units.ids)], "action": action, **vals}).promises or ""

    def _named(self, names):
        return self.register.search([("name", "in", names), ("product_id", "=", self.product.id)])

    def test_when_a_reserved_lot_is_to_be_kept_back_then_its_order_is_named_unless_another_lot_is_free(self):
        self._receive_lots("A1", "A2", "A3")
        order = self._order(2)
        order.picking_ids.action_assign()
        reserved = self._reserved(order)

        self.assertFalse(self._foresee(reserved[:1], "hold"))
        self.assertIn(f"1 Laptop, reserved on {order.picking_ids.name}", self._foresee(reserved, "hold"))
        self.assertFalse(self._foresee([name for name in ("A1", "A2", "A3") if name not in reserved], "void"))

        self._named(reserved).action_hold("broken")

        self.assertEqual(len(self._reserved(order)), 1)

    def test_when_two_orders_would_want_the_last_free_lot_then_one_is_named(self):
        self._receive_lots("A1", "A2", "A3")
        orders = self._order(1), self._order(1)
        for order in orders:
            order.picking_ids.action_assign()
        both = [name for order in orders for name in self._reserved(order)]

        told = self._foresee(both, "void")

        self.assertEqual([order.name in told for order in orders], [False, True])

    def test_when_a_reserved_lot_is_to_be_promised_then_only_others_are_named(self):
        self._receive_lots("A1")
        order, other = self._order(1), self._order(1)
        order.picking_ids.action_assign()

        self.assertFalse(self._foresee(["A1"], "designate", order_id=order.id))
        self.assertIn(order.name, self._foresee(["A1"], "designate", order_id=other.id))
