"""Which units are parts of which: what production built in, and what repairs changed."""

from collections import defaultdict

from odoo.exceptions import UserError

DEPTH = 20  # levels of a tree that are shown


def build_in(units, wholes, source=None):
    """Note that units are parts of others, in their order: of each product, as many in each of the others.

    :param units: the ``serial.number`` records of the parts
    :param wholes: those that they are built into
    :param source: the document line that did it
    """
    whole_of = {}
    for parts in units.grouped("product_id").values():
        whole_of |= _divide(parts, wholes)
    parts = units.filtered(lambda unit: unit in whole_of)
    _record(parts, whole_of, source._serial_document() if source else False)


def settle(whole_of):
    """Let parts be in the units that they are really in.

    :param dict whole_of: the unit that contains it, or an empty one, by each part
    """
    parts = [part for part, whole in whole_of.items() if part and part.part_of_id != whole]
    if parts:
        _record(parts[0].union(*parts), whole_of)


def _record(parts, whole_of, document=False):
    if not parts:
        return
    events = []
    for part in parts:
        whole = whole_of[part]
        words = {"serial": whole.name or "-", "product": _name(whole.product_id)}
        note = part.env._("Part of %(serial)s (%(product)s)", **words) if whole else None
        events.append(part._prepare_event_vals("built_in", note=note) | {"document": document})
    parts._record_rows("built_in", [{"part_of_id": whole_of[part].id} for part in parts], events)


def _divide(parts, wholes):
    """Return ``{part: whole}``: of the first parts one more each, where they cannot be divided evenly."""
    share, more = divmod(len(parts), len(wholes)) if wholes else (0, 0)
    result, rest = {}, list(parts)
    for index, whole in enumerate(wholes):
        count = share + (index < more)
        result |= dict.fromkeys(rest[:count], whole)
        rest = rest[count:]
    return result


def _name(product):
    return product.sudo().display_name


def check(units):
    """Refuse a part that contains itself, or that lies in stock.

    :raise UserError: with the unit
    """
    if units._has_cycle():
        raise UserError(units.env._("A unit cannot be a part of itself, or of one of its own parts."))
    for unit in units.filtered(lambda unit: unit.part_of_id and unit.location_id.is_serial_stock):
        raise UserError(
            units.env._(
                "%(serial)s lies in stock at %(location)s: a part of another unit has been consumed. Consume it by a "
                "manufacturing or a repair order first.",
                serial=unit.display_name,
                location=unit.location_id.display_name,
            )
        )


def find_wholes(units):
    """Return the units that contain these: the outermost ones, and these themselves where nothing contains them."""
    return units.search([("id", "parent_of", units.ids), ("part_of_id", "=", False)])


def read_tree(unit):
    """Return what a unit is built from, each part before its own parts: pairs of the level and the part."""
    below, parts = defaultdict(list), unit.sudo().part_ids
    for _level in range(DEPTH):
        for part in parts.sorted("id"):
            below[part.part_of_id].append(part)
        parts = parts.part_ids
    rows, waiting = [], [(0, part) for part in reversed(below[unit])]
    while waiting:
        level, part = waiting.pop()
        rows.append((level, part))
        waiting += [(level + 1, each) for each in reversed(below[part])]
    return rows
