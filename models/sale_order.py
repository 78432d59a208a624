from odoo import fields, models
from odoo.fields import Domain

from .serial_button_mixin import LOOKUP


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "serial.button.mixin"]

    serial_count = fields.Integer("Serial Numbers", compute="_compute_serial_count", groups=LOOKUP)

    def _compute_serial_count(self):
        for order in self:
            order.serial_count = self.env["serial.number"].search_count(order._get_serial_domain())

    # EXTENDS 'serial.button.mixin'
    def _get_serial_domain(self):
        lines = self.order_line.ids
        return Domain("sale_line_id", "in", lines) | Domain("move_ids.sale_line_id", "in", lines)
