from odoo import models


class StockRule(models.Model):
    _inherit = "stock.rule"

    def _get_custom_move_fields(self):
        # EXTENDS 'stock'
        return [*super()._get_custom_move_fields(), "pos_line_id"]
