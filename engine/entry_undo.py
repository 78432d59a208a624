"""Taking back, in the entry window, what was scanned, pasted or removed last: step by step, the last one first."""

from contextlib import contextmanager

from .sql import entry_sql

NAMES_SHOWN = 20
ACTS_KEPT = 50
ROWS_KEPT = 1000  # of a removal; a larger one cannot be taken back


@contextmanager
def act(entry):
    """Keep what is entered inside as one act, to be taken back as one.

    :param entry: the ``serial.entry``
    """
    mark = entry_sql.read_last_unit_id(entry.env)
    yield
    if entry_sql.has_units_after(entry.line_ids, mark):
        _keep(entry, {"after": mark})


def remove(units):
    """Take entered numbers out, so that they can be brought back.

    :param units: ``serial.entry.unit`` records of one window
    """
    if not units:
        return
    entry = units.line_id.entry_id
    rows = entry_sql.take_units(units)
    if len(rows) > ROWS_KEPT:
        entry.acts = False
    else:
        _keep(entry, {"removed": rows})


def keep_beside(unit):
    """Keep what stands beside an entered number, before it is changed."""
    _keep(unit.line_id.entry_id, {"beside": unit.beside or {}, "unit": unit.id, "name": unit.name})


def undo(entry):
    """Take back the last act of the window.

    :return: dict of ``undone`` (``added``, ``removed`` or ``beside``; empty where there is nothing to take back),
        ``count`` and the first ``names``
    """
    acts = list(entry.acts or [])
    if not acts:
        return {"undone": "", "count": 0, "names": []}
    last = acts.pop()
    entry.acts = acts
    if "after" in last:
        kind, names = "added", [row["name"] for row in entry_sql.take_units_after(entry.line_ids, last["after"])]
    elif "removed" in last:
        kind, names = "removed", [row["name"] for row in last["removed"]]
        entry_sql.restore_units(entry.env, last["removed"])
    else:
        kind, names = "beside", [last["name"]]
        entry_sql.replace_beside(entry.env, last["unit"], last["beside"])
    return {"undone": kind, "count": len(names), "names": names[:NAMES_SHOWN]}


def _keep(entry, what):
    entry.acts = [*(entry.acts or []), what][-ACTS_KEPT:]
