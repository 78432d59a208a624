from odoo import api, models


class StockPickingType(models.Model):
    _inherit = "stock.picking.type"

    @api.model
    def _load_pos_data_fields(self, config):
        # EXTENDS 'point_of_sale'
        return [*super()._load_pos_data_fields(config), "serial_entry"]
