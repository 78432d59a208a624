"""Which day a moment is on, and how a day is shown. Plain Python, no database.

What people count by is a day: when a unit was received, sold or registered, when its warranty or its hold ends. Days
are stored as dates, so that everybody reads the same one. It is the day where the user is who does it, as it is with
the date that Odoo gives the invoice which they post at that moment; and where nobody's time zone is known (scheduled
jobs, visitors), the day where the company is: the time zone of its contact, else UTC.

A moment (a line of the history, the notice of a recall) is stored in UTC, and shown where its reader is.

Ask ``res.company._get_serial_day()`` for a day, and :func:`show_day` for how it is written in a message.
"""

import pytz

from odoo.tools.misc import format_date


def find_zone(*names):
    """Return the first of these time zones that there is, else UTC.

    :param names: names like ``America/New_York``; False or None where there is none
    """
    return next((pytz.timezone(name) for name in names if name in pytz.all_timezones_set), pytz.utc)


def find_day(moment, zone):
    """Return the day that a moment is on.

    :param moment: a naive datetime in UTC, as Odoo keeps it
    :param zone: the time zone, see :func:`find_zone`
    """
    return pytz.utc.localize(moment).astimezone(zone).date()


def show_day(env, day):
    """Return a day as messages and papers show it: in the format of the user's language.

    :param env: the environment of who reads it
    :param day: a date, or False
    :return: a text; empty where there is no day
    """
    return format_date(env, day)
