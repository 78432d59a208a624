from odoo import api, fields, models


class SerialNumber(models.Model):
    _inherit = "serial.number"

    warehouse_code = fields.Char(default="MAIN", required=True)
    is_abroad = fields.Boolean("Sold Abroad", compute="_compute_is_abroad", store=True)

    @api.depends("status", "customer_id.country_id", "company_id.country_id")
    def _compute_is_abroad(self):
        for unit in self:
            country = unit.customer_id.country_id
            unit.is_abroad = unit.status == "sold" and bool(country) and country != unit.company_id.country_id
