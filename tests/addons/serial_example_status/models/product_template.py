from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    is_checked = fields.Boolean("Quality is Checked", help="Its units wait for a check before anybody gets them.")
