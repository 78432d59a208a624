"""The forecast report: how much of the stock is on hold, void, or promised to customers."""

from odoo import models


class StockForecastedProductProduct(models.AbstractModel):
    _inherit = "stock.forecasted_product_product"

    def _get_product_quantities(self, res, product_template_ids, product_ids):
        """Add ``serials_kept`` to each followed product that has units in stock which are not free."""
        # EXTENDS 'stock'
        super()._get_product_quantities(res, product_template_ids, product_ids)
        products = self._get_products(product_template_ids, product_ids)
        register = self.env["serial.number"]
        rules, labels = register._get_serial_rules(), register._get_status_labels()
        for product, counts in products._count_serials_kept().items():
            if counts:
                res["product"][product.id]["serials_kept"] = {status: counts[status] for status in rules.kept_back}
        # What other addons brought; the others are called here as they are spoken of.
        res["serial_labels"] = {added.code: labels[added.code] for added in rules.added}

    def _free_stock_lines(self, product, free_stock, moves_data, wh_location_ids, read):
        """Leave what is kept back out of the free stock."""
        # EXTENDS 'stock'
        if product.is_serialized and free_stock > 0:
            free_stock = min(free_stock, max(0, product.free_qty))
        return super()._free_stock_lines(product, free_stock, moves_data, wh_location_ids, read)
