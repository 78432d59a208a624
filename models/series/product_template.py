from odoo import api, fields, models
from odoo.exceptions import UserError


class ProductTemplate(models.Model):
    _inherit = "product.template"

    serial_series_id = fields.Many2one(
        "serial.series",
        "Own Numbers",
        check_company=True,
        ondelete="restrict",
        help="The series that Generate takes numbers from where units come in: from vendors, production and counts. "
        "Empty: that of the product category, if it has one.",
    )
    serial_series_name = fields.Char("Series", compute="_compute_serial_series", help="The series that is in force.")
    serial_next_number = fields.Char(
        "Next Serial Number", compute="_compute_serial_series", help="What Generate would take now."
    )

    @api.depends("serial_series_id", "categ_id.serial_series_id")
    @api.depends_context("company", "tz")
    def _compute_serial_series(self):
        for template in self:
            series = template._get_serial_series()
            product = template.product_variant_ids[:1]._origin
            template.serial_series_name = series.name
            template.serial_next_number = series._peek(product, self.env.company) if series else ""

    def _get_serial_series(self):
        """Return the series that the product's numbers are taken from: its own, or that of its category."""
        template = self.sudo()
        return template.serial_series_id or template.categ_id._get_serial_series()

    def _require_serial_series(self):
        """Return the series that the product's numbers are taken from.

        :raise UserError: when it has none
        """
        series = self._get_serial_series()
        if not series:
            raise UserError(
                self.env._(
                    "%(product)s has no series of own numbers. Choose one on the product or its category, or enter the "
                    "numbers.",
                    product=self.display_name,
                )
            )
        return series
