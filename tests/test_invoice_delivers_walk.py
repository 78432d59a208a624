from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from odoo import fields
from odoo.tests import tagged

from .common.invoices import InvoiceCommon
from .common.walk import KeepingWalk, picks


class DeliveringWalk(KeepingWalk):
    """Invoices that deliver, reset, changed, credited, returned, between receipts and deliveries of other ways."""

    def __init__(self):
        super().__init__()
        self.made = 0
        self.case.product = self.case._make_product("Walker", taxes_id=False)

    def _invoices(self, *states, kind="out_invoice"):
        lines = self.case.env["account.move.line"].search([("product_id", "=", self.case.product.id)], order="id")
        return lines.move_id.filtered(lambda move: move.move_type == kind and move.state in states).sorted("id")

    def _pick(self, records, pick):
        return records[pick % len(records)] if records else records

    @rule(count=st.integers(1, 3), blanks=st.integers(0, 2))
    def receive(self, count, blanks):
        names = [f"W{self.made + number}" for number in range(count)]
        self.made += count
        self.case._receive(names, blanks=blanks)

    @rule(count=st.integers(1, 3), named=st.booleans(), goods=st.booleans(), partner=st.booleans())
    def invoice(self, count, named, goods, partner):
        def act():
            customer = self.case.customer if partner else self.case.other_customer
            invoice = self.case._invoice(count, partner=customer)
            invoice.serial_no_delivery = not goods
            names = self.case._units("available")[:count].mapped("name") if named else []
            invoice.invoice_line_ids._write_serial_draft(names, blanks=True)
            invoice.action_post()

        self._try(act)

    @rule(pick=picks)
    def deliver_now(self, pick):
        invoice = self._pick(self._invoices("posted"), pick)
        if invoice.serial_waiting_count:
            self._try(invoice.action_deliver_serials)

    @rule(pick=picks, count=st.integers(1, 3))
    def reset_and_confirm(self, pick, count):
        invoice = self._pick(self._invoices("posted"), pick)

        def act():
            invoice.button_draft()
            invoice.invoice_line_ids.quantity = count
            invoice.action_post()

        self._try(act) if invoice else None

    @rule(pick=picks, kind=st.sampled_from(["out_invoice", "out_refund"]))
    def cancel(self, pick, kind):
        invoice = self._pick(self._invoices("posted", kind=kind), pick)

        def act():
            invoice.button_draft()
            invoice.button_cancel()

        self._try(act) if invoice else None

    @rule(pick=picks, count=st.integers(1, 2), goods=st.booleans())
    def credit(self, pick, count, goods):
        invoice = self._pick(self._invoices("posted"), pick)

        def act():
            refund = invoice._reverse_moves([{"invoice_date": fields.Date.today()}])
            refund.invoice_line_ids.quantity = count
            refund.serial_no_delivery = not goods
            refund.action_post()

        self._try(act) if invoice else None

    @rule(pick=picks)
    def give_back(self, pick):
        done = self.case.env["stock.picking"].search(
            [("product_id", "=", self.case.product.id), ("state", "=", "done")], order="id"
        )
        out = done.filtered(lambda one: one.location_dest_id == self.case.customer_location)
        picking = self._pick(out, pick)
        if picking:
            self._try(lambda: self.case._validate(self.case._open_return(picking, 1)))

    @rule(named=st.booleans())
    def ship(self, named):
        names = self.case._units("available")[:1].mapped("name") if named else []
        self._try(lambda: self.case._ship(names, blanks=1 - len(names)))

    @invariant()
    def adds_up(self):
        self.case.assertAddsUp()

    @invariant()
    def delivers_what_it_says(self):
        for line in self._invoices("posted").invoice_line_ids:
            moves = line.serial_delivery_move_ids.filtered(lambda move: move.state == "done")
            signs = [move.quantity * (1 if move._is_serial_sale() else -1) for move in moves]
            self.case.assertLessEqual(sum(signs), line.quantity)
            self.case.assertGreaterEqual(sum(signs), 0)


@tagged("post_install", "-at_install")
class TestInvoiceDeliversWalk(InvoiceCommon):
    def test_when_anything_happens_in_any_order_then_units_and_stock_agree(self):
        self.company.serial_invoice_delivers = True

        DeliveringWalk.run(self, walks=6, steps=25)
