from odoo import Command

from .base import SerialCommon


class InventoryCommon(SerialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.seller_ids = [Command.create({"partner_id": cls.vendor.id, "price": 1})]
        cls.other_vendor = cls.env["res.partner"].create({"name": "Other Vendor"})

    def _count(self, quantity, product=None, location=None, user=None):
        """Count the product at a location, without applying it; return the quant."""
        quants = self.env["stock.quant"].with_user(user or self.clerk).with_context(inventory_mode=True)
        quant = quants.create(
            {
                "product_id": (product or self.product).id,
                "location_id": (location or self.stock).id,
                "inventory_quantity": quantity,
            }
        )
        self.env.flush_all()  # counting and applying are two requests
        return quant.with_env(quants.env)

    def _apply(self, quants, **context):
        """Press Apply; return the window that it opens."""
        action = quants.with_context(serial_number_tracking_ask=True, **context).action_apply_inventory()
        return quants.env["serial.entry"].browse(self._entry(action).id)

    def _apply_all(self, quants, date=None):
        """Press Apply All and Update Quantities; return what that returns."""
        wizard = self.env["stock.inventory.adjustment.name"].with_user(self.clerk)
        vals = {"quant_ids": quants.ids, "inventory_adjustment_name": "Year End"} | (
            {"counting_date": date} if date else {}
        )
        return wizard.create(vals).with_context(serial_number_tracking_ask=True).action_apply()
