"""Let two units change places: the other one left, not the one that the documents name."""

from odoo.tools import groupby

from ..tools.facts import INVOICED_FACTS
from . import by_hand, keeping, stock_source
from .sql import register_sql


def change_places(this, other):
    """Let another unit be the one that left as this one; this one is where the other was.

    The customer's facts and the documents belong to the place, all else to the piece. What both are on stays so.
    """
    change_all([(this, other)])


def change_all(pairs):
    """Do what :func:`change_places` does for many units: all at once.

    :param list pairs: a unit, and the one that really left, for each; no unit stands in two of them
    """
    exchanges = [_Exchange(*pair).prepare() for pair in pairs]
    for document, units in _group_documents(exchanges, "left").items():
        register_sql.unlink_document(units, document)
    _record([(each.other, each.vals, each.event) for each in exchanges])
    _record([(each.this, each.back, each.correction) for each in exchanges])
    for document, units in _group_documents(exchanges, "taken").items():
        register_sql.link_document(units, document)


class _Exchange:
    """One unit, and the one that really left: what becomes of both."""

    def __init__(self, this, other):
        self.this, self.other = this, other

    def prepare(self):
        """Find out what is to be written, with stock that follows; return itself."""
        this, other = self.this, self.other
        kind, mine = _get_leaving(this)
        their_kind, theirs = _get_leaving(other) if _gives_place(other, this) else ("corrected", [])
        place = _find_place_back(this, other)
        self.vals = _prepare_place_vals(this, other)
        self.back = _prepare_place_vals(other, this) if theirs else prepare_back_vals(this, other)
        self.back |= {"location_id": place.location, "package_id": place.package or False}
        rules = this._get_serial_rules()
        kind = kind if rules.is_allowed(kind, other.status, self.vals["status"]) else "corrected"
        source, note = mine[0] if mine else None, _describe_leaving(this)
        self.event = other._prepare_event_vals(kind, partner=this.customer_id, source=source, note=note)
        self.correction = _prepare_place_event(this, other, their_kind, theirs, self.back)
        shared = get_documents(this) & get_documents(other)
        self.left = [(this, each) for each in set(mine) - shared] + [(other, each) for each in set(theirs) - shared]
        self.taken = [(other, each) for each in mine] + [(this, each) for each in theirs]
        return self


def _group_documents(exchanges, which):
    """Return ``{document: units}`` of what units are taken off, or put on."""
    groups = {}
    for unit, document in (pair for each in exchanges for pair in getattr(each, which)):
        groups[document] = groups.get(document, unit.browse()) | unit
    return groups


def _record(rows):
    """Write what becomes of units: one batch per kind of event.

    :param list rows: a unit, the facts that it gets, and its event, for each
    """
    for kind, group in groupby(rows, key=lambda row: row[2]["kind"]):
        units, vals_list, events = zip(*group, strict=True)
        units[0].browse(unit.id for unit in units)._record_rows(kind, list(vals_list), list(events))


def _find_place_back(unit, other):
    """Return the place where this unit is when the other one is what left: stock follows a unit with a number."""
    if unit.location_id.is_serial_stock:
        return unit._get_serial_place()  # it left on paper only
    return stock_source.retake_stock(unit, other) if other.name else other._get_serial_place()


def _prepare_place_event(unit, other, kind, documents, vals):
    """Return the event of a unit when another one left instead of it. If this one left too, the event says where to.

    :param str kind: how the other one had left
    :param documents: what it had left with, if it was another document
    :param dict vals: the facts that this unit gets
    """
    if not documents or not unit._get_serial_rules().is_allowed(kind, unit.status, vals["status"]):
        note = unit.env._("Not this piece left but %s.", other.name)
        return unit._prepare_event_vals("corrected", source=documents[0] if documents else None, note=note)
    note = unit.env._("Not %s left but this piece.", other.name)
    return unit._prepare_event_vals(kind, partner=other.customer_id, source=documents[0], note=note)


