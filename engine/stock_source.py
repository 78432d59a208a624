"""Correct from where done operations took a piece, once its number is known: stock follows the unit."""

from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools.context import tell
from . import identity, move_correction
from .place import Place

SETTLED = "serial_number_tracking_settled"  # context key: a done move's units are right, only its operations follow


def retake_stock(unit, other, move=None):
    """Correct the document that this unit left with: it took the other one, from where that lies.

    :param move: which one (default: the last)
    :return: the :class:`Place` where this one lies, as it never left
    """
    there, move = other._get_serial_place(), move or _get_taking_moves(unit.sudo())[:1]
    if not other.location_id.is_serial_stock or not move:
        return there
    if unit.location_id.is_serial_stock:  # it came back, and may have moved on under its number
        lay = find_place_before(move, unit, other)
        there = there if lay in (other.location_id, lay.browse()) else Place(lay.id, there.owner)
    return retake(move, unit, there, other)


def retake_own_stock(units):
    """Correct the documents that these units left with: they took them from where the units had lain."""
    short = {}
    for unit in units.filtered(lambda unit: not unit.uncovered):
        for move in _get_taking_moves(unit.sudo()):
            if move not in short:
                short[move] = _is_short(move)
            if short[move]:
                retake_own(move, unit)


def _is_short(move):
    """Tell whether more units are known where the move took from than stock is there."""
    places = {line._get_serial_source() for line in move.move_line_ids if line.quantity_product_uom > 0}
    return any(_count_surplus(move, place) < 0 for place in places)


def _get_taking_moves(unit):
    """Return the moves that took the unit out of stock, the last one first."""
    moves = unit.event_ids.move_id.filtered(lambda move: move.state == "done" and move in unit.move_ids)
    return moves.filtered(lambda move: takes_out(move))


def retake_stock_of_both(unit, other, place):
    """Let stock follow the one piece that two rows speak of, where it left from what the other row says.

    :param place: the row whose place the piece has: if the other one came after it, that one is where it is now
    """
    for left, lies in _find_origins(unit, other, place):
        retake_stock(left, lies, _get_taking_moves(left.sudo())[-1:])


def _find_origins(unit, other, place):
    """Return which of two rows of one piece left, and which says where it lay then: pairs, mostly none or one."""
    found = []
    for left, lies in ((unit, other), (other, unit)):
        is_origin = place == left or (left.uncovered and not identity.came_back_first(lies))
        is_away = left.uncovered or not left.location_id.is_serial_stock
        if is_origin and is_away and not lies.uncovered and lies.location_id.is_serial_stock:
            found.append((left, lies))
    return found


def is_to_follow(unit, other, place):
    """Tell whether stock may have to follow the one piece that two rows speak of: it left from elsewhere than was said.

    :param place: the row whose place the piece has
    """
    return any(
        left.location_id.is_serial_stock or _find_said(left) not in (None, lies._get_serial_place())
        for left, lies in _find_origins(unit, other, place)
    )


def lies_as_said(unit, other):
    """Tell whether stock stays as it is where two units change places: the one lies where the other was taken from.

    :param unit: the one that was said to have left
    :param other: the one that left
    """
    if unit.location_id.is_serial_stock or not other.name:
        return True
    move = _get_taking_moves(unit.sudo())[:1]
    line, said = _find_taking_operation(move, unit) if move else (None, None)
    place = other._get_serial_place()
    if not line or said.owner != place.owner:
        return True
    return said == place and move_correction.get_earlier_location(move, unit) == line.location_id


def _find_said(unit):
    """Return the :class:`Place` that the first document of a unit took it from, None where no operation says it."""
    move = _get_taking_moves(unit.sudo())[-1:]
    return _find_taking_operation(move, unit)[1] if move else None


def retake_late_stock(units, place):
    """Let what these units left with have taken them from where their receipt, booked late, put them.

    :param place: a :class:`Place`
    """
    for unit in units:
        for move in _get_taking_moves(unit.sudo())[-1:]:
            retake(move, unit, place)


def retake(source, unit, place, other=None):
    """Correct the move: it took another piece than was said, from where that lay.

    Where the register's places are only the last ones known, stock is right already.

    :param unit: the unit that the move was said to have taken
    :param place: the :class:`Place` of the one that it took
    :param other: the unit that this one is in the register
    :return: the :class:`Place` where the first one lies then
    """
    move = source.sudo()
    line, said = _find_taking_operation(move, unit)
    if not line or said.owner != place.owner:
        return place
    if said == place:
        return _find_surplus(move, unit, line) or place
    if move.is_inventory or (place.location, place.package) in move._get_serial_stock().targets:
        return place  # a count is about its own stock, and a move within stock takes nothing from where it goes
    surplus = {where: _count_surplus(move, where) for where in (place, said)}
    if surplus[place] < 0 < surplus[said]:
        return said
    if surplus[place] < 0 == surplus[said] or (other and _lay_there(move, unit, other, place, said)):
        return place
    if place.package and _count_stock(move, place, with_package=True) <= 0:
        return place
    earlier = _find_surplus(move, unit, line)
    line.with_context(**tell(SETTLED, True))._take_from(place, 1)
    return earlier or said


