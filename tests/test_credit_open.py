from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.credit_open import OpenCreditCommon


@tagged("post_install", "-at_install")
class TestOpenCredit(OpenCreditCommon):
    """A credit note for one of three: nobody knows which one, until somebody or its return says so."""

    def test_when_nobody_is_there_then_it_is_left_open(self):
        refund = self._credit()

        self.assertCredited(refund)
        self.assertEqual(self._units().invoice_line_id, self.invoice.invoice_line_ids)

    def test_when_another_one_comes_back_then_the_credit_note_has_that(self):
        refund = self._credit()

        self._return_of(self.delivery, 1, ["A3"])

        self.assertCredited(refund, "A3")
        self.assertEqual(self._units().filtered("invoice_line_id").mapped("name"), ["A1", "A2"])

    def test_when_one_came_back_before_then_the_credit_note_has_that(self):
        self._return_of(self.delivery, 1, ["A2"])

        self.assertCredited(self._credit(), "A2")

    def test_when_the_button_is_pressed_then_it_asks_and_takes_what_is_said(self):
        refund = self._draft()
        entry = self._ask(refund)
        self.assertEqual(entry.line_ids.add_serials(["A2"])[0]["code"], "ok")

        entry.action_confirm()

        self.assertCredited(refund, "A2")

    def test_when_a_number_of_another_invoice_is_said_then_refused(self):
        self._receive(["B1"])
        self._ship(["B1"])
        self._confirm(self._invoice(1), ["B1"])

        (check,) = self._draft().invoice_line_ids.check_serials(["B1"])

        self.assertEqual(check["code"], "not_sold_here")
        self.assertIn("B1 (Phone) is not on the invoice that", check["message"])

    def test_when_the_user_does_not_know_then_it_is_left_open(self):
        refund = self._draft()
        entry = self._ask(refund)
        entry.line_ids.use_blanks()

        entry.action_confirm()

        self.assertEqual(refund.state, "posted")
        self.assertCredited(refund)

    def test_when_all_are_credited_then_nothing_is_asked(self):
        refund = self._draft(3)

        refund.with_context(serial_number_tracking_ask=True).action_post()

        self.assertEqual(refund.state, "posted")
        self.assertCredited(refund, "A1", "A2", "A3")

    def test_when_the_last_parts_are_credited_then_each_unit_is_on_one_credit_note(self):
        refunds = [self._credit() for _part in range(3)]

        names = [refund.invoice_line_ids.serial_ids.mapped("name") for refund in refunds]
        self.assertEqual(sorted(names), [["A1"], ["A2"], ["A3"]])
        self.assertFalse(self._units().invoice_line_id)

    def test_when_two_open_credit_notes_wait_then_each_return_goes_to_one(self):
        first, second = self._credit(), self._credit()

        self._return_of(self.delivery, 1, ["A3"])
        self._return_of(self.delivery, 1, ["A1"])

        self.assertCredited(first, "A3")
        self.assertCredited(second, "A1")

    def test_when_more_come_back_than_were_credited_then_only_so_many_are_on_it(self):
        refund = self._credit()

        self._return_of(self.delivery, 2, ["A2", "A3"])

        self.assertEqual(len(refund.invoice_line_ids.serial_ids), 1)

    def test_when_it_is_reset_and_posted_again_then_still_open(self):
        refund = self._credit()
        refund.button_draft()

        refund.action_post()
        self._return_of(self.delivery, 1, ["A2"])

        self.assertCredited(refund, "A2")

    def test_when_the_customer_has_blanks_then_one_of_them_is_as_good_as_another(self):
        self.product = self._make_product("Camera", taxes_id=False, invoice_policy="delivery")
        self._receive(blanks=2)
        self._ship(blanks=2)
        self.invoice = self._confirm(self._invoice(2))

        refund = self._credit()

        self.assertEqual(len(refund.invoice_line_ids.serial_ids), 1)
        self.assertEqual(refund.invoice_line_ids.serial_text, "________")

    def test_when_the_order_makes_a_credit_note_without_a_return_then_it_is_left_open(self):
        refund = self._invoice(1, kind="out_refund")
        refund.invoice_line_ids.sale_line_ids = self.order.order_line
        refund.action_post()
        self.assertCredited(refund)

        self._return_of(self.delivery, 1, ["A2"])

        self.assertCredited(refund, "A2")


@tagged("post_install", "-at_install")
class TestCorrectedReturn(OpenCreditCommon):
    """The return that named a unit was wrong: its credit note follows."""

    def _correct_return(self, returned, changes=None, not_moved=()):
        action = returned.with_user(self.manager).action_correct_serials()
        correct = self.env["serial.correct"].with_user(self.manager).browse(action["res_id"])
        for line in correct.line_ids:
            line.name = (changes or {}).get(line.booked_name, line.booked_name)
            line.not_moved = line.booked_name in not_moved
        correct.action_apply()
        self.env.invalidate_all()

    def test_when_another_one_came_back_then_the_credit_note_has_that(self):
        refund = self._credit()
        returned = self._return_of(self.delivery, 1, ["A3"])

        self._correct_return(returned, {"A3": "A2"})

        self.assertCredited(refund, "A2")
        self.assertEqual(self._unit("A3").invoice_line_id, self.invoice.invoice_line_ids)

    def test_when_the_credit_note_came_later_then_it_follows_too(self):
        returned = self._return_of(self.delivery, 1, ["A3"])
        refund = self._credit()

        self._correct_return(returned, {"A3": "A2"})

        self.assertCredited(refund, "A2")

    def test_when_none_came_back_then_the_credit_note_is_open_again(self):
        refund = self._credit()
        returned = self._return_of(self.delivery, 1, ["A3"])

        self._correct_return(returned, not_moved=["A3"])

        self.assertCredited(refund)
        self.assertEqual(self._unit("A3").invoice_line_id, self.invoice.invoice_line_ids)

    def test_when_the_user_had_said_which_one_then_the_return_changes_nothing(self):
        refund = self._draft()
        entry = self._ask(refund)
        entry.line_ids.add_serials(["A3"])
        entry.action_confirm()
        returned = self._return_of(self.delivery, 1, ["A3"])

        self._correct_return(returned, {"A3": "A2"})

        self.assertCredited(refund, "A3")

    def test_when_a_unit_was_credited_by_name_then_it_cannot_be_credited_again(self):
        self._credit()
        self._return_of(self.delivery, 1, ["A3"])

        with self.assertRaisesRegex(UserError, "A3 .*is not on the invoice|A3 .*is on the credit note"):
            self._draft().invoice_line_ids.assign_serials(["A3"])
