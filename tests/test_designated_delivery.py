from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.base import NOW
from .common.designate import DesignateCommon


@tagged("post_install", "-at_install")
class TestDesignatedDelivery(DesignateCommon):
    """The delivery proposes what is promised, and nobody else gets it."""

    def _delivery_window(self, order):
        picking = order.sudo().picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))
        picking = picking.with_user(self.clerk)
        picking.move_ids.quantity = picking.move_ids.product_uom_qty
        return self._entry(picking.button_validate(), picking).line_ids

    def _ship_without_button(self, names=(), blanks=0):
        """Deliver to the other customer as other code does; a button would refuse what is promised."""
        delivery = self._transfer("out", len(names) + blanks, partner=self.other_customer)
        if names:
            delivery.move_ids.assign_serials(names)
        delivery.move_ids.picked = True
        delivery._action_done()
        return delivery

    @freeze_time(NOW)
    def test_when_delivered_then_what_is_promised_is_proposed_and_sold(self):
        self._receive(["A0"])
        order = self._own_order(2)
        self._promise(order, "A1", "A2")
        line = self._delivery_window(order)

        line.enter_proposals()
        line.entry_id.action_confirm()

        self.assertRecordValues(
            self._units("sold"),
            [
                {"name": name, "sale_line_id": order.order_line.id, "date_sold": line.move_id.date.date()}
                for name in ("A1", "A2")
            ],
        )
        self.assertAddsUp()

    def test_when_a_part_is_delivered_then_the_backorder_proposes_the_rest(self):
        order = self._own_order(3)
        self._promise(order, "A1", "A2")
        self._deliver(order, ["A1"])
        self._assert_designated(order, "A2")

        line = self._delivery_window(order)
        line.enter_proposals()

        self.assertEqual(line.unit_ids.mapped("name"), ["A2"])
        self.assertEqual(line.missing, 1)

    def test_when_more_is_proposed_than_there_is_room_then_designated_ones_come_first(self):
        self._receive(["I1"])
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_line_ids": [(0, 0, {"product_id": self.product.id, "quantity": 1, "tax_ids": False})],
            }
        )
        invoice.invoice_line_ids.assign_serials(["I1"])
        invoice.action_post()
        order = self._own_order(1)
        self._promise(order, "A1")
        line = self._delivery_window(order)

        line.enter_proposals()

        self.assertEqual(line.unit_ids.mapped("name"), ["A1"])

    def test_when_promised_to_the_customer_without_order_then_each_delivery_to_him_proposes_it(self):
        unit = self._receive(["A1"]).move_ids.serial_ids.with_user(self.clerk)
        unit.action_designate(self.customer)
        picking = self._transfer("out", 1)
        line = self._entry(picking.button_validate(), picking).line_ids

        line.enter_proposals()

        self.assertEqual(line.unit_ids.mapped("name"), ["A1"])

    def test_when_others_deliver_or_invoice_then_they_neither_get_nor_see_it_proposed(self):
        self._promise(self._order(), "A1")
        other = self._order(partner=self.other_customer)
        line = self._delivery_window(other)

        checks = line.add_serials(["A1"])

        self.assertEqual(checks[0]["code"], "designated")
        self.assertIn("is designated to Customer", checks[0]["message"])
        self.assertEqual(line._get_state()["proposals"], 0)
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.other_customer.id,
                "invoice_line_ids": [(0, 0, {"product_id": self.product.id, "quantity": 1})],
            }
        )
        self.assertEqual(self._codes(invoice.invoice_line_ids, ["A1"]), ["designated"])

    def test_when_others_deliver_blanks_or_unknown_numbers_then_it_stays_promised(self):
        order = self._order()
        self._promise(order, "A1")
        self._receive(blanks=1)

        self._ship_without_button(["X1"], blanks=1)

        self._assert_designated(order, "A1")
        self.assertEqual(self._units("issued").mapped("uncovered"), [True])
        self.assertAddsUp()

    def test_when_a_blank_of_another_customer_gets_its_number_then_refused(self):
        order = self._order()
        self._promise(order, "A1")
        blank = self._ship_without_button(blanks=1).move_ids.serial_ids
        with self.assertRaisesRegex(UserError, r"A1 .* \(Designated at"):
            blank.with_user(self.clerk).name = "A1"
        self._assert_designated(order, "A1")

    def test_when_several_deliveries_are_validated_at_once_then_each_keeps_its_own(self):
        order, other = self._order(), self._order(partner=self.other_customer)
        self._promise(order, "A1")
        self._receive(["B1"])
        pickings = (order | other).picking_ids.with_user(self.clerk)
        entry = self._entry(pickings.button_validate(), pickings)
        mine = entry.line_ids.filtered(lambda line: line.move_id.sale_line_id == order.order_line)

        mine.enter_proposals()
        (entry.line_ids - mine).use_blanks()
        entry.action_confirm()

        self.assertEqual(self._unit("A1").sale_line_id, order.order_line)
        self.assertEqual(self._units("issued").customer_id, self.other_customer)
        self.assertEqual(self._unit("B1").status, "available")
        self.assertAddsUp()

    def test_when_the_delivery_is_corrected_to_less_then_the_unit_is_promised_again(self):
        order = self._order()
        self._promise(order, "A1")
        picking = self._deliver(order, ["A1"])
        picking.sudo().action_toggle_is_locked()

        picking.move_ids.move_line_ids.with_user(self.manager).quantity = 0

        self._assert_designated(order, "A1")


