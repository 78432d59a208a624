"""Which units a credit note takes back, and what becomes of them when it is reset."""

from odoo.exceptions import UserError

from ..tools import naming
from . import by_hand, invoice, sale_history
from .check import SerialCheck
from .sql import entry_sql, register_sql


def credit(refund, product, todo):
    """Book the units that the credit note is about, as far as they are known; the others stay open.

    Those that were entered come first. With what other credit notes of the same invoice left open, all units that
    are left may be taken back: then it is known again.
    """
    chosen = _find_chosen(refund, product)[:todo]
    others = _get_open_credits(refund, product)
    left, wanted = find_creditable(refund, product) - chosen, todo - len(chosen)
    found = _find_decided(refund, left, wanted + sum(others.values()))
    _book_credited(refund, chosen + found[:wanted])
    found = found[wanted:]
    for line, count in others.items():
        _append_credited(line, found[:count])
        found = found[count:]


def _find_chosen(line, product):
    """Return the units that were entered on the credit note; blanks among them where the rest was left blank.

    :raise UserError: when one can no longer be taken, while the entry window is open
    """
    names = line._serial_names()
    if names:
        line._refuse_bad_serials(SerialCheck(line, names, lock=True).run())
    keys, leaves_blank = set(naming.make_keys(names)), (line.serial_draft or {}).get("blanks")
    units = find_creditable(line, product)
    named = units.filtered(lambda unit: unit.name_key in keys)
    return named + units.filtered(lambda unit: not unit.name) if leaves_blank else named


def _find_decided(line, units, count, asked=False):
    """Return the units that the credit note must be about; none where several could be meant.

    :param int count: how many it is about
    :param bool asked: whether somebody is there to say which of several numbers in stock it is
    """
    back = filter_came_back(line, units)
    if len(back) >= count:
        return _filter_alike(back, count)
    others = units - back
    if not invoice.get_reversed_lines(line) and not asked:  # a credit note of the order may be about the price alone
        return back
    undelivered = not asked and all(unit.location_id.is_serial_stock for unit in others)
    return back + (others[: count - len(back)] if undelivered else _filter_alike(others, count - len(back)))


def _filter_alike(units, count):
    """Return all units, or so many of those without a number: of those nobody can tell one from another."""
    return units[:count] if len(units) <= count or not any(units.mapped("name")) else units.browse()


def is_credit_open(line):
    """Tell whether somebody has to say which units of the reversed invoice the credit note is about."""
    units, count = find_creditable(line, line.product_id), line._serial_quantity()
    others = sum(_get_open_credits(line, line.product_id).values())
    return len(_find_decided(line, units, count + others, asked=True)) < min(count, len(units))


def _book_credited(line, units):
    """Put units on the credit note; those that have not come back are not invoiced any more."""
    lines, partner = get_credited_lines(line), line.move_id.partner_id
    event = units._prepare_event_vals("credited", partner=partner, source=line)
    open_units = units.filtered(lambda unit: unit.invoice_line_id in lines and unit._is_sold())
    usual, chosen = line._get_serial_statuses(line.env["serial.number"]._get_flow("credit_note"))
    for status, part in open_units.grouped(lambda unit: chosen.get(unit.name_key, usual)).items():
        vals = {"invoice_line_id": False, **line._prepare_status_vals(status)}
        for some, facts in split_credited(line, part, vals):
            some._record_change("credited", facts, event, source=line)
    # Those that were voided or came back since keep their status; those that were sold again, their history too.
    resold = (units - open_units).filtered(lambda unit: unit._is_sold())
    (units - open_units - resold)._record_change("credited", {}, event, source=line)
    register_sql.link_document(resold, line)


def _append_credited(line, units):
    """Put units on a posted credit note that had left open which ones it is about."""
    if units:
        _book_credited(line, units)
        invoice.print_units(line, units, append=True)


