from odoo import models

from .stock_move import EXCHANGE


class StockRule(models.Model):
    _inherit = "stock.rule"

    def _get_custom_move_fields(self):
        # EXTENDS 'stock'
        own = self.env["stock.move"]._get_serial_line_fields()
        return [*super()._get_custom_move_fields(), *EXCHANGE, *own]
