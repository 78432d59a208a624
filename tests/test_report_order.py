"""Numbers on invoices of orders, on quotations and on order confirmations."""

from odoo.tests import tagged

from .common.base import PaperCommon
from .common.invoices import InvoiceCommon


class OrderPaperCommon(InvoiceCommon, PaperCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = cls.env.user


@tagged("post_install", "-at_install")
class TestInvoicePaper(OrderPaperCommon):
    report = "account.account_invoices"

    def _bill(self, names, back):
        """Return the posted invoice of an order of which some units were delivered and some of them came back."""
        self.product.invoice_policy = "order"
        self._receive(names)
        order = self._sell(len(names))
        picking = self._deliver(order, names)
        if back:
            self._return_of(picking, len(back), back)
        invoice = order._create_invoices()
        invoice.action_post()
        return invoice

    def _endings(self, paper):
        return [part.text_content() for part in paper.xpath("//*[@name='serial_ending']")]

    def test_when_one_came_back_before_the_invoice_then_it_says_so(self):
        paper = self._paper(self._bill(["A1", "A2", "A3"], ["A2"]))

        self.assertEqual(self._printed(paper), ["A1", "A3"])
        self.assertEqual(self._endings(paper), ["One more came back and is not listed."])

    def test_when_all_came_back_then_it_says_how_many(self):
        paper = self._paper(self._bill(["A1", "A2"], ["A1", "A2"]))

        self.assertEqual(self._printed(paper), [])
        self.assertEqual(self._endings(paper), ["2 more came back and are not listed."])

    def test_when_it_comes_back_after_the_invoice_then_the_invoice_stays_as_it_was_printed(self):
        invoice = self._bill(["A1", "A2"], [])
        self._return(["A1"])

        paper = self._paper(invoice)

        self.assertEqual((self._printed(paper), self._endings(paper)), (["A1", "A2"], []))

    def test_when_some_are_still_to_be_delivered_then_nobody_says_they_came_back(self):
        self.product.invoice_policy = "order"
        self._receive(["A1", "A2"])
        order = self._sell(3)
        self._return_of(self._deliver(order, ["A1", "A2"]), 1, ["A2"])
        invoice = order._create_invoices()
        invoice.action_post()

        paper = self._paper(invoice)

        self.assertEqual(self._printed(paper), ["A1"])
        self.assertEqual(self._endings(paper), ["One more came back and is not listed."])

    def test_when_the_company_wants_the_warranty_then_the_invoice_has_it(self):
        self.assertEqual(self._warranties(self._bill_with_warranty()), ["Warranty until 03/14/2028"])

    def test_when_a_warranty_changes_then_the_invoice_says_what_it_said_when_it_was_issued(self):
        invoice = self._bill_with_warranty()

        self._unit("A1").warranty_end = "2030-01-01"

        self.assertEqual(self._warranties(invoice), ["Warranty until 03/14/2028"])

    def test_when_the_invoice_is_reset_and_posted_again_then_it_says_what_is_so_now(self):
        invoice = self._bill_with_warranty()
        invoice.button_draft()
        self.product.warranty_months = 24

        invoice.action_post()

        self.assertEqual(self._warranties(invoice), ["Warranty until 03/14/2029"])

    def test_when_the_date_of_the_invoice_is_corrected_then_its_warranty_follows(self):
        invoice = self._bill_with_warranty()

        invoice.with_context(skip_readonly_check=True).invoice_date = "2027-03-20"

        self.assertEqual(self._warranties(invoice), ["Warranty until 03/20/2028"])

    def test_when_it_was_posted_before_that_was_kept_then_it_says_what_is_so_now(self):
        invoice = self._bill_with_warranty()
        self.env.flush_all()
        self.env.cr.execute("UPDATE account_move_line SET serial_ends = NULL WHERE move_id = %s", [invoice.id])
        self.env.invalidate_all()

        self._unit("A1").warranty_end = "2030-01-01"

        self.assertEqual(self._warranties(invoice), ["Warranty until 01/01/2030"])

    def _bill_with_warranty(self):
        """Return a posted invoice of a unit that has a year of warranty, on a paper that says so."""
        self.company.serial_paper_warranty = True
        self.product.warranty_months = 12
        self._receive(["A1"])
        invoice = self._invoice(1, day="2027-03-14")
        self._confirm(invoice, ["A1"])
        return invoice

    def _warranties(self, invoice):
        return [each.text_content() for each in self._paper(invoice).xpath("//*[@name='serial_heading']")]


@tagged("post_install", "-at_install")
class TestOrderPaper(OrderPaperCommon):
    report = "sale.report_saleorder"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.serial_paper_designated = True

    def _quote(self, *quantities):
        return self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "order_line": [
                    (0, 0, {"product_id": self.product.id, "product_uom_qty": quantity}) for quantity in quantities
                ],
            }
        )

    def test_when_units_are_designated_to_the_order_then_its_confirmation_lists_them(self):
        self._receive(["A1", "A3"])
        order = self._sell(2)
        self._promise(order, "A2")

        self.assertEqual(self._printed(self._paper(order)), ["A2"])

    def test_when_delivered_then_it_lists_what_was_delivered(self):
        self._receive(["A1"])
        order = self._sell(1)
        self._promise(order, "A2")
        self._deliver(order, ["A2"])

        self.assertEqual(self._printed(self._paper(order)), ["A2"])

    def test_when_the_company_does_not_want_it_then_none_is_listed(self):
        self.company.serial_paper_designated = False
        order = self._sell(1)
        self._promise(order, "A1")

        self.assertFalse(self._paper(order).xpath("//tr[@name='serial_row']"))

    def test_when_units_are_designated_to_the_customer_then_the_quotation_lists_them_under_the_first_line(self):
        self._receive(["A1", "A2", "A3"])
        (self._unit("A1") | self._unit("A3")).action_designate(self.customer)

        for quantities, printed in (((2,), ["A1", "A3"]), ((1, 1), ["A1", "A3"]), ((1,), [])):
            with self.subTest(quantities=quantities):
                self.assertEqual(self._printed(self._paper(self._quote(*quantities))), printed)

    def test_when_they_are_another_customer_s_then_the_quotation_lists_none(self):
        self._receive(["A1"])
        self._unit("A1").action_designate(self.other_customer)

        self.assertFalse(self._paper(self._quote(1)).xpath("//tr[@name='serial_row']"))
