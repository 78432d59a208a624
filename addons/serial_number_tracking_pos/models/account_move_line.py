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

    def _find_kit_demands(self):
        # EXTENDS 'serial_number_tracking'
        demands = super()._find_kit_demands()
        for line in self.filtered("pos_line_id"):
            moves = line.sudo().pos_line_id.serial_move_ids.filtered("is_serialized")
            moves = moves.filtered(lambda move: move.state != "cancel" and not move.origin_returned_move_id)
            parts = moves.grouped("product_id")
            if parts:
                demands[line] = {part: int(sum(group.mapped("product_qty"))) for part, group in parts.items()}
        return demands
