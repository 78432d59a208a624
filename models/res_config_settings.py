from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    serial_entry_inventory = fields.Selection(related="company_id.serial_entry_inventory", readonly=False)
    serial_entry_invoice = fields.Selection(related="company_id.serial_entry_invoice", readonly=False)
    serial_warranty_start = fields.Selection(related="company_id.serial_warranty_start", readonly=False)
    serial_paper_ranges = fields.Boolean(related="company_id.serial_paper_ranges", readonly=False)
    serial_paper_warranty = fields.Boolean(related="company_id.serial_paper_warranty", readonly=False)
    serial_paper_designated = fields.Boolean(related="company_id.serial_paper_designated", readonly=False)
