from odoo import fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    batch_code = fields.Char("Batch")
