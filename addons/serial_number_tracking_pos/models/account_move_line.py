from odoo import fields, models
from odoo.fields import Domain


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    pos_line_id = fields.Many2one(
        "pos.order.line", index="btree_not_null", readonly=True, copy=False, ondelete="set null"
    )

    def _get_serial_order_domain(self):
        # EXTENDS 'serial_number_tracking'
        return super()._get_serial_order_domain() | Domain("delivery_move_id.pos_line_id", "in", self.pos_line_id.ids)

    def _get_order_invoice_lines(self):
        # EXTENDS 'serial_number_tracking'
        sold = self.sudo().pos_line_id
        lines = sold | sold.refunded_orderline_id | sold.refund_orderline_ids
        return super()._get_order_invoice_lines() | lines.serial_invoice_line_ids.with_env(self.env)

    def _get_serial_order_moves(self):
        # EXTENDS 'serial_number_tracking'
        return super()._get_serial_order_moves() | self.sudo().pos_line_id.serial_move_ids
