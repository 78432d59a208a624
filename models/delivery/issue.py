"""The goods of an invoice without order: issued when it is confirmed, taken back by its credit note."""

from datetime import datetime, time

from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ...engine import credit_note, invoice
from ...models.serial_entry_mixin import STRICT
from ...tools import naming

NOON = time(12)  # in UTC: the same day nearly everywhere


def get_goods_lines(move):
    """Return the lines of an invoice or a credit note that stand for goods and come from no order."""
    return move.invoice_line_ids.filtered(
        lambda line: (
            line.display_type == "product"
            and line.product_id.type == "consu"
            and line.quantity > 0
            and not invoice.is_from_order(line)
        )
    )


def count_quantity(line):
    """Return what a line stands for, in the unit of measure of its product."""
    uom = line.product_uom_id or line.product_id.uom_id
    return uom._compute_quantity(line.quantity, line.product_id.uom_id)


def count_out(moves, line):
    """Return how much of these done moves is with the customer, in the unit of measure of the line's product.

    Of a kit, its components are out: all of it, or nothing.
    """
    done = moves.filtered(lambda move: move.state == "done")
    net = {}
    for move in done:
        sign = 1 if move.location_dest_id.usage == "customer" else -1
        net[move.product_id] = net.get(move.product_id, 0) + sign * move.product_uom._compute_quantity(
            move.quantity, move.product_id.uom_id
        )
    if line.product_id in net or not net:
        return net.get(line.product_id, 0)
    return count_quantity(line) if any(quantity > 0 for quantity in net.values()) else 0


def find_elsewhere(line):
    """Return the entered units that another delivery brought the customer: these are not delivered again."""
    units = line.env["serial.number"].search(_get_entered_domain(line, line._serial_names(), "sold"))
    return units.filtered(
        lambda unit: (
            not unit.location_id.is_serial_stock and unit.delivery_move_id not in line.sudo().serial_delivery_move_ids
        )
    )


def _get_entered_domain(line, names, status):
    """Return the domain of the units of a document line's product that have some of these numbers, and a status."""
    mine = Domain("product_id", "=", line.product_id.id) & Domain("company_id", "=", line.company_id.id)
    return mine & Domain("name_key", "in", naming.make_keys(names)) & Domain("status", "=", status)


# Issuing


def issue(move):
    """Deliver the goods of an invoice, as far as they are not delivered yet.

    :raise UserError: when there is not enough in the warehouse, or more was delivered than the invoice says
    """
    move = move.sudo().with_company(move.company_id)
    demands = {line: _count_to_issue(line) for line in get_goods_lines(move)}
    demands = {line: quantity for line, quantity in demands.items() if line.product_id.uom_id.compare(quantity, 0) > 0}
    if not demands:
        return
    warehouse = get_goods_lines(move)[:1]._serial_warehouse()
    if not warehouse:
        raise UserError(move.env._("%s has no warehouse to deliver from. Make one first.", move.company_id.name))
    customer = move.partner_shipping_id or move.partner_id
    target = customer.property_stock_customer
    lines = [_prepare_move(line, quantity, warehouse.lot_stock_id, target) for line, quantity in demands.items()]
    picking = _make_picking(move, warehouse.out_type_id, warehouse.lot_stock_id, target, lines)
    for stock_move in picking.move_ids:
        names = _find_names_to_issue(stock_move)
        _cover_designated(stock_move, names)
    _check_stock(move, picking, warehouse)
    _finish(move, picking)


def _count_to_issue(line):
    """Return how much of a line is still to be delivered.

    :raise UserError: when more was delivered than the line says
    """
    wanted, out = count_quantity(line), count_out(line.serial_delivery_move_ids, line)
    if line.product_id.uom_id.compare(out, wanted) > 0:
        raise UserError(
            line.env._(
                "%(product)s: %(out)g were delivered by %(transfers)s, and this invoice says %(wanted)g. Return what "
                "came back there first, or enter the quantity that was delivered.",
                product=line.product_id.display_name,
                out=out,
                wanted=wanted,
                transfers=", ".join(line.serial_delivery_move_ids.picking_id.mapped("name")),
            )
        )
    own = line.product_id.is_serialized
    if line.parent_state == "posted":  # of other goods nobody knows whether another transfer brought them
        return min(wanted - out, len(find_waiting(line))) if own else 0
    return wanted - out - (len(find_elsewhere(line)) if own else 0)


def find_waiting(line):
    """Return the units of a posted line that are still in stock, or were invoiced without number and not delivered."""
    units = line.sudo().serial_ids
    return units.filtered(
        lambda unit: unit.invoice_line_id == line and not unit.delivery_move_id and unit.location_id.is_serial_stock
    )


def _find_names_to_issue(stock_move):
    """Enter the numbers of an invoice line on the move that delivers them; return them."""
    line = stock_move.serial_invoice_line_id
    if not line.product_id.is_serialized or stock_move.product_id != line.product_id:
        return []
    if line.parent_state == "posted":
        names = find_waiting(line).filtered("name").mapped("name")
    else:
        away = set((find_elsewhere(line) | line.serial_delivery_move_ids.serial_ids).mapped("name_key"))
        names = [name for name in line._serial_names() if naming.make_key(name) not in away]
    stock_move._write_serial_draft(names, blanks=True)
    return names


def _cover_designated(stock_move, names):
    """Take units that are designated to the customer, and so reserved for nobody, where they were entered."""
    missing = stock_move.product_uom_qty - stock_move.quantity
    if not names or stock_move.product_uom.compare(missing, 0) <= 0:
        return
    designated = stock_move.env["serial.number"].search_count(_get_entered_domain(stock_move, names, "designated"))
    if missing <= designated:
        stock_move.quantity = stock_move.product_uom_qty


