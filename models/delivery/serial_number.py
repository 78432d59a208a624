from odoo import api, models

from ...engine import invoice


class SerialNumber(models.Model):
    _inherit = "serial.number"

    @api.model
    def _takes_goods_back(self, line):
        # EXTENDS 'serial.hook.mixin'
        if super()._takes_goods_back(line):
            return True
        move = line.move_id.sudo()
        if move.move_type != "out_refund" or move.serial_no_delivery or invoice.is_from_order(line):
            return False
        if not move.reversed_entry_id:
            return move._may_move_goods() if move.state == "draft" else bool(line.sudo().serial_return_move_ids)
        moves = invoice.get_reversed_lines(line.sudo()).serial_delivery_move_ids
        return any(one.state == "done" for one in moves)

    @api.model
    def _find_issue_warehouse(self, line):
        # EXTENDS 'serial.hook.mixin'
        return line.move_id.journal_id.sudo()._get_invoice_warehouse() or super()._find_issue_warehouse(line)
