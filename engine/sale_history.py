"""A unit's sale: its documents, its day, what it was before, and what a credit note may take back."""

from itertools import takewhile

from odoo.tools import groupby

from . import credit_note, invoice, swap, warranty

ISSUING = ("out_invoice", "out_receipt")  # the types of invoices that sell units
MADE = ("shipped", "invoiced", "imported")  # the kinds of events that make a sale


def _get_sale(unit, earlier=None):
    """Return the events of the unit's last sale, the newest first; those of documents that it left are left out.

    :param earlier: the unit's events to look among, the newest first (default: all)
    """
    sold = unit._get_serial_rules().sold
    events = _get_valid_events(unit) if earlier is None else earlier & _get_valid_events(unit)
    return events.browse(event.id for event in takewhile(lambda event: event.status_to in sold, events))


def _get_valid_events(unit):
    """Return the unit's events but those of documents that it is not on any more, the newest first."""
    documents = swap.get_documents(unit)
    return unit.event_ids.filtered(lambda event: event._get_document() in (*documents, None))


def _get_sale_by(unit, document):
    """Return the events of the last sale by a document: of the one that lasts, or of one that is over."""
    events = _get_valid_events(unit)
    while events:
        sale = _get_sale(unit, events)
        if document in [event._get_document() for event in sale]:
            return sale
        events = events[max(len(sale), 1) :]
    return events


def find_sale_day(sale, changed=None):
    """Return the day of a sale: the one that was entered by hand, else that of its first document.

    :param sale: its events, the newest first
    :param dict changed: the days that documents give it, instead of what the history says; None for an ended one
    :return: a date; False where nobody knows it
    """
    by_hand = sale.filtered(lambda event: event.kind == "corrected" and not event._get_document() and event.day)
    if by_hand:
        return by_hand[0].day
    days = {event._get_document() or event: event._get_day() for event in sale.sorted("id") if event._is_sale()}
    return min(filter(None, (days | (changed or {})).values()), default=False)


def find_sale_end(unit, sale, day):
    """Return the end of the warranty that a sale on a day began, with the registration that belongs to it."""
    registered = sale.filtered(lambda event: event.kind == "registered")[:1].day
    customer = sale.filtered(lambda event: event.kind in MADE)[:1].partner_id
    return warranty.get_sale(unit, day, registered, customer).find_end()


def follow_document(units, document, day, event, facts=None):
    """Let units follow a document that sold them, when its day changes or it ends.

    :param document: the stock move, or the invoice line
    :param day: the day that it gives the sale now; None when it has ended
    :param dict event: the values of their events
    :param dict facts: ``{unit: values}``, what else is written
    """
    rows = {unit: dict((facts or {}).get(unit, {})) for unit in units}
    for unit in units:
        for changed, vals in _prepare_followed_vals(unit, document, day).items():
            rows.setdefault(changed, {}).update(vals)
    units.browse().concat(*rows)._record_rows("corrected", list(rows.values()), [event] * len(rows))


def _prepare_followed_vals(this, document, day):
    """Return ``{unit: facts}`` that follow a document of a sale: of this unit, and of the one sent in its place.

    What was corrected by hand stays. The warranty end of a finished sale is kept, and applies again when the customer
    gets the unit or its replacement.
    """
    sale = _get_sale_by(this, document)
    if not sale:
        return {}  # a receipt, or a document of a sale that the unit has left
    before, after = find_sale_day(sale), find_sale_day(sale, {document: day})
    if not after or before == after:
        return {}
    if sale == _get_sale(this):
        return {this: _prepare_sale_vals(this, after)}
    ends = find_sale_end(this, sale, before), find_sale_end(this, sale, after)
    if not ends[0]:
        return {}
    heirs = (this | this._get_heirs()).filtered(lambda unit: unit.warranty_fixed and unit.warranty_end == ends[0])
    vals = {unit: {"warranty_end": ends[1]} for unit in heirs}
    if this.former_warranty_end == ends[0]:
        vals[this] = {**vals.get(this, {}), "former_warranty_end": ends[1]}
    return vals


def _prepare_sale_vals(unit, day):
    """Return the facts of a unit that was sold on a day; the end of a warranty that is fixed stays."""
    if unit.warranty_fixed:
        return {"date_sold": day}
    return {"date_sold": day, "warranty_end": warranty.get_sale(unit, day, unit.date_registered).find_end()}


def split_by_sale_day(sold, day, vals):
    """Divide sold units that a document is booked for: those sold later than it says were sold on its day.

    :param day: the document's day
    :param dict vals: what is written on all of them
    :return: list of (units, facts)
    """

    def find_facts(unit):
        is_later = unit.date_sold and day < unit.date_sold
        return tuple(_prepare_sale_vals(unit, day).items()) if is_later else ()

    return [(sold.browse().concat(*units), vals | dict(facts)) for facts, units in groupby(sold, find_facts)]


