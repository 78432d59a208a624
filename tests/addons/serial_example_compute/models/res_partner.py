from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    serial_unit_ids = fields.One2many("serial.number", "customer_id")
    serial_unit_count = fields.Integer("Units", compute="_compute_serial_unit_count", store=True)

    @api.depends("serial_unit_ids")
    def _compute_serial_unit_count(self):
        for partner in self:
            partner.serial_unit_count = len(partner.serial_unit_ids)
