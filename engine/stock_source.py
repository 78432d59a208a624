"""From where a piece left that left under another number, or without one: stock follows it."""

from . import identity
from .place import Place


def retake_stock(unit, other, move=None):
    """Let the document that this unit left with have taken the other one from where that lies.

    :param move: which one (default: the last)
    :return: the :class:`Place` where this one lies, as it never left
    """
    there, move = other._get_serial_place(), move or _get_taking_moves(unit.sudo())[:1]
    if not other.location_id.is_serial_stock or not move:
        return there
    if unit.location_id.is_serial_stock:  # it came back, and may have moved on under its number
        lay = move._find_place_before(unit, other)
        there = there if lay in (other.location_id, lay.browse()) else Place(lay.id, there.owner)
    return move._retake_serial(unit, there, other)


def retake_own_stock(units):
    """Let what these units left with have taken them from where they had lain, now that they have a number."""
    for unit in units.filtered(lambda unit: not unit.uncovered):
        for move in _get_taking_moves(unit.sudo()):
            move._retake_own_serial(unit)


def _get_taking_moves(unit):
    """Return the moves that took the unit out of stock, the last one first."""
    moves = unit.event_ids.move_id.filtered(lambda move: move.state == "done" and move in unit.move_ids)
    return moves.filtered(lambda move: move._takes_serials_out())


def retake_stock_of_both(unit, other, place):
    """Let stock follow the one piece that two rows speak of, where it left from what the other row says.

    :param place: the row whose place the piece has: if the other one came after it, that one is where it is now
    """
    for left, lies in ((unit, other), (other, unit)):
        is_origin = place == left or (left.uncovered and not identity.came_back_first(lies))
        is_away = left.uncovered or not left.location_id.is_serial_stock
        if is_origin and is_away and not lies.uncovered and lies.location_id.is_serial_stock:
            retake_stock(left, lies, _get_taking_moves(left.sudo())[-1:])


def retake_late_stock(units, place):
    """Let what these units left with have taken them from where their receipt, booked late, put them.

    :param place: a :class:`Place`
    """
    for unit in units:
        for move in _get_taking_moves(unit.sudo())[-1:]:
            move._retake_serial(unit, place)
