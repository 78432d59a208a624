from odoo import api, fields, models
from odoo.fields import Domain


class PosOrder(models.Model):
    _name = "pos.order"
    _inherit = ["pos.order", "serial.button.mixin"]

    serial_count = fields.Integer("Serial Numbers", compute="_compute_serial_count", compute_sudo=True)
    serial_search = fields.Char("Serial Number", compute="_compute_serial_search", search="_search_serial_search")

    def _get_serial_domain(self):
        # EXTENDS 'serial.button.mixin'
        return Domain("move_ids.pos_line_id.order_id", "in", self.ids)

    def _compute_serial_count(self):
        for order in self:
            order.serial_count = len(order.lines.serial_move_ids.serial_ids)

    @api.depends("lines.pack_lot_ids.lot_name")
    def _compute_serial_search(self):
        for order in self:
            order.serial_search = ", ".join(name for name in order.lines.pack_lot_ids.mapped("lot_name") if name)

    @api.model
    def _search_serial_search(self, operator, value):
        """Find orders by the numbers of their units, also by labels, and by what the till took."""
        if operator not in ("=", "like", "ilike", "in") or not value:
            return NotImplemented
        texts = [value] if isinstance(value, str) else value
        texts = [text.strip("%") if "like" in operator else text for text in texts]
        compare = "=" if operator in ("=", "in") else "ilike"
        named = Domain.OR(Domain("display_name", compare, text) for text in texts)
        typed = Domain.OR(Domain("lines.pack_lot_ids.lot_name", compare, text) for text in texts)
        units = self.env["serial.number"].sudo()._search(named & Domain("company_id", "in", self.env.companies.ids))
        return typed | Domain("lines.serial_move_ids.serial_ids", "in", units)

    def _get_serial_user(self):
        """Return who looks after numbers of the order that could not be booked: its cashier, if they may see units."""
        if self.user_id.has_group("serial_number_tracking.group_serial_number_lookup"):
            return self.user_id
        managers = self.env.ref("point_of_sale.group_pos_manager").sudo().all_user_ids
        return managers.filtered(lambda user: self.company_id in user.company_ids)[:1] or self.env.ref(
            "base.user_admin"
        )

    @api.model
    def _get_invoice_lines_values(self, line_values, pos_line, move_type):
        # EXTENDS 'point_of_sale'
        vals = super()._get_invoice_lines_values(line_values, pos_line, move_type)
        return vals | ({"pos_line_id": pos_line.id} if vals.get("product_id") else {})