def append_returned(invoiced, units):
    """Put returned units on posted credit notes that had left open which units they are about.

    :param units: the ``serial.number`` records
    """
    for line in get_refunds(invoiced).filtered(lambda line: line.parent_state == "posted"):
        for product, demand in invoice.get_demands(line).get(line, {}).items():
            todo = invoice.count_todo(line, product, {product: demand})
            _append_credited(line, (find_creditable(line, product) & units)[: max(0, todo)])


def let_go(line, units):
    """Leave open again which units a posted credit note is about, because these did not come back."""
    register_sql.unlink_document(units, line)
    invoice.print_units(line, line.serial_ids)


def get_credited_lines(refund):
    """Return the invoice lines that a credit note takes back: those of the reversed invoice, else of its order."""
    if invoice.get_reversed_lines(refund) or refund.move_id.move_type != "out_refund":
        return invoice.get_reversed_lines(refund)
    return refund._get_order_invoice_lines().filtered(
        lambda line: (line.parent_state, line.move_type) == ("posted", "out_invoice")
    )


def get_refunds(invoiced):
    """Return the lines of credit notes that take back something of these invoice lines: of the same product."""
    refunds = invoiced.move_id.reversal_move_ids.invoice_line_ids | invoiced._get_order_invoice_lines()
    return refunds.filtered(lambda line: line.move_type == "out_refund" and line.product_id in invoiced.product_id)


def _get_open_credits(lines, product):
    """Return ``{line: number}`` of the units that other posted credit notes of the same invoice left open."""
    refunds = (get_refunds(get_credited_lines(lines)) - lines).filtered(lambda line: line.parent_state == "posted")
    demands = invoice.get_demands(refunds)
    todo = {line: invoice.count_todo(line, product, demand) for line, demand in demands.items()}
    return {line: count for line, count in todo.items() if count > 0}


def find_creditable(line, product):
    """Return the units of the credited lines that no other credit note has taken: the blanks first.

    Those that came back count as far as nothing was delivered in their place.

    :param product: the product whose units they are: the line's, or a component's
    """
    lines = get_credited_lines(line)
    refunds = get_refunds(lines) - line
    units = lines.serial_ids.filtered(lambda unit: unit.product_id == product)
    here = units.filtered(lambda unit: unit.invoice_line_id in lines)

    def is_open(unit):
        return len(unit.invoice_line_ids & lines) > len(unit.invoice_line_ids & refunds)

    gone = (units - here).filtered(is_open).sorted(lambda unit: (bool(unit._get_heirs()), -unit.id))
    if gone:
        invoiced = sum(demand.get(product, 0) for demand in invoice.get_demands(lines).values())
        credited = refunds.serial_ids & units - here
        gone = gone[: max(0, invoiced - len(credited) - len(here))]
    return (here | gone).sorted(lambda unit: (bool(unit.name), unit.id))


def filter_came_back(line, units):
    """Return those of the units that are not on the credited lines any more: they came back, or are void."""
    lines = get_credited_lines(line)
    return units.filtered(lambda unit: unit.invoice_line_id not in lines)


def split_credited(line, units, vals):
    """Divide credited units: the customer keeps some until they are returned, the others lie in stock.

    :param dict vals: the facts of those in stock; a status among them is for those with a number
    """
    kept = units.filtered(line._keeps_serial_status)
    return [(kept, {"invoice_line_id": False}), *_split_given_back(line, units - kept, vals)]


def _split_given_back(line, units, vals=None):
    """Divide units in stock that belong to no customer any more by what becomes of them.

    :param dict vals: the facts of those with a number; without, they are available
    """
    free = dict.fromkeys(units._get_facts("customer"), False)
    named = units.filtered("name")
    made_up = (units - named).filtered("uncovered")
    lost = by_hand.get_outside_location(line.env["serial.number"], "void", line.company_id)
    return [
        (named, {**free, "status": "available", **(vals or {})}),
        (made_up, {**free, "status": "void", "uncovered": False, "location_id": lost.id}),
        (units - named - made_up, {**free, "status": "received"}),
    ]


