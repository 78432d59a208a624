from odoo import api, fields, models
from odoo.exceptions import UserError

from . import issue


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    serial_delivery_move_ids = fields.One2many(
        "stock.move", "serial_invoice_line_id", "Delivered by", readonly=True, help="What the invoice itself delivered."
    )
    serial_return_move_ids = fields.One2many(
        "stock.move", "serial_return_line_id", "Taken Back by", readonly=True, help="What the credit note took back."
    )

    def _get_stock_moves(self):
        # EXTENDS 'stock_account'
        return super()._get_stock_moves() | self.sudo().serial_delivery_move_ids.with_env(self.env)

    @api.ondelete(at_uninstall=False)
    def _unlink_delivered(self):
        """Keep lines whose goods are with the customer: nothing would say for what.

        :raise UserError: with what to do
        """
        for line in self.sudo():
            moves = line.serial_delivery_move_ids
            if moves and issue.count_out(moves, line) > 0:
                raise UserError(
                    self.env._(
                        "%(product)s was delivered by %(transfers)s. Return it there before you delete its line.",
                        product=line.product_id.display_name,
                        transfers=", ".join(moves.picking_id.mapped("name")),
                    )
                )
