"""What can be promised of a product: stock without the units that are kept back."""

from collections import Counter

from odoo import fields, models
from odoo.fields import Domain

from ..engine.kept import KeptUnits


class ProductProduct(models.Model):
    _inherit = "product.product"

    # EXTENDS 'stock'
    def _compute_quantities_dict(self, lot_id, owner_id, package_id, from_date=False, to_date=False):
        """Count units that are kept back out of what is free; those on hold or void are no part of the forecast."""
        result = super()._compute_quantities_dict(lot_id, owner_id, package_id, from_date=from_date, to_date=to_date)
        followed = self.filtered("is_serialized")._origin
        if not followed or lot_id is not None or self._is_serial_past(to_date):
            return result
        units = KeptUnits(followed)
        if units:
            units = KeptUnits(followed, self._get_serial_stock_domain(owner_id, package_id))
            units.cover_reserved()
        kept, lost = Counter(), Counter()
        for row in units.rows:
            kept[row.product] += row.count
            lost[row.product] += 0 if row.status == "designated" else row.count
        for product in self:
            values = result[product.id]
            count = kept[product._origin.id]
            if count and values.get("free_qty", 0) > 0:
                values["free_qty"] = product.uom_id.round(max(0, values["free_qty"] - count))
            values["virtual_available"] -= lost[product._origin.id]
        return result

    # EXTENDS 'serial.kept.button.mixin'
    def _count_serials_kept(self):
        """Count where the context says, as quantities on hand do."""
        counts = {product._origin: Counter() for product in self}
        followed = self.filtered("is_serialized")._origin
        if followed:
            register = self.env["serial.number"].sudo()
            domain = Domain("product_id", "in", followed.ids) & self._get_serial_stock_domain(None, None)
            for product, status, count in register._read_group(
                domain & register._get_kept_domain(), ["product_id", "status"], ["__count"]
            ):
                counts[self.browse(product.id)][status] = count
        return {product: counts[product._origin] for product in self}

    def _is_serial_past(self, to_date):
        """Tell whether quantities are asked for as they were: what is kept back now says nothing about then."""
        date = fields.Datetime.to_datetime(to_date)
        return bool(date) and date < fields.Datetime.now()

    def _get_serial_stock_domain(self, owner_id, package_id):
        """Return the domain of the units that are part of the stock that the context and the parameters ask for."""
        domain, _incoming, _outgoing = self._get_domain_locations()
        if owner_id is not None:
            domain &= Domain("owner_id", "=", owner_id)
        if "owners" in self.env.context:
            domain &= Domain("owner_id", "in", self.env.context["owners"] or [False])
        if package_id is not None:
            domain &= Domain("package_id", "=", package_id)
        return Domain(domain)
