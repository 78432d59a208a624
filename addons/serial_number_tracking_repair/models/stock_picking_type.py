from odoo import api, models


class StockPickingType(models.Model):
    _inherit = "stock.picking.type"

    @api.depends("code")
    def _compute_serial_entry(self):
        # EXTENDS 'serial_number_tracking'
        super()._compute_serial_entry()
        self.filtered(lambda picking_type: picking_type.code == "repair_operation").serial_entry = "ask"
