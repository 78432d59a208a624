"""From where a piece left that left under another number, or without one."""

from odoo import models

from .serial_place import Place


class SerialNumber(models.Model):
    _inherit = "serial.number"

    def _get_serial_place(self):
        """Return the :class:`Place` where the unit is."""
        return Place(self.location_id.id, self.owner_id.id or None, self.package_id.id or None)

    def _retake_stock(self, other):
        """Let the document that this unit left with have taken the other one from where that lies.

        :return: the :class:`Place` where this one lies, as it never left
        """
        there, move = other._get_serial_place(), self.sudo()._get_taking_move()
        if not other.location_id._is_serial_stock() or not move:
            return there
        return move._retake_serial(self, there)

    def _get_taking_move(self):
        """Return the last move that took the unit out of stock, or within it."""
        moves = self.event_ids.move_id.filtered(lambda move: move.state == "done" and move in self.move_ids)
        return next((move for move in moves if move._serials_change_places()), moves.browse())

    def _retake_stock_of_both(self, other):
        """Let stock follow the one piece that two rows speak of: what left is what lies in stock by the other row."""
        for left, lies in ((self, other), (other, self)):
            if lies.location_id._is_serial_stock() and not left.location_id._is_serial_stock():
                left._retake_stock(lies)

    def _retake_late_stock(self, place):
        """Let what these units left with have taken them from where their receipt, booked late, put them.

        :param place: a :class:`Place`
        """
        for unit in self:
            move = unit.sudo()._get_taking_move()
            if move:
                move._retake_serial(unit, place)
