"""What a button refuses to book because units that are kept back are all that is left where it takes from."""

from collections import defaultdict
from itertools import islice

from odoo.exceptions import UserError
from odoo.fields import Domain

from . import keeping, reserve
from .kept import KeptUnits, take
from .kept_lots import KeptLots
from .place import PLACE

LISTED = 20  # units in a message


def check_free(todo):
    """Refuse to let units leave that are kept back for somebody else, where a button of the transfer is pressed.

    :raise UserError: with the units that are in the way, and what to do
    """
    pressed = todo.env.context.get("button_validate_picking_ids", ())
    moves = todo.filtered(_is_serial_kept_from).sudo()
    with_lots = moves.filtered(lambda move: move.product_id._has_serial_lots())
    _check_lots(with_lots.filtered(lambda move: not move.picking_id or move.picking_id.id in pressed))
    moves = (moves - with_lots).filtered(lambda move: move.picking_id.id in pressed)
    kept = KeptUnits(moves.product_id)
    if not kept:
        return
    kept.cover_reserved()
    groups = defaultdict(todo.env["stock.move.line"].sudo().browse)
    operations = (line for move in moves for line in move._get_serial_operations())
    for line in operations:
        groups[line.product_id, line.location_id, line.owner_id, line.package_id] |= line
    stock = _read_serial_stock(moves)
    faults = [
        fault
        for place, lines in groups.items()
        if (fault := _find_fault(lines, kept.find(*place, strict=True).rows, stock.get(place, 0)))
    ]
    if faults:
        raise UserError(
            todo.env._(
                "%(faults)s\nRelease those on hold or designated, and restore void ones: select them among the "
                "serial numbers and press Change Status. Or enter a lower quantity.",
                faults="\n".join(faults),
            )
        )


def _check_lots(moves):
    """Refuse to let lots leave that are kept back for somebody else.

    Where a transfer is done by no button of its own, as those of a till are, nothing is refused.

    :raise UserError: with the lots, why, and what to do
    """
    refused = KeptLots(moves.product_id).find_refused(moves)
    if not refused:
        return
    register = moves.env["serial.number"]
    lines = [
        f"- {line.move_id._serial_document()}: {keeping.describe_kept(register.browse(row['id']))}"
        for line, row in islice(refused.items(), LISTED)
    ]
    raise UserError(
        moves.env._(
            "These serial numbers cannot leave with this document:\n%(units)s\nChoose others, or release them first: "
            "select them among the serial numbers and press Change Status.",
            units="\n".join(lines),
        )
    )


def _is_serial_kept_from(move):
    """Tell whether the move takes units out of stock, and not just any of them."""
    flow = move._serial_flow() if move.is_serialized else None
    if not flow or flow.takes != "stock":
        return False
    return not set(move.env["serial.number"]._get_serial_rules().kept_back) <= set(flow.reserves)


def _read_serial_stock(moves):
    """Return ``{(product, location, owner, package): quantity}`` where these moves take from."""
    domain = Domain("product_id", "in", moves.product_id.ids)
    domain &= Domain("location_id", "in", moves.move_line_ids.location_id.ids)
    by = ["product_id", *PLACE]
    groups = moves.env["stock.quant"].sudo()._read_group(domain, by, ["quantity:sum"])
    return {tuple(place): quantity for *place, quantity in groups}


def _find_fault(lines, rows, quantity):
    """Say that these operations of one place need more than is free there: the rest is kept back.

    :param list rows: the :class:`Kept` of the place
    :param quantity: how much stock is there
    :return: a text; None where there is room, or no stock at all
    """
    left, needed = [[row, row.total - row.elsewhere] for row in rows], 0
    free = max(0, quantity - sum(count for _row, count in left))
    if quantity <= free:
        return None
    for line in lines:
        statuses, claim = reserve.get_reserves(line.move_id)
        part = line.quantity_product_uom
        needed += part - take(
            left, part, lambda row, may=statuses, own=claim: row.status in may or row.is_meant_for(*own)
        )
    if lines.product_id.uom_id.compare(needed, free) <= 0:
        return None
    return _describe_room(lines, [row for row, count in left if count > 0], free)


def _describe_room(lines, rows, free):
    units = lines.env["serial.number"].sudo().search(Domain.OR(row.get_domain() for row in rows), order="id")
    names = [keeping.describe_kept(unit) for unit in units[:LISTED]]
    if len(units) > LISTED:
        names.append(lines.env._("And %s more.", len(units) - LISTED))
    return lines.env._(
        "%(document)s is to take %(quantity)g %(product)s from %(place)s, and %(free)g can leave there. These "
        "units are in the way:\n%(units)s",
        document=", ".join({line.move_id._serial_document() for line in lines}),
        quantity=sum(lines.mapped("quantity_product_uom")),
        product=lines.product_id.display_name,
        place=lines.location_id.display_name,
        free=free,
        units="\n".join(f"- {name}" for name in names),
    )
