"""Between a document line and the entry window: what was entered before, and what is handed over."""

from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools import naming
from ..tools.facts import LABEL_FACTS, write_facts
from . import scan
from .sql import entry_sql
from .sql.execute import execute


def take_draft(line):
    """Begin with what was entered on the document line before; the user removes what is too much."""
    source = line._get_source()
    names, draft = source._serial_names(), source.serial_draft or {}
    line.reason = draft.get("reason")
    if names:
        scans = scan.keep(names, source._serial_facts())
        line._keep(line._get_checker(scans, source._serial_added(), room=len(names)))
        take_statuses(line, draft.get("statuses", {}))
        entry_sql.write_beside(line, line.env["serial.number"]._keep_beside(draft, names))


def find_refused(line):
    """Return the checks of numbers that were entered on the document line before and cannot be taken any more."""
    source = line._get_source()
    names = source._serial_names()
    entered = set(line._find_units(names).mapped("name_key")) if names else ()
    left = [name for name in names if naming.make_key(name) not in entered]
    checks = line._get_checker(left, source._serial_added(), room=len(left)).run() if left else []
    return [check.as_dict() for check in checks if not check.ok]


def take_statuses(line, statuses):
    """Give the entered units the statuses that were chosen before: ``{key: status}``."""
    units = line._find_units()
    for status, part in units.grouped(lambda unit: statuses.get(unit.name_key)).items():
        if status:
            part.return_status = status


def check_complete(lines):
    """Refuse to hand over lines that cannot be entered any more, hold too much, or wait for numbers.

    :raise UserError: with what to do
    """
    for line in lines:
        line._get_source()._check_serial_open()
        _check_unchanged(line)
    for line in lines.filtered(lambda line: line.entered > line.quantity):
        values = {"product": line.product_id.display_name, "entered": line.entered, "quantity": line.quantity}
        if line.quantity == 1:
            raise UserError(
                lines.env._(
                    "%(product)s: %(entered)s numbers are entered for 1 unit. Remove those that are too many.", **values
                )
            )
        raise UserError(
            lines.env._(
                "%(product)s: %(entered)s numbers are entered for %(quantity)s units. Remove those that are too many.",
                **values,
            )
        )
    missing = lines.filtered(
        lambda line: line.missing and not line.blanks and not line._get_source()._serial_flow().partial
    )
    if missing:
        raise UserError(
            lines.env._(
                "Serial numbers are missing:\n%s\nEnter them, or, where blanks are allowed, choose Use blanks to "
                "leave them for later.",
                "\n".join(f"- {line.product_id.display_name}: {line.missing}" for line in missing),
            )
        )
    if any(line.entry_id.button != "keep" for line in lines):
        lines.env["serial.number"]._check_beside_complete(lines)


def _check_unchanged(line):
    if line._get_source()._has_changed_since(line.entry_id.create_date):
        raise UserError(
            line.env._(
                "%s: somebody changed these numbers while this window was open. Copy what you need, cancel, and "
                "open it again.",
                line.product_id.display_name,
            )
        )


def hand_over(line):
    """Write the entry on the document line; the document's button checks and books it."""
    source = line._get_source()
    source._check_serial_access()
    source._check_serial_open()
    names = _get_entered_names(line)
    source._enter_serials(
        names,
        blanks=bool(line.blanks and line.missing),
        added=line._find_entered(Domain("is_added", "=", True)).mapped("name_key"),
        statuses=_get_chosen_statuses(line) if line._wants("status") else None,
        reason=line.reason,
        reasons=_keep_reasons(source, names),
        facts=_get_label_facts(line),
        **({"vendor_id": line.vendor_id.id} if line._wants("vendor") else {}),
        **entry_sql.read_beside(line),
    )


def _keep_reasons(source, names):
    """Return what was said of single units before the window opened, as far as they are still entered."""
    reasons = source._get_serial_reasons()
    kept = {naming.make_key(name) for name in names} if reasons else ()
    return {key: why for key, why in reasons.items() if key in kept}


def _get_entered_names(line):
    """Return the numbers as they were entered. They are thousands, and no records are needed for them."""
    units = line.env["serial.entry.unit"]
    query = units._search(Domain("line_id", "=", line.id), order="id")
    select = query.select(units._field_to_sql(query.table, "name"))
    return [name for (name,) in execute(line.env, select)]


def _get_label_facts(line):
    """Return ``{key: facts}`` of what the labels of entered units say."""
    said = Domain.OR([(name, "!=", False)] for name in LABEL_FACTS)
    return {
        unit.name_key: write_facts({name: unit[name] for name in LABEL_FACTS if unit[name]})
        for unit in line._find_entered(said)
    }


def _get_chosen_statuses(line):
    """Return ``{key: status}`` of the returned units that go back as something else than is proposed.

    What was chosen for a unit with an open case is kept always: hold is proposed for it, whatever for the others.
    """
    other = Domain("return_status", "!=", line._get_source()._serial_return_status())
    register = line.env["serial.number"].sudo()
    wanted = register._search(Domain("product_id", "=", line.product_id.id) & register._get_case_domain())
    held = Domain("name_key", "in", wanted.subselect("name_key"))
    return {unit.name_key: unit.return_status for unit in line._find_entered(other | held)}
