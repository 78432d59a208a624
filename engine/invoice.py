"""Which units an invoice line stands for, takes, and prints."""

import math
from datetime import date

from odoo.fields import Domain

from ..tools.flow import CUSTOMER
from . import credit_note, papers, sale_history
from .booking import SerialBooking
from .sql import entry_sql

BLANK = "________"
HEADING = " "  # before the name of a component: no number begins with a space


def is_from_order(line):
    """Tell whether an order says which units these are: a sales order, or one of a Point of Sale."""
    invoice = line.move_id.sudo()  # who writes invoices need not see what tills sell
    orders = invoice["pos_order_ids"] if "pos_order_ids" in invoice._fields else None
    return bool(line.sale_line_ids or orders)


def get_reversed_lines(refund):
    """Return the lines of the reversed invoice that this credit note line speaks of."""
    lines = refund.move_id.reversed_entry_id.invoice_line_ids
    return lines.filtered(
        lambda line: line.product_id == refund.product_id and line.sale_line_ids == refund.sale_line_ids
    )


def book_line(line, product, todo):
    """Book so many units of a product on a posted line, each kind of line in its way."""
    if credit_note.get_credited_lines(line):
        credit_note.credit(line, product, todo)
    elif is_from_order(line) and line.move_id.move_type != "out_refund":
        _take_delivered(line, product, todo)
    elif line._serial_flow():
        SerialBooking(line, todo).run()


def _take_delivered(line, product, todo):
    """Put on the line those units of a product that its order delivered and that no invoice has.

    Units credited from this line come back to it only if they were delivered again.
    """
    domain = line._get_serial_order_domain() & Domain(
        [("product_id", "=", product.id), ("invoice_line_id", "=", False), ("delivery_move_id", "!=", False)]
    )
    model, was_here = line.env["serial.number"], Domain("invoice_line_ids", "in", line.ids)
    units = model.search(domain & ~was_here, limit=todo, order="id")
    if len(units) < todo and line.serial_ids:
        again = model.search(domain & was_here, order="id")
        credited = model.browse(sale_history.get_credits(again))
        units += (again - credited)[: todo - len(units)]
    _put_on_invoice(line, units)
    return units


def _put_on_invoice(line, units):
    """Put units on the posted line that a document before or after it brought.

    Those that were sold to nobody, as at a till, are sold to the invoice's customer.
    """
    partner = line.move_id.partner_id
    event = units._prepare_event_vals("invoiced", partner=partner, source=line)
    for is_known, part in units.grouped(lambda unit: bool(unit.customer_id)).items():
        buyer = {} if is_known else {"customer_id": partner.id}
        part._record_change("invoiced", {"invoice_line_id": line.id, **buyer}, event, source=line)


def append_delivered(lines, product):
    """Put units of a product on posted lines that a delivery after the invoice brought."""
    posted = lines.filtered(lambda line: line.parent_state == "posted" and line.move_type != "out_refund")
    for line, demand in get_demands(posted.filtered(is_from_order).sudo()).items():
        room = _count_invoice_room(line, product, demand.get(product, 0))
        if room > 0:
            _print_added(line, _take_delivered(line, product, room), demand)


def append_replacement(invoiced, unit):
    """Put a replacement on the posted line of the unit that it replaces.

    :param unit: the ``serial.number`` record
    """
    for line, demand in get_demands(invoiced.sudo()).items():
        if not unit.invoice_line_id and _count_invoice_room(line, unit.product_id, demand.get(unit.product_id, 0)) > 0:
            _put_on_invoice(line, unit)
            _print_added(line, unit, demand)


def has_place_for(line, unit):
    """Tell whether nothing else has taken the place that a unit had on the posted line."""
    demand = get_demands(line).get(line, {}).get(unit.product_id, 0)
    here = (line.serial_ids - unit).filtered(lambda other: other.product_id == unit.product_id)
    return len(here.filtered(lambda other: other.invoice_line_id == line)) < demand


def _count_invoice_room(invoiced, product, quantity):
    """Return how many units of a product may still come on a posted line: in place of those that came back, too.

    What was credited has no place any more, nor has what comes back for a while only: its place is kept.

    :param int quantity: how many the line stands for
    """
    units = invoiced.serial_ids.filtered(lambda unit: unit.product_id == product)
    here = units.filtered(lambda unit: unit.invoice_line_id == invoiced)
    if quantity <= len(here):
        return quantity - len(here)
    refunds = credit_note.get_refunds(invoiced).filtered(lambda line: line.parent_state == "posted")
    reversing = refunds.filtered(lambda line: line.move_id.reversed_entry_id == invoiced.move_id)
    credited = sum(demand.get(product, 0) for demand in get_demands(reversing).values())
    credited += len((refunds - reversing).serial_ids & units - here)
    away = sale_history.filter_awaited(units - here - refunds.serial_ids)
    return quantity - len(here) - credited - len(away)


def _print_added(line, units, demand):
    """Append units to the printed numbers, as far as the line was printed with fewer than it stands for.

    :param dict demand: the line's row of :func:`get_demands`
    """
    printed = sum(len(names) for names in read_printed(line).values())
    print_units(line, units[: max(0, sum(demand.values()) - printed)], append=True)


