from lxml import etree, html

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common.invoices import InvoiceCommon


@tagged("post_install", "-at_install")
class TestInvoice(InvoiceCommon):
    def test_when_an_invoice_without_order_is_confirmed_then_it_asks(self):
        self._receive(["A1", "A2"])
        invoice = self._invoice(2)

        action = invoice.with_context(serial_number_tracking_ask=True).action_post()

        self.assertEqual((invoice.state, action["res_model"]), ("draft", "serial.entry"))

    def test_when_numbers_are_entered_then_units_are_sold_with_the_invoice(self):
        self._receive(["A1", "A2"])

        invoice = self._confirm(self._invoice(1), ["A1"])

        self.assertSoldInStock("A1", invoice)
        self.assertEqual(invoice.invoice_line_ids.serial_text, "A1")
        self.assertAddsUp()

    def test_when_left_blank_without_placeholder_then_uncovered_in_stock(self):
        self._receive(["A1"])

        self._confirm(self._invoice(1))

        self.assertRecordValues(
            self._units("issued"), [{"uncovered": True, "location_id": self.stock.id, "customer_id": self.customer.id}]
        )
        self.assertAddsUp()

    def test_when_the_delivery_of_an_invoiced_blank_shrinks_then_it_is_invoiced_as_before(self):
        self._receive(["A1"])
        invoice = self._confirm(self._invoice(1))
        delivery = self._ship(blanks=1)

        delivery.with_user(self.manager).move_ids.move_line_ids.quantity = 0

        self.assertRecordValues(
            invoice.invoice_line_ids.serial_ids,
            [
                {
                    "status": "issued",
                    "uncovered": True,
                    "location_id": self.stock.id,
                    "delivery_move_id": False,
                    "invoice_line_id": invoice.invoice_line_ids.id,
                }
            ],
        )
        self.assertAddsUp()

    def test_when_an_invoiced_unit_is_delivered_then_it_keeps_the_invoice(self):
        self._receive(["A1", "A2"])
        invoice = self._confirm(self._invoice(1), ["A1"])

        self._ship(["A1"])

        self.assertRecordValues(
            self._unit("A1"),
            [
                {
                    "status": "sold",
                    "invoice_line_id": invoice.invoice_line_ids.id,
                    "location_id": self.customer_location.id,
                }
            ],
        )
        self.assertAddsUp()

    def test_when_an_invoiced_unit_goes_to_another_customer_then_refused(self):
        self._receive(["A1", "A2"])
        self._confirm(self._invoice(1), ["A1"])
        picking = self._transfer("out", 1, partner=self.other_customer)

        with self.assertRaisesRegex(UserError, "A1 .*sold to Customer"):
            picking.move_ids.assign_serials(["A1"])

    def test_when_a_named_unit_is_delivered_then_it_takes_the_place_of_the_invoiced_blank(self):
        for blanks in (0, 1):
            with self.subTest(blanks=blanks):
                self.product = self._make_product(f"Phone {blanks}", taxes_id=False)
                self._receive(["A1"], blanks=blanks)
                invoice = self._confirm(self._invoice(1))

                self._ship(["A1"])

                self.assertRecordValues(
                    self._unit("A1"), [{"status": "sold", "invoice_line_id": invoice.invoice_line_ids.id}]
                )
                self.assertEqual(len(self._units("issued")), 0)
                self.assertEqual(len(self._units("received")), blanks)
                self.assertAddsUp()

    def test_when_a_delivered_unit_is_invoiced_then_its_delivery_stays(self):
        self._receive(["A1"])
        delivery = self._ship(["A1"])
        sold_on = self._unit("A1").date_sold

        invoice = self._confirm(self._invoice(1), ["A1"])

        self.assertRecordValues(
            self._unit("A1"),
            [
                {
                    "status": "sold",
                    "delivery_move_id": delivery.move_ids.id,
                    "date_sold": sold_on,
                    "invoice_line_id": invoice.invoice_line_ids.id,
                    "location_id": self.customer_location.id,
                }
            ],
        )
        self.assertAddsUp()

    def test_when_a_number_was_taken_meanwhile_then_confirming_lists_it(self):
        self._receive(["A1"])
        invoice = self._invoice(1)
        entry = self._entry(invoice.with_context(serial_number_tracking_ask=True).action_post())
        entry.line_ids.add_serials(["A1"])
        self._ship(["A1"], partner=self.other_customer)

        with self.assertRaisesRegex(UserError, r"A1 \(Phone\) was sold to Other Customer"):
            entry.action_confirm()

    def test_when_delivered_and_not_invoiced_then_proposed(self):
        self._receive(["A1"])
        self._ship(["A1"])
        entry = self._entry(self._invoice(1).with_context(serial_number_tracking_ask=True).action_post())

        self.assertEqual(entry.line_ids.enter_proposals()["added"], 1)

    def test_when_a_caller_sends_the_key_of_old_then_the_window_still_opens(self):
        self._receive(["A1"])
        self._ship(["A1"])

        self.assertTrue(self._entry(self._invoice(1).with_context(serial_ask=True).action_post()))

    def test_when_the_quantity_grows_then_only_the_rest_is_asked(self):
        self._receive(["A1", "A2", "A3"])
        invoice = self._invoice(2)
        invoice.invoice_line_ids.assign_serials(["A1", "A2"])
        invoice.invoice_line_ids.quantity = 3

        line = self._entry(invoice.with_context(serial_number_tracking_ask=True).action_post()).line_ids

        self.assertEqual((line.entered, line.missing), (2, 1))

    def test_when_the_quantity_shrinks_then_the_user_chooses_which_stay(self):
        self._receive(["A1", "A2", "A3"])
        invoice = self._invoice(3)
        invoice.invoice_line_ids.assign_serials(["A1", "A2", "A3"])
        invoice.invoice_line_ids.quantity = 2
        entry = self._entry(invoice.with_context(serial_number_tracking_ask=True).action_post())
        with self.assertRaisesRegex(UserError, "3 numbers are entered for 2 units"):
            entry.action_confirm()
        entry.line_ids.remove_serials(["A2"])

        entry.action_confirm()

        self.assertEqual(invoice.invoice_line_ids.serial_ids.mapped("name"), ["A3", "A1"])

    def test_when_posted_without_the_button_then_nothing_is_asked_or_lost(self):
        self._receive(["A1"], blanks=1)
        invoice = self._invoice(1)

        invoice._post()

        self.assertEqual(invoice.invoice_line_ids.serial_ids.status, "issued")
        self.assertAddsUp()

    def test_when_the_policy_is_skip_then_not_asked(self):
        self.company.serial_entry_invoice = "skip"

        self.assertFalse(self._invoice(1).with_context(serial_number_tracking_ask=True).action_post())

    def test_when_reset_to_draft_then_units_are_free_and_the_entry_stays(self):
        self._receive(["A1"], blanks=1)
        invoice = self._confirm(self._invoice(3), ["A1"])

        invoice.button_draft()

        self.assertEqual(sorted(self._units().mapped("status")), ["available", "received", "void"])
        self.assertEqual(invoice.invoice_line_ids._serial_names(), ["A1"])
        self.assertFalse(invoice.invoice_line_ids.serial_text)
        self.assertAddsUp()

    def test_when_a_blank_is_numbered_later_then_the_printed_invoice_stays(self):
        self._receive(["A1"], blanks=1)
        invoice = self._confirm(self._invoice(2), ["A1"])

        self._units("issued").write({"name": "B7"})

        self.assertEqual(invoice.invoice_line_ids._get_serial_rows(), ["A1", None])
        self.assertIn("B7", invoice.invoice_line_ids.serial_ids.mapped("name"))

    def test_when_cancelled_then_units_are_free(self):
        for is_draft in (False, True):
            with self.subTest(is_draft=is_draft):
                self.product = self._make_product(f"Phone {is_draft}", taxes_id=False)
                self._receive(["A1"])
                invoice = self._confirm(self._invoice(1), ["A1"])
                if is_draft:
                    invoice.button_draft()

                invoice.button_cancel()

                self.assertRecordValues(
                    self._unit("A1"), [{"status": "available", "customer_id": False, "invoice_line_id": False}]
                )
                self.assertAddsUp()

    def test_when_a_delivered_unit_is_on_a_cancelled_invoice_then_it_stays_sold_and_can_be_invoiced(self):
        self._receive(["A1"])
        self._ship(["A1"])
        self._confirm(self._invoice(1), ["A1"]).button_cancel()
        self.assertRecordValues(self._unit("A1"), [{"status": "sold", "customer_id": self.customer.id}])

        again = self._confirm(self._invoice(1), ["A1"])

        self.assertEqual(self._unit("A1").invoice_line_id, again.invoice_line_ids)

    def test_when_deleted_then_units_are_free_and_history_keeps_its_name(self):
        for is_draft in (True, False):
            with self.subTest(is_draft=is_draft):
                self.product = self._make_product(f"Phone {is_draft}", taxes_id=False)
                self._receive(["A1"])
                invoice = self._confirm(self._invoice(1), ["A1"])
                name = invoice.name
                if is_draft:
                    invoice.button_draft()

                invoice.with_context(force_delete=True).unlink()

                self.assertEqual(self._unit("A1").status, "available")
                invoiced = self._unit("A1").event_ids.filtered(lambda event: event.kind == "invoiced")
                self.assertEqual(invoiced.document, name)
                self.assertAddsUp()

    def test_when_a_posted_invoice_is_deleted_then_odoo_refuses(self):
        self._receive(["A1"])
        invoice = self._confirm(self._invoice(1), ["A1"])

        with self.assertRaises(UserError):
            invoice.unlink()

    def test_when_it_posts_itself_as_scheduled_then_nothing_is_asked_or_lost(self):
        self._receive(["A1", "A2"])
        invoice = self._invoice(2)
        invoice.invoice_line_ids.assign_serials(["A1"])
        invoice.auto_post = "at_date"

        with self.enter_registry_test_mode():
            self.env.ref("account.ir_cron_auto_post_draft_entry").method_direct_trigger()

        self.assertEqual(invoice.state, "posted")
        self.assertEqual(sorted(invoice.invoice_line_ids.serial_ids.mapped("status")), ["issued", "sold"])
        self.assertAddsUp()

    def test_when_another_caller_confirms_then_nothing_is_asked(self):
        self._receive(blanks=1)
        invoice = self._invoice(1)

        invoice.action_post()

        self.assertEqual(invoice.state, "posted")
        self.assertEqual(invoice.invoice_line_ids.serial_ids.status, "issued")

    def test_when_duplicated_then_no_unit_comes_along(self):
        self._receive(["A1"])
        copy = self._confirm(self._invoice(1), ["A1"]).copy()

        self.assertRecordValues(
            copy.invoice_line_ids, [{"serial_ids": [], "serial_text": False, "serial_draft": False}]
        )


