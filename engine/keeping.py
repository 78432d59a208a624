"""Units that are kept back: on hold, void, or promised to a customer, and who is told of it."""

from collections import defaultdict
from datetime import timedelta

from markupsafe import Markup

from odoo import fields
from odoo.fields import Domain

from ..tools.day import show_day
from ..tools.note import make_list
from . import refusal, reservation_loss

LISTED = 50  # names in a message; the order's button shows all of them
# Kinds of events, other than those of stock moves, after which units may be kept back that were free. Putting on hold
# and voiding tell the orders themselves.
KEEPING = {"designated", "corrected", "credited", "imported"}


def describe_hold(units, reason, until):
    """Return what the history says of a hold that ends."""
    return units.env._("%(reason)s (until %(day)s)", reason=reason or "", day=show_day(units.env, until))


def prepare_held_vals(unit, events):
    """Return the facts of a unit that is on hold again as it was before.

    :param events: the unit's events until then, the newest first
    """
    held = events.filtered(lambda event: event.kind == "held")[:1]
    end = describe_hold(unit, "", held.day) if held.day else ""
    return {"hold_reason": (held.note or "").removesuffix(end) or False, "hold_until": held.day}


def designate(units, partner, sale_line):
    """Promise units to a customer, for an order line or without one.

    :raise UserError: for units that the customer must not have
    """
    refusal.check(units, "designate", partner, sale_line or None)
    vals = {"status": "designated", "customer_id": partner.id, "sale_line_id": sale_line.id}
    event = units._prepare_event_vals("designated", partner=partner, source=sale_line or None)
    units._record_change("designated", vals, event)
    sale_line._lock_promises()


def release(units, note=None):
    """End what keeps units back.

    :param str note: why, for their history
    """
    ended = dict.fromkeys(units._get_facts("hold"), False)
    promise = {"customer_id": False, "sale_line_id": False}
    event, sold = units._prepare_event_vals("released", note=note), units._get_serial_rules().sold
    for status, part in _group_by_release(units).items():
        vals = {"status": status, **ended, **({} if status in sold else promise)}
        part._record_change("released", vals, event)


def _group_by_release(units):
    """Return ``{status: units}``: what units become when nothing keeps them back any more.

    A hold that a status of another addon came before ends with that status.
    """
    added = {status.code: status.released_to for status in units._get_serial_rules().added if status.released_to}
    if not added:
        return {"available": units}
    before = {}
    for event in units.filtered(lambda unit: unit.status == "hold").event_ids:
        if event.status_to == "hold" != event.status_from:
            before.setdefault(event.serial_id, event.status_from)
    return units.grouped(
        lambda unit: before[unit] if before.get(unit) in added else added.get(unit.status, "available")
    )


def get_promises(units):
    """Return ``{order: units}`` of those of these units that are designated to sales orders."""
    domain = [("id", "in", units.ids), ("status", "=", "designated"), ("sale_line_id", "!=", False)]
    return units.search(domain, order="id").sudo().grouped("sale_order_id")


def describe(these):
    """Return the numbers of these units by product, one text a product, the first ones of many."""
    lines = []
    for product, units in these.grouped("product_id").items():
        names = ", ".join(units[:LISTED].mapped("display_name"))
        if len(units) > LISTED:
            names = these.env._("%(names)s and %(count)s more", names=names, count=len(units) - LISTED)
        lines.append(f"{product.display_name}: {names}")
    return lines


def tell_orders(register, promises, text, losses=None):
    """Post a note on each order that says which units it lost, and on each document that lost a reservation.

    :param dict promises: ``{order: units}``, as :func:`get_promises` returned them before
    :param str text: what happened
    :param dict losses: what :func:`take_back_reserved` returned
    """
    texts = dict(losses or {})
    for order, units in promises.items():
        what, _why = texts.get(order, (Markup(), None))
        texts[order] = text + make_list(describe(units)), what
    tell_documents(register, texts)


def tell_losses(units, kind):
    """Take back reservations that a change of these units leaves no room for, and tell the orders.

    :param str kind: the kind of event
    """
    if kind in KEEPING:
        tell_documents(units, take_back_reserved(units, is_promise=kind == "designated"))


def take_back_reserved(units, is_promise=False):
    """End reservations that stock has no room for any more beside these units, which are kept back now.

    :param bool is_promise: whether they were designated
    :return: ``{document: (what, why)}``, what each order, or transfer without one, has lost: texts
    """
    changed = Domain("id", "in", units.ids)
    groups = units.sudo()._read_group(units._get_kept_domain() & changed, ["product_id"])
    products = units.env["product.product"].union(*(product for (product,) in groups))
    return reservation_loss.take_back(products, changed, is_promise)


def tell_documents(register, texts):
    """Post a note on each document.

    :param dict texts: ``{document: texts}``
    """
    bodies = defaultdict(dict)
    for document, parts in texts.items():
        bodies[document._name][document.id] = Markup().join(parts)
    for model, notes in bodies.items():
        register.env[model].sudo().browse(notes)._message_log_batch(bodies=notes)


def describe_reasons(kept):
    """Return the numbers of these units by product and by what happened to them last: texts."""
    kinds = dict(kept.env["serial.event"]._fields["kind"]._description_selection(kept.env))
    groups = defaultdict(kept.browse)
    events = kept.env["serial.event"].browse(unit.event_ids[:1].id for unit in kept[:LISTED])
    for unit, event in zip(kept, events, strict=False):
        about = [kinds.get(event.kind), event.document, event.partner_id.display_name, event.note]
        groups[", ".join(filter(None, about))] |= unit
    texts = [f"{text} ({reason})" for reason, units in groups.items() for text in describe(units)]
    if len(kept) > LISTED:
        texts.append(kept.env._("And %s more.", len(kept) - LISTED))
    return texts


def _describe_held(env, unit):
    if not unit.hold_reason:
        return env._("%s is on hold", unit.display_name)
    return env._("%(serial)s is on hold (%(why)s)", serial=unit.display_name, why=unit.hold_reason)


def describe_kept(record):
    """Say why a unit is kept back: "A1 is on hold (recall)"."""
    unit = record.sudo()
    customer = unit.customer_id.display_name
    texts = {
        "hold": _describe_held(record.env, unit),
        "void": record.env._("%s is void", unit.display_name),
        "sold": record.env._("%(serial)s was sold to %(customer)s", serial=unit.display_name, customer=customer),
        "designated": record.env._(
            "%(serial)s is designated to %(customer)s", serial=unit.display_name, customer=customer
        ),
    }
    return texts.get(unit.status) or f"{unit.display_name}: {unit._get_status_labels()[unit.status]}"


def get_due_domain(register):
    """Return the domain of the units on hold whose last day is over in the time zone of who wrote the unit last.

    Somebody in New York who holds a unit until the 20th means an evening that is the 21st elsewhere.
    """
    last = fields.Date.today() + timedelta(days=1)  # there is no place where it is later
    held = Domain("status", "=", "hold") & Domain("hold_until", "<", last)
    groups = register._read_group(held, ["company_id", "write_uid"])
    return held & Domain.OR(
        Domain("company_id", "=", company.id)
        & Domain("write_uid", "=", user.id)
        & Domain("hold_until", "<", company._get_serial_day(user=user))
        for company, user in groups
    )
