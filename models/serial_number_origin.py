"""From where a piece left that left under another number, or without one."""

from odoo import models

from ..engine.place import Place
from ..tools.status import SOLD


class SerialNumber(models.Model):
    _inherit = "serial.number"

    def _get_serial_place(self):
        """Return the :class:`Place` where the unit is."""
        return Place.where(self)

    def _retake_stock(self, other, move=None):
        """Let the document that this unit left with have taken the other one from where that lies.

        :param move: which one (default: the last)
        :return: the :class:`Place` where this one lies, as it never left
        """
        there, move = other._get_serial_place(), move or self.sudo()._get_taking_moves()[:1]
        if not other.location_id.is_serial_stock or not move:
            return there
        if self.location_id.is_serial_stock:  # it came back, and may have moved on under its number
            lay = move._find_place_before(self, other)
            there = there if lay in (other.location_id, lay.browse()) else Place(lay.id, there.owner)
        return move._retake_serial(self, there, other)

    def _retake_own_stock(self):
        """Let what these units left with have taken them from where they had lain, now that they have a number."""
        for unit in self.filtered(lambda unit: not unit.uncovered):
            for move in unit.sudo()._get_taking_moves():
                move._retake_own_serial(unit)

    def _get_taking_moves(self):
        """Return the moves that took the unit out of stock, the last one first."""
        moves = self.event_ids.move_id.filtered(lambda move: move.state == "done" and move in self.move_ids)
        return moves.filtered(lambda move: move._takes_serials_out())

    def _lies_with(self, other, place):
        """Return which of two rows of one piece says where it is.

        Where both lie in stock, that is the one that came back there, if the other has not moved on by name since; one
        that was only invoiced says nothing.

        :param place: the row whose status the piece has
        """
        if not (self.location_id.is_serial_stock and other.location_id.is_serial_stock):
            return place
        if not self.uncovered or self.status in SOLD:
            return other
        came = self.event_ids.filtered("move_id")[:1]
        moved = other.event_ids.filtered(lambda event: event.id > came.id and event.move_id._moves_serials_within())
        return other if moved else self

    def _find_twin(self, other):
        """Return another unit without number that came back with this one, if that may be the other one and this not.

        Of several that came back without number, one is as good as another: that one is it which nobody had sold.
        """
        if self.status != "received" or other.status not in SOLD or self._may_be(other):
            return self.browse()
        moves = self.sudo().event_ids.move_id[:1]
        twins = (moves.serial_ids - self).filtered(lambda unit: not unit.name and unit.status == "received")
        alike = twins.filtered(lambda unit: unit._get_serial_place() == self._get_serial_place())
        return alike.filtered(lambda unit: unit._may_be(other))[:1]

    def _retake_stock_of_both(self, other, place):
        """Let stock follow the one piece that two rows speak of, where it left from what the other row says.

        :param place: the row whose place the piece has: if the other one came after it, that one is where it is now
        """
        for left, lies in ((self, other), (other, self)):
            is_origin = place == left or (left.uncovered and not lies._came_back_first())
            is_away = left.uncovered or not left.location_id.is_serial_stock
            if is_origin and is_away and not lies.uncovered and lies.location_id.is_serial_stock:
                left._retake_stock(lies, left.sudo()._get_taking_moves()[-1:])

    def _retake_late_stock(self, place):
        """Let what these units left with have taken them from where their receipt, booked late, put them.

        :param place: a :class:`Place`
        """
        for unit in self:
            for move in unit.sudo()._get_taking_moves()[-1:]:
                move._retake_serial(unit, place)
