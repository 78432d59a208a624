from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common.invoices import InvoiceCommon


@tagged("post_install", "-at_install")
class TestCreditNoteTakesBack(InvoiceCommon):
    """A credit note without invoice and order that takes its goods back when it is confirmed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.serial_invoice_delivers = True
        cls.accountant = new_test_user(cls.env, "accountant", "account.group_account_invoice")

    def _refund(self, quantity=1, **options):
        return self._invoice(quantity, kind="out_refund", **options)

    def _moves(self, refund):
        return refund._get_serial_deliveries().move_ids

    def test_when_confirmed_then_the_units_are_back_with_the_status_that_was_asked(self):
        self._receive(["A1", "A2", "A3"])
        self._ship(["A1", "A2", "A3"])
        refund = self._refund(2).with_user(self.accountant)
        self.assertTrue(refund.serial_delivers)
        line = self._entry(refund.with_context(serial_number_tracking_ask=True).action_post()).line_ids
        self.assertTrue(line.enter_text("A1\nA2")["line"]["comes_back"])
        line.set_return_status("hold", ["A2"])

        line.entry_id.action_confirm()

        self.assertEqual(refund.state, "posted")
        picking = refund._get_serial_deliveries()
        kind = self.warehouse.out_type_id.return_picking_type_id or self.warehouse.in_type_id
        self.assertRecordValues(picking, [{"state": "done", "picking_type_id": kind.id}])
        self.assertEqual([self._unit(name).status for name in ("A1", "A2", "A3")], ["available", "hold", "sold"])
        self.assertEqual(self._unit("A1").location_id, self.stock)
        self.assertEqual(sorted(refund.invoice_line_ids.serial_ids.mapped("name")), ["A1", "A2"])
        self.assertEqual(refund.invoice_line_ids.serial_text, "A1\nA2")
        self.assertEqual(picking.action_view_serial_invoices()["res_id"], refund.id)
        self.assertEqual(self._on_hand(), 2)
        self.assertAddsUp()

    def test_when_units_are_left_blank_then_each_comes_back_once(self):
        self._receive(blanks=3)
        self._ship(blanks=3)

        refund = self._confirm(self._refund(2))

        self.assertEqual(len(self._units("issued")), 1)
        self.assertEqual(len(self._units("received")), 2)
        self.assertEqual(refund.invoice_line_ids.serial_ids, self._moves(refund).serial_ids)
        self.assertEqual(self._on_hand(), 2)
        self.assertAddsUp()

    def test_when_a_unit_came_back_before_then_it_is_credited_and_not_taken_back_again(self):
        self._receive(["A1", "A2"])
        delivery = self._ship(["A1", "A2"])
        self._validate(self._open_return(delivery, 1), ["A1"])

        refund = self._confirm(self._refund(2), ["A1", "A2"])

        self.assertEqual(self._moves(refund).serial_ids.mapped("name"), ["A2"])
        self.assertEqual(sorted(refund.invoice_line_ids.serial_ids.mapped("name")), ["A1", "A2"])
        self.assertEqual(self._on_hand(), 2)
        self.assertAddsUp()

    def test_when_other_goods_and_a_dozen_are_on_it_then_they_come_back_too(self):
        refund = self._refund(1, product=self.plain)
        refund.invoice_line_ids.write({"product_uom_id": self.env.ref("uom.product_uom_dozen").id, "quantity": 1.5})

        self._confirm(refund)

        self.assertRecordValues(self._moves(refund), [{"product_id": self.plain.id, "quantity": 18}])
        self.assertEqual(self._on_hand(self.plain), 18)

    def test_when_reset_and_confirmed_again_then_nothing_comes_back_twice(self):
        self._receive(["A1"], blanks=1)
        self._ship(["A1"], blanks=1)
        refund = self._confirm(self._refund(2), ["A1"])
        refund.button_draft()
        with self.assertRaisesRegex(UserError, "taken back by"):
            refund.invoice_line_ids.unlink()

        self._confirm(refund)

        self.assertEqual(len(self._moves(refund)), 1)
        self.assertEqual(len(refund.invoice_line_ids.serial_ids), 2)
        self.assertEqual(self._on_hand(), 2)
        self.assertAddsUp()

    def test_when_it_moves_no_goods_or_the_setting_is_off_then_they_stay_with_the_customer(self):
        self._receive(["A1", "A2"])
        self._ship(["A1", "A2"])
        refund = self._refund(1)
        refund.serial_no_delivery = True
        action = refund.with_context(serial_number_tracking_ask=True).action_post()
        self.assertFalse(self._entry(action).line_ids._get_state()["comes_back"])
        self._confirm(refund, ["A1"])
        self.company.serial_invoice_delivers = False

        other = self._confirm(self._refund(1), ["A2"])

        self.assertFalse(self._moves(refund) | self._moves(other))
        self.assertEqual(self._units("sold").location_id, self.customer_location)
        self.assertAddsUp()

    def test_when_the_journal_has_a_warehouse_then_the_goods_go_there(self):
        other = self.env["stock.warehouse"].create({"name": "Shop", "code": "SHP", "reception_steps": "two_steps"})
        self._receive(["A1"])
        self._ship(["A1"])
        refund = self._refund(1)
        refund.journal_id.serial_invoice_warehouse_id = other

        self._confirm(refund, ["A1"])

        self.assertEqual(self._unit("A1").location_id, other.lot_stock_id)

    def test_when_it_credits_an_order_then_the_order_says_what_comes_back(self):
        self._receive(["A1"])
        order = self._sell(1)
        self._deliver(order, ["A1"])
        invoice = order._create_invoices()
        invoice.action_post()

        refund = self._confirm(invoice._reverse_moves())

        self.assertFalse(self._moves(refund))
        self.assertEqual(self._unit("A1").status, "sold")

    def test_when_a_price_alone_is_credited_by_a_line_without_product_then_nothing_moves(self):
        refund = self._refund(1)
        refund.invoice_line_ids = [Command.clear(), Command.create({"name": "Discount", "price_unit": 5})]

        refund.action_post()

        self.assertFalse(self._moves(refund))
