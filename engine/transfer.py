"""Which units a move within the company's stock moves."""

from odoo.fields import Domain

from . import move_correction, stock_source
from .check import SerialCheck
from .place import SerialSlots
from .sql import register_sql


def transfer(move):
    """Let units follow a move within stock: those that were named, and the others where it is clear which.

    Totals are right whoever follows; a unit that does not follow keeps the last place known.
    """
    surplus = len(move.serial_ids) - move._serial_quantity()
    if surplus > 0:
        _put_back(move, surplus)
        return
    slots = move._get_serial_slots(left=False)
    _move_named(move, slots)
    routes = [slot for slot in slots if slot.room > 0 and slot.moves()]
    for index, slot in enumerate(routes):
        units = _find_following(move, slot)
        if any(later.place.location == slot.place.location for later in routes[index + 1 :]):
            units = units.sorted("id")[: slot.room]
        # Units that follow stay whose they are.
        record_transfer(move, units, {name: slot.vals[name] for name in ("location_id", "package_id")})
    if move.serial_draft:
        move._write_serial_draft([])


def record_transfer(move, units, vals):
    """Move units within stock, with the facts that the operation writes on them."""
    event = units._prepare_event_vals("moved", source=move)
    units._record_change("moved", vals, event, source=move)


def _move_named(move, slots):
    names = move._serial_names()
    checks = SerialCheck(move, names, lock=True).run() if names else []
    move._refuse_bad_serials(checks)
    good = [check for check in checks if check.ok]
    groups = {}
    for check, slot in zip(good, SerialSlots(slots).assign(good), strict=True):
        groups.setdefault(slot, []).append(check.serial_id)
    for slot, ids in groups.items():
        record_transfer(move, move.env["serial.number"].browse(ids), slot.vals)


def _find_following(move, slot):
    """Return the units that left a place without being named: all, or those that the step before brought."""
    product = Domain("product_id", "=", move.product_id.id)
    place, inside = Domain("location_id", "=", slot.place.location), Domain("package_id", "=", slot.place.package)
    of_company = product & Domain("company_id", "=", move._serial_company().id)
    for where in (place, place & inside & Domain("owner_id", "=", slot.place.owner)):
        if _leaves_nothing_behind(move, product & where):
            return move.env["serial.number"].search(of_company & where)
    brought = of_company & place & Domain("move_ids", "in", move.move_orig_ids.ids)
    units = move.env["serial.number"].search(brought)
    missing = move._serial_quantity() - len(move.serial_ids)
    return units if len(units) == missing else units.browse()


def _leaves_nothing_behind(move, where):
    quants = move.env["stock.quant"]._read_group(where, aggregates=["quantity:sum"])
    return move.product_id.uom_id.compare(quants[0][0], 0) <= 0


def _put_back(move, count):
    """Put units back that did not move after all, where it is clear which."""
    chosen = move.serial_ids & move_correction.get_not_moved(move)
    if not chosen and count == len(move.serial_ids):
        chosen = move.serial_ids
    note = move.env._("The quantity of %s was lowered.", move._serial_document())
    put_back(move, chosen & move_correction.get_in_place(move), note)
    register_sql.unlink_document(chosen, move)


def put_back(move, units, note):
    """Put units back to where they were before a move within stock, which did not move them after all."""
    for unit in units:
        event = unit._prepare_event_vals("corrected", source=move, note=note)
        unit._record_change("corrected", {"location_id": move_correction.get_earlier_location(move, unit).id}, event)


def exchange_locations(move, unit, other):
    """Let another unit be the one that this move within stock moved."""
    earlier = stock_source.retake(move, unit, other._get_serial_place(), other)
    place = {"location_id": earlier.location, "package_id": earlier.package or False}
    target = {"location_id": unit.location_id.id, "package_id": unit.package_id.id}
    note = move.env._("Not %s moved but this piece.", unit.display_name)
    event = other._prepare_event_vals("moved", source=move, note=note)
    other._record_change("moved", target, event, source=move)
    event = unit._prepare_event_vals("corrected", note=move.env._("Not this piece moved but %s.", other.name))
    unit._record_change("corrected", place, event)
    register_sql.unlink_document(unit, move)
