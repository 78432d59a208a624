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
    serial_identity_required_ids = fields.Many2many(
        "serial.identity.kind",
        "product_template_serial_identity_required_rel",
        "template_id",
        "kind_id",
        "Required Identities",
        domain="[('id', 'in', serial_identity_kind_ids)]",
        help="Of these, each unit must have one when it is received or shipped; the others may be left out.",
    )
    serial_identity_printed_ids = fields.Many2many(
        "serial.identity.kind",
        "product_template_serial_identity_printed_rel",
        "template_id",
        "kind_id",
        "Printed Identities",
        domain="[('id', 'in', serial_identity_kind_ids)]",
        help="Of these, the numbers stand on labels, delivery slips and invoices, beside the serial number.",
    )
