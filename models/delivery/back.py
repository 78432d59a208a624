"""The goods of a credit note: taken back when it is confirmed."""

from odoo.exceptions import UserError
from odoo.fields import Domain

from ...engine import credit_note, invoice
from ...tools import naming
from . import goods


def take_back(refund):
    """Take back the goods that a credit note credits, as far as its invoice has delivered them.

    One without invoice takes back what it says, as far as it did not come back before.
    """
    refund = refund.sudo().with_company(refund.company_id)
    if refund.reversed_entry_id:
        _take_back_delivered(refund)
    else:
        _take_back_free(refund)


def _take_back_delivered(refund):
    rows = [row for line in goods.get_goods_lines(refund) for row in _find_to_take_back(line)]
    if not rows:
        return
    origin = rows[0][1]
    kind = origin.picking_type_id.return_picking_type_id or origin.warehouse_id.in_type_id or origin.picking_type_id
    vals = [_prepare_return(*row) for row in rows]
    picking = goods.make_picking(refund, kind, origin.location_dest_id, origin.location_id, vals)
    picking.return_id = origin.picking_id
    _receive(refund, picking)


def _find_to_take_back(line):
    """Return ``[(credit note line, move that delivered, quantity)]`` of what a line is still to take back."""
    todo = goods.count_quantity(line) + goods.count_out(line.serial_return_move_ids, line)
    rows = []
    for credited in invoice.get_reversed_lines(line):
        moves = credited.serial_delivery_move_ids
        origins = moves.filtered(lambda move: move.state == "done" and move.location_dest_id.usage == "customer")
        quantity = min(todo, goods.count_out(moves, credited))
        if origins and line.product_id.uom_id.compare(quantity, 0) > 0:
            own = origins.filtered(lambda move: move.product_id == line.product_id)
            share = quantity / goods.count_quantity(credited)
            rows += [(line, own[:1], quantity)] if own else [(line, move, move.quantity * share) for move in origins]
            todo -= quantity
    return rows


def _take_back_free(refund):
    rows = {line: _count_to_take_back(line) for line in goods.get_goods_lines(refund)}
    rows = {line: quantity for line, quantity in rows.items() if line.product_id.uom_id.compare(quantity, 0) > 0}
    if rows:
        line = next(iter(rows))
        warehouse, kind = line._serial_warehouse(), line._serial_return_type()
        if not warehouse:
            raise UserError(refund.env._("%s has no warehouse to take goods back. Make one.", refund.company_id.name))
        source = (refund.partner_shipping_id or refund.partner_id).property_stock_customer
        vals = [_prepare_free_return(*row, source, warehouse.lot_stock_id) for row in rows.items()]
        _receive(refund, goods.make_picking(refund, kind, source, warehouse.lot_stock_id, vals))
    for line in goods.get_goods_lines(refund):
        _put_on_line(line)


def _count_to_take_back(line):
    """Return how much of the line of a credit note without invoice is still to be taken back."""
    todo = goods.count_quantity(line) + goods.count_out(line.serial_return_move_ids, line)
    return todo - len(_find_back(line)) if line.product_id.is_serialized else todo


def _find_back(line):
    """Return the entered units that are in stock already, by another transfer: these are not taken back again."""
    mine = Domain("product_id", "=", line.product_id.id) & Domain("company_id", "=", line.company_id.id)
    keys = naming.make_keys(line._serial_names())
    units = line.env["serial.number"].search(mine & Domain("name_key", "in", keys))
    return units.filtered("location_id.is_serial_stock") - line.sudo().serial_return_move_ids.serial_ids


def _put_on_line(line):
    """Let a credit note without invoice be about the units that it took back, those without number among them."""
    back = line.serial_return_move_ids.filtered(lambda move: move.product_id == line.product_id).serial_ids
    units = (back - line.serial_ids).filtered("location_id.is_serial_stock")
    if units:
        event = units._prepare_event_vals("credited", partner=line.move_id.partner_id, source=line)
        units._record_change("credited", {}, event, source=line)


def _receive(refund, picking):
    """Book what comes back, with the numbers that were entered on the credit note."""
    for stock_move in picking.move_ids:
        stock_move.quantity = stock_move.product_uom_qty
        _enter_returned(stock_move)
    goods.finish(refund, picking)


def _enter_returned(stock_move):
    """Enter the numbers of a credit note line, and what they go back as, on the move that takes them back."""
    line = stock_move.serial_return_line_id
    if stock_move.product_id != line.product_id:
        _enter_part(stock_move)
    elif line.product_id.is_serialized:
        _enter_named(stock_move, line)


def _enter_named(stock_move, line):
    draft, count = line.serial_draft or {}, int(stock_move.product_uom_qty)
    names = line._serial_names()
    if not line.move_id.reversed_entry_id:
        back = set(_find_back(line).mapped("name_key"))
        names = [name for name in names if naming.make_key(name) not in back]
    elif not names:
        units = credit_note.find_creditable(line, line.product_id).filtered(
            lambda unit: unit.name and not unit.location_id.is_serial_stock
        )
        names = units.mapped("name") if len(units) <= count else []
    kept = {name: draft[name] for name in ("statuses", "reasons", "reason", "added") if draft.get(name)}
    stock_move._write_serial_draft(names[:count], blanks=True, **kept)


def _enter_part(stock_move):
    """Enter the numbers of a component of a kit, where all that the invoice delivered comes back."""
    units = stock_move.origin_returned_move_id.serial_ids.filtered(
        lambda unit: unit.name and unit._is_sold() and not unit.location_id.is_serial_stock
    )
    if units and len(units) <= stock_move.product_uom_qty:
        stock_move._write_serial_draft(units.mapped("name"), blanks=True)


def _prepare_return(line, origin, quantity):
    return {
        **goods.prepare_move(line, quantity, origin.location_dest_id, origin.location_id),
        "product_id": origin.product_id.id,
        "product_uom": origin.product_id.uom_id.id,
        "serial_invoice_line_id": origin.serial_invoice_line_id.id,
        "serial_return_line_id": line.id,
        "origin_returned_move_id": origin.id,
        "to_refund": True,
    }


def _prepare_free_return(line, quantity, source, target):
    vals = goods.prepare_move(line, quantity, source, target)
    return vals | {"serial_invoice_line_id": False, "serial_return_line_id": line.id, "to_refund": True}
