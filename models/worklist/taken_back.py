"""Numbers that were typed into the worklist's rows, or generated there, and are taken back."""

from ...engine.sql import register_sql

LOOKED_BACK = 50  # of the user's last numbers: those that were taken back since are passed over


def forget_numbers(units, status, source=None, given=None):
    """Let units be without number again.

    :param str status: what they are then
    :param source: the ``serial.numbering`` that gave them their numbers, or None
    :param dict given: what was entered beside the numbers, see ``_write_serial_draft``; None for all that there is
    """
    units._forget_beside(given)
    register_sql.clear_names(units)
    note = units.env._("The number was taken back.")
    event = units._prepare_event_vals("corrected", source=source, note=note)
    units._record_change("corrected", {"status": status}, event)


def find_last(env):
    """Return the events of what the user numbered last without a window: the one typed, or all that were generated."""
    mine = [("user_id", "=", env.uid), ("kind", "=", "numbered"), ("company_id", "in", env.companies.ids)]
    mine += [(field, "=", False) for field in ("move_id", "invoice_line_id", "source_model")]
    events = env["serial.event"].sudo()
    found = events.search(mine, order="id desc", limit=LOOKED_BACK)
    last = next((event for event in found if _holds(event)), events)
    if not last.note:
        return last
    return events.search([*mine, ("note", "=", last.note), ("date", "=", last.date)]).filtered(_holds)


def _holds(event):
    """Tell whether the unit of an event still has the number that it got then, and got it from no window."""
    numbered = event.serial_id.event_ids.filtered(
        lambda each: each.kind == "numbered" or each.source_model == "serial.numbering"
    )
    return bool(event.serial_id.name) and event.id == max(numbered.ids)


def take_back(events):
    """Take back what :func:`find_last` found.

    :return: the units whose numbers were taken back, those that keep theirs because something happened to them, and
        those that keep theirs because they were known before
    """
    env = events.env
    units = events.serial_id.with_env(env(su=False))
    free = units.browse()
    for status, part in events.grouped("status_from").items():
        rows = part.filtered(_is_unchanged).serial_id.with_env(units.env)
        if rows:
            forget_numbers(rows, status)
        free |= rows
    known = (units - free).filtered(lambda unit: _is_joined(unit.sudo()))
    return free, units - free - known, known


def _is_unchanged(event):
    """Tell whether nothing happened to a unit since it got its number, and whether nobody knew it before."""
    unit = event.serial_id
    is_last = event.id == max(unit.event_ids.ids) and unit.status == event.status_to
    return is_last and not _is_joined(unit) and not unit.product_id._has_serial_lots()


def _is_joined(unit):
    """Tell whether a unit was two rows of the register: its history begins twice."""
    return len(unit.event_ids.filtered(lambda event: not event.status_from)) > 1
