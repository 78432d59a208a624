"""Give units that wait their numbers, all at once, and take them back."""

from odoo.exceptions import UserError

from ...engine import by_hand, identity, invoice_match, lot_cover, scan
from ...engine.check import SerialCheck
from ...engine.sql import register_sql
from . import taken_back, waiting

SHOWN = 20  # numbers that one message names


def give_numbers(source):
    """Give units the numbers that were entered on a source.

    :param source: a ``serial.numbering``
    :raise UserError: for a number that cannot be taken any more, and where less units wait than there are numbers
    """
    names = source._serial_names()
    checks = SerialCheck(source, names, lock=True, added=source._serial_added()).run()
    source._raise_bad_serials(checks)
    units = _lock_units(source, len(names))
    known = [check for check in checks if check.row]
    chosen = _choose_units(units, known)
    _give_known(source, chosen, known)
    _note_known(source, known)
    left = units - units.browse(unit.id for unit in chosen)
    _give_new(source, left[: len(checks) - len(known)], [check for check in checks if not check.row])
    source.sudo().given = source.serial_draft
    source._write_serial_draft([])


def _lock_units(source, count):
    """Return the units that wait, locked.

    :raise UserError: where somebody else has numbered some of them
    """
    units = waiting.find_units(source)
    statuses = register_sql.lock_statuses(units) if units else {}
    units = units.filtered(lambda unit: unit.id in statuses)
    if len(units) < count:
        raise UserError(
            source.env._(
                "%(document)s: only %(left)s units of %(product)s still wait for their numbers, and %(count)s are "
                "entered. Somebody else has numbered the others. Close this window and look at them.",
                document=source._serial_document(),
                left=len(units),
                product=source.product_id.display_name,
                count=count,
            )
        )
    return units


def _choose_units(units, checks):
    """Return which of the units get numbers that the register knows: of the same owner, where they may be the same.

    :param list checks: their :class:`Check` objects
    :return: list of a unit for each
    """
    alike, chosen = {}, []
    for unit in units.sorted("id", reverse=True):
        alike.setdefault((unit.owner_id.id or None, unit.uncovered), []).append(unit)
    for check in checks:
        place, uncovered = check.place, check.row["in_stock"]
        likeliest = min(alike, key=lambda kind: (kind[0] != place.owner, kind[1] != uncovered, alike[kind][-1].id))
        chosen.append(alike[likeliest].pop())
        if not alike[likeliest]:
            del alike[likeliest]
    return chosen


def _give_known(source, units, checks):
    """Number units with numbers that the register knows: both are one piece, or change places.

    :param list units: one for each number
    :param list checks: their :class:`Check` objects
    """
    register = source.env["serial.number"]
    units = register.browse(unit.id for unit in units)
    others = register.browse(check.row["id"] for check in checks)
    if source.product_id._has_serial_lots():
        for unit, check in zip(units, checks, strict=True):
            by_hand.write_name(unit, check.name)
            lot_cover.cover_named(unit, check.name)
        return
    identity.join_all([(unit, other, check.name) for unit, other, check in zip(units, others, checks, strict=True)])
    invoice_match.find_invoices((units | others).exists())


def _note_known(source, checks):
    """Put units on the source that the register knew, with what was entered beside their numbers.

    :param list checks: their :class:`Check` objects
    """
    if not checks:
        return
    register = source.env["serial.number"]
    rows = register_sql.find_units(register, source.product_id, source.company_id, [check.key for check in checks])
    units = register.browse(row["id"] for row in rows.values())
    note = source.env._("It was entered as the number of a unit without serial.")
    units._record_change("corrected", {}, units._prepare_event_vals("corrected", source=source, note=note), source)
    scan.keep_facts(units, source._serial_facts(), source)


def _give_new(source, units, checks):
    """Number units with numbers that nobody knows: one statement however many there are."""
    if not units:
        return
    units = units.with_env(source.env)
    status = by_hand.find_numbered(units[0])
    event = units._prepare_event_vals("numbered", partner=source.partner_id, source=source)
    units._record_change("numbered", {"status": status}, event, source, names=[check.name for check in checks])
    scan.keep_facts(units, source._serial_facts(), source)
    by_hand.follow_numbers(units)


def take_back(sources):
    """Take the numbers back that were given, of units to which nothing happened since.

    :param sources: ``serial.numbering`` records
    :return: see :meth:`~.serial_numbering.SerialNumbering.action_undo`
    """
    count, kept, known = 0, [], []
    for source in sources.filtered(lambda source: source.state == "done"):
        named = source.sudo().serial_ids.filtered("name").with_env(source.env)
        free = named.filtered(lambda unit, source=source: _is_unchanged(unit, source))
        joined = (named - free).filtered(lambda unit, source=source: not _is_numbered_by(unit, source))
        known += joined.mapped("name")
        kept += (named - free - joined).mapped("name")
        count += len(free)
        _take_back(source, free)
    return {"count": count, "kept": kept[:SHOWN], "known": known[:SHOWN]}


def _find_given(unit, source):
    """Return the status that the source gave a unit with its number."""
    return unit._find_status(None, unit.product_id, unit._get_serial_rules().numbered[source.status])


def _is_unchanged(unit, source):
    """Tell whether nothing happened to a unit since it got its number, beside what came with the number.

    One that the register knew before is no unit without number any more: it stays what it is.
    """
    if unit.product_id._has_serial_lots() or unit.status != _find_given(unit, source):
        return False
    last = max(_find_events_of(unit, source).ids, default=0)
    return _is_numbered_by(unit, source) and not any(event.id > last for event in unit.sudo().event_ids)


def _find_events_of(unit, source):
    """Return what a source did to a unit."""
    events = unit.sudo().event_ids
    return events.filtered(lambda event: event.source_model == source._name and event.source_id == source.id)


def _is_numbered_by(unit, source):
    """Tell whether a source gave a unit a number that nobody knew: one that was known makes two units one."""
    return "numbered" in _find_events_of(unit, source).mapped("kind")


def _take_back(source, units):
    if not units:
        return
    taken_back.forget_numbers(units, source.status, source, source.sudo().given)
    register_sql.unlink_document(units, source)
    source.sudo().state = "cancel"
