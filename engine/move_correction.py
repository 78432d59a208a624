"""What becomes of units when a done move is corrected afterwards."""

from odoo.exceptions import UserError

from ..tools.context import hear, tell
from . import credit_note, keeping, sale_history

NOT_MOVED = "serial_number_tracking_not_moved"  # context key: ids of the units that a lower quantity is about


def relocate(move, line, before):
    """Let units follow when a done operation says another destination, owner or package, where it is clear which.

    :param line: the operation
    :param dict before: what it wrote on its units until now
    """
    vals = line._prepare_serial_place_vals()
    units = move.serial_ids.filtered(lambda unit: all(unit[name].id == id_ for name, id_ in before.items()))
    agreed = all(other._prepare_serial_place_vals() == vals for other in move.move_line_ids)
    if vals != before and (agreed or len(units) <= line.quantity_product_uom):
        units._record_change("moved", vals, units._prepare_event_vals("moved", source=move))


def prepare_redated_facts(move):
    """Return ``{unit: facts}`` of the receipt that the move's date decides; what was corrected by hand stays.

    A replacement that the vendor sent has the warranty of the unit that it replaces.
    """
    day, facts = move._get_serial_day(), {}
    end = move.product_id._get_vendor_warranty_end(day)
    for unit in move.serial_ids.filtered(lambda unit: unit.receipt_move_id == move):
        before = unit.product_id._get_vendor_warranty_end(unit.date_received)
        for heir in (unit | unit._get_heirs()).filtered(lambda heir: heir.vendor_warranty_end == before):  # noqa: B023
            facts[heir] = {"vendor_warranty_end": end}
        facts[unit] = {**facts.get(unit, {}), "date_received": day}
    return facts


def take_back(move, count):
    """Undo the booking of ``count`` units, after a done quantity was lowered.

    Only units that are still where the move put them can go, blanks before named ones.

    :raise UserError: when it is not clear which named units have to go
    """
    units = get_in_place(move)
    blanks = units.filtered(lambda unit: not unit.name).sorted(lambda unit: (not unit.uncovered, -unit.id))[:count]
    named = units.filtered("name")
    needed = count - len(blanks)
    chosen = units & get_not_moved(move)
    if not chosen and needed and needed != len(named):
        raise UserError(_message_which(move, count, named))
    units = chosen[:count] or blanks | (named if needed else named.browse())
    move._undo_serials(units, move.env._("The quantity of %s was lowered.", move._serial_document()))


def _message_which(move, count, named):
    words = {
        "document": move._serial_document(),
        "product": move.product_id.display_name,
        "units": ", ".join(named.mapped("name")) or "-",
    }
    if count == 1:
        return move.env._(
            "%(document)s: 1 unit of %(product)s less leaves open which one:\n%(units)s\nTick it as not moved by "
            "Correct Serial Numbers on the transfer instead; that lowers the quantity as well.",
            **words,
        )
    return move.env._(
        "%(document)s: %(count)s units of %(product)s less leave open which ones:\n%(units)s\nTick them as not moved "
        "by Correct Serial Numbers on the transfer instead; that lowers the quantity as well.",
        count=count,
        **words,
    )


def get_in_place(move):
    """Return the units of the move that are still as and where it put them."""
    flow = move._serial_flow()
    rules = move.env["serial.number"]._get_serial_rules()
    chosen = rules.find(lambda status: status.returns) if "status" in flow.wants else ()
    status = {flow.named_to, flow.blank_to, move._get_serial_statuses(flow)[0], *chosen}
    place = move.location_dest_id._serial_place(is_source=False)
    return move.serial_ids.filtered(
        lambda unit: (
            (flow.only_moves or unit.status in status) and unit.location_id._serial_place(is_source=False) == place
        )
    )


def get_not_moved(move):
    """Return the units that the user said did not move."""
    return move.env["serial.number"].browse(hear(move.env, NOT_MOVED, ()))


def take_off(move, units):
    """Lower the done quantity by units that did not move after all, and put them back.

    :raise UserError: for units that have moved on since
    """
    gone = units - get_in_place(move)
    if gone:
        raise UserError(
            move.env._(
                "These units of %(product)s are not where %(document)s put them any more: %(units)s. Correct what "
                "happened to them afterwards first.",
                product=move.product_id.display_name,
                document=move._serial_document(),
                units=", ".join(gone.mapped("display_name")),
            )
        )
    for line, part in _split_by_line(move, units).items():
        quantity = line.quantity_product_uom - len(part)
        line.with_context(**tell(NOT_MOVED, tuple(part))).write(
            {"quantity": quantity, "product_uom_id": move.product_id.uom_id.id}
        )


