from odoo import api, models
from odoo.fields import Domain

from ..engine import outside


class PurchaseOrder(models.Model):
    _name = "purchase.order"
    _inherit = ["purchase.order", "serial.order.mixin", "serial.search.mixin"]

    def _get_serial_domain(self):
        # EXTENDS 'serial.button.mixin'
        return Domain("purchase_line_id", "in", self.order_line.ids)

    @api.model
    def _get_serial_document_domain(self, units):
        # EXTENDS 'serial.search.mixin'
        lines = Domain("move_ids", "any!", Domain("serial_ids", "any!", units))
        bought = self.env["serial.number"]._search(units & Domain("purchase_line_id", "!=", False))
        return Domain("order_line", "any!", lines | Domain("id", "in", bought.subselect("purchase_line_id")))

    def action_announce_serials(self):
        """Open the window for the numbers that the vendor announced, before the goods arrive.

        :return: the window's action
        :raise UserError: when no serialized unit can come any more
        """
        outside.check_one(self)
        lines = self.order_line.filtered(lambda line: line._takes_serials())
        return self.env["serial.entry"]._open(lines, "keep", self)
