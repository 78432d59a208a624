"""What of the stock can be reserved: units on hold, void or designated to somebody else are no part of it."""

from odoo import models

from ..engine.kept import KeptUnits
from ..engine.place import Place
from ..tools.context import hear, tell

# Context keys: the units that are kept back, once they are known; whether a user insists on a quantity all the same;
# and the id of the move that asks for stock.
KEPT = "serial_number_tracking_kept"
FORCED = "serial_number_tracking_forced"
DEMAND = "serial_number_tracking_demand"


class StockQuant(models.Model):
    _inherit = "stock.quant"

    def _get_serial_place(self):
        """Return the :class:`Place` of the quant."""
        return Place.where(self)

    def _find_serials_kept(self, product, location, owner=None, package=None, strict=False):
        """Return the :class:`KeptPlaces` of a product for the move that asks; None where none matter.

        The parameters are those of :meth:`_gather`.
        """
        if not product.is_serialized:
            return None
        units = hear(self.env, KEPT)
        if units is None:
            units = KeptUnits(product)
        if not units:
            return None
        units.cover_reserved()
        move = self.env["stock.move"].browse(hear(self.env, DEMAND))
        return units.find(product, location, owner, package, strict, move) or None

    # EXTENDS 'stock'
    def _get_available_quantity(
        self, product_id, location_id, lot_id=None, package_id=None, owner_id=None, strict=False, allow_negative=False
    ):
        """Count out what is kept back. Not where a negative quantity is asked for: that is about what is there."""
        available = super()._get_available_quantity(
            product_id,
            location_id,
            lot_id=lot_id,
            package_id=package_id,
            owner_id=owner_id,
            strict=strict,
            allow_negative=allow_negative,
        )
        if allow_negative or available <= 0 or hear(self.env, FORCED):
            return available
        kept = self._find_serials_kept(product_id, location_id, owner_id, package_id, strict)
        return max(0, available - kept.count()) if kept else available

    # EXTENDS 'stock'
    def _get_reserve_quantity(
        self,
        product_id,
        location_id,
        quantity,
        uom_id=None,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=False,
    ):
        """Reserve where stock is free, and for whom units are designated to, where these lie."""
        if quantity > 0 and product_id.is_serialized and hear(self.env, KEPT) is None:
            self = self.with_context(**tell(KEPT, KeptUnits(product_id)))
        reserved = super()._get_reserve_quantity(
            product_id,
            location_id,
            quantity,
            uom_id=uom_id,
            lot_id=lot_id,
            package_id=package_id,
            owner_id=owner_id,
            strict=strict,
        )
        kept = (
            quantity > 0 and reserved and self._find_serials_kept(product_id, location_id, owner_id, package_id, strict)
        )
        if not kept:
            return reserved
        quants = self.sudo()._gather(product_id, location_id, lot_id, package_id, owner_id, strict)
        return kept.spread(sum(part for _quant, part in reserved), quants)
