from odoo import api, fields, models
from odoo.fields import Domain


class PosOrder(models.Model):
    _name = "pos.order"
    _inherit = ["pos.order", "serial.button.mixin"]

    serial_count = fields.Integer("Serial Numbers", compute="_compute_serial_count", compute_sudo=True)
    serial_search = fields.Char("Serial Number", store=False, search="_search_serial_search")

    def _get_serial_domain(self):
        # EXTENDS 'serial.button.mixin'
        return Domain("move_ids.pos_line_id.order_id", "in", self.ids)

    def _compute_serial_count(self):
        for order in self:
            order.serial_count = len(order.lines.serial_move_ids.serial_ids)

    @api.model
    def _search_serial_search(self, operator, value):
        """Find orders by the numbers of their units, also by labels, and by what the till took."""
        if operator != "ilike" or not value:
            return NotImplemented
        text = value.strip("%")
        domain = [("display_name", "ilike", text), ("company_id", "in", self.env.companies.ids)]
        units = self.env["serial.number"].sudo()._search(domain)
        typed = Domain("lines.pack_lot_ids.lot_name", "ilike", text)
        return typed | Domain("lines.serial_move_ids.serial_ids", "in", units)

    @api.model
    def _get_invoice_lines_values(self, line_values, pos_line, move_type):
        # EXTENDS 'point_of_sale'
        vals = super()._get_invoice_lines_values(line_values, pos_line, move_type)
        return vals | ({"pos_line_id": pos_line.id} if vals.get("product_id") else {})
