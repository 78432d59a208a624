from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common.invoices import InvoiceCommon


@tagged("post_install", "-at_install")
class TestInvoiceDelivers(InvoiceCommon):
    """An invoice without order that issues its goods when it is confirmed, and its credit note that takes them back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.serial_invoice_delivers = True
        cls.accountant = new_test_user(cls.env, "accountant", "account.group_account_invoice")

    def _stock_plain(self, quantity):
        self.env["stock.quant"]._update_available_quantity(self.plain, self.stock, quantity)

    def _deliveries(self, invoice):
        return invoice._get_serial_deliveries().sorted("id")

    def _reverse(self, invoice, quantity=None, **vals):
        refund = invoice._reverse_moves([{"invoice_date": fields.Date.today(), **vals}])
        if quantity:
            refund.invoice_line_ids.quantity = quantity
        return refund

    def test_when_confirmed_then_the_units_entered_are_with_the_customer(self):
        self._receive(["A1", "A2", "A3"])

        invoice = self._confirm(self._invoice(2).with_user(self.accountant), ["A2", "A3"])

        picking = self._deliveries(invoice)
        self.assertRecordValues(
            picking, [{"state": "done", "picking_type_id": self.warehouse.out_type_id.id, "origin": "Invoice"}]
        )
        self.assertEqual(sorted(picking.move_ids.serial_ids.mapped("name")), ["A2", "A3"])
        line = invoice.invoice_line_ids
        for name in ("A2", "A3"):
            self.assertRecordValues(
                self._unit(name),
                [
                    {
                        "status": "sold",
                        "customer_id": self.customer.id,
                        "location_id": self.customer_location.id,
                        "invoice_line_id": line.id,
                        "delivery_move_id": picking.move_ids.id,
                    }
                ],
            )
        self.assertEqual(line.serial_text, "A2\nA3")
        self.assertEqual(self._on_hand(), 1)
        self.assertAddsUp()

    def test_when_it_is_linked_then_both_lead_to_each_other(self):
        self._receive(["A1"])
        invoice = self._confirm(self._invoice(1), ["A1"])
        picking = self._deliveries(invoice)

        self.assertEqual(invoice.action_view_serial_deliveries()["res_id"], picking.id)
        self.assertEqual(picking.action_view_serial_invoices()["res_id"], invoice.id)
        self.assertEqual((invoice.serial_delivery_count, picking.serial_invoice_count), (1, 1))

    def test_when_units_are_left_blank_then_blanks_are_issued(self):
        self._receive(["A1"], blanks=1)

        invoice = self._confirm(self._invoice(2), ["A1"])

        self.assertEqual(sorted(invoice.invoice_line_ids.serial_ids.mapped("status")), ["issued", "sold"])
        self.assertEqual(invoice.invoice_line_ids.serial_ids, self._deliveries(invoice).move_ids.serial_ids)
        self.assertEqual(self._on_hand(), 0)
        self.assertAddsUp()

    def test_when_other_goods_are_on_it_then_they_are_delivered_too(self):
        self._receive(["A1"])
        self._stock_plain(5)
        service = self.env["product.product"].create({"name": "Work", "type": "service"})
        invoice = self._invoice(1)
        for product, quantity in ((self.plain, 3), (service, 1)):
            vals = {"product_id": product.id, "quantity": quantity, "price_unit": 1, "tax_ids": False}
            invoice.invoice_line_ids = [Command.create(vals | {"account_id": self.income.id})]

        self._confirm(invoice, ["A1"])

        moves = self._deliveries(invoice).move_ids
        self.assertEqual({move.product_id: move.quantity for move in moves}, {self.product: 1, self.plain: 3})
        self.assertEqual(self._on_hand(self.plain), 2)

    def test_when_there_is_not_enough_then_nothing_is_done_and_it_says_what_to_do(self):
        self._receive(["A1"])
        invoice = self._invoice(2)
        invoice.invoice_line_ids._write_serial_draft(["A1"], blanks=True)

        with self.assertRaisesRegex(UserError, "Phone: 2 wanted, 1 free\nReceive them first"), self.env.cr.savepoint():
            invoice.action_post()

        self.assertEqual(invoice.state, "draft")
        self.assertFalse(self._deliveries(invoice))
        self.assertEqual(self._unit("A1").status, "available")

    def test_when_it_moves_no_goods_then_the_banner_offers_to_deliver_them_now(self):
        self._receive(["A1", "A2"])
        invoice = self._invoice(1)
        invoice.serial_no_delivery = True
        self._confirm(invoice, ["A2"])
        self.assertFalse(self._deliveries(invoice))
        self.assertEqual(invoice.serial_waiting_count, 1)

        invoice.action_deliver_serials()

        self.assertEqual(self._deliveries(invoice).move_ids.serial_ids.mapped("name"), ["A2"])
        invoice.invalidate_recordset()
        self.assertEqual(invoice.serial_waiting_count, 0)
        self.assertAddsUp()

    def test_when_the_setting_is_off_then_it_delivers_nothing_unless_its_journal_says_so(self):
        self.company.serial_invoice_delivers = False
        self._receive(["A1", "A2"])
        invoice = self._confirm(self._invoice(1), ["A1"])
        self.assertFalse(self._deliveries(invoice))
        self.assertEqual(invoice.serial_waiting_count, 1)
        invoice.journal_id.serial_invoice_delivers = "yes"

        invoice = self._confirm(self._invoice(1), ["A2"])

        self.assertEqual(self._deliveries(invoice).state, "done")

    def test_when_the_journal_has_a_warehouse_then_its_goods_leave_there(self):
        other = self.env["stock.warehouse"].create({"name": "Shop", "code": "SHP", "delivery_steps": "pick_ship"})
        self._receive(["A1"], target=other.lot_stock_id)
        invoice = self._invoice(1)
        invoice.journal_id.serial_invoice_warehouse_id = other

        self._confirm(invoice, ["A1"])

        self.assertRecordValues(
            self._deliveries(invoice),
            [{"picking_type_id": other.out_type_id.id, "location_id": other.lot_stock_id.id, "state": "done"}],
        )

    def test_when_an_order_is_invoiced_then_its_goods_are_not_delivered_twice(self):
        self._receive(["A1", "A2"])
        order = self._sell(1)
        self._deliver(order, ["A1"])
        invoice = order._create_invoices()

        invoice.action_post()

        self.assertFalse(self._deliveries(invoice))
        self.assertEqual(self._on_hand(), 1)

    def test_when_another_delivery_brought_a_unit_then_it_is_invoiced_and_not_delivered_again(self):
        self._receive(["A1", "A2"])
        self._ship(["A1"])

        invoice = self._confirm(self._invoice(2), ["A1", "A2"])

        self.assertEqual(self._deliveries(invoice).move_ids.serial_ids.mapped("name"), ["A2"])
        self.assertEqual(self._on_hand(), 0)
        self.assertAddsUp()

    def test_when_a_unit_is_designated_to_the_customer_then_it_is_delivered(self):
        self._receive(["A1"])
        self._unit("A1").action_designate(self.customer)

        invoice = self._confirm(self._invoice(1), ["A1"])

        self.assertEqual(self._deliveries(invoice).move_ids.serial_ids.mapped("name"), ["A1"])
        self.assertAddsUp()

    def test_when_the_invoice_is_of_an_earlier_day_then_so_is_its_delivery(self):
        self._receive(["A1"])
        day = fields.Date.today() - timedelta(days=40)

        invoice = self._confirm(self._invoice(1, day=day), ["A1"])

        picking = self._deliveries(invoice)
        self.assertEqual((picking.date_done.date(), picking.move_ids.date.date()), (day, day))
        self.assertEqual(self._unit("A1").date_sold, day)

    def test_when_reset_and_confirmed_again_then_only_what_is_missing_is_delivered(self):
        self._receive(["A1", "A2"])
        invoice = self._confirm(self._invoice(1), ["A1"])
        invoice.button_draft()
        self.assertEqual(self._unit("A1").location_id, self.customer_location)
        invoice.invoice_line_ids.quantity = 2

        self._confirm(invoice, ["A2"])

        self.assertEqual(len(self._deliveries(invoice)), 2)
        self.assertEqual(sorted(invoice.invoice_line_ids.serial_ids.mapped("name")), ["A1", "A2"])
        self.assertEqual(self._on_hand(), 0)
        self.assertAddsUp()

    def test_when_less_is_confirmed_than_was_delivered_then_it_is_refused_with_the_way(self):
        self._receive(["A1", "A2"])
        invoice = self._confirm(self._invoice(2), ["A1", "A2"])
        invoice.button_draft()
        invoice.invoice_line_ids.quantity = 1
        invoice.invoice_line_ids._write_serial_draft(["A1"])

        with self.assertRaisesRegex(UserError, "2 were delivered by .*Return what came back"):
            invoice.action_post()

    def test_when_cancelled_after_it_has_delivered_then_it_is_refused_until_the_goods_are_back(self):
        self._receive(["A1"])
        invoice = self._confirm(self._invoice(1), ["A1"])
        invoice.button_draft()
        with self.assertRaisesRegex(UserError, "Return that transfer first"):
            invoice.button_cancel()
        with self.assertRaisesRegex(UserError, "before you delete its line"):
            invoice.invoice_line_ids.unlink()
        self._validate(self._open_return(self._deliveries(invoice), 1), ["A1"])

        invoice.button_cancel()

        self.assertEqual(invoice.state, "cancel")
        self.assertAddsUp()

    def test_when_credited_then_the_units_are_back_with_the_status_that_was_asked(self):
        self._receive(["A1", "A2"])
        invoice = self._confirm(self._invoice(2), ["A1", "A2"])
        refund = self._reverse(invoice).with_user(self.accountant)
        action = refund.with_context(serial_number_tracking_ask=True).action_post()
        line = self._entry(action).line_ids
        line.enter_proposals()
        line.set_return_status("hold", ["A2"])

        line.entry_id.action_confirm()

        self.assertEqual(refund.state, "posted")
        picking = self._deliveries(refund)
        self.assertRecordValues(picking, [{"state": "done", "return_id": self._deliveries(invoice)[0].id}])
        self.assertEqual([self._unit(name).status for name in ("A1", "A2")], ["available", "hold"])
        self.assertEqual(self._unit("A1").location_id, self.stock)
        self.assertEqual(sorted(refund.invoice_line_ids.serial_ids.mapped("name")), ["A1", "A2"])
        self.assertEqual(self._on_hand(), 2)
        self.assertAddsUp()

    def test_when_credited_in_part_then_only_that_part_is_back(self):
        self._receive(["A1", "A2"])
        self._stock_plain(4)
        invoice = self._invoice(2)
        vals = {"product_id": self.plain.id, "quantity": 4, "price_unit": 1, "tax_ids": False}
        invoice.invoice_line_ids = [Command.create(vals | {"account_id": self.income.id})]
        self._confirm(invoice, ["A1", "A2"])
        refund = self._reverse(invoice, quantity=1)

        self._confirm(refund, ["A2"])

        self.assertEqual([self._unit(name).status for name in ("A1", "A2")], ["sold", "available"])
        self.assertEqual((self._on_hand(), self._on_hand(self.plain)), (1, 1))
        self._confirm(self._reverse(invoice, quantity=1), ["A1"])
        self.assertEqual((self._on_hand(), self._on_hand(self.plain)), (2, 2))
        self.assertAddsUp()

    def test_when_the_goods_came_back_before_then_the_credit_note_takes_nothing_more(self):
        self._receive(["A1"])
        invoice = self._confirm(self._invoice(1), ["A1"])
        self._validate(self._open_return(self._deliveries(invoice), 1), ["A1"])

        refund = self._confirm(self._reverse(invoice))

        self.assertFalse(refund.invoice_line_ids.serial_return_move_ids)
        self.assertEqual(self._on_hand(), 1)
        self.assertAddsUp()

    def test_when_the_credit_note_moves_no_goods_then_they_stay_with_the_customer(self):
        self._receive(["A1"])
        invoice = self._confirm(self._invoice(1), ["A1"])
        refund = self._reverse(invoice)
        refund.serial_no_delivery = True

        self._confirm(refund, ["A1"])

        self.assertEqual(self._unit("A1").location_id, self.customer_location)
        self.assertAddsUp()

    def test_when_the_company_is_another_one_then_its_own_warehouse_delivers(self):
        other = self.env["res.company"].create({"name": "Other", "serial_invoice_delivers": True})
        self.env.user.company_ids += other
        env = self.env(context={**self.env.context, "allowed_company_ids": (other | self.company).ids})
        warehouse = env["stock.warehouse"].search([("company_id", "=", other.id)], limit=1)
        journal = env["account.journal"].create({"name": "S", "code": "S", "type": "sale", "company_id": other.id})
        income, receivable = env["account.account"].create(
            [
                {"name": "I", "code": "I1", "account_type": "income", "company_ids": other.ids},
                {"name": "R", "code": "R1", "account_type": "asset_receivable", "company_ids": other.ids},
            ]
        )
        self.customer.with_company(other).property_account_receivable_id = receivable
        env["stock.quant"]._update_available_quantity(self.plain, warehouse.lot_stock_id, 2)
        vals = {"product_id": self.plain.id, "quantity": 2, "price_unit": 1, "tax_ids": False, "account_id": income.id}
        currency = (env.ref("base.EUR") | env.ref("base.CHF") - other.currency_id)[-1:]
        currency.active = True
        invoice = env["account.move"].create(
            {
                "move_type": "out_invoice",
                "company_id": other.id,
                "journal_id": journal.id,
                "partner_id": self.customer.id,
                "invoice_date": fields.Date.today(),
                "currency_id": currency.id,
                "invoice_line_ids": [Command.create(vals)],
            }
        )

        invoice.with_company(self.company).action_post()

        self.assertRecordValues(
            invoice._get_serial_deliveries(),
            [{"company_id": other.id, "location_id": warehouse.lot_stock_id.id, "state": "done"}],
        )

    def test_when_it_is_a_sales_receipt_then_it_delivers_as_well(self):
        self._receive(["A1"])

        receipt = self._confirm(self._invoice(1, kind="out_receipt"), ["A1"])

        self.assertEqual(self._deliveries(receipt).move_ids.serial_ids.mapped("name"), ["A1"])

    def test_when_two_lines_are_of_the_product_then_each_has_its_own_units(self):
        self._receive(["A1", "A2"])
        invoice = self._invoice(1)
        invoice.invoice_line_ids.copy({"move_id": invoice.id})
        first, second = invoice.invoice_line_ids
        first._write_serial_draft(["A1"])
        second._write_serial_draft(["A2"])

        invoice.action_post()

        for line, name in ((first, "A1"), (second, "A2")):
            self.assertEqual(line.serial_ids.mapped("name"), [name])
            self.assertEqual(line.serial_delivery_move_ids.serial_ids.mapped("name"), [name])

    def test_when_odoo_asks_what_it_cost_then_the_delivery_says_it(self):
        self.product.standard_price = 7
        self._receive(["A1"])

        line = self._confirm(self._invoice(1), ["A1"]).invoice_line_ids

        self.assertEqual(line._get_stock_moves(), line.serial_delivery_move_ids)
        self.assertEqual(line._get_cogs_value(), 7)

    def test_when_delivered_now_then_other_goods_of_the_invoice_stay_for_their_own_transfer(self):
        self.company.serial_invoice_delivers = False
        self._receive(["A1"])
        self._stock_plain(2)
        invoice = self._invoice(1)
        vals = {"product_id": self.plain.id, "quantity": 2, "price_unit": 1, "tax_ids": False}
        invoice.invoice_line_ids = [Command.create(vals | {"account_id": self.income.id})]
        self._confirm(invoice, ["A1"])

        invoice.action_deliver_serials()

        self.assertEqual(self._deliveries(invoice).move_ids.product_id, self.product)

    def test_when_nothing_waits_then_deliver_now_delivers_nothing(self):
        self._receive(["A1"])
        invoice = self._confirm(self._invoice(1), ["A1"])

        action = invoice.with_user(self.accountant).action_deliver_serials()

        self.assertEqual(action["res_id"], self._deliveries(invoice).id)

    def test_when_it_comes_back_on_a_price_alone_then_drafts_say_what_confirming_does(self):
        self._receive(["A1"])
        invoice = self._invoice(1)
        self.assertTrue(invoice.serial_delivers)
        self._confirm(invoice, ["A1"])

        self.assertTrue(self._reverse(invoice).serial_delivers)
        self.assertFalse(invoice.serial_delivers)
