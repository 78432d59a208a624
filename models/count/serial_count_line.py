from odoo import fields, models

CODES = [
    ("there", "There"),
    ("misplaced", "Misplaced"),
    ("unexpected", "Unexpected"),
    ("unknown", "New Number"),
    ("ambiguous", "Which Product?"),
]


class SerialCountLine(models.Model):
    """One scan of a count. The count writes it; nobody else does."""

    _name = "serial.count.line"
    _description = "Scanned in a Count"
    _order = "id desc"
    _rec_name = "name"

    count_id = fields.Many2one(
        "serial.count", "Stock Count", required=True, readonly=True, index=True, ondelete="cascade"
    )
    name = fields.Char("Serial Number", required=True, readonly=True)
    name_key = fields.Char("Comparable Number", required=True, readonly=True)
    serial_id = fields.Many2one("serial.number", "Unit", readonly=True, index="btree_not_null", ondelete="cascade")
    product_id = fields.Many2one("product.product", readonly=True, index="btree_not_null", ondelete="cascade")
    location_id = fields.Many2one(
        "stock.location",
        "Scanned at",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The shelf whose barcode was scanned before it; empty for anywhere in what is counted.",
    )
    code = fields.Selection(CODES, "What it is", required=True, readonly=True)

    _once = models.UniqueIndex(
        "(count_id, name_key, COALESCE(serial_id, 0))", "This number was scanned in this count already."
    )
