"""When validating a transfer asks for the serial numbers of a move."""

from odoo import models
from odoo.fields import Domain


class StockMove(models.Model):
    _inherit = "stock.move"

    def _is_serial_to_validate(self):
        return (
            self.product_id.is_serialized
            and self.state not in ("done", "cancel")
            and self.picked
            and not self.product_uom.is_zero(self.quantity)
        )

    # EXTENDS 'serial.capture.mixin'
    def _serial_policy(self):
        return self.sudo().picking_id.picking_type_id.serial_entry or "skip"

    # EXTENDS 'serial.capture.mixin'
    def _get_serial_proposal_domain(self):
        """Propose what is expected from the order, designated to it, or invoiced to the customer and not delivered."""
        flow = self._serial_flow()
        if flow.code == "receive" and self.purchase_line_id:
            return Domain("purchase_line_id", "=", self.purchase_line_id.id) & Domain("status", "=", "expected")
        if flow.code != "ship":
            return Domain.FALSE
        order = Domain("sale_line_id", "=", self.sale_line_id.id) & Domain("status", "=", "designated")
        customer = self._serial_customer().commercial_partner_id
        invoiced = Domain("customer_id", "child_of", customer.ids) & Domain(
            [("status", "=", "sold"), ("delivery_move_id", "=", False), ("invoice_line_id", "!=", False)]
        )
        return (order if self.sale_line_id else Domain.FALSE) | (invoiced if customer else Domain.FALSE)
