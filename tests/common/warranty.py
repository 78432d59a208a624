from datetime import date

from freezegun import freeze_time

from .base import SerialCommon

TODAY = date(2026, 3, 14)


class WarrantyCommon(SerialCommon):
    """A product with a year of warranty, and units that were sold on a day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.warranty_months = 12
        cls.product.vendor_warranty_months = 24
        cls.site = cls.env["res.partner"].create({"name": "Site", "parent_id": cls.customer.id})

    def _sell(self, *names, day="2026-01-10", **options):
        """Receive units and ship them on a day; return them, as the clerk sees them."""
        with freeze_time(f"{day} 12:00:00"):
            self._receive(names)
            return self._ship(names, **options).move_ids.serial_ids.with_user(self.clerk)

    def _on(self, day, act, *arguments, **options):
        with freeze_time(f"{day} 12:00:00"):
            return act(*arguments, **options)

    def _end(self, unit):
        return str(unit.warranty_end)
