"""A promise, and an announcement, end when nothing is waited for any more; while anything is, nobody guesses."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.designate import DesignateCommon
from .common.expected import ExpectedCommon


@tagged("post_install", "-at_install")
class TestPromiseEnds(DesignateCommon):
    def _open(self, order):
        """Return the order's transfers that are not done, as the clerk sees them."""
        pickings = order.sudo().picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))
        return pickings.with_user(self.clerk)

    def test_when_the_backorder_is_cancelled_then_the_promised_unit_is_released(self):
        order = self._own_order(2)
        self._promise(order, "A1", "A2")
        self._deliver(order, ["A1"])
        backorder = self._open(order)

        backorder.action_cancel()

        self._assert_released("A2", f"{backorder.name} was cancelled.")
        self.assertEqual(self._unit("A1").status, "sold")

    def test_when_no_backorder_is_wanted_then_the_promised_unit_is_released(self):
        order = self._own_order(2)
        self._promise(order, "A1", "A2")
        picking = self._open(order)
        picking.move_ids.quantity = 1
        picking = picking.with_context(skip_backorder=True, picking_ids_not_to_backorder=picking.ids)

        self._validate(picking, ["A2"])

        self._assert_released("A1", f"{order.name} was delivered with other units.")
        self.assertEqual(self._unit("A2").status, "sold")

    def test_when_the_delivery_is_cancelled_then_all_are_released(self):
        order = self._own_order(2)
        self._promise(order, "A1", "A2")
        picking = self._open(order)

        picking.action_cancel()

        self._assert_released("A1", f"{picking.name} was cancelled.")
        self._assert_released("A2", f"{picking.name} was cancelled.")

    def test_when_a_line_of_the_delivery_is_not_shipped_and_no_backorder_wanted_then_released(self):
        order = self._own_order(1)
        other = self._make_product("Tablet")
        order.sudo().order_line = [(0, 0, {"product_id": other.id, "product_uom_qty": 1})]
        unit = self._receive(["A1"]).move_ids.serial_ids.with_user(self.clerk)
        unit.action_designate(self.customer, order.sudo().order_line[0])
        self._receive(["T1"], product=other)
        picking = self._open(order)
        picking.move_ids.filtered(lambda move: move.product_id == self.product).quantity = 0
        moved = picking.move_ids.filtered(lambda move: move.product_id == other)
        moved.quantity = 1
        moved.assign_serials(["T1"])
        picking = picking.with_context(skip_backorder=True, picking_ids_not_to_backorder=picking.ids)

        picking.button_validate()

        self.assertEqual(picking.state, "done")
        self.assertEqual(self._unit("A1").status, "available")

    def test_when_one_of_two_deliveries_is_cancelled_then_only_what_has_no_place_is_released(self):
        order = self._own_order(3)
        self._promise(order, "A1", "A2", "A3")
        self._deliver(order, ["A1"])
        move = self._open(order).move_ids.sudo()
        second = move.create(move._split(1))
        second.picking_id = move.picking_id.copy({"move_ids": [], "move_line_ids": []})
        second._action_confirm(merge=False)

        second.picking_id.with_user(self.clerk).action_cancel()

        self._assert_designated(order, "A2")
        self.assertEqual(self._unit("A3").status, "available")

    def test_when_a_picking_before_the_delivery_is_open_then_the_promise_stays(self):
        self.warehouse.delivery_steps = "pick_ship"
        order = self._own_order(2)
        self._promise(order, "A1", "A2")
        picks = self._open(order)
        picks.move_ids.quantity = 1

        picks.with_context(skip_backorder=True).button_validate()

        self._assert_designated(order, "A1", "A2")

    def test_when_the_demand_of_the_delivery_is_lowered_and_it_is_done_then_the_rest_is_released(self):
        order = self._own_order(2)
        self._promise(order, "A1", "A2")
        self._open(order).move_ids.product_uom_qty = 1

        self._deliver(order, ["A1"])

        self.assertFalse(self._open(order))
        self.assertEqual(self._unit("A2").status, "available")

    def test_when_the_delivery_is_deleted_then_all_are_released(self):
        order = self._own_order(2)
        self._promise(order, "A1", "A2")

        self._open(order).sudo().unlink()

        self.assertEqual([self._unit(name).status for name in ("A1", "A2")], ["available", "available"])

    def test_when_its_move_is_cancelled_alone_then_all_are_released(self):
        order = self._own_order(2)
        self._promise(order, "A1", "A2")

        self._open(order).move_ids._action_cancel()

        self.assertEqual([self._unit(name).status for name in ("A1", "A2")], ["available", "available"])

    def test_when_nothing_is_waited_for_then_nothing_can_be_promised(self):
        order = self._own_order(2)
        self._receive(["A1", "A2"])
        self._deliver(order, ["A1"])
        self._open(order).action_cancel()

        with self.assertRaisesRegex(UserError, "takes 0 more units"):
            self._unit("A2").with_user(self.clerk).action_designate(self.customer, order.sudo().order_line)

    def test_when_the_quantity_is_raised_after_a_cancelled_backorder_then_the_line_waits_again(self):
        order = self._own_order(2)
        self._receive(["A1", "A2"])
        self._deliver(order, ["A1"])
        self._open(order).action_cancel()

        order.order_line.product_uom_qty = 3
        self._unit("A2").with_user(self.clerk).action_designate(self.customer, order.sudo().order_line)

        self._assert_designated(order, "A2")


@tagged("post_install", "-at_install")
class TestNotByGuess(ExpectedCommon):
    def test_when_one_comes_with_a_stranger_then_none_of_the_two_left_is_withdrawn(self):
        line = self._announce(["A1", "A2", "A3"], quantity=3)

        self._receive_on(line, ["A2", "X1"])

        self.assertEqual(self._statuses(["A1", "A2", "A3", "X1"]), ["expected", "available", "expected", "available"])

    def test_when_the_last_one_is_known_then_the_other_is_withdrawn(self):
        line = self._announce(["A1", "A2", "A3"], quantity=3)
        self._receive_on(line, ["A2", "X1"])

        self._receive_on(line, ["A3"])

        self.assertEqual(self._statuses(["A1", "A3"]), ["void", "available"])

    def test_when_the_last_place_is_cancelled_then_both_are_withdrawn(self):
        line = self._announce(["A1", "A2", "A3"], quantity=3)
        self._receive_on(line, ["A2", "X1"])

        self._receipt(line).action_cancel()

        self.assertEqual(self._statuses(["A1", "A3"]), ["void", "void"])