def _check_stock(move, picking, warehouse):
    """Refuse to deliver more than there is.

    :raise UserError: with what is missing of each product, and what to do
    """
    missing = picking.move_ids.filtered(lambda one: one.product_uom.compare(one.quantity, one.product_uom_qty) < 0)
    if not missing:
        return
    rows = [
        move.env._(
            "%(product)s: %(wanted)g wanted, %(free)g free",
            product=one.product_id.display_name,
            wanted=one.product_uom_qty,
            free=one.quantity,
        )
        for one in missing
    ]
    raise UserError(
        move.env._(
            "This invoice delivers its goods, and %(warehouse)s has not enough of them:\n%(rows)s\nReceive them first, "
            "enter fewer, or tick Moves No Goods on the invoice to deliver them later.",
            warehouse=warehouse.display_name,
            rows="\n".join(f"- {row}" for row in rows),
        )
    )


# Taking back


def take_back(refund):
    """Take back the goods that a credit note credits, as far as its invoice has delivered them."""
    refund = refund.sudo().with_company(refund.company_id)
    rows = [row for line in get_goods_lines(refund) for row in _find_to_take_back(line)]
    if not rows:
        return
    origin = rows[0][1]
    kind = origin.picking_type_id.return_picking_type_id or origin.warehouse_id.in_type_id or origin.picking_type_id
    vals = [_prepare_return(*row) for row in rows]
    picking = _make_picking(refund, kind, origin.location_dest_id, origin.location_id, vals)
    for stock_move in picking.move_ids:
        stock_move.quantity = stock_move.product_uom_qty
        _enter_returned(stock_move)
    picking.return_id = origin.picking_id
    _finish(refund, picking)


def _find_to_take_back(line):
    """Return ``[(credit note line, move that delivered, quantity)]`` of what a line is still to take back."""
    todo = count_quantity(line) + count_out(line.serial_return_move_ids, line)
    rows = []
    for credited in invoice.get_reversed_lines(line):
        moves = credited.serial_delivery_move_ids
        origins = moves.filtered(lambda move: move.state == "done" and move.location_dest_id.usage == "customer")
        quantity = min(todo, count_out(moves, credited))
        if origins and line.product_id.uom_id.compare(quantity, 0) > 0:
            own = origins.filtered(lambda move: move.product_id == line.product_id)
            share = quantity / count_quantity(credited)
            rows += [(line, own[:1], quantity)] if own else [(line, move, move.quantity * share) for move in origins]
            todo -= quantity
    return rows


def _enter_returned(stock_move):
    """Enter the numbers of a credit note line, and what they go back as, on the move that takes them back."""
    line = stock_move.serial_return_line_id
    if not line.product_id.is_serialized or stock_move.product_id != line.product_id:
        return
    draft, count = line.serial_draft or {}, int(stock_move.product_uom_qty)
    names = line._serial_names()
    if not names:
        units = credit_note.find_creditable(line, line.product_id).filtered(
            lambda unit: unit.name and not unit.location_id.is_serial_stock
        )
        names = units.mapped("name") if len(units) <= count else []
    kept = {name: draft[name] for name in ("statuses", "reasons", "reason", "added") if draft.get(name)}
    stock_move._write_serial_draft(names[:count], blanks=True, **kept)


# Both


def open_documents(records, name):
    """Return the action that shows the documents of the other side: the only one, or a list."""
    action = {"type": "ir.actions.act_window", "res_model": records._name, "name": name}
    if len(records) == 1:
        return action | {"view_mode": "form", "views": [(False, "form")], "res_id": records.id}
    return action | {"view_mode": "list,form", "domain": [("id", "in", records.ids)]}


def _prepare_move(line, quantity, source, target):
    return {
        "product_id": line.product_id.id,
        "product_uom_qty": quantity,
        "product_uom": line.product_id.uom_id.id,
        "location_id": source.id,
        "location_dest_id": target.id,
        "company_id": line.company_id.id,
        "serial_invoice_line_id": line.id,
    }


def _prepare_return(line, origin, quantity):
    return {
        **_prepare_move(line, quantity, origin.location_dest_id, origin.location_id),
        "product_id": origin.product_id.id,
        "product_uom": origin.product_id.uom_id.id,
        "serial_invoice_line_id": origin.serial_invoice_line_id.id,
        "serial_return_line_id": line.id,
        "origin_returned_move_id": origin.id,
        "to_refund": True,
    }


def _make_picking(move, kind, source, target, moves):
    """Return a transfer whose goods are reserved."""
    picking = move.env["stock.picking"].create(
        {
            "picking_type_id": kind.id,
            "partner_id": (move.partner_shipping_id or move.partner_id).id,
            "origin": _describe(move),
            "location_id": source.id,
            "location_dest_id": target.id,
            "company_id": move.company_id.id,
            "move_ids": [Command.create(vals | {"picking_type_id": kind.id}) for vals in moves],
        }
    )
    picking.move_ids._action_confirm(merge=False)
    picking.move_ids._action_assign()
    return picking


def _describe(move):
    return move.name if move.name and move.name != "/" else move.ref or move.env._("Invoice")


def _finish(move, picking):
    """Book a transfer, on the day of the invoice."""
    picking.move_ids.picked = True
    picking.with_context(**{STRICT: True})._action_done()
    today = move.company_id._get_serial_day()
    if move.invoice_date and move.invoice_date < today:
        picking.date_done = datetime.combine(move.invoice_date, NOON)
        picking.move_line_ids.date = picking.date_done
