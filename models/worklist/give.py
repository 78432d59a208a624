"""Give units that wait their numbers, all at once, and take them back."""

from odoo.exceptions import UserError

from ...engine import by_hand, lot_cover
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
    for check in known:
        unit = _choose_unit(units, check)
        units -= unit
        by_hand.write_name(unit.with_env(source.env), check.name)
        lot_cover.cover_named(unit.with_env(source.env), check.name)
    _note_known(source, known)
    _give_new(source, units[: len(checks) - len(known)], [check for check in checks if not check.row])
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


def _choose_unit(units, check):
    """Return which of the units gets a number that the register knows: one of the same owner, where it may be the same.

    :param check: its :class:`Check`
    """
    place = check.place
    uncovered = check.row["in_stock"]
    return units.sorted(lambda unit: ((unit.owner_id.id or None) != place.owner, unit.uncovered != uncovered, unit.id))[
        :1
    ]


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
    _write_facts(source, {key: register.browse(row["id"]) for key, row in rows.items()})


def _give_new(source, units, checks):
    """Number units with numbers that nobody knows: one statement however many there are."""
    if not units:
        return
    units = units.with_env(source.env)
    status = by_hand.find_numbered(units[0])
    event = units._prepare_event_vals("numbered", partner=source.partner_id, source=source)
    units._record_change("numbered", {"status": status}, event, source, names=[check.name for check in checks])
    _write_facts(source, dict(zip((check.key for check in checks), units, strict=True)))
    by_hand.follow_numbers(units)


def _write_facts(source, units):
    """Write what labels say of units.

    :param dict units: ``{key of a number: unit}``
    """
    groups = {}
    for key, facts in source._serial_facts().items():
        if key in units:
            groups.setdefault(tuple(sorted(facts.items())), []).append(units[key].id)
    for facts, ids in groups.items():
        part = source.env["serial.number"].browse(ids)
        note = "; ".join(part._describe_facts(dict(facts)))
        event = part._prepare_event_vals("corrected", source=source, note=note)
        part._record_change("corrected", dict(facts), event)


def take_back(sources):
    """Take the numbers back that were given, of units to which nothing happened since.

    :param sources: ``serial.numbering`` records
    :return: dict of ``count`` and ``kept``, the first numbers that stay
    """
    count, kept = 0, []
    for source in sources.filtered(lambda source: source.state == "done"):
        named = source.sudo().serial_ids.filtered("name").with_env(source.env)
        free = named.filtered(lambda unit, source=source: _is_unchanged(unit, source))
        kept += (named - free).mapped("name")
        count += len(free)
        _take_back(source, free)
    return {"count": count, "kept": kept[:SHOWN]}


def _find_given(unit, source):
    """Return the status that the source gave a unit with its number."""
    return unit._find_status(None, unit.product_id, unit._get_serial_rules().numbered[source.status])


def _is_unchanged(unit, source):
    """Tell whether nothing happened to a unit since it got its number, beside what came with the number.

    One that the register knew before is no unit without number any more: it stays what it is.
    """
    if unit.product_id._has_serial_lots() or unit.status != _find_given(unit, source):
        return False
    events = unit.sudo().event_ids.sorted("id", reverse=True)
    given = events.filtered(lambda event: event.source_model == source._name and event.source_id == source.id)
    later = events.filtered(lambda event: event.id > max(given.ids, default=0))
    return "numbered" in given.mapped("kind") and not later


def _take_back(source, units):
    if not units:
        return
    taken_back.forget_numbers(units, source.status, source, source.sudo().given)
    register_sql.unlink_document(units, source)
    source.sudo().state = "cancel"
