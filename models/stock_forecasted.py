"""The forecast report: how much of the stock is on hold, void, or promised to customers."""

from odoo import models


class StockForecastedProductProduct(models.AbstractModel):
    _inherit = "stock.forecasted_product_product"

    def _get_product_quantities(self, res, product_template_ids, product_ids):
        """Add ``serials_kept`` to each followed product that has units in stock which are not free.

        ``serial_statuses`` says what can keep them, and how it is called.
        """
        # EXTENDS 'stock'
        super()._get_product_quantities(res, product_template_ids, product_ids)
        products = self._get_products(product_template_ids, product_ids)
        register = self.env["serial.number"]
        rules, labels = register._get_serial_rules(), register._get_status_labels()
        for product, counts in products._count_serials_kept().items():
            if counts:
                res["product"][product.id]["serials_kept"] = {status: counts[status] for status in rules.kept_back}
        spoken = {
            "hold": self.env._("On hold"),
            "void": self.env._("Void"),
            "designated": self.env._("Promised to customers"),
        }
        kept = dict.fromkeys([*spoken, *rules.kept_back])
        res["serial_statuses"] = [{"status": code, "label": spoken.get(code, labels[code])} for code in kept]

    def _free_stock_lines(self, product, free_stock, moves_data, wh_location_ids, read):
        """Leave what is kept back out of the free stock."""
        # EXTENDS 'stock'
        if product.is_serialized and free_stock > 0:
            free_stock = min(free_stock, max(0, product.free_qty))
        return super()._free_stock_lines(product, free_stock, moves_data, wh_location_ids, read)
