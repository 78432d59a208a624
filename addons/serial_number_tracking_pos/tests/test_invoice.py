from odoo.tests import tagged

from .common import PosSerialCommon


@tagged("post_install", "-at_install")
class TestInvoice(PosSerialCommon):
    def _lines(self, order):
        return order.account_move.invoice_line_ids.filtered("product_id")

    def test_when_an_order_is_invoiced_then_its_units_are_on_the_invoice(self):
        self._receive(["A1", "A2"])
        order = self._sell(["A1"], blanks=1, invoice=True)
        line = self._lines(order)
        self.assertEqual(line.serial_text, "A1\n________")
        self.assertEqual(self._unit("A1").invoice_line_id, line)
        self.assertFalse(order.account_move._get_invoiced_lot_values())

    def test_when_two_lines_are_invoiced_then_each_prints_its_own(self):
        self._receive(["A1", "A2", "A3"])
        lines = self._prepare_line(["A3"]), self._prepare_line(["A1", "A2"], price=5)
        order = self._sync(*lines, partner=self.customer, invoice=True)
        self.assertEqual(self._lines(order).mapped("serial_text"), ["A3", "A1\nA2"])

    def test_when_an_invoiced_unit_is_refunded_then_the_credit_note_has_it(self):
        self._receive(["A1", "A2", "A3"])
        order = self._sell(["A1", "A2", "A3"], invoice=True)
        refund = self._refund(order, ["A2"], invoice=True)
        self.assertEqual(refund.account_move.move_type, "out_refund")
        self.assertEqual(self._lines(refund).serial_text, "A2")
        self.assertEqual(self._statuses("A1", "A2", "A3"), ["sold", "available", "sold"])
        self.assertFalse(self._unit("A2").invoice_line_id)

    def test_when_what_is_shipped_later_leaves_then_the_invoice_has_it(self):
        self._receive(["A1"])
        order = self._sell(["A1"], invoice=True, shipping_date="2026-12-24")
        order.picking_ids.button_validate()
        self.assertEqual(order.picking_ids.state, "done")
        self.assertEqual(self._lines(order).serial_text, "A1")

    def test_when_stock_is_booked_at_closing_then_the_invoice_has_its_units(self):
        self.company.point_of_sale_update_stock_quantities = "closing"
        self._receive(["A1", "A2"])
        order = self._sell(["A2"], invoice=True)
        if not order.picking_ids:
            self.assertFalse(self._lines(order).serial_text)
            session = self.config.current_session_id
            session.post_closing_cash_details(10)
            session.close_session_from_ui()
        self.assertEqual(self._statuses("A1", "A2"), ["available", "sold"])
        self.assertEqual(self._lines(order).serial_text, "A2")

    def test_when_a_delivery_is_returned_in_the_back_office_then_the_refund_takes_what_is_left(self):
        self._receive(["A1", "A2"])
        order = self._sell(["A1", "A2"], invoice=True)
        wizard = self.env["stock.return.picking"].create({"picking_id": order.picking_ids.id})
        wizard.product_return_moves.quantity = 1
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        back.move_ids.assign_serials(["A1"])
        back.button_validate()
        self.assertEqual(order.lines._get_units_left(self.product).mapped("name"), ["A2"])
        self._refund(order, quantity=1)
        self.assertEqual(self._statuses("A1", "A2"), ["available", "available"])
        self.assertEqual(len(self._units()), 2)

    def test_when_the_customer_asks_for_an_invoice_later_then_the_units_are_theirs(self):
        self._receive(["A1", "A2"])
        order = self._sync(self._prepare_line(["A1"]))
        order.partner_id = self.customer
        order.action_pos_order_invoice()
        self.assertEqual(self._lines(order).serial_text, "A1")
        self.assertEqual(self._unit("A1").customer_id, self.customer)
        self._refund(order, ["A1"])
        self.assertEqual(self._statuses("A1"), ["available"])