def prepare_sold_facts(unit, earlier):
    """Return the customer's facts of a unit that did not come back after all: those of its last sale.

    :param earlier: the unit's events before it came back, the newest first
    """
    sale = _get_sale(unit, earlier)
    made = sale.filtered(lambda event: event.kind in MADE)
    delivery = made.filtered(lambda event: event.kind == "shipped")[:1].move_id
    registered = sale.filtered(lambda event: event.kind == "registered")[:1]
    customer, day = made[:1].partner_id, find_sale_day(sale)
    return {
        "customer_id": customer.id,
        "delivery_move_id": delivery.id,
        "sale_line_id": delivery.sale_line_id.id,
        "invoice_line_id": _find_invoice_line(unit, sale).id,
        "date_sold": day,
        "end_user_id": registered.partner_id.id,
        "date_registered": registered.day,
        **_prepare_former_warranty(unit, customer, sale),
    }


def _prepare_former_warranty(unit, customer, sale):
    """Return the warranty of a unit that is its customer's again because what came after the sale is undone.

    :param customer: who bought it
    :param sale: the events of the sale
    """
    if unit.warranty_end:
        return {"warranty_end": unit.warranty_end, "warranty_fixed": unit.warranty_fixed}
    begun = find_sale_end(unit, sale, find_sale_day(sale))
    end = unit.former_warranty_end if customer and unit.former_customer_id == customer else begun
    return {"warranty_end": end, "warranty_fixed": bool(end) and end != begun}


def _find_invoice_line(unit, sale):
    """Return the invoice line that a unit stood on after a sale, if it was not credited.

    :param sale: the events of the sale, the newest first
    """
    if sale.filtered(lambda event: event.kind in ("invoiced", "credited"))[:1].kind == "credited":
        return unit.env["account.move.line"]
    line = get_last_invoice_line(unit, sale.partner_id[:1].commercial_partner_id)
    return line if invoice.has_place_for(line, unit) else line.browse()


def get_last_invoice_line(unit, customer=None):
    """Return the posted invoice line that a unit stood on last and that no credit note took it from.

    :param customer: the commercial entity that it was invoiced to (default: anybody)
    """
    posted = unit.invoice_line_ids.filtered(lambda line: line.parent_state == "posted")
    lines = posted.filtered(lambda line: line.move_type in ISSUING)
    if customer:
        lines = lines.filtered(lambda line: line.move_id.commercial_partner_id == customer)
    refunds = posted.filtered(lambda line: line.move_type == "out_refund")
    credited = lines.browse().union(*(credit_note.get_credited_lines(refund) for refund in refunds))
    return (lines - credited).sorted("id")[-1:]


def filter_awaited(returned):
    """Return the units that came back for a while only, so that their place on the invoice is kept for them.

    That is so where the return changed no quantity of the order, and nothing is sent in their place.
    """
    back = {}
    for unit in returned.filtered(lambda unit: not unit._is_sold() and not unit._get_heirs()):
        move = unit.event_ids.filtered(lambda event: event.kind == "returned")[:1].move_id
        if move.origin_returned_move_id and not move.to_refund:
            back.setdefault(move.origin_returned_move_id, returned.browse())
            back[move.origin_returned_move_id] |= unit
    if not back:
        return returned.browse()
    replaced = returned.env["stock.move"].sudo().union(*back)._filter_exchanged()
    return returned.browse().union(*(units for origin, units in back.items() if origin not in replaced))


def get_credits(units):
    """Return ``{unit id: event}`` of the units whose last sale is on a credit note already."""
    kinds = ("shipped", "invoiced", "imported", "credited")
    domain = [("serial_id", "in", units.ids), ("kind", "in", kinds)]
    groups = units.env["serial.event"]._read_group(domain, ["serial_id"], ["id:max"])
    events = units.env["serial.event"].browse(last for _unit, last in groups)
    credits = events.filtered(lambda event: event.kind == "credited")
    credits = credits.filtered(lambda event: event.invoice_line_id & event.serial_id.invoice_line_ids)
    return {event.serial_id.id: event for event in credits}


def filter_back_from(units, customer):
    """Return the units that this customer had last and that lie in stock again.

    :param customer: the commercial entity
    """
    return units.filtered(
        lambda unit: (
            not unit._is_sold()
            and unit.former_customer_id.commercial_partner_id == customer
            and unit.location_id.is_serial_stock
        )
    )
