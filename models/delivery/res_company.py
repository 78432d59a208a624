from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    serial_invoice_delivers = fields.Boolean(
        "Invoices Deliver",
        help="Confirming an invoice that comes from no order issues its goods at once, and a credit note takes them "
        "back. Without it, the goods of such an invoice are delivered by a transfer.",
    )
    serial_invoice_warehouse_id = fields.Many2one(
        "stock.warehouse",
        "Warehouse of Invoices",
        domain="[('company_id', '=', id)]",
        ondelete="set null",
        help="Where invoices issue their goods from. Empty: the first warehouse.",
    )
