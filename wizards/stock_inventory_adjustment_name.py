from odoo import models

from ..tools.context import ASK, OLD_ASK


class StockInventoryAdjustmentName(models.TransientModel):
    _inherit = "stock.inventory.adjustment.name"

    def _get_quants_context(self):
        """Pass on whether the button asks for serial numbers; Odoo passes nothing of its context on."""
        # EXTENDS 'stock'
        kept = {key: self.env.context[key] for key in (ASK, OLD_ASK, "lang", "tz") if key in self.env.context}
        return {**kept, **super()._get_quants_context()}
