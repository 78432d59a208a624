from odoo import fields, models


class ResCountry(models.Model):
    _inherit = "res.country"

    has_long_warranty = fields.Boolean(help="The law asks for three years of warranty.")
