from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.invoices import InvoiceCommon


@tagged("post_install", "-at_install")
class TestReversal(InvoiceCommon):
    """A credit note that reverses an invoice takes the units of its lines, without a question."""

    def test_when_an_undelivered_invoice_is_reversed_then_the_unit_is_available(self):
        self._receive(["A1"])
        invoice = self._confirm(self._invoice(1), ["A1"])

        invoice._reverse_moves(cancel=True)

        self.assertRecordValues(self._unit("A1"), [{"status": "available", "invoice_line_id": False}])
        self.assertAddsUp()

    def test_when_the_customer_still_has_it_then_it_waits_for_its_return(self):
        self._receive(["A1"])
        self._ship(["A1"])
        invoice = self._confirm(self._invoice(1), ["A1"])
        invoice._reverse_moves(cancel=True)
        self.assertRecordValues(
            self._unit("A1"), [{"status": "sold", "customer_id": self.customer.id, "invoice_line_id": False}]
        )
        picking = self._transfer("back", 1)

        self._validate(picking, ["A1"])

        self.assertEqual(self._unit("A1").status, "available")
        self.assertAddsUp()

    def test_when_more_is_delivered_after_a_part_was_credited_then_that_comes_on_the_invoice(self):
        self.product.invoice_policy = "order"
        self._receive(["A1", "A2"])
        order = self._sell(2)
        invoice = order._create_invoices()
        invoice.action_post()
        self._deliver(order, ["A1"])
        refund = invoice._reverse_moves()
        refund.invoice_line_ids.quantity = 1
        refund.action_post()

        self._deliver(order, ["A2"])

        self.assertEqual(self._unit("A2").invoice_line_id, invoice.invoice_line_ids)
        self.assertFalse(self._unit("A1").invoice_line_id)
        self.assertEqual(invoice.invoice_line_ids.serial_text, "A1\nA2")

    def test_when_a_blank_is_reversed_then_it_is_a_placeholder_again(self):
        self._receive(blanks=1)
        invoice = self._confirm(self._invoice(1))

        invoice._reverse_moves(cancel=True)

        self.assertEqual(self._units().mapped("status"), ["received"])
        self.assertAddsUp()

    def test_when_a_credit_note_has_no_invoice_then_it_asks_for_what_was_sold(self):
        self._receive(["A1", "A2"])
        self._ship(["A1", "A2"])
        self._confirm(self._invoice(2), ["A1", "A2"])
        refund = self._invoice(1, kind="out_refund")

        self._confirm(refund, ["A2"])

        self.assertRecordValues(self._unit("A2"), [{"status": "sold", "invoice_line_id": False}])
        self.assertEqual(refund.invoice_line_ids.serial_ids, self._unit("A2"))

    def _refund(self, names, quantity=None):
        """Post a credit note without an order, by its button."""
        return self._confirm(self._invoice(quantity or len(names), kind="out_refund"), names)

    def test_when_a_delivered_unit_is_on_no_invoice_then_it_can_be_credited_once(self):
        self._receive(["A1"])
        self._ship(["A1"])

        refund = self._refund(["A1"])

        self.assertRecordValues(self._unit("A1"), [{"status": "sold", "customer_id": self.customer.id}])
        self.assertEqual(refund.invoice_line_ids.serial_ids, self._unit("A1"))
        (check,) = self._invoice(1, kind="out_refund").invoice_line_ids.check_serials(["A1"])
        self.assertEqual(check["code"], "not_sold_here")
        self.assertIn(f"on the credit note {refund.name} already", check["message"])

    def test_when_an_imported_sold_unit_is_credited_then_taken_and_reset_leaves_it_sold(self):
        self._import_sold("A1")

        refund = self._refund(["A1"])
        refund.button_draft()

        self.assertRecordValues(
            self._unit("A1"),
            [{"status": "sold", "customer_id": self.customer.id, "location_id": self.customer_location.id}],
        )
        self.assertEqual(self._codes(self._invoice(1, kind="out_refund").invoice_line_ids, ["A1"]), ["ok"])
        self.assertAddsUp()

    def _import_sold(self, name):
        fields = ["name", "product_id/.id", "status", "customer_id/.id"]
        row = [name, str(self.product.id), "sold", str(self.customer.id)]
        self.assertFalse(self.register.with_user(self.manager).load(fields, [row])["messages"])

    def test_when_an_imported_sold_unit_is_invoiced_then_it_stays_where_it_is(self):
        self._import_sold("A1")

        invoice = self._confirm(self._invoice(1), ["A1"])

        here = {"status": "sold", "location_id": self.customer_location.id}
        self.assertRecordValues(self._unit("A1"), [{**here, "invoice_line_id": invoice.invoice_line_ids.id}])
        invoice.button_draft()
        self.assertRecordValues(self._unit("A1"), [{**here, "invoice_line_id": False}])
        self.assertAddsUp()

    def test_when_a_unit_came_back_before_its_credit_note_then_it_is_noted_and_stays_in_stock(self):
        for status in ("available", "hold"):
            with self.subTest(status=status):
                self.product = self._make_product(f"Phone {status}", taxes_id=False)
                self.warehouse.in_type_id.serial_return_status = status
                self._receive(["A1"])
                self._ship(["A1"])
                self._confirm(self._invoice(1), ["A1"])
                self._return(["A1"])
                self.warehouse.in_type_id.serial_return_status = "void"

                refund = self._refund(["A1"])

                self.assertEqual(refund.invoice_line_ids.serial_text, "A1")
                self.assertEqual(self._unit("A1").status, status)
                self.assertEqual(self._unit("A1").event_ids[0].kind, "credited")
                refund.button_draft()
                self.assertEqual(self._unit("A1").status, status)
                self.assertAddsUp()

    def test_when_the_unit_was_sold_to_somebody_else_then_the_credit_note_refuses_it(self):
        self._receive(["A1"])
        self._ship(["A1"], partner=self.other_customer)

        self.assertEqual(self._codes(self._invoice(1, kind="out_refund").invoice_line_ids, ["A1"]), ["not_sold_here"])

    def test_when_a_delivered_blank_is_on_no_invoice_then_each_credit_note_has_its_own(self):
        self._receive(blanks=2)
        self._ship(blanks=2)

        refunds = [self._refund([], quantity=1) for _part in range(3)]

        self.assertEqual([len(refund.invoice_line_ids.serial_ids) for refund in refunds], [1, 1, 0])
        self.assertEqual(len(self._units("issued")), 2)

    def test_when_the_credit_note_is_reset_then_the_unit_is_invoiced_again(self):
        self._receive(["A1"])
        self._ship(["A1"])
        invoice = self._confirm(self._invoice(1), ["A1"])
        refund = invoice._reverse_moves()
        refund.action_post()

        refund.button_draft()

        self.assertEqual(self._unit("A1").invoice_line_id, invoice.invoice_line_ids)

    def test_when_an_invoiced_blank_was_voided_then_the_reversal_still_posts(self):
        self._receive(blanks=2)
        invoice = self._confirm(self._invoice(2))
        self._units("issued")[0].with_user(self.manager).action_void("lost")

        refund = invoice._reverse_moves(cancel=True)

        self.assertEqual(refund.state, "posted")
        self.assertEqual(sorted(self._units().mapped("status")), ["received", "void"])
        self.assertAddsUp()

    def test_when_returned_units_are_held_then_a_reversed_unit_in_stock_is_on_hold(self):
        self.warehouse.in_type_id.serial_return_status = "hold"
        self._receive(["A1"])
        invoice = self._confirm(self._invoice(1), ["A1"])

        refund = invoice._reverse_moves(cancel=True)

        self.assertRecordValues(
            self._unit("A1"),
            [{"status": "hold", "hold_reason": f"Returned with {refund.name}", "customer_id": False}],
        )
        self.assertAddsUp()

    def test_when_part_is_reversed_then_only_its_units_are_credited(self):
        self._receive(["A1", "A2"])
        invoice = self._confirm(self._invoice(2), ["A1", "A2"])
        refund = invoice._reverse_moves()
        refund.invoice_line_ids.quantity = 1

        refund._post()

        self.assertEqual(sorted(self._units().mapped("status")), ["available", "sold"])
        self.assertAddsUp()

    def test_when_reversed_in_parts_then_each_credit_note_has_its_own_unit(self):
        self._receive(["A1", "A2"])
        self._ship(["A1", "A2"])
        invoice = self._confirm(self._invoice(2), ["A1", "A2"])
        for _part in range(2):
            refund = invoice._reverse_moves()
            refund.invoice_line_ids.quantity = 1
            refund._post()

        self.assertEqual(
            sorted(invoice.reversal_move_ids.invoice_line_ids.mapped("serial_text")),
            ["A1", "A2"],
        )
        self.assertFalse(self._units().invoice_line_id)

    def test_when_reversed_twice_then_the_second_takes_nothing(self):
        self._receive(["A1", "A2"])
        invoice = self._confirm(self._invoice(1), ["A1"])
        invoice._reverse_moves()._post()
        self._ship(["A1"], partner=self.other_customer)

        invoice._reverse_moves()._post()

        self.assertRecordValues(self._unit("A1"), [{"status": "sold", "customer_id": self.other_customer.id}])
        self.assertAddsUp()


