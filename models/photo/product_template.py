from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    serial_ask_photo = fields.Selection(
        [("ask", "May be left out"), ("require", "Required")],
        "Ask for a Photo",
        help="Whether the entry window has a camera beside each number, and whether a photo may be left out when a "
        "unit is received or shipped. A unit that has one is not asked for another.",
    )
