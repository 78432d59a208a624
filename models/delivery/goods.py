"""The goods of an invoice or a credit note without order, and the transfer that moves them."""

from datetime import datetime, time

from odoo.fields import Command

from ...engine import invoice
from ...models.serial_entry_mixin import STRICT

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
    out, back = (any(sign * quantity > 0 for quantity in net.values()) for sign in (1, -1))
    return count_quantity(line) * (out or -back)


def open_documents(records, name):
    """Return the action that shows the documents of the other side: the only one, or a list."""
    action = {"type": "ir.actions.act_window", "res_model": records._name, "name": name}
    if len(records) == 1:
        return action | {"view_mode": "form", "views": [(False, "form")], "res_id": records.id}
    return action | {"view_mode": "list,form", "domain": [("id", "in", records.ids)]}


def prepare_move(line, quantity, source, target):
    """Return the values of a move that is about a line of the document."""
    return {
        "product_id": line.product_id.id,
        "product_uom_qty": quantity,
        "product_uom": line.product_id.uom_id.id,
        "location_id": source.id,
        "location_dest_id": target.id,
        "company_id": line.company_id.id,
        "serial_invoice_line_id": line.id,
    }


def make_picking(move, kind, source, target, moves):
    """Return a transfer whose goods are reserved."""
    picking = move.env["stock.picking"].create(
        {
            "picking_type_id": kind.id,
            "partner_id": (move.partner_shipping_id or move.partner_id).id,
            "origin": describe(move),
            "location_id": source.id,
            "location_dest_id": target.id,
            "company_id": move.company_id.id,
            "move_ids": [Command.create(vals | {"picking_type_id": kind.id}) for vals in moves],
        }
    )
    picking.move_ids._action_confirm(merge=False)
    picking.move_ids._action_assign()
    return picking


def describe(move):
    """Return what a document is called, before it has its number too."""
    return move.name if move.name and move.name != "/" else move.ref or move.env._("Invoice")


def finish(move, picking):
    """Book a transfer, on the day of the invoice."""
    picking.move_ids.picked = True
    picking.with_context(**{STRICT: True})._action_done()
    today = move.company_id._get_serial_day()
    if move.invoice_date and move.invoice_date < today:
        picking.date_done = datetime.combine(move.invoice_date, NOON)
        picking.move_line_ids.date = picking.date_done
