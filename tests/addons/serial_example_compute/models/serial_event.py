from odoo import api, fields, models


class SerialEvent(models.Model):
    _inherit = "serial.event"

    is_sale = fields.Boolean(compute="_compute_is_sale", store=True)

    @api.depends("kind")
    def _compute_is_sale(self):
        for event in self:
            event.is_sale = event.kind == "shipped"
