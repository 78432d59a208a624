from odoo import fields, models

ENTRY_POLICIES = [
    ("ask", "Ask, may be left blank"),
    ("require", "Require every number"),
    ("skip", "Do not ask"),
]


class ResCompany(models.Model):
    _inherit = "res.company"

    serial_entry_inventory = fields.Selection(
        ENTRY_POLICIES,
        "Serial Numbers on Inventory Adjustments",
        required=True,
        default="ask",
        help="Whether applying a counted quantity asks for the serial numbers of the difference.",
    )
    serial_entry_invoice = fields.Selection(
        ENTRY_POLICIES,
        "Serial Numbers on Invoices",
        required=True,
        default="ask",
        help="Whether confirming an invoice that comes from no order asks for serial numbers.",
    )
