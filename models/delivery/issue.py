"""The goods of an invoice without order: issued when it is confirmed."""

from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import naming
from . import goods


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


def issue(move):
    """Deliver the goods of an invoice, as far as they are not delivered yet.

    :raise UserError: when there is not enough in the warehouse, or more was delivered than the invoice says
    """
    move = move.sudo().with_company(move.company_id)
    demands = {line: _count_to_issue(line) for line in goods.get_goods_lines(move)}
    demands = {line: quantity for line, quantity in demands.items() if line.product_id.uom_id.compare(quantity, 0) > 0}
    if not demands:
        return
    warehouse = goods.get_goods_lines(move)[:1]._serial_warehouse()
    if not warehouse:
        raise UserError(move.env._("%s has no warehouse to deliver from. Make one first.", move.company_id.name))
    customer = move.partner_shipping_id or move.partner_id
    target = customer.property_stock_customer
    lines = [goods.prepare_move(line, quantity, warehouse.lot_stock_id, target) for line, quantity in demands.items()]
    picking = goods.make_picking(move, warehouse.out_type_id, warehouse.lot_stock_id, target, lines)
    for stock_move in picking.move_ids:
        names = _find_names_to_issue(stock_move)
        _cover_designated(stock_move, names)
    _check_stock(move, picking, warehouse)
    parts = picking.move_ids.filtered(lambda one: one.product_id != one.serial_invoice_line_id.product_id)
    _check_parts(move, parts)
    goods.finish(move, picking)
    _tell_blank_parts(move, parts)


def _check_parts(move, parts):
    """Refuse to deliver components of kits without the numbers that are required: the invoice asks for none of them.

    :raise UserError: with the components, and what to do
    """
    asked = parts.filtered(lambda part: part._takes_serials() and part._get_serial_policy() == "require")
    if asked:
        raise UserError(
            move.env._(
                "%(invoice)s has kits, and their components need their serial numbers: %(products)s. Tick Moves No "
                "Goods on it, and deliver them by a transfer.",
                invoice=goods.describe(move),
                products=", ".join(asked.product_id.mapped("display_name")),
            )
        )


def _tell_blank_parts(move, parts):
    """Say on the invoice which components of kits left without number."""
    blanks = parts.serial_ids.filtered(lambda unit: not unit.name)
    for product, units in blanks.grouped("product_id").items():
        text = move.env._(
            "%(count)s of %(product)s left without serial, as components of a kit. Enter their numbers under Without "
            "Serial.",
            count=len(units),
            product=product.display_name,
        )
        move._message_log(body=text)


def _count_to_issue(line):
    """Return how much of a line is still to be delivered.

    :raise UserError: when more was delivered than the line says
    """
    wanted, out = goods.count_quantity(line), goods.count_out(line.serial_delivery_move_ids, line)
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