@tagged("post_install", "-at_install")
class TestPrintedInvoice(InvoiceCommon):
    def test_when_printed_then_numbers_and_blanks_stand_under_the_line(self):
        names = ["A1", '<script>x</script> & "q"', "\u0631\u0642\u0645-1", "\u5e8f\u5217-1", "L" * 128]
        self._receive(names, blanks=1)
        invoice = self._confirm(self._invoice(6), names)

        content = self.env["ir.actions.report"]._render_qweb_html("account.account_invoices", invoice.ids)[0]

        table = html.fromstring(content).xpath("//table[@name='invoice_line_table']")[0]
        printed = [part.text for part in table.xpath(".//bdi[@name='serial_name']")]
        self.assertEqual(sorted(printed), sorted(names))
        self.assertEqual(len(table.xpath(".//span[@name='serial_blank']")), 1)

    def test_when_a_product_is_not_serialized_then_nothing_is_added(self):
        invoice = self._confirm(self._invoice(1, product=self.plain))

        content = self.env["ir.actions.report"]._render_qweb_html("account.account_invoices", invoice.ids)[0]

        self.assertFalse(html.fromstring(content).xpath("//tr[@name='serial_row']"))

    def test_when_the_invoice_is_opened_then_the_numbers_of_now_stand_beside_the_printed_ones(self):
        biller = new_test_user(self.env, "biller", "account.group_account_invoice")
        view = self.env["account.move"].with_user(biller).get_view(view_type="form")

        fields = etree.fromstring(view["arch"]).xpath("//field[@name='invoice_line_ids']/list/field")
        shown = {field.get("name"): field.get("optional") for field in fields}

        self.assertEqual((shown["serial_ids"], shown["serial_text"]), ("show", "show"))


