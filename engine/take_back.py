"""What follows when scanned units come back: returns of their deliveries, credit notes, and replacements."""

from odoo import fields
from odoo.exceptions import UserError

from ..tools import naming

CREDITOR = "account.group_account_invoice"
CREDIT, REPLACE = "credit", "replace"


def create_return(delivery, units, chosen=None, is_exchange=False):
    """Return the return of these units of a delivery, made by Odoo's own wizard, with the numbers entered.

    :param delivery: the ``stock.picking`` that they left on
    :param units: ``serial.number`` records
    :param dict chosen: ``{unit: (status, reason)}``: what each goes back as and why; None leaves that to who receives
    :param bool is_exchange: send as many units in their place
    """
    wizard = delivery.env["stock.return.picking"].create({"picking_id": delivery.id})
    for line in wizard.product_return_moves:
        line.quantity = len(units.filtered(lambda unit, line=line: unit.delivery_move_id == line.move_id))
    if is_exchange:
        wizard.product_return_moves.filtered(lambda line: not line.quantity).unlink()
        picking = delivery.browse(wizard.action_create_exchanges()["res_id"])
    else:
        picking = wizard._create_return()
    for move in picking.move_ids:
        back = units.filtered(lambda unit, move=move: unit.delivery_move_id == move.origin_returned_move_id)
        if back:
            move.assign_serials(back.mapped("name"))
            _choose(move, back, chosen or {})
    return picking


def fill(returns):
    """Let returns bring all that they are about: Odoo takes back what one has reserved when it makes the next one."""
    for move in returns.move_ids:
        if move.product_uom.compare(move.quantity, move.product_uom_qty) < 0:
            move.quantity = move.product_uom_qty


def _choose(move, units, chosen):
    """Keep what units go back as and why, beside their numbers, until the return is booked."""
    given = {naming.make_key(unit.name): chosen[unit] for unit in units if unit in chosen}
    if given:
        statuses = {key: status for key, (status, _reason) in given.items() if status}
        reasons = {key: reason for key, (_status, reason) in given.items() if reason}
        draft = {**(move.serial_draft or {}), "statuses": statuses, "reasons": reasons}
        draft.pop("names", None)
        move._enter_serials(move._serial_names(), **draft)


def find_creditable(units):
    """Return those of the units whose invoice line can be credited for them alone."""
    lines = units.sudo().invoice_line_id
    posted = lines.filtered(lambda line: (line.parent_state, line.move_type) == ("posted", "out_invoice"))
    return units.filtered(
        lambda unit: unit.sudo().invoice_line_id in posted and unit.sudo().invoice_line_id.product_id == unit.product_id
    )


def credit(units_by_line):
    """Return draft credit notes for so many units of each invoice line, one for each invoice.

    :param dict units_by_line: ``{invoice line: number of units}``
    :raise AccessError: without the right to make credit notes
    """
    lines = next(iter(units_by_line)).browse().union(*units_by_line)
    refunds = lines.move_id.browse()
    for invoice in lines.move_id:
        vals = {"ref": invoice.env._("Return of units of %s", invoice.name), "invoice_date": False}
        refund = invoice._reverse_moves([vals | {"date": fields.Date.context_today(invoice)}])
        _keep_credited(invoice, refund, units_by_line)
        refunds |= refund
    return refunds


def _keep_credited(invoice, refund, units_by_line):
    """Leave on a credit note what came back: a copy has the lines of its invoice, in order."""
    unwanted = refund.line_ids.browse()
    pairs = zip(invoice.invoice_line_ids.sorted(), refund.invoice_line_ids.sorted(), strict=True)
    for line, copied in pairs:
        count = units_by_line.get(line)
        if count:
            uom = line.product_id.uom_id
            copied.quantity = uom._compute_quantity(count, copied.product_uom_id or uom)
        else:
            unwanted |= copied
    unwanted.unlink()


def check_units(units):
    """Refuse units that cannot be taken back by a return of their delivery.

    :raise UserError: when there is none, or with those that left without a transfer
    """
    if not units:
        raise UserError(units.env._("Select at least one unit to return."))
    without = units.filtered(lambda unit: not unit.delivery_move_id.picking_id)
    if without:
        raise UserError(
            units.env._(
                "%s left without a transfer: receive them by hand from the customer.",
                ", ".join(without.mapped("display_name")),
            )
        )
