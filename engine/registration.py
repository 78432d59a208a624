"""Units that are registered to those who use them."""

from odoo.exceptions import UserError

from ..tools.day import show_day
from . import by_hand, change, warranty

FACTS = ("end_user_id", "date_registered", "registration_channel")


def register(units, end_user, date, channel):
    """Note who uses sold units, since when, and how their registration reached us.

    :param end_user: the ``res.partner``
    :param date: the day, see :func:`check_day`
    :param str channel: empty where nobody says
    """
    change.check_change(units, "registered", "sold")
    vals = {
        "status": "sold",
        "end_user_id": end_user.id,
        "date_registered": date,
        "registration_channel": channel or False,
    }
    # What the history keeps of a registration when the unit has lost it.
    note = ", ".join(filter(None, [show_day(units.env, date), channel]))
    event = units._prepare_event_vals("registered", partner=end_user, note=note, day=date)
    for part, begun in warranty.split_registered(units, date):
        part._record_change("registered", vals | begun, event)


def check_day(register, date):
    """Return the day of a registration: today where none is given.

    :raise UserError: for a day to come
    """
    today = register.env.company._get_serial_day()
    day = by_hand.as_day(register, date) or today
    if day > today:
        raise UserError(
            register.env._("%s is still to come. Enter the day of the registration.", show_day(register.env, day))
        )
    return day


def write_by_hand(units, vals):
    """Take a registration out of ``vals``, and register the units that it changes.

    :raise UserError: as ``action_register`` of the units
    """
    facts = {name: vals.pop(name) for name in FACTS if name in vals}
    changed = units.filtered(lambda unit: by_hand.describe_changes(unit, facts))
    for (end_user, channel), part in changed.grouped(
        lambda unit: (unit.end_user_id.id, unit.registration_channel)
    ).items():
        part.action_register(
            facts.get("end_user_id", end_user), facts["date_registered"], facts.get("registration_channel", channel)
        )
