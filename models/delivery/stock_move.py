from odoo import fields, models


class StockMove(models.Model):
    _inherit = "stock.move"

    serial_invoice_line_id = fields.Many2one(
        "account.move.line",
        "Delivered for",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        help="The line of the invoice that delivered these goods, or that they come back from.",
    )
    serial_return_line_id = fields.Many2one(
        "account.move.line",
        "Taken Back by",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        help="The line of the credit note that took these goods back.",
    )
