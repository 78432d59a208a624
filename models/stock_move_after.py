"""Where done operations took pieces from, once it is known which pieces these were: stock follows the named units."""

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..engine.place import Place
from ..tools.context import tell

# Context key: the units of a done move are right already, only its operations follow.
SETTLED = "serial_number_tracking_settled"


class StockMove(models.Model):
    _inherit = "stock.move"

    def _retake_serial(self, unit, place, other=None):
        """Let the move have taken a piece from where it lay, in place of the one that it was said to be.

        Where the register's places are only the last ones known, stock is right already.

        :param unit: the unit that the move was said to have taken
        :param place: the :class:`Place` of the one that it took
        :param other: the unit that this one is in the register
        :return: the :class:`Place` where the first one lies then
        """
        move = self.sudo()
        line, said = move._find_taking_operation(unit)
        if not line or said.owner != place.owner:
            return place
        if said == place:
            return move._find_surplus(unit, line) or place
        if move.is_inventory or (place.location, place.package) in move._get_serial_targets():
            return place  # a count is about its own stock, and a move within stock takes nothing from where it goes
        surplus = {where: move._count_serial_surplus(where) for where in (place, said)}
        if surplus[place] < 0 < surplus[said]:
            return said
        if surplus[place] < 0 == surplus[said] or (other and move._lay_there(unit, other, place, said)):
            return place
        if place.package and move._count_serial_stock(place, with_package=True) <= 0:
            return place
        earlier = move._find_surplus(unit, line)
        line.with_context(**tell(SETTLED, True))._take_from(place, 1)
        return earlier or said

    def _retake_own_serial(self, unit):
        """Let the move have taken a unit that gets its number from where that lay, where stock says that it did."""
        move = self.sudo()
        for line in move.move_line_ids if not move.is_inventory else ():
            if line.quantity_product_uom <= 0 or move._count_serial_surplus(line._get_serial_source()) >= 0:
                continue
            place = move._find_surplus(unit, line)
            if place:
                line.with_context(**tell(SETTLED, True))._take_from(place, 1)
                return

    def _find_surplus(self, unit, line):
        """Return the place where a unit without number had lain, if more stock than units is there since it left.

        :param line: the operation that took it, from another place; nothing where it took it from there
        """
        before = self._get_earlier_location(unit)
        place = Place(before.id, line.owner_id.id or None)
        if before == line.location_id or not before.is_serial_stock or self._count_serial_surplus(place) <= 0:
            return None
        where = self._get_serial_place_domain(place)
        quants = self.env["stock.quant"].sudo().search(where, order="quantity desc", limit=1)
        return place._replace(package=quants.package_id.id or None)

    def _takes_serials_out(self):
        """Tell whether the move takes units out of stock."""
        flow = self._serial_flow()
        return bool(flow) and flow.takes == "stock" and not flow.only_moves

    def _moves_serials_within(self):
        """Tell whether the move takes units from one place in stock to another."""
        flow = self and self._serial_flow()
        return bool(flow) and flow.only_moves

    def _lay_there(self, unit, other, place, said):
        """Tell whether the other unit, which is elsewhere now, lay where the move took the first one from."""
        return self._find_place_before(unit, other).id == said.location != place.location

    def _find_place_before(self, unit, other):
        """Return the location where a unit lay when the move took another one, as its history tells."""
        booked = self._get_serial_booking(unit)
        return other.event_ids.filtered(lambda event: event.id < booked.id)[:1].location_id

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
        return domain & place.get_domain(with_package)

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
