"""Products that Odoo tracks by unique serial number: lots carry the numbers, and units follow them.

Lots are the truth. A done operation has moved its lot already: where the register thinks otherwise of the unit, the
unit is corrected first, with a line in its history that says so, and then booked like any other.
"""

from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools import naming
from ..tools.flow import CUSTOMER
from . import by_hand, move_correction, placeholders, transfer
from .check import SerialCheck
from .place import Slot
from .sql import lot_sql, register_sql

# What a unit must be for a flow to take it, by where the flow takes from.
TAKEN_AS = {"stock": "available", "customer": "sold", "outside": "void"}


def follow(moves):
    """Let units follow the lots of done moves: what is missing is booked, what did not move after all is taken back.

    :param moves: done ``stock.move`` records, of which those of products with lots count
    :return: the lots that were touched, and those whose units were not what they must have been
    """
    touched = corrected = moves.env["stock.lot"]
    for move in moves.filtered(lambda move: move.product_id._has_serial_lots()):
        theirs, wrong = _follow(move)
        touched |= theirs
        corrected |= wrong
    return touched, corrected


def _follow(move):
    flow, corrected = move._serial_flow(), move.env["stock.lot"]
    lines = {line.lot_id: line for line in move.move_line_ids if line.lot_id and line.quantity_product_uom > 0}
    booked = move.serial_ids.filtered("lot_id")
    gone = _find_gone(move, booked.filtered(lambda unit: unit.lot_id not in lines), len(lines))
    if gone:
        _take_off(move, flow, gone)
    todo = _filter_takable(move, {lot: line for lot, line in lines.items() if lot not in booked.lot_id})
    if todo:
        slots = _make_slots(todo)
        _number_blanks(move, slots, len(lines))
        units, is_corrected = _comply(move, slots)
        if is_corrected:
            corrected = corrected.union(*todo)
        if flow.only_moves:
            _transfer(move, slots, units)
        elif slots:
            move._run_serial_booking(len(slots), slots)
        keys = {naming.make_key(lot.name): lot.id for lot in todo}
        lot_sql.link_lots(move.env["serial.number"].sudo(), move.product_id, move._serial_company(), keys)
    return gone.lot_id.union(*lines), corrected


def _find_gone(move, units, count):
    """Return those of a move's units that it did not move after all.

    What moved without a lot may have got its number since.

    :param units: its units whose lots it does not name
    :param int count: how many lots it names
    """
    blanks = move.serial_ids.filtered(lambda unit: not unit.name)
    spare = max(0, move._serial_quantity() - count - len(blanks)) if units else 0
    blank = units._get_serial_rules().blank
    named_since = units.filtered(lambda unit: move_correction.get_booking(move, unit).status_to in blank)
    return units - named_since[:spare]


def _filter_takable(move, lines):
    """Leave out lots that no unit can be: their names are no numbers, or those of others but for case or spaces."""
    keys = {}
    for lot in lines:
        if not naming.find_fault(naming.clean(lot.name)):
            keys.setdefault(naming.make_key(lot.name), lot)
    if not keys:
        return {}
    register = move.env["serial.number"].sudo()
    rows = register_sql.find_units(register, move.product_id, move._serial_company(), list(keys))
    taken = {key for key, row in rows.items() if row["lot_id"] not in (None, keys[key].id)}
    return {lot: lines[lot] for key, lot in keys.items() if key not in taken}


def _make_slots(lines):
    """Return ``{name: Slot}`` of lots, the operations of one place sharing a slot."""
    slots, result = {}, {}
    for lot, line in lines.items():
        vals = line._prepare_serial_place_vals()
        key = (line._get_serial_source(), *vals.values())
        slot = slots.get(key) or slots.setdefault(key, Slot(key[0], vals, 0))
        result[naming.clean(lot.name)] = slot
    return result


def _number_blanks(move, slots, count):
    """Give the names of lots to the blanks that were booked for them before anybody had said which lots they were."""
    blanks = move.serial_ids.filtered(lambda unit: not unit.name)
    spare = len(blanks) + count - move._serial_quantity()
    if spare <= 0:
        return
    keys = {naming.make_key(name): name for name in slots}
    known = register_sql.find_units(
        move.env["serial.number"].sudo(), move.product_id, move._serial_company(), list(keys)
    )
    unknown = [name for key, name in keys.items() if key not in known]
    for blank, name in zip(blanks[:spare], unknown, strict=False):
        by_hand.write_name(blank, name)
        del slots[name]


def _take_off(move, flow, units):
    """Put units back whose lots a done move did not move after all."""
    note = move.env._("Its lot was taken off %s.", move._serial_document())
    if flow.only_moves:
        transfer.put_back(move, units, note)
        register_sql.unlink_document(units, move)
    else:
        move._undo_serials(units, note)


