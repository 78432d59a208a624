from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_invoiced_lot_values(self):
        """Leave out what the till entered and the invoice's lines print: each number is printed once."""
        # EXTENDS 'point_of_sale'
        values = super()._get_invoiced_lot_values()
        lots = (
            self.env["pos.pack.operation.lot"]
            .sudo()
            .browse(row["pos_lot_id"] for row in values if row.get("pos_lot_id"))
        )
        printed = set(lots.filtered("pos_order_line_id.serial_invoice_line_ids.serial_ids").ids)
        return [row for row in values if row.get("pos_lot_id") not in printed]
