from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    serial_identity_kind_ids = fields.Many2many(
        "serial.identity.kind",
        "product_template_serial_identity_kind_rel",
        "template_id",
        "kind_id",
        "Identities",
        help="Which other numbers each unit of this product carries.",
    )
