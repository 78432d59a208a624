"""What a move takes from entries: those of its count or scrap order, and the places of entered numbers."""

from collections import Counter

from odoo.fields import Domain

from ..tools.context import hear
from .check import SerialCheck
from .place import PLACE, Place
from .sql import entry_sql

COUNTS = "serial_number_tracking_counts"  # context key: ids of the counts with entered numbers


def take_entries(moves):
    """Take over what was entered on the counts and scrap orders that these moves come from: each entry once."""
    counts = moves.env["stock.quant"].browse(hear(moves.env, COUNTS, ()))
    counts = counts.exists().filtered("serial_draft")
    scraps = moves.sudo().scrap_id.filtered("serial_draft")
    for move in moves.filtered("is_serialized") if counts or scraps else ():
        origin = _find_count(move, counts) if move.is_inventory else scraps & move.scrap_id
        if origin.serial_draft and origin.product_id == move.product_id:
            entry_sql.write_kept(move, "serial_draft", origin.serial_draft)
            origin._write_serial_draft([])


def _find_count(move, counts):
    """Return the count that the move was made from: of the same pieces at the same place.

    :param counts: the ``stock.quant`` records that are being applied
    """
    line = move.move_line_ids[:1]
    flow = move._serial_flow()
    arrives = flow and flow.brings
    place = line.location_dest_id if arrives else line.location_id
    package = line.result_package_id if arrives else line.package_id
    return counts.filtered(
        lambda count: (
            count.product_id == move.product_id
            and count.location_id == place
            and (count.lot_id, count.package_id, count.owner_id) == (line.lot_id, package, line.owner_id)
        )
    )[:1]


def leave_out_booked(move, slots):
    """Take the units that are booked already out of the room of the slots where they are."""
    groups = move.env["serial.event"]._read_group(
        [("move_id", "=", move.id), ("serial_id", "in", move.serial_ids.ids)],
        ["location_id"],
        ["serial_id:count_distinct"],
    )
    booked = {location.id: count for location, count in groups}
    for slot in slots:
        gone = min(slot.room, booked.get(slot.vals["location_id"], 0))
        booked[slot.vals["location_id"]] = booked.get(slot.vals["location_id"], 0) - gone
        slot.room -= gone


def follow_entered(entered):
    """Make operations take entered numbers from where they lie, if that is another place than their own.

    Numbers that they cannot take are refused, or, where no window is open, left blank with the reason.
    """
    moves = entered.filtered(
        lambda move: (
            move.serial_draft and move.is_serialized and not move.product_id._has_serial_lots() and move._serial_names()
        )
    ).sudo()
    claimed = {}
    for move in _filter_scattered(moves):
        theirs = claimed.setdefault((move.product_id, move._serial_company()), Counter())
        checker = SerialCheck(
            move,
            move._serial_names(),
            added=move._serial_added(),
            earlier=lambda theirs=theirs: (Counter(), theirs.copy()),
        )
        checks = checker.run()
        move._refuse_bad_serials(checks)
        _leave_out_elsewhere(move, checks)
        checker.places.follow_blanks(sum(check.code == "fills" for check in checks))
        take_from(move, checker.places)
        theirs.update(checker.places.taken)


def _filter_scattered(moves):
    """Return the moves whose units may lie elsewhere than they take from: two queries, whatever there is.

    Where all stock is at the one place that a move takes from, and no unit is uncovered, its units lie there.
    """
    sources = {move: set(places) for move in moves if (places := move._get_serial_stock().places)}
    if not sources:
        return moves.browse()
    register = moves.env["serial.number"]
    of_product = Domain("product_id", "in", moves.product_id.ids)
    groups = moves.env["stock.quant"]._read_group(
        of_product & Domain("quantity", ">", 0) & register._get_in_stock_domain(),
        ["product_id", *PLACE],
    )
    stocked = {}
    for product, *place in groups:
        stocked.setdefault(product, set()).add(Place.of(*place))
    special = of_product & (Domain("uncovered", "=", True) | Domain("owner_id", "!=", False))
    found = set(register._read_group(special, ["product_id", "uncovered"]))

    def is_scattered(move, places):
        product = move.product_id
        if move._serial_flow().takes != "stock":
            return (product, False) in found or (product, True) in found
        return len(places) > 1 or (product, True) in found or stocked.get(product, set()) - places

    return moves.filtered(lambda move: move in sources and is_scattered(move, sources[move]))


def _leave_out_elsewhere(move, checks):
    """Take numbers off the entry that stock cannot follow; the history says why their units are blank."""
    refused = [check for check in checks if check.code == "elsewhere"]
    if refused:
        draft = {name: value for name, value in move.serial_draft.items() if name != "names"}
        draft["refused"] = [*draft.get("refused", ()), *(check.message for check in refused)]
        move._write_serial_draft([check.name for check in checks if check not in refused], **draft)


def take_from(move, places):
    """Change the operations so that they take what was entered from where it lies, one operation for each place.

    :param places: the :class:`SerialPlaces` of the entered numbers
    """
    spare = places.own - places.taken
    for place, count in (places.taken - places.own).items():
        for line in move._get_serial_operations().sorted("id", reverse=True):
            source = places.reduce(line._get_serial_source())
            part = min(spare[source], line.quantity_product_uom, count)
            if part > 0:
                line._take_from(place, part)
                spare[source] -= part
                count -= part


def merge_drafts(drafts):
    """Return what was entered on several lines as the entry of one: numbers, reasons and lists of all of them.

    :param drafts: values of ``serial_draft``, see :meth:`SerialEntryMixin._write_serial_draft`
    """
    merged = {}
    for draft in drafts:
        for name, value in draft.items():
            merged.setdefault(name, []).append(value)
    for name, values in merged.items():
        if isinstance(values[0], str):
            values = dict.fromkeys(values) if name != "names" else values
            merged[name] = ("\n" if name == "names" else ", ").join(values)
        elif isinstance(values[0], list):
            merged[name] = [item for value in values for item in value]
        elif isinstance(values[0], dict):
            merged[name] = {key: item for value in values for key, item in value.items()}
        else:
            merged[name] = values[0]
    if not all(draft.get("blanks") for draft in drafts):
        merged.pop("blanks", None)  # the rest of one of them is still asked for
    return merged
