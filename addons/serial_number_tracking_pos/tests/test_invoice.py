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
