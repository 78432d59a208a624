from odoo.addons.serial_number_tracking_mrp.tests.common import ProduceCommon


class SubcontractCommon(ProduceCommon):
    """A vendor who builds phones from our batteries."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bom.write({"type": "subcontract", "subcontractor_ids": [(6, 0, cls.vendor.ids)]})
        cls.there = cls.vendor.property_stock_subcontractor

    def _send_parts(self, *names):
        """Send batteries and cables to the subcontractor."""
        self._stock_parts(*names)
        self._validate(self._transfer("int", len(names), product=self.part, target=self.there), names)
        self.env["stock.quant"]._update_available_quantity(self.plain, self.there, 100)
