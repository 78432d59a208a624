from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common.correct import CorrectCommon
from .common.credit_open import OpenCreditCommon


class CorrectInvoiceCommon(CorrectCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "account.group_account_invoice,serial_number_tracking.group_serial_number_manager"
        cls.manager = new_test_user(cls.env, "bookkeeper", groups, name="Bookkeeper")

    def _swap(self, document, booked, name):
        """Say that the unit that was booked and another document's changed places."""
        correct = self._open_correct(document)
        line = self._line(correct, booked)
        line.write({"name": name, "swapped": True})
        correct.action_apply()
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestCorrectInvoice(CorrectInvoiceCommon):
    """The posted invoice without an order is about this one, not that one."""

    def test_when_nobody_has_delivered_then_the_other_one_is_sold_and_the_first_is_free(self):
        self._receive(["A1", "A2"])
        invoice = self._confirm(self._invoice(1), ["A1"])

        self._correct(invoice, {"A1": "A2"})

        self.assertSoldInStock("A2", invoice)
        self.assertRecordValues(
            self._unit("A1"), [{"status": "available", "customer_id": False, "invoice_line_id": False}]
        )
        self.assertRecordValues(
            invoice.invoice_line_ids, [{"serial_ids": self._unit("A2").ids, "serial_text": "A2", "serial_draft": False}]
        )
        self.assertIn("Wrong box", self._unit("A1").event_ids[0].note)
        self.assertAddsUp()

    def test_when_both_were_delivered_then_only_the_invoice_changes(self):
        self._receive(["A1", "A2"])
        delivery = self._ship(["A1", "A2"])
        invoice = self._confirm(self._invoice(1), ["A1"])

        self._correct(invoice, {"A1": "A2"})

        sold = {"status": "sold", "customer_id": self.customer.id, "delivery_move_id": delivery.move_ids.id}
        self.assertRecordValues(
            self._units(),
            [{**sold, "invoice_line_id": False}, {**sold, "invoice_line_id": invoice.invoice_line_ids.id}],
        )
        self.assertAddsUp()

    def test_when_the_delivered_one_was_one_more_then_the_user_says_so(self):
        self._receive(["Q1", "Q2"])
        invoice = self._confirm(self._invoice(1), ["Q1"])
        delivery = self._ship(["Q2"]).move_ids  # it took the place of Q1 on the invoice

        self._correct(invoice, {"Q2": "Q1"})

        self.assertSoldInStock("Q1", invoice)
        self.assertRecordValues(
            self._unit("Q2"), [{"status": "sold", "invoice_line_id": False, "delivery_move_id": delivery.id}]
        )
        self.assertAddsUp()

    def test_when_two_lines_are_exchanged_then_each_has_the_other_s(self):
        self._receive(["A1", "A2"])
        invoice = self._invoice(1)
        invoice.invoice_line_ids.copy({"move_id": invoice.id})
        first, second = invoice.invoice_line_ids
        first.assign_serials(["A1"])
        second.assign_serials(["A2"])
        invoice.action_post()

        self._correct(invoice, {"A1": "A2", "A2": "A1"})

        self.assertEqual((first.serial_text, second.serial_text), ("A2", "A1"))
        self.assertEqual(self._unit("A1").invoice_line_id, second)
        self.assertAddsUp()

    def test_when_an_invoiced_blank_gets_its_number_then_it_is_printed(self):
        self._receive(["A1"])
        invoice = self._confirm(self._invoice(1))

        self._correct(invoice, {False: "A1"})

        self.assertSoldInStock("A1", invoice)
        self.assertEqual(invoice.invoice_line_ids.serial_text, "A1")
        self.assertAddsUp()

    def test_when_the_number_cannot_be_sold_then_refused_and_nothing_changes(self):
        self._receive(["A1", "A2", "A3"])
        invoice = self._confirm(self._invoice(1), ["A1"])
        self._unit("A2").action_hold("recall")
        self._ship(["A3"], partner=self.other_customer)

        for name, message in (("A2", "A2 .*on hold"), ("A3", "A3 .*sold to Other Customer"), ("B9", "B9 is not known")):
            with self.subTest(name=name), self.assertRaisesRegex(UserError, message):
                self._correct(invoice, {"A1": name})
        self.assertSoldInStock("A1", invoice)

    def test_when_the_unit_came_back_since_then_refused(self):
        self._receive(["A1", "A2"])
        self._ship(["A1"])
        invoice = self._confirm(self._invoice(1), ["A1"])
        self._return(["A1"])

        with self.assertRaisesRegex(UserError, "A1 .*is not where"):
            self._correct(invoice, {"A1": "A2"})

    def test_when_an_order_says_which_units_then_the_delivery_is_to_be_corrected(self):
        self._receive(["A1"])
        order = self._sell(1)
        self._deliver(order, ["A1"])
        invoice = self._confirm(order._create_invoices())

        with self.assertRaisesRegex(UserError, "Correct the delivery"):
            self._open_correct(invoice)
        self.assertFalse(invoice.with_user(self.manager).can_correct_serials)

    def test_when_a_unit_is_taken_off_then_refused_with_the_way(self):
        self._receive(["A1"])
        invoice = self._confirm(self._invoice(1), ["A1"])

        with self.assertRaisesRegex(UserError, "A1: .*stands for as many units"):
            self._correct(invoice, not_moved=["A1"])

    def test_when_the_user_is_no_manager_or_has_no_invoices_then_refused(self):
        self._receive(["A1"])
        invoice = self._confirm(self._invoice(1), ["A1"])
        biller = new_test_user(self.env, "biller", "account.group_account_invoice")

        for user in (biller, self.clerk):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                invoice.with_user(user).action_correct_serials()

    def test_when_it_is_a_draft_then_refused(self):
        with self.assertRaisesRegex(UserError, "no booked units"):
            self._open_correct(self._invoice(1))


@tagged("post_install", "-at_install")
class TestCorrectCreditNote(OpenCreditCommon, CorrectInvoiceCommon):
    """What a posted credit note is about can be said, and corrected, afterwards."""

    def test_when_it_was_left_open_then_it_can_be_said_later(self):
        refund = self._credit()

        self._correct(refund, {False: "A2"})

        self.assertCredited(refund, "A2")
        self.assertTrue(refund.with_user(self.manager).can_correct_serials)

    def test_when_another_was_said_then_it_is_corrected(self):
        refund = self._draft()
        entry = self._ask(refund)
        entry.line_ids.add_serials(["A1"])
        entry.action_confirm()

        self._correct(refund, {"A1": "A3"})

        self.assertCredited(refund, "A3")
        self.assertEqual(self._unit("A1").invoice_line_id, self.invoice.invoice_line_ids)

    def test_when_the_number_is_not_on_the_invoice_then_refused(self):
        self._receive(["B1"])
        refund = self._credit()

        with self.assertRaisesRegex(UserError, "B1"):
            self._correct(refund, {False: "B1"})

    def test_when_a_credit_note_without_invoice_named_another_then_it_is_corrected(self):
        self.product = self._make_product("Camera", taxes_id=False)
        self._receive(["C1", "C2"])
        self._ship(["C1", "C2"])
        refund = self._confirm(self._invoice(1, kind="out_refund"), ["C1"])

        self._correct(refund, {"C1": "C2"})

        self.assertEqual(refund.invoice_line_ids.serial_text, "C2")
        self.assertEqual(refund.invoice_line_ids.serial_ids, self._unit("C2"))


@tagged("post_install", "-at_install")
class TestSwap(CorrectInvoiceCommon):
    """Two units that were swapped between two documents are put right in one step."""

    def _deliver_two(self):
        self.manager = self.env.ref("base.user_admin")
        self._receive(["A1", "A2"])
        return self._ship(["A1"]), self._ship(["A2"], partner=self.other_customer)

    def test_when_two_customers_got_each_other_s_then_one_step_puts_both_right(self):
        first, second = self._deliver_two()

        self._swap(first, "A1", "A2")

        self.assertRecordValues(
            self._units(),
            [
                {"status": "sold", "customer_id": self.other_customer.id, "delivery_move_id": second.move_ids.id},
                {"status": "sold", "customer_id": self.customer.id, "delivery_move_id": first.move_ids.id},
            ],
        )
        self.assertEqual(first.move_ids.serial_ids, self._unit("A2"))
        self.assertEqual(second.move_ids.serial_ids, self._unit("A1"))
        self.assertAddsUp()

    def test_when_swapped_then_both_histories_name_the_customer_and_returns_work(self):
        first, second = self._deliver_two()

        self._swap(first, "A1", "A2")

        for name, customer in (("A1", self.other_customer), ("A2", self.customer)):
            event = self._unit(name).event_ids[0]
            self.assertRecordValues(event, [{"kind": "shipped", "partner_id": customer.id}])
            self.assertIn("but this piece", event.note)
        returned = self._return_of(second, 1, ["A1"])
        self._correct(returned, not_moved=["A1"])
        self.assertRecordValues(
            self._unit("A1"), [{"customer_id": self.other_customer.id, "delivery_move_id": second.move_ids.id}]
        )

    def test_when_both_are_invoiced_then_the_invoices_go_along(self):
        first, _second = self._deliver_two()
        invoice = self._confirm(self._invoice(1), ["A1"])
        other = self._confirm(self._invoice(1, partner=self.other_customer), ["A2"])

        self._swap(first, "A1", "A2")

        self.assertEqual(invoice.invoice_line_ids.serial_ids, self._unit("A2"))
        self.assertEqual(self._unit("A1").invoice_line_id, other.invoice_line_ids)
        self.assertAddsUp()

    def test_when_swapped_is_not_ticked_then_the_refusal_says_so(self):
        first, _second = self._deliver_two()

        with self.assertRaisesRegex(UserError, "A2 .*sold to Other Customer.*Tick Swapped if the other one got A1"):
            self._correct(first, {"A1": "A2"})

    def test_when_the_other_one_came_back_or_never_left_then_refused(self):
        first, second = self._deliver_two()
        self._return_of(second, 1, ["A2"])

        for name in ("A2", "B9"):
            with self.subTest(name=name), self.assertRaisesRegex(UserError, f"{name} cannot be swapped with A1"):
                self._swap(first, "A1", name)

    def test_when_two_invoices_named_each_other_s_then_one_step_puts_both_right(self):
        self._receive(["A1", "A2"])
        invoice = self._confirm(self._invoice(1), ["A1"])
        other = self._confirm(self._invoice(1, partner=self.other_customer), ["A2"])

        self._swap(invoice, "A1", "A2")

        self.assertSoldInStock("A2", invoice)
        self.assertRecordValues(
            self._unit("A1"),
            [{"customer_id": self.other_customer.id, "invoice_line_id": other.invoice_line_ids.id}],
        )
        self.assertEqual((invoice.invoice_line_ids.serial_text, other.invoice_line_ids.serial_text), ("A2", "A1"))
        self.assertAddsUp()
