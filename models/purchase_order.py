from odoo import api, fields, models
from odoo.fields import Domain

from .serial_button_mixin import LOOKUP


class PurchaseOrder(models.Model):
    _name = "purchase.order"
    _inherit = ["purchase.order", "serial.button.mixin"]

    serial_count = fields.Integer("Serial Numbers", compute="_compute_serial_count", groups=LOOKUP)

    has_serialized = fields.Boolean(compute="_compute_has_serialized")

    @api.depends("order_line.product_id.is_serialized")
    def _compute_has_serialized(self):
        for order in self:
            order.has_serialized = any(order.order_line.product_id.mapped("is_serialized"))

    def _compute_serial_count(self):
        for order in self:
            order.serial_count = self.env["serial.number"].search_count(order._get_serial_domain())

    # EXTENDS 'serial.button.mixin'
    def _get_serial_domain(self):
        return Domain("purchase_line_id", "in", self.order_line.ids)

    def action_announce_serials(self):
        """Open the window for the numbers that the vendor announced, before the goods arrive.

        :return: the window's action
        :raise UserError: when no serialized unit can come any more
        """
        self.ensure_one()
        lines = self.order_line.filtered(lambda line: line._takes_serials())
        return self.env["serial.entry"]._open(lines, "keep", self)
