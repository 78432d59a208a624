from odoo import api, fields, models

from .serial_button_mixin import LOOKUP


class SerialOrderMixin(models.AbstractModel):
    """An order whose lines may be of serialized products."""

    _name = "serial.order.mixin"
    _inherit = ["serial.button.mixin"]
    _description = "Serial Numbers of an Order"

    serial_count = fields.Integer("Serial Numbers", compute="_compute_serial_count", groups=LOOKUP)
    has_serialized = fields.Boolean(compute="_compute_has_serialized")

    @api.depends("order_line.product_id.is_serialized")
    def _compute_has_serialized(self):
        for order in self:
            order.has_serialized = any(order.order_line.product_id.mapped("is_serialized"))

    def _compute_serial_count(self):
        for order in self:
            order.serial_count = self.env["serial.number"].search_count(order._get_serial_domain())
