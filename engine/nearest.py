"""What a number that nobody knows may have been meant to be: known numbers that the line can take."""

from ..tools import naming, nearest
from .sql import register_sql

MOST_ASKED = 3  # of the refused numbers of one request
MOST_SHOWN = 10


def find(line, checks):
    """Return ``{key: numbers}``: for refused numbers that no unit has, numbers that differ by one slip.

    Only what the line of the window can take now is proposed, and nothing is taken. Long lists are passed over.

    :param line: the ``serial.entry.line``
    :param list checks: the refused :class:`Check` objects
    """
    keys = [check.key for check in checks if check.key and not check.row and check.code in ("unknown", "not_sold_here")]
    if not keys or len(keys) > MOST_ASKED:
        return {}
    source = line._get_source()
    around = {key: nearest.make_neighbours(key) for key in keys}
    wanted = sorted(set().union(*around.values()))
    model = line.env["serial.number"].sudo()
    known = register_sql.find_names(model, source.product_id, source._serial_company(), wanted) if wanted else {}
    names = sorted(known.values(), key=naming.make_key)
    good = {check.key for check in line._get_checker(names, room=len(names)).run() if check.ok} if names else set()
    return {
        key: [known[other] for other in sorted(others & known.keys() & good)][:MOST_SHOWN]
        for key, others in around.items()
    }


def describe(env, names):
    """Return the question that people are asked, of one or several numbers."""
    if len(names) > 2:
        return env._("Did you mean %(first)s ... %(last)s?", first=names[0], last=names[-1])
    return env._("Did you mean %s?", ", ".join(names))
