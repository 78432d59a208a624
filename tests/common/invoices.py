from odoo import fields

from .base import SerialCommon


class InvoiceCommon(SerialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env["account.journal"].search([("type", "=", "sale"), ("company_id", "=", cls.company.id)], limit=1):
            cls.env["account.journal"].create({"name": "Sales", "code": "SNT", "type": "sale"})
        cls.income = cls.env["account.account"].search(
            [("account_type", "=", "income"), ("company_ids", "in", cls.company.ids)], limit=1
        ) or cls.env["account.account"].create({"name": "Income", "code": "SNT400", "account_type": "income"})
        receivable = cls.env["account.account"].search(
            [("account_type", "=", "asset_receivable"), ("company_ids", "in", cls.company.ids)], limit=1
        ) or cls.env["account.account"].create(
            {"name": "Receivable", "code": "SNT110", "account_type": "asset_receivable", "reconcile": True}
        )
        (cls.customer | cls.other_customer).property_account_receivable_id = receivable
        cls.product.invoice_policy = "delivery"
        cls.product.taxes_id = False

    def _invoice(self, quantity, partner=None, kind="out_invoice", product=None, day=None):
        return self.env["account.move"].create(
            {
                "move_type": kind,
                "partner_id": (partner or self.customer).id,
                "invoice_date": day or fields.Date.today(),
                "invoice_line_ids": [
                    (
                        0,
                        0,
                        {
                            "product_id": (product or self.product).id,
                            "quantity": quantity,
                            "price_unit": 100,
                            "account_id": self.income.id,
                            "tax_ids": False,
                        },
                    )
                ],
            }
        )

    def _confirm(self, invoice, names=(), blanks=True):
        """Press Confirm, enter the numbers in the window, and leave the rest blank."""
        action = invoice.with_context(serial_number_tracking_ask=True).action_post()
        if isinstance(action, dict) and action.get("res_model") == "serial.entry":
            entry = self._entry(action)
            if names:
                checks = entry.line_ids.add_serials(list(names))
                self.assertEqual([check["code"] for check in checks if not check["ok"]], [])
            for line in entry.line_ids.filtered("missing"):
                line.use_blanks()
            entry.action_confirm()
        self.assertEqual(invoice.state, "posted")
        return invoice

    def _sell(self, quantity):
        """Return a confirmed sales order."""
        self.product.property_account_income_id = self.income
        return self._order(quantity, tax_ids=False)

    def _deliver(self, order, names, blanks=0):
        picking = order.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))
        picking.move_ids.quantity = len(names) + blanks
        picking.move_ids.assign_serials(names)
        result = picking.with_context(skip_backorder=True).button_validate()
        if isinstance(result, dict) and result.get("res_model") == "serial.entry":
            entry = self._entry(result)
            entry.line_ids.use_blanks()
            entry.action_confirm()
        self.assertEqual(picking.state, "done")
        return picking

    def assertSoldInStock(self, name, invoice):
        """The unit is sold to the customer on this invoice, and nobody has delivered it."""
        sold = {"status": "sold", "customer_id": self.customer.id, "location_id": self.stock.id}
        self.assertRecordValues(self._unit(name), [{**sold, "invoice_line_id": invoice.invoice_line_ids.id}])
