"""Where done operations took pieces from, once it is known which pieces these were: stock follows the named units."""

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

# Context key: the units of a done move are right already, only its operations follow.
SETTLED = "serial_number_tracking_settled"


class StockMove(models.Model):
    _inherit = "stock.move"

    def _retake_serial(self, unit, place):
        """Let the move have taken a piece from where it lay, in place of the one that it was said to be.

        Where the register's places are only the last ones known, stock is right already.

        :param unit: the unit that the move was said to have taken
        :param place: the :class:`Place` of the one that it took
        :return: the :class:`Place` where the first one lies then
        """
        move = self.sudo()
        line, said = move._find_taking_operation(unit)
        if not line or said == place or said.owner != place.owner:
            return place
        if move.is_inventory or (place.location, place.package) in move._get_serial_targets():
            return place  # a count is about its own stock, and a move within stock takes nothing from where it goes
        surplus = {where: move._count_serial_surplus(where) for where in (place, said)}
        if surplus[place] < 0 < surplus[said]:
            return said
        if move._count_serial_stock(place, with_package=True) <= 0:
            return place
        line.with_context(**{SETTLED: True})._take_from(place, 1)
        return said

    def _find_taking_operation(self, unit):
        """Return the done operation that took a unit, as far as its history tells, and the place that it took from."""
        lines = self.move_line_ids.filtered(lambda line: line.quantity_product_uom > 0)
        if not lines:
            return lines, None
        before = self._get_earlier_location(unit)
        line = max(lines, key=lambda line: (line.location_id == before, line.owner_id == unit.owner_id, -line.id))
        return line, line._get_serial_source()

    def _get_serial_place_domain(self, place, with_package=False):
        domain = Domain("product_id", "=", self.product_id.id) & Domain("company_id", "=", self._serial_company().id)
        domain &= Domain("location_id", "=", place.location) & Domain("owner_id", "=", place.owner or False)
        return domain & Domain("package_id", "=", place.package or False) if with_package else domain

    def _count_serial_stock(self, place, with_package=False):
        """Return how much stock there is at a place, in whichever package."""
        where = self._get_serial_place_domain(place, with_package)
        return self.env["stock.quant"].sudo()._read_group(where, aggregates=["quantity:sum"])[0][0]

    def _count_serial_surplus(self, place):
        """Return how much more stock there is at a place than units are known to be there."""
        units = self.env["serial.number"].sudo().search_count(self._get_serial_place_domain(place))
        return self._count_serial_stock(place) - units

    def _follow_edited_source(self, line, before):
        """Let units follow when a done operation says that it took from another location.

        Stock is then where it was said to have taken from, and no more where it took from: so do units lie.

        :param line: the operation
        :param before: the :class:`Place` that it was said to have taken from
        :raise UserError: when nobody can know which named units these are
        """
        after, flow = line._get_serial_source(), self._serial_flow()
        if not flow or flow.takes != "stock" or after.location == before.location or after.owner != before.owner:
            return
        count = min(self._count_serial_surplus(before), -self._count_serial_surplus(after), line.quantity_product_uom)
        units = (
            self.env["serial.number"]
            .sudo()
            .search(self._get_serial_place_domain(after), order="name_key NULLS FIRST, id")
        )
        if count <= 0 or not units:
            return
        blanks = units.filtered(lambda unit: not unit.name)
        if len(units) > count and len(blanks) < count:
            raise UserError(self._message_open_source(before, units - blanks))
        vals = {"location_id": before.location, "package_id": before.package or False}
        following = units[: int(count)]
        following._record_change("moved", vals, following._prepare_event_vals("moved", source=self))

    def _message_open_source(self, place, units):
        return self.env._(
            "%(document)s: that %(product)s did not leave %(place)s leaves open which of these units lies there:\n"
            "%(units)s\nEnter the number of the unit that really moved by Correct Serial Numbers on the transfer "
            "instead; stock follows it.",
            document=self._serial_document(),
            product=self.product_id.display_name,
            place=self.env["stock.location"].browse(place.location).display_name,
            units=", ".join(units[:20].mapped("name")),
        )