@tagged("post_install", "-at_install")
class TestOrderInvoice(InvoiceCommon):
    def test_when_delivered_in_parts_then_each_invoice_takes_its_units(self):
        self._receive(["A1", "A2", "A3"])
        order = self._sell(3)
        self._deliver(order, ["A1"])
        first = order._create_invoices()
        first.action_post()
        self._deliver(order, ["A2", "A3"])

        second = order._create_invoices()
        second.with_context(serial_number_tracking_ask=True).action_post()

        self.assertEqual(first.invoice_line_ids.serial_text, "A1")
        self.assertEqual(second.invoice_line_ids.serial_text, "A2\nA3")
        self.assertAddsUp()

    def test_when_one_delivery_is_invoiced_in_parts_then_each_unit_is_on_one_invoice(self):
        self._receive(["A1", "A2", "A3"])
        order = self._sell(3)
        self._deliver(order, ["A1", "A2", "A3"])
        first = order._create_invoices()
        first.invoice_line_ids.quantity = 1
        first.action_post()

        second = order._create_invoices()
        second.action_post()

        self.assertEqual((len(first.invoice_line_ids.serial_ids), len(second.invoice_line_ids.serial_ids)), (1, 2))
        self.assertFalse(first.invoice_line_ids.serial_ids & second.invoice_line_ids.serial_ids)
        self.assertAddsUp()

    def test_when_an_order_s_invoice_is_reset_then_the_next_one_takes_its_units(self):
        self._receive(["A1"])
        order = self._sell(1)
        self._deliver(order, ["A1"])
        invoice = order._create_invoices()
        invoice.action_post()
        invoice.button_cancel()

        again = order._create_invoices()
        again.action_post()

        self.assertEqual(self._unit("A1").invoice_line_id, again.invoice_line_ids)

    def test_when_returned_and_credited_by_the_order_then_the_credit_note_has_the_unit(self):
        self._receive(["A1"])
        order = self._sell(1)
        picking = self._deliver(order, ["A1"])
        order._create_invoices().action_post()
        returned = self._open_return(picking, 1)
        returned.move_ids.to_refund = True
        self._validate(returned, ["A1"])

        refund = order._create_invoices(final=True)
        refund.action_post()

        self.assertEqual(refund.move_type, "out_refund")
        self.assertEqual(refund.invoice_line_ids.serial_text, "A1")
        self.assertAddsUp()

    def test_when_invoiced_before_the_delivery_then_units_are_appended_once(self):
        self.product.invoice_policy = "order"
        self._receive(["A1", "A2"])
        order = self._sell(2)
        invoice = order._create_invoices()
        invoice.action_post()
        self._deliver(order, ["A1"])

        self._deliver(order, ["A2"])

        self.assertEqual(invoice.invoice_line_ids.serial_text, "A1\nA2")
        self.assertEqual(self._unit("A2").invoice_line_id, invoice.invoice_line_ids)
        self.assertAddsUp()

    def test_when_credited_and_invoiced_again_then_on_one_line_at_a_time(self):
        self._receive(["A1"])
        order = self._sell(1)
        self._deliver(order, ["A1"])
        invoice = order._create_invoices()
        invoice.action_post()
        invoice._reverse_moves(cancel=True)
        self.assertFalse(self._unit("A1").invoice_line_id)

        again = order._create_invoices()
        again.action_post()

        self.assertEqual(self._unit("A1").invoice_line_id, again.invoice_line_ids)
        self.assertEqual(len(self._unit("A1").invoice_line_ids), 3)

    def test_when_sold_again_after_a_return_then_on_both_customers_invoices(self):
        self._receive(["A1"])
        self._ship(["A1"])
        first = self._confirm(self._invoice(1), ["A1"])
        picking = self._transfer("back", 1)
        self._validate(picking, ["A1"])
        self._ship(["A1"], partner=self.other_customer)

        second = self._confirm(self._invoice(1, partner=self.other_customer), ["A1"])

        self.assertEqual(self._unit("A1").invoice_line_ids, first.invoice_line_ids | second.invoice_line_ids)
        self.assertEqual(self._unit("A1").invoice_line_id, second.invoice_line_ids)
