from odoo import fields, models

from ...tools.warranty_rule import REPLACEMENTS


class ResCompany(models.Model):
    _inherit = "res.company"

    serial_exchange_warranty = fields.Selection(
        REPLACEMENTS,
        "Warranty of Replacements",
        required=True,
        default="inherit",
        help="What is proposed for the unit that is sent in place of one that came back. Each exchange can differ.",
    )
    serial_warranty_user_id = fields.Many2one(
        "res.users",
        "Warranties Followed by",
        domain="[('share', '=', False), ('company_ids', 'in', id)]",
        ondelete="restrict",
        help="Who gets an activity on each customer whose warranties end in the next 30 days. Nobody: no activities.",
    )
