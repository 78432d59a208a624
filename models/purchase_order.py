from odoo import models
from odoo.fields import Domain

from ..engine import outside


class PurchaseOrder(models.Model):
    _name = "purchase.order"
    _inherit = ["purchase.order", "serial.order.mixin"]

    def _get_serial_domain(self):
        # EXTENDS 'serial.button.mixin'
        return Domain("purchase_line_id", "in", self.order_line.ids)

    def action_announce_serials(self):
        """Open the window for the numbers that the vendor announced, before the goods arrive.

        :return: the window's action
        :raise UserError: when no serialized unit can come any more
        """
        outside.check_one(self)
        lines = self.order_line.filtered(lambda line: line._takes_serials())
        return self.env["serial.entry"]._open(lines, "keep", self)