@tagged("post_install", "-at_install")
class TestDesignationEnds(DesignateCommon):
    """A promise ends by itself."""

    def test_when_the_order_is_cancelled_then_released(self):
        order = self._own_order()
        self._promise(order, "A1")

        order.with_context(disable_cancel_warning=True).action_cancel()

        self._assert_released("A1", f"{order.name} was cancelled.")

    def test_when_the_quantity_is_lowered_then_the_last_ones_are_released(self):
        order = self._own_order(3)
        self._promise(order, "A1", "A2", "A3")

        order.order_line.product_uom_qty = 1

        self._assert_designated(order, "A1")
        self._assert_released("A3", f"The quantity on {order.name} was lowered.")

    def test_when_the_quantity_is_lowered_to_what_is_promised_then_nothing_is_released(self):
        order = self._own_order(3)
        self._promise(order, "A1")
        order.order_line.product_uom_qty = 1
        self._assert_designated(order, "A1")

    def test_when_the_line_is_delivered_with_others_then_released(self):
        order = self._own_order()
        self._promise(order, "A1")
        self._receive(["B1"])

        self._deliver(order, ["B1"])

        self._assert_released("A1", f"{order.name} was delivered with other units.")
        self.assertAddsUp()

    def test_when_delivered_with_blanks_then_released(self):
        order = self._own_order()
        self._promise(order, "A1")
        self._receive(blanks=1)

        self._deliver(order, [], blanks=1)

        self._assert_released("A1", f"{order.name} was delivered with other units.")

    def test_when_a_part_is_delivered_with_others_then_only_too_many_are_released(self):
        order = self._own_order(3)
        self._promise(order, "A1", "A2")
        self._receive(["B1", "B2"])

        self._deliver(order, ["B1"])
        self._assert_designated(order, "A1", "A2")
        self._deliver(order, ["B2"])

        self._assert_designated(order, "A1")
        self._assert_released("A2", f"{order.name} was delivered with other units.")

    def test_when_the_rest_is_not_delivered_any_more_then_released(self):
        order = self._own_order(2)
        self._promise(order, "A1")
        self._receive(["B1", "B2"])
        picking = order.sudo().picking_ids.with_user(self.clerk)
        picking.move_ids.quantity = 1

        self._validate(picking.with_context(skip_backorder=True, picking_ids_not_to_backorder=picking.ids), ["B1"])

        self._assert_released("A1", f"{order.name} was delivered with other units.")

    def test_when_more_than_ordered_is_delivered_then_released(self):
        order = self._own_order()
        self._promise(order, "A1")
        self._receive(["B1", "B2"])

        self._deliver(order, ["B1", "B2"])

        self._assert_released("A1", f"{order.name} was delivered with other units.")

    def test_when_another_order_is_delivered_then_nothing_is_released(self):
        order, other = self._own_order(), self._own_order()
        self._promise(order, "A1")
        self._receive(["B1"])
        self._deliver(other, ["B1"])
        self._assert_designated(order, "A1")