@tagged("post_install", "-at_install")
class TestCreditNoteStatus(InvoiceCommon):
    """What units go back as by a credit note without an order."""

    def _open_refund(self, quantity=2):
        """Return the window of a credit note; A1 and A2 were invoiced, and A1 lies in stock."""
        self._receive(["A1", "A2"])
        self._confirm(self._invoice(2), ["A1", "A2"])
        self._ship(["A2"])
        refund = self._invoice(quantity, kind="out_refund")
        return self._entry(refund.with_context(serial_number_tracking_ask=True).action_post())

    def test_when_nothing_is_chosen_then_a_unit_in_stock_goes_back_as_proposed(self):
        self.warehouse.in_type_id.serial_return_status = "hold"
        entry = self._open_refund(1)
        entry.line_ids.add_serials(["A1"])

        entry.action_confirm()

        self.assertEqual(self._unit("A1").status, "hold")

    def test_when_a_status_is_chosen_then_a_unit_in_stock_has_it(self):
        for status in ("available", "hold", "void"):
            with self.subTest(status=status):
                self.product = self._make_product(f"Phone {status}", taxes_id=False)
                entry = self._open_refund(1)
                entry.line_ids.add_serials(["A1"])
                entry.line_ids.set_return_status(status, ["a1"])

                entry.action_confirm()

                self.assertRecordValues(
                    self._unit("A1"),
                    [
                        {
                            "status": status,
                            "customer_id": False,
                            "invoice_line_id": False,
                            "location_id": self.stock.id,
                        }
                    ],
                )
                self.assertAddsUp()

    def test_when_a_status_is_chosen_for_all_then_what_the_customer_has_stays_sold(self):
        entry = self._open_refund()
        entry.line_ids.set_return_status("hold")
        entry.line_ids.add_serials(["A1", "A2"])

        entry.action_confirm()

        self.assertRecordValues(
            self._unit("A1") | self._unit("A2"),
            [{"status": "hold", "invoice_line_id": False}, {"status": "sold", "invoice_line_id": False}],
        )
        self.assertAddsUp()

    def test_when_the_customer_has_the_unit_then_its_status_cannot_be_chosen(self):
        line = self._open_refund().line_ids
        line.add_serials(["A1", "A2"])

        with self.assertRaisesRegex(UserError, "A2 is still at the customer's"):
            line.set_return_status("hold", ["A2"])

        self.assertEqual(
            {row["name"]: row["keeps_status"] for row in line.get_units()["rows"]}, {"A1": False, "A2": True}
        )

    def test_when_a_held_unit_was_credited_by_mistake_then_resetting_keeps_the_choice(self):
        entry = self._open_refund(1)
        entry.line_ids.add_serials(["A1"])
        entry.line_ids.set_return_status("hold")
        entry.action_confirm()
        refund = entry.invoice_ids

        refund.button_draft()

        self.assertRecordValues(
            self._unit("A1"), [{"status": "sold", "customer_id": self.customer.id, "hold_reason": False}]
        )
        again = self._entry_of(refund)
        self.assertEqual(again.line_ids.get_units()["rows"][0]["return_status"], "hold")

    def _entry_of(self, invoice):
        """Return the window of an invoice that has all its numbers, by asking for one more."""
        invoice.invoice_line_ids.quantity += 1
        return self._entry(invoice.with_context(serial_number_tracking_ask=True).action_post())

    def test_when_the_flow_gives_no_choice_then_refused(self):
        self._receive(["A1"])
        entry = self._entry(self._invoice(1).with_context(serial_number_tracking_ask=True).action_post())

        with self.assertRaisesRegex(UserError, "cannot be chosen"):
            entry.line_ids.set_return_status("hold")

    def test_when_a_number_was_not_sold_to_the_customer_then_it_cannot_be_added(self):
        self._receive(["A9"])
        line = self._open_refund().line_ids

        (check,) = line.add_serials(["A9"], add=True)

        self.assertEqual(check["code"], "not_sold_here")