def _split_by_line(move, units):
    """Return ``{operation: ids}``: each unit's own operation, as far as its locations tell."""
    room = {line: line.quantity_product_uom for line in move.move_line_ids}
    result = {}
    for unit in units:
        places = unit.location_id | get_earlier_location(move, unit)
        lines = [line for line, quantity in room.items() if quantity > 0]
        line = max(lines, key=lambda line: len((line.location_id | line.location_dest_id) & places))
        room[line] -= 1
        result.setdefault(line, []).append(unit.id)
    return result


def undo_credits(move, units):
    """Take units off the credit notes that have them because of this return, which did not bring them."""
    if move._serial_flow().takes != "customer":
        return
    gone = {}
    for unit in units:
        booked = get_booking(move, unit)
        noted = unit.event_ids.filtered(lambda event: event.kind == "credited" and event.id > booked.id)  # noqa: B023
        for line in noted.invoice_line_id & unit.invoice_line_ids:
            gone[line] = gone.get(line, units.browse()) | unit
    for line, part in gone.items():
        credit_note.let_go(line, part)


def get_booking(move, unit):
    """Return the event by which this move booked a unit: it says what the unit was before, if it was there.

    What was corrected of the move afterwards, its date or where it put the unit, is no booking.
    """
    flow = move._serial_flow()
    events = unit.event_ids.sorted("id", reverse=True)
    mine = events.filtered(lambda event: event.move_id == move and event.kind != "numbered")
    made = mine.filtered(lambda event: flow and event.kind == flow.kind)
    made = made or mine.filtered(lambda event: event.status_from != event.status_to) or mine
    booked = made[:1]
    for earlier in made[1:]:
        if events.filtered(lambda event: earlier.id < event.id < booked.id) - mine:  # noqa: B023
            break
        booked = earlier
    return booked


def get_earlier_location(move, unit):
    """Return where a unit was before this move."""
    return move.env["stock.location"].browse(prepare_undo_vals(move.sudo(), unit.sudo())["location_id"])


def prepare_undo_vals(move, unit):
    """Return the facts of a unit that this move never touched after all: those that it had before."""
    booked = get_booking(move, unit)
    earlier = unit.event_ids.filtered(lambda event: event.id < booked.id).sorted("id", reverse=True)
    came = _prepare_undo_receipt(move, unit, earlier)
    if not booked.status_from:
        nobody = dict.fromkeys(unit._get_facts("customer"), False)
        status = "available" if unit.name and move.location_id.is_serial_stock else "void"
        return nobody | came | {"status": status, "location_id": move.location_id.id}
    status = booked.status_from
    numbered = unit._get_serial_rules().numbered
    if unit.name and status in numbered:
        status = unit._find_status(None, unit.product_id, numbered[status])
    place = earlier[:1].location_id or move.location_id
    packages = move.move_line_ids.filtered(lambda line: line.location_id == place).mapped("package_id.id")
    package = packages[0] if len(set(packages)) == 1 else False
    vals = {"status": status, "location_id": place.id, "package_id": package}
    return vals | came | _prepare_undo_facts(move, unit, status, earlier)


def _prepare_undo_receipt(undone, unit, earlier):
    """Return when and how a unit came that this move did not bring after all; nothing where it never did.

    :param earlier: the unit's events before this move, the newest first
    """
    if unit.receipt_move_id != undone:
        return {}
    receipts = earlier.move_id.filtered(lambda move: move in unit.move_ids and move._fills_serials("vendor"))
    came = earlier.filtered(lambda event: event.move_id in receipts)[:1]
    if not came:
        ours = ("receipt_move_id", "date_received", "vendor_warranty_end")
        return dict.fromkeys((*ours, *_get_added_receipt_facts(unit)), False)
    receipt = came.move_id
    added = receipt._prepare_added_facts(receipt._serial_flow())
    return receipt._prepare_serial_vendor_vals(came._get_day()) | {
        name: added.get(name, False) for name in _get_added_receipt_facts(unit)
    }


def _get_added_receipt_facts(unit):
    return [name for name, fact in unit._get_added_facts().items() if fact.belongs == "vendor" and fact.source]


def _prepare_undo_facts(move, unit, status, earlier):
    """Return what belongs to the status that a unit is put back to.

    :param earlier: the unit's events before this move, the newest first
    """
    cleared = dict.fromkeys(unit._get_facts("customer"), False)
    if status == "expected":
        return cleared
    if status == "hold":
        return cleared | keeping.prepare_held_vals(unit, earlier)
    if status == "designated":
        event = earlier.filtered(lambda event: event.kind == "designated")[:1]
        line = move.sale_line_id.filtered(lambda line: line.order_id.name == event.document)
        return cleared | {"customer_id": event.partner_id.id, "sale_line_id": line.id}
    if status in unit._get_serial_rules().sold:
        return cleared | sale_history.prepare_sold_facts(unit, earlier)
    return cleared
