from .invoices import InvoiceCommon


class OpenCreditCommon(InvoiceCommon):
    """Three units of one invoice line, of which a part is credited."""

    def setUp(self):
        super().setUp()
        self._receive(["A1", "A2", "A3"])
        self.order = self._sell(3)
        self.delivery = self._deliver(self.order, ["A1", "A2", "A3"])
        self.invoice = self.order._create_invoices()
        self.invoice.action_post()

    def _draft(self, quantity=1):
        refund = self.invoice._reverse_moves()
        refund.invoice_line_ids.quantity = quantity
        return refund

    def _credit(self, quantity=1):
        """Post a credit note of a part where nobody is asked."""
        refund = self._draft(quantity)
        refund.action_post()
        return refund

    def _ask(self, refund):
        return self._entry(refund.with_context(serial_number_tracking_ask=True).action_post())

    def assertCredited(self, refund, *names):
        """The credit note has these units and prints them, and the invoice has the others."""
        line = refund.invoice_line_ids
        self.assertEqual(sorted(line.serial_ids.mapped("name")), sorted(names))
        self.assertEqual(sorted((line.serial_text or "").splitlines()), sorted(names))
        kept = self._units().filtered("invoice_line_id").mapped("name")
        self.assertFalse(set(kept) & set(names))
        self.assertAddsUp()
