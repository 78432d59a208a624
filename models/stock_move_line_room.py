"""Whether there is room for operations beside units that are kept back where they take from."""

from odoo import models
from odoo.fields import Domain

from ..engine import keeping
from ..engine.kept import take

LISTED = 20  # units in a message


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _find_serial_room_fault(self, rows, quantity):
        """Say that these operations, all of one place, need more than is free there beside units that are kept back.

        :param list rows: the :class:`Kept` of the place
        :param quantity: how much stock is there
        :return: a text; None where there is room, or no stock at all
        """
        left, needed = [[row, row.total - row.elsewhere] for row in rows], 0
        free = max(0, quantity - sum(count for _row, count in left))
        if quantity <= free:
            return None
        for line in self:
            statuses, claim = line.move_id._get_serial_reserves()
            part = line.quantity_product_uom
            needed += part - take(
                left, part, lambda row, may=statuses, own=claim: row.status in may or row.is_meant_for(*own)
            )
        if self.product_id.uom_id.compare(needed, free) <= 0:
            return None
        return self._describe_serial_room([row for row, count in left if count > 0], free)

    def _describe_serial_room(self, rows, free):
        units = self.env["serial.number"].sudo().search(Domain.OR(row.get_domain() for row in rows), order="id")
        names = [keeping.describe_kept(unit) for unit in units[:LISTED]]
        if len(units) > LISTED:
            names.append(self.env._("and %s more", len(units) - LISTED))
        return self.env._(
            "%(document)s is to take %(quantity)g %(product)s from %(place)s, and %(free)g can leave there. These "
            "units are in the way:\n%(units)s",
            document=", ".join({line.move_id._serial_document() for line in self}),
            quantity=sum(self.mapped("quantity_product_uom")),
            product=self.product_id.display_name,
            place=self.location_id.display_name,
            free=free,
            units="\n".join(f"- {name}" for name in names),
        )
