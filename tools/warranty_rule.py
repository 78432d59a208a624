"""When a warranty begins and ends, and what to say of it today: plain Python, no database."""

from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

STARTS = [
    ("sale", "The sale"),
    ("registration", "The registration"),
    ("first", "The sale or the registration, whichever comes first"),
]
STATES = [
    ("valid", "In warranty"),
    ("ending", "Ending"),
    ("expired", "Expired"),
    ("none", "None"),
]
REPLACEMENTS = [
    ("inherit", "The rest of the replaced unit's warranty"),
    ("new", "A new warranty"),
]
ENDING_DAYS = 30
MONTHS_LIMIT = 1200  # of a warranty


def find_start(rule, sold=None, registered=None):
    """Return the day that the customer's warranty begins, or None while nothing has begun it.

    :param str rule: a code of :data:`STARTS`
    :param sold: the day of the sale, if there was one
    :param registered: the day that the end user registered the unit, if one did
    """
    days = {"sale": [sold], "registration": [registered], "first": [sold, registered]}[rule]
    return min(filter(None, days), default=None)


def find_end(start, months):
    """Return the last day of a warranty, or False where there is none.

    :param start: its first day, or None
    :param int months: how long it lasts; 0 for no warranty
    """
    return start + relativedelta(months=months) if start and months else False


@dataclass(frozen=True)
class Warranty:
    """What a customer is promised with a sale.

    :ivar str start: what begins it, a code of :data:`STARTS`
    :ivar int months: how long it lasts; 0 for no warranty
    """

    start: str
    months: int

    def find_start(self, sold=None, registered=None):
        """Return its first day, see :func:`find_start`."""
        return find_start(self.start, sold, registered)

    def find_end(self, sold=None, registered=None):
        """Return its last day, or False where nothing has begun it or there is none."""
        return find_end(self.find_start(sold, registered), self.months)


def find_state(end, today):
    """Return a code of :data:`STATES` for a warranty that ends on a day.

    :param end: its last day, or False
    :param today: the day to judge it on
    """
    if not end:
        return "none"
    if end < today:
        return "expired"
    return "ending" if end <= last_ending(today) else "valid"


def last_ending(today):
    """Return the last day on which a warranty may end that is called ending."""
    return today + relativedelta(days=ENDING_DAYS)
