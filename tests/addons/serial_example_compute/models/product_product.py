from odoo import api, fields, models


class ProductProduct(models.Model):
    _inherit = "product.product"

    serial_unit_ids = fields.One2many("serial.number", "product_id")
    serial_sold_count = fields.Integer("Units Sold", compute="_compute_serial_sold_count", store=True)

    @api.depends("serial_unit_ids.status")
    def _compute_serial_sold_count(self):
        for product in self:
            product.serial_sold_count = len(product.serial_unit_ids.filtered(lambda unit: unit.status == "sold"))