def give_back(lines):
    """Undo the booking of lines that are reset to draft; what was entered by hand is kept as their entry.

    :raise UserError: when a unit of a credit note was used since
    """
    for line in lines.filtered(lambda line: line._is_serial_line() or line.serial_text).sudo():
        units = line.serial_ids
        statuses = {unit.name_key: unit.status for unit in units if unit.name and not unit._is_sold()}
        if line.move_id.move_type == "out_refund":
            uncredit(line, units)
        else:
            uninvoice(line, units.filtered(lambda unit, line=line: unit.invoice_line_id == line))
        names = units.filtered("name").mapped("name") if line._serial_flow() else []
        register_sql.unlink_document(units, line)
        for column in ("serial_text", "serial_ends"):
            entry_sql.write_kept(line, column, None)
        if names:
            chosen = statuses if "status" in line._serial_flow().wants else None
            line._write_serial_draft(names, blanks=len(units) > len(names), statuses=chosen)


def _prepare_reset_event(line, units, note=""):
    note = note or line.env._("%s was reset to draft or deleted.", line._serial_document())
    return units._prepare_event_vals("corrected", source=line, note=note)


def uninvoice(line, units, note=""):
    """Take units off the invoice line that sold them; those that were delivered stay sold."""
    event = _prepare_reset_event(line, units, note)
    delivered = units.filtered(lambda unit: unit.delivery_move_id or not unit.location_id.is_serial_stock)
    ended = {unit: {"invoice_line_id": False} for unit in delivered}
    sale_history.follow_document(delivered, line, None, event, ended)
    for part, vals in _split_given_back(line, units - delivered):
        part._record_change("corrected", vals, event)


def uncredit(line, units, note=""):
    """Put units back on the invoice that the credit note had taken them from.

    :raise UserError: when one that the credit note put back in stock is not there any more
    """
    event, groups = _prepare_reset_event(line, units, note), {}
    for unit in units:
        vals = _prepare_uncredit_vals(line, unit)
        groups.setdefault(tuple(sorted(vals.items())), []).append(unit.id)
    for vals, ids in groups.items():
        if vals:
            units.browse(ids)._record_change("corrected", dict(vals), event)


def _prepare_uncredit_vals(line, unit):
    """Return the facts that a unit had before the credit note; none where it only noted the unit."""
    credit = unit.event_ids.filtered(lambda event: event.invoice_line_id == line and event.kind == "credited")[:1]
    sold = unit._get_serial_rules().sold
    if not credit or credit.status_from not in sold:
        return {}
    facts = sale_history.prepare_sold_facts(unit, unit.event_ids.filtered(lambda event: event.id < credit.id))
    if credit.status_to in sold:
        is_open = unit._is_sold() and not unit.invoice_line_id
        return {"invoice_line_id": facts["invoice_line_id"]} if is_open else {}
    if credit.status_to == unit.status == "void" and not unit.name:  # a blank that no piece stood for
        return {**facts, "status": "issued", "uncovered": True, "location_id": line._serial_origin().id}
    _check_still_here(line, unit, credit)
    return {**facts, **dict.fromkeys(unit._get_facts("hold"), False), "status": "sold" if unit.name else "issued"}


def _check_still_here(line, unit, credit):
    """Refuse when a unit that a credit note put back in stock went on from there."""
    if unit.status in ("available", "received", credit.status_to) and unit.location_id.is_serial_stock:
        return
    raise UserError(
        line.env._(
            "%(document)s put %(serial)s (%(product)s) back in stock, and it is %(state)s now. Take that back "
            "first, or make a new invoice instead.",
            document=line._serial_document(),
            serial=unit.display_name,
            product=unit.product_id.display_name,
            state=unit._describe_state(),
        )
    )
