from odoo import fields, models

from ...engine import outside
from . import goods


class StockPicking(models.Model):
    _inherit = "stock.picking"

    serial_invoice_count = fields.Integer(
        "Invoices", compute="_compute_serial_invoice_count", groups="account.group_account_invoice"
    )

    def _compute_serial_invoice_count(self):
        for picking in self:
            picking.serial_invoice_count = len(picking._get_serial_invoices())

    def _get_serial_invoices(self):
        """Return the invoices that delivered these transfers, and the credit notes that took them back."""
        moves = self.move_ids.sudo()
        return (moves.serial_return_line_id.move_id or moves.serial_invoice_line_id.move_id).with_env(self.env)

    def action_view_serial_invoices(self):
        """Show the invoice that made this transfer.

        :return: a window action
        """
        outside.check_some(self)
        self.check_access("read")
        invoices = self._get_serial_invoices()
        invoices.check_access("read")
        return goods.open_documents(invoices, self.env._("Invoices"))
