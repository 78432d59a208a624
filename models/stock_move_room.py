"""What a button refuses to book because units that are kept back are all that is left where it takes from."""

from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..engine.kept import KeptUnits
from ..engine.place import PLACE
from ..tools.flow import KEPT_BACK


class StockMove(models.Model):
    _inherit = "stock.move"

    def _check_serials_free(self):
        """Refuse to let units leave that are kept back for somebody else, where a button of the transfer is pressed.

        :raise UserError: with the units that are in the way, and what to do
        """
        pressed = self.env.context.get("button_validate_picking_ids", ())
        moves = self.filtered(lambda move: move.picking_id.id in pressed and move._is_serial_kept_from()).sudo()
        kept = KeptUnits(moves.product_id)
        if not kept:
            return
        kept.cover_reserved()
        groups = defaultdict(self.env["stock.move.line"].sudo().browse)
        operations = (line for move in moves for line in move._get_serial_operations())
        for line in operations:
            groups[line.product_id, line.location_id, line.owner_id, line.package_id] |= line
        stock = moves._read_serial_stock()
        faults = [
            fault
            for place, lines in groups.items()
            if (fault := lines._find_serial_room_fault(kept.find(*place, strict=True).rows, stock.get(place, 0)))
        ]
        if faults:
            raise UserError(
                self.env._(
                    "%(faults)s\nRelease those on hold or designated, and restore void ones: select them among the "
                    "serial numbers and press Change Status. Or enter a lower quantity.",
                    faults="\n".join(faults),
                )
            )

    def _is_serial_kept_from(self):
        """Tell whether the move takes units out of stock, and not just any of them."""
        flow = self.is_serialized and self._serial_flow()
        return bool(flow) and flow.takes == "stock" and not set(KEPT_BACK) <= set(flow.reserves)

    def _read_serial_stock(self):
        """Return ``{(product, location, owner, package): quantity}`` where these moves take from."""
        domain = Domain("product_id", "in", self.product_id.ids)
        domain &= Domain("location_id", "in", self.move_line_ids.location_id.ids)
        by = ["product_id", *PLACE]
        groups = self.env["stock.quant"].sudo()._read_group(domain, by, ["quantity:sum"])
        return {tuple(place): quantity for *place, quantity in groups}
