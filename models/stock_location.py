from odoo import models

from .serial_flow import STOCK, find_place


class StockLocation(models.Model):
    _inherit = "stock.location"

    def _serial_place(self, is_source=True):
        """Return what the location means to a unit: a place of the flow table, or None."""
        return find_place(self.usage, bool(self.company_id), is_source)

    def _is_serial_stock(self):
        """Tell whether a unit here is in stock."""
        return self._serial_place() == STOCK