def retake_own(source, unit):
    """Correct the move, where stock says so: it took a unit that gets its number now from where that had lain."""
    move = source.sudo()
    for line in move.move_line_ids if not move.is_inventory else ():
        if line.quantity_product_uom <= 0 or _count_surplus(move, line._get_serial_source()) >= 0:
            continue
        place = _find_surplus(move, unit, line)
        if place:
            line.with_context(**tell(SETTLED, True))._take_from(place, 1)
            return


def _find_surplus(source, unit, line):
    """Return the place where a unit without number had lain, if more stock than units is there since it left.

    :param line: the operation that took it, from another place; nothing where it took it from there
    """
    before = move_correction.get_earlier_location(source, unit)
    place = Place(before.id, line.owner_id.id or None)
    if before == line.location_id or not before.is_serial_stock or _count_surplus(source, place) <= 0:
        return None
    where = _get_place_domain(source, place)
    quants = source.env["stock.quant"].sudo().search(where, order="quantity desc", limit=1)
    return place._replace(package=quants.package_id.id or None)


def takes_out(move):
    """Tell whether the move takes units out of stock."""
    flow = move._serial_flow()
    return bool(flow) and flow.takes == "stock" and not flow.only_moves


def moves_within(move):
    """Tell whether the move takes units from one place in stock to another."""
    flow = move and move._serial_flow()
    return bool(flow) and flow.only_moves


def _lay_there(move, unit, other, place, said):
    """Tell whether the other unit, which is elsewhere now, lay where the move took the first one from."""
    return find_place_before(move, unit, other).id == said.location != place.location


def find_place_before(move, unit, other):
    """Return the location where a unit lay when the move took another one, as its history tells."""
    booked = move_correction.get_booking(move, unit)
    return other.event_ids.filtered(lambda event: event.id < booked.id)[:1].location_id


def _find_taking_operation(move, unit):
    """Return the done operation that took a unit, as far as its history tells, and the place that it took from."""
    lines = move.move_line_ids.filtered(lambda line: line.quantity_product_uom > 0)
    if not lines:
        return lines, None
    before = move_correction.get_earlier_location(move, unit)
    line = max(lines, key=lambda line: (line.location_id == before, line.owner_id == unit.owner_id, -line.id))
    return line, line._get_serial_source()


def _get_place_domain(move, place, with_package=False):
    domain = Domain("product_id", "=", move.product_id.id) & Domain("company_id", "=", move._serial_company().id)
    return domain & place.get_domain(with_package)


def _count_stock(move, place, with_package=False):
    """Return how much stock there is at a place, in whichever package."""
    where = _get_place_domain(move, place, with_package)
    return move.env["stock.quant"].sudo()._read_group(where, aggregates=["quantity:sum"])[0][0]


def _count_surplus(move, place):
    """Return how much more stock there is at a place than units are known to be there."""
    units = move.env["serial.number"].sudo().search_count(_get_place_domain(move, place))
    return _count_stock(move, place) - units


def follow_edited_source(move, line, before):
    """Let units follow when a done operation says that it took from another location.

    Stock is then where it was said to have taken from, and no more where it took from: so do units lie.

    :param line: the operation
    :param before: the :class:`Place` that it was said to have taken from
    :raise UserError: when nobody can know which named units these are
    """
    after, flow = line._get_serial_source(), move._serial_flow()
    if not flow or flow.takes != "stock" or after.location == before.location or after.owner != before.owner:
        return
    count = min(_count_surplus(move, before), -_count_surplus(move, after), line.quantity_product_uom)
    units = move.env["serial.number"].sudo().search(_get_place_domain(move, after), order="name_key NULLS FIRST, id")
    if count <= 0 or not units:
        return
    blanks = units.filtered(lambda unit: not unit.name)
    if len(units) > count and len(blanks) < count:
        raise UserError(_message_open_source(move, before, units - blanks))
    vals = {"location_id": before.location, "package_id": before.package or False}
    following = units[: int(count)]
    following._record_change("moved", vals, following._prepare_event_vals("moved", source=move))


def _message_open_source(move, place, units):
    return move.env._(
        "%(document)s: that %(product)s did not leave %(place)s leaves open which of these units lies there:\n"
        "%(units)s\nEnter the number of the unit that really moved by Correct Serial Numbers on the transfer "
        "instead; stock follows it.",
        document=move._serial_document(),
        product=move.product_id.display_name,
        place=move.env["stock.location"].browse(place.location).display_name,
        units=", ".join(units[:20].mapped("name")),
    )
