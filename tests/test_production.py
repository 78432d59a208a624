from odoo import Command
from odoo.tests import tagged

from .common import SerialCommon


@tagged("post_install", "-at_install")
class TestProduction(SerialCommon):
    """What is made and used, without the Manufacturing app."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.seller_ids = [Command.create({"partner_id": cls.vendor.id, "price": 1})]
        cls.production = cls.env["stock.location"].search(
            [("usage", "=", "production"), ("company_id", "=", cls.company.id)], limit=1
        )

    def test_when_units_are_made_then_they_are_available(self):
        self._move(self.production, self.stock, 2, ["M1"])

        self.assertRecordValues(
            self._units(),
            [
                {"name": "M1", "status": "available", "vendor_id": self.vendor.id},
                {"name": False, "status": "received", "vendor_id": self.vendor.id},
            ],
        )
        self.assertAddsUp()

    def test_when_a_used_unit_is_shipped_then_refused(self):
        self._receive(["A1"])
        self._move(self.stock, self.production, 1, ["A1"])

        self.assertEqual(self._codes(self._transfer("out", 1).move_ids, ["A1"]), ["void"])