def _transfer(move, slots, units):
    groups = {}
    for name, id_ in units.items():
        groups.setdefault(slots[name], []).append(id_)
    for slot, ids in groups.items():
        transfer.record_transfer(move, move.env["serial.number"].sudo().browse(ids), slot.vals)


def check(line, names):
    """Return the :class:`~.check.Check` objects of lots that a done move has moved."""
    return SerialCheck(line, names, lock=True, room=len(names), by_lot=True).run()


def _comply(line, slots):
    """Correct the units of lots that a done move could not have moved, as the register has them.

    :param line: the ``stock.move``
    :param dict slots: ``{name of a lot: Slot}``
    :return: ``{name: id}`` of those that are units, and whether some were corrected
    """
    checks = check(line, list(slots)) if slots else []
    wrong = [each for each in checks if not each.ok]
    if not wrong:
        return _find_ids(checks), False
    unknown = [each for each in wrong if not each.row]
    known = [each for each in wrong if each.row]
    if unknown and line._serial_flow().only_moves:
        unknown = _number_placeholders(line, slots, unknown)
    groups = {}
    for each in unknown + known:
        groups.setdefault((slots[each.name], bool(each.row)), []).append(each)
    for (slot, is_known), group in groups.items():
        (_correct_known if is_known else _create_unknown)(line, slot, group)
    return _find_ids(check(line, list(slots))), True


def _find_ids(checks):
    """Return ``{name: id of its unit}``: what checks know besides takes much memory."""
    return {each.name: each.serial_id for each in checks if each.serial_id}


def _number_placeholders(move, slots, checks):
    """Let unknown lots that move within stock be pieces that are there without number; return the others."""
    register, company = move.env["serial.number"].sudo(), move._serial_company()
    where, place = register_sql.placeholders_of(move.product_id, company), slots[checks[0].name].place
    location = move.env["stock.location"].browse(place.location)
    ids = register_sql.lock_blanks(register, where, location, len(checks), place.owner)
    numbered = register._prepare_event_vals("numbered", source=move)
    status = move._find_serial_status(None, "available")
    names = [check.name for check in checks[: len(ids)]]
    register.browse(ids)._record_change("numbered", {"status": status}, numbered, names=names)
    return checks[len(ids) :]


def _prepare_taken_vals(line, slot):
    """Return the facts of a unit that a done move could take where its lot was."""
    flow, register = line._serial_flow(), line.env["serial.number"]
    vals = dict.fromkeys(register._get_facts("customer", "hold"), False)
    vals |= {"status": TAKEN_AS[flow.takes], "location_id": slot.place.location, "uncovered": False}
    vals |= {"owner_id": slot.place.owner or False, "package_id": slot.place.package or False}
    if flow.takes == "customer":
        vals["customer_id"] = line._serial_partner().id
    return vals


def _correct_known(line, slot, checks):
    register = line.env["serial.number"].sudo()
    vals = _prepare_taken_vals(line, slot)
    for unit in register.browse(check.serial_id for check in checks):
        note = line.env._(
            "%(document)s moved its lot; the register had it as %(state)s.",
            document=line._serial_document(),
            state=unit._describe_state(),
        )
        unit._record_change("corrected", vals, unit._prepare_event_vals("corrected", source=line, note=note))


def _create_unknown(line, slot, checks):
    register = line.env["serial.number"].sudo()
    note = line.env._("%s moved its lot; the register did not know it.", line._serial_document())
    vals = _prepare_taken_vals(line, slot) | {
        "product_id": line.product_id.id,
        "company_id": line._serial_company().id,
    }
    event = register._prepare_event_vals("corrected", source=line, note=note)
    register._record_new("corrected", [check.name for check in checks], vals, event)


def settle_all(moves, lots, corrected):
    """Let the units of these lots, which moves have touched, be where Odoo's stock is: see :func:`settle`.

    :param corrected: those whose units were not what they must have been
    """
    groups = moves.grouped(lambda move: (move.product_id, move._serial_company())) if lots else ()
    for product, company in groups:
        own = lots.filtered(lambda lot: lot.product_id == product)  # noqa: B023
        if own:
            settle(product, company, own, is_corrected=bool(own & corrected))


def settle(product, company, lots, is_corrected=False):
    """Let units be where the stock of their lots is: one query where all is as usual.

    :param product: the ``product.product``
    :param company: the ``res.company``
    :param lots: the ``stock.lot`` records that were touched
    :param bool is_corrected: see whether units add up to stock, even where each lot's unit is in place
    """
    register = product.env["serial.number"].sudo()
    rows = lot_sql.find_irregular(register, company, lots)
    if not rows and not is_corrected:
        return
    for row in rows:
        unit = register.browse(row["id"])
        if vals := _prepare_settled_vals(unit, row):
            _correct(unit, vals)
    _settle_total(register, product, company, rows)


