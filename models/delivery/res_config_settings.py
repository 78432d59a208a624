from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    serial_invoice_delivers = fields.Boolean(related="company_id.serial_invoice_delivers", readonly=False)
    serial_invoice_warehouse_id = fields.Many2one(
        related="company_id.serial_invoice_warehouse_id",
        readonly=False,
        domain="[('company_id', '=', company_id)]",
    )
