from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    serial_exchange_warranty = fields.Selection(related="company_id.serial_exchange_warranty", readonly=False)
    serial_warranty_user_id = fields.Many2one(
        related="company_id.serial_warranty_user_id",
        readonly=False,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