def _prepare_settled_vals(unit, row):
    """Return what is to be corrected of a unit, by the stock of its lot."""
    nobody = dict.fromkeys(unit._get_facts("customer", "hold"), False)
    if row["most"] >= 1:
        place = {name: row[name] or False for name in ("location_id", "owner_id", "package_id")}
        if row["in_stock"]:
            return {name: value for name, value in place.items() if unit[name].id != (value or False)}
        return {**nobody, **place, "status": "available"}
    if not row["in_stock"]:
        return {}
    outside = unit.lot_id.sudo().quant_ids.filtered(lambda quant: quant.quantity > 0)[:1].location_id
    vals = prepare_outside_vals(outside, unit.company_id)
    return vals if vals["status"] == "sold" else {**nobody, **vals}


def prepare_outside_vals(location, company):
    """Return what a unit is of whose lot nothing is in stock: with a customer, or gone.

    :param location: the ``stock.location`` where the lot is, or none where nothing tells of it
    :param company: the unit's ``res.company``
    """
    location = location or by_hand.get_outside_location(location, "void", company)
    is_sold = location._serial_place(is_source=False) == CUSTOMER
    return {"status": "sold" if is_sold else "void", "location_id": location.id, "package_id": False}


def _settle_total(register, product, company, rows):
    """Make the equation right where lots are short or more than one, which no unit can be."""
    difference = lot_sql.count_difference(register, product, company)
    units = register.browse(row["id"] for row in rows)
    short = {row["id"] for row in rows if row["quantity"] < (row["most"] >= 1)}
    for unit in units if difference else ():
        if difference < 0 and unit.id in short and not unit.uncovered:
            _correct(unit, {"uncovered": True})
            difference += 1
        elif difference > 0 and unit.id not in short and unit.uncovered:
            _correct(unit, {"uncovered": False})
            difference -= 1
    difference += _consume_placeholders(register, product, company, -difference)
    if difference and not product.serial_adopting:  # units that are still to come would be taken for missing
        placeholders.create_missing(product, company)


def _consume_placeholders(register, product, company, count):
    """Let pieces without lot be gone that left as lots which were not in stock: Odoo took them from the former.

    :return: how many
    """
    if count <= 0:
        return 0
    where = register_sql.placeholders_of(product, company)
    units = register.browse(register_sql.lock_blanks(register, where, register.env["stock.location"], count))
    outside = by_hand.get_outside_location(register, "void", company)
    event = register._prepare_event_vals("corrected", note=register.env._("It left as a lot that was not in stock."))
    units._record_change("corrected", {"status": "void", "location_id": outside.id, "package_id": False}, event)
    return len(units)


def _correct(unit, vals):
    unit._record_change("corrected", vals, prepare_settled_event(unit))


def prepare_settled_event(units):
    """Return what the history says where Odoo's stock of a lot corrects the register."""
    return units._prepare_event_vals("corrected", note=units.env._("Odoo's stock says so of its lot."))


def make_lots(product, names):
    """Return new lots of these names, in order; they are of the product's company, as Odoo makes them."""
    vals = [{"name": name, "product_id": product.id, "company_id": product.company_id.id} for name in names]
    return product.env["stock.lot"].create(vals)


def get_stock_domain(product, company):
    """Return the domain of a product's quants that are in a company's stock."""
    own = Domain("product_id", "=", product.id) & Domain("company_id", "=", company.id)
    return own & product.env["serial.number"]._get_in_stock_domain()


def share_company(one, other):
    """Tell whether some company may use both of two lots.

    :param one: the company of the first one, or its id; empty for all companies
    :param other: that of the second one
    """
    return not one or not other or one == other


def message_alike(lot, other):
    """Return why two lots cannot be, whose names are one number."""
    return lot.env._(
        "%(name)s and %(other)s are one serial number of %(product)s: only case or spaces differ. Use the lot that is "
        "there.",
        name=lot.name,
        other=other.name,
        product=lot.product_id.display_name,
    )


def rename_units(units):
    """Let units have the names that their lots got.

    :raise UserError: when another unit has that number
    """
    for unit in units:
        name = naming.clean(unit.lot_id.name)
        if name == unit.name:
            continue
        rows = register_sql.find_units(unit, unit.product_id, unit.company_id, [naming.make_key(name)])
        if any(row["id"] != unit.id for row in rows.values()):
            raise UserError(by_hand.message_exists(unit, name, unit.product_id))
        by_hand.renumber(unit, name)


def rename_lot(unit):
    """Let a unit's lot have the name that the unit got."""
    lot = unit.sudo().lot_id
    if lot and lot.name != unit.name and unit.product_id._has_serial_lots():
        lot.name = unit.name


def note_deleted(lots):
    """Note on units that their lots are deleted: units stay."""
    for unit in lots.sudo().serial_ids:
        note = unit.env._("Its lot was deleted.")
        unit._record_change("corrected", {"lot_id": False}, unit._prepare_event_vals("corrected", note=note))