def print_units(line, units, append=False):
    """Keep the numbers as they are printed now: renaming or numbering a unit later changes nothing here.

    Those of a kit stand below the names of its components.

    :param bool append: whether they come to those that are printed already
    """
    groups = read_printed(line) if append else {}
    for product, part in units.sorted(lambda unit: (not unit.name, unit.id)).grouped("product_id").items():
        heading = None if product == line.product_id else product.display_name
        groups.setdefault(heading, []).extend(unit.name or BLANK for unit in part)
    rows = [row for heading, names in groups.items() for row in ([HEADING + heading] if heading else []) + names]
    text = "\n".join(rows)
    if text != (line.serial_text or ""):
        entry_sql.write_kept(line, "serial_text", text or None)
    keep_ends(line, units, append)


def keep_ends(line, units, append=False):
    """Keep the ends of warranties as they are printed now: a second print says what the first one said."""
    ends = dict(line.serial_ends or {}) if append else {}
    for name, end in papers.find_sold_ends(line, units).items():
        ends.setdefault(end.isoformat(), []).append(name)
    if ends != line.serial_ends:
        entry_sql.write_kept(line, "serial_ends", ends)


def read_ends(line):
    """Return ``{number: end of its warranty}`` as the posted line says; None where that was not kept yet."""
    if not isinstance(line.serial_ends, dict):
        return None
    return {name: date.fromisoformat(end) for end, names in line.serial_ends.items() for name in names}


def read_printed(line):
    """Return what is printed: ``{component: numbers}``, the component None for the line's own product."""
    groups, heading = {}, None
    for row in (line.serial_text or "").splitlines():
        if row.startswith(HEADING):
            heading = row.removeprefix(HEADING)
        else:
            groups.setdefault(heading, []).append(row)
    return groups


def count_back(line):
    """Return how many units of the posted line are not printed because they came back to its order before."""
    demand = get_demands(line).get(line, {})
    missing = sum(demand.values()) - sum(map(len, read_printed(line).values()))
    moves = line.sale_line_ids.move_ids.filtered(lambda move: move.product_id in demand)
    back = moves.filtered(lambda move: move.state == "done" and move.location_id._serial_place(True) == CUSTOMER)
    return max(0, min(missing - moves._count_serials_to_ship(), len(back.serial_ids)))


def get_demands(lines):
    """Return ``{line: {product: number of units}}`` of the lines that stand for units."""
    sold = lines.filtered(lambda line: line.display_type == "product" and line.product_id)
    sold = sold.filtered(lambda line: line.move_id.is_sale_document(include_receipts=True))
    own = sold.filtered(lambda line: line.product_id.is_serialized)
    return {line: {line.product_id: line._serial_quantity()} for line in own} | (sold - own)._find_kit_demands()


def count_todo(line, product, demand):
    """Return how many units of a product are missing on the line.

    :param dict demand: the line's row of :func:`get_demands`
    """
    return demand.get(product, 0) - len(line.serial_ids.filtered(lambda unit: unit.product_id == product))


def get_kit_demands(lines):
    """Return the demands of lines whose order delivers other products than the one that it sells: kits.

    The moves tell, and not the bill of materials: that may be another one by now.
    """
    demands = _get_sold_demands(lines)
    for line in lines:
        moves = line._get_serial_order_moves().filtered(lambda move: move.is_serialized and move.state != "cancel")
        if parts := moves.filtered(lambda move: not move.origin_returned_move_id).grouped("product_id"):
            demands[line] = {part: int(sum(group.mapped("product_qty"))) for part, group in parts.items()}
    return demands


def _get_sold_demands(lines):
    """Return the demands of sales orders' kits: one query, and none without the app that knows kits."""
    if "bom_line_id" not in lines.env["stock.move"]._fields:
        return {}
    goods = lines.filtered(lambda line: line.product_id.type == "consu" and line.sale_line_ids)
    orders = goods.sudo().sale_line_ids
    moves = lines.env["stock.move"].sudo()
    if orders:
        moves = moves.search([("sale_line_id", "in", orders.ids), ("product_id.is_serialized", "=", True)])
    if not moves:
        return {}
    by_order = moves.filtered(lambda move: _is_kit_part(move)).grouped("sale_line_id")
    demands = {line: _count_kit_units(line, by_order) for line in goods}
    return {line: demand for line, demand in demands.items() if demand}


def _count_kit_units(line, by_order):
    """Return how many units of each component the kits of this line are.

    :param dict by_order: the moves that count, by order line
    :return: ``{component: number}``
    """
    demand = {}
    for order in line.sudo().sale_line_ids:
        kits = line.product_uom_id._compute_quantity(line.quantity, order.product_uom_id, round=False)
        ordered = order.product_uom_qty or order.qty_delivered
        for product, moves in by_order.get(order, line.env["stock.move"]).grouped("product_id").items():
            share = kits / ordered if ordered else 0
            units = math.ceil(round(share * sum(moves.mapped("product_qty")), 6))
            demand[product] = demand.get(product, 0) + units
    return {product: units for product, units in demand.items() if units > 0}


def _is_kit_part(move):
    """Tell whether the move brings a customer what its order line sells under another name.

    What was cancelled after a part was delivered counts: it says how many pieces a kit has.
    """
    if move.sale_line_id.product_id == move.product_id or move.origin_returned_move_id:
        return False
    if move._is_serial_exchange() or move.location_dest_id._serial_place(is_source=False) != CUSTOMER:
        return False
    pickings = move.picking_id | move.picking_id.backorder_id
    return move.state != "cancel" or "done" in pickings.move_ids.mapped("state")