def get_documents(record):
    """Return the document lines that a unit is on, as a set."""
    unit = record.sudo()  # whoever numbers units may not see all that they are on
    return {*unit.move_ids, *unit.invoice_line_ids}


def _describe_leaving(unit):
    if not unit.name:
        return unit.env._("It left without serial.")
    return unit.env._("Not %s left but this piece.", unit.name)


def _gives_place(unit, newcomer):
    """Tell whether the unit left too, so that the other one is then where this one is now.

    One that was invoiced before its delivery keeps its invoice, unless the other has one as well.
    """
    if not unit.location_id.is_serial_stock:
        return True
    return unit.status == "sold" and bool(newcomer.invoice_line_id)


def _prepare_place_vals(unit, newcomer):
    """Return the facts of a unit that takes the place that this one has outside of stock."""
    is_invoiced = newcomer.invoice_line_id and not unit.invoice_line_id
    place = newcomer if unit.location_id.is_serial_stock else unit  # it left on paper only
    kept = INVOICED_FACTS if is_invoiced else ()
    facts = {field: unit[field] for field in unit._get_facts("customer") if field not in kept}
    return {
        **{field: getattr(value, "id", value) for field, value in facts.items()},
        "status": _find_status(unit, newcomer),
        "location_id": place.location_id.id,
        "package_id": place.package_id.id,
        **dict.fromkeys(unit._get_facts("hold"), False),
    }


def _find_status(unit, newcomer):
    """Return the status of the newcomer in this unit's place: the same, as one with a number has it or one without."""
    numbered = unit._get_serial_rules().numbered
    if newcomer.name:
        return numbered.get(unit.status, unit.status)
    return next((blank for blank, named in numbered.items() if named == unit.status), unit.status)


def prepare_back_vals(unit, other):
    """Return the facts of a unit that lies in stock because it never left; on hold, if it was.

    :param other: the unit that left instead: stock is where it was
    """
    vals = dict.fromkeys(unit._get_facts("customer", "hold"), False)
    vals |= {"location_id": other.location_id.id, "package_id": other.package_id.id}
    if not unit.name:
        return vals | {"status": "received"}
    left = unit.event_ids.filtered(lambda event: event.status_to == unit.status != event.status_from)[:1]
    if left.status_from != "hold":
        return vals | {"status": _find_status_back(unit, left.status_from)}
    return vals | {"status": "hold", **keeping.prepare_held_vals(unit, unit.event_ids)}


def _find_status_back(unit, before):
    """Return the status of a unit that never left: one that another addon brought stays as it was."""
    added = {status.code for status in unit._get_serial_rules().added if status.released_to}
    return before if before in added else "available"


def _get_leaving(unit):
    """Return how a unit left: the kind of event, and the documents that it left with."""
    documents = [document for document in (unit.delivery_move_id, unit.invoice_line_id) if document]
    if unit._is_sold():
        return "shipped" if unit.delivery_move_id else "invoiced", documents
    moves = [move for move in unit.event_ids.move_id[:1] if move]
    return moves[0]._serial_flow().kind if moves and unit.name else "adjusted", moves


def leave_stock(gone, reason):
    """Void units that are not in stock any more, whatever the quantity on hand says."""
    for company, units in gone.grouped("company_id").items():
        place = by_hand.get_outside_location(gone, "void", company)
        vals = dict.fromkeys(gone._get_facts("customer", "hold"), False) | {"status": "void", "location_id": place.id}
        void = units.filtered(lambda unit: unit.status == "void")
        void._record_change("corrected", vals, gone._prepare_event_vals("corrected", note=reason))
        (units - void)._record_change("voided", vals, gone._prepare_event_vals("voided", note=reason))


def end_uncovered(units, gone):
    """Take the mark off uncovered units: it is known now which units in stock are gone.

    :param gone: these units
    """
    names = ", ".join(gone[:20].mapped("display_name"))
    event = units._prepare_event_vals("corrected", note=units.env._("In its place left stock: %s", names))
    units._record_change("corrected", {"uncovered": False}, event)
