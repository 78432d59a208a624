from odoo import api, fields, models
from odoo.exceptions import UserError

from . import goods


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
            if goods.count_out(line.serial_delivery_move_ids, line) > 0:
                transfers = ", ".join(line.serial_delivery_move_ids.picking_id.mapped("name"))
                raise UserError(
                    self.env._(
                        "%(product)s was delivered by %(transfers)s. Return it there before you delete its line.",
                        product=line.product_id.display_name,
                        transfers=transfers,
                    )
                )
            if goods.count_out(line.serial_return_move_ids, line) < 0:
                transfers = ", ".join(line.serial_return_move_ids.picking_id.mapped("name"))
                raise UserError(
                    self.env._(
                        "%(product)s was taken back by %(transfers)s. Deliver it again before you delete its line, or "
                        "make an invoice.",
                        product=line.product_id.display_name,
                        transfers=transfers,
                    )
                )
