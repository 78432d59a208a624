from odoo import fields, models


class ProductCategory(models.Model):
    _inherit = "product.category"

    serial_series_id = fields.Many2one(
        "serial.series",
        "Serial Number Series",
        ondelete="restrict",
        help="Products of this category, and of those below it, take their own serial numbers from this series, unless "
        "they have another one.",
    )

    def _get_serial_series(self):
        """Return the series of the category, or of the next one above it that has one."""
        category = self
        while category and not category.serial_series_id:
            category = category.parent_id
        return category.serial_series_id
