from odoo import api, fields, models
from odoo.fields import Domain


class PosOrder(models.Model):
    _name = "pos.order"
    _inherit = ["pos.order", "serial.button.mixin", "serial.search.mixin"]

    serial_count = fields.Integer("Serial Numbers", compute="_compute_serial_count", compute_sudo=True)
    serial_search = fields.Char("Serial Number", groups="point_of_sale.group_pos_user")

    def _get_serial_domain(self):
        # EXTENDS 'serial.button.mixin'
        return Domain("move_ids.pos_line_id.order_id", "in", self.ids)

    def _compute_serial_count(self):
        for order in self:
            order.serial_count = len(order.lines.serial_move_ids.serial_ids)

    @api.model
    def _search_serial_search(self, operator, value):
        # EXTENDS 'serial.search.mixin': cashiers find orders, by what the till took as well
        text = value.strip("%") if isinstance(value, str) else value  # tills search for "%text%"
        found = super(PosOrder, self.sudo())._search_serial_search(operator, text)
        return found if found is NotImplemented else found | Domain("lines.pack_lot_ids.lot_name", operator, value)

    @api.model
    def _get_serial_document_domain(self, units):
        # EXTENDS 'serial.search.mixin'
        return Domain("lines.serial_move_ids.serial_ids", "any!", units)

    @api.model
    def _get_invoice_lines_values(self, line_values, pos_line, move_type):
        # EXTENDS 'point_of_sale'
        vals = super()._get_invoice_lines_values(line_values, pos_line, move_type)
        return vals | ({"pos_line_id": pos_line.id} if vals.get("product_id") else {})