@tagged("post_install", "-at_install")
class TestResetCreditNote(InvoiceCommon):
    """A credit note that is reset to draft, and what became of its units meanwhile."""

    def _credit(self, names=("A1",), blanks=0):
        """Return the posted reversal of an invoice whose units nobody has delivered."""
        invoice = self._confirm(self._invoice(len(names) + blanks), names)
        refund = invoice._reverse_moves()
        refund._post()
        return refund

    def test_when_a_unit_lies_in_stock_then_it_is_sold_on_its_invoice_again(self):
        self._receive(["A1"])
        refund = self._credit()
        invoice = refund.reversed_entry_id

        refund.button_draft()

        self.assertSoldInStock("A1", invoice)
        self.assertAddsUp()

    def test_when_blanks_were_credited_then_they_are_issued_again(self):
        for placeholders, uncovered in ((1, False), (0, True)):
            with self.subTest(placeholders=placeholders):
                self.product = self._make_product(f"Phone {placeholders}", taxes_id=False)
                self._receive(["A1"], blanks=placeholders)
                refund = self._credit(names=(), blanks=1)

                refund.button_draft()

                self.assertRecordValues(
                    self._units("issued"), [{"uncovered": uncovered, "customer_id": self.customer.id}]
                )
                self.assertAddsUp()

    def test_when_the_unit_was_sold_to_somebody_since_then_refused_with_the_reason(self):
        self._receive(["A1"])
        refund = self._credit()
        self._ship(["A1"], partner=self.other_customer)

        with self.assertRaisesRegex(UserError, r"put A1 \(Phone\) back in stock, and it is Sold at"):
            refund.button_draft()

    def test_when_the_unit_came_back_since_then_it_stays_in_stock(self):
        self._receive(["A1"])
        self._ship(["A1"])
        refund = self._confirm(self._invoice(1), ["A1"])._reverse_moves()
        refund._post()
        self._return(["A1"])

        refund.button_draft()

        self.assertRecordValues(self._unit("A1"), [{"status": "available", "customer_id": False}])
        self.assertAddsUp()

    def test_when_the_second_credit_note_is_reset_then_the_second_invoice_has_the_unit(self):
        self._receive(["A1"])
        self._ship(["A1"])
        self._confirm(self._invoice(1), ["A1"])._reverse_moves()._post()
        again = self._confirm(self._invoice(1), ["A1"])
        refund = again._reverse_moves()
        refund._post()

        refund.button_draft()

        self.assertEqual(self._unit("A1").invoice_line_id, again.invoice_line_ids)
