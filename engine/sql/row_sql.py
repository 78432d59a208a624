"""The register's SQL for rows that differ from each other, as those of a file do: one statement however many.

Beside :mod:`.register_sql`, whose statements write one set of values on thousands of units.
"""

from odoo.tools import SQL

from . import key_sql, listeners
from .register_sql import _insert_events, _names, _run, _values, _with_log, with_defaults


def _arrays(model, rows):
    """Return one array per field of ``rows``, which all have the same fields."""
    arrays = []
    for name in rows[0]:
        field = model._fields[name]
        values = [field.convert_to_column_insert(row[name], model, row) for row in rows]
        arrays.append(SQL("%s::%s[]", values, SQL.identifier(field.column_type[0])))
    return arrays


def _typed(model, rows, events, **more):
    """Return a ``FROM`` item with the values of each row, of its event, and of ``more`` columns, in order."""
    arrays = [SQL("%s::%s[]", values, SQL.identifier(type_)) for values, type_ in more.values()]
    arrays += _arrays(model, rows)
    arrays += _arrays(model.env["serial.event"], events)
    columns = [*map(SQL.identifier, [*more, *rows[0]]), *_said(events)]
    return SQL("unnest(%s) WITH ORDINALITY AS typed(%s, position)", SQL(", ").join(arrays), SQL(", ").join(columns))


def _said(events):
    return [SQL.identifier(f"event_{column}") for column in events[0]]


def _complete(model, vals_list):
    """Return values of new rows with what other fields begin with, see :func:`with_defaults`."""
    defaults = with_defaults(model, dict.fromkeys(vals_list[0]))
    added = {name: value for name, value in defaults.items() if name not in vals_list[0]}
    return [{**added, **vals} for vals in vals_list] if added else vals_list


def _event(events):
    return _insert_events(_names(events[0]), SQL(", ").join(_said(events)))


def insert_rows(model, rows, events):
    """Create one unit per row, with its first event.

    :param model: ``serial.number``, in the environment of the user who does it
    :param list rows: the values of each unit, number, key and defaults among them; all have the same fields
    :param list events: the values of their events, in the same order
    :return: list of ids in the order of ``rows``
    """
    log = _with_log(model, {}, create=True)
    events = _complete(model.env["serial.event"], events)
    query = SQL(
        """
        WITH row AS (
            SELECT nextval('serial_number_id_seq')::integer AS id, typed.* FROM %(typed)s
        ), created AS (
            INSERT INTO serial_number (id, %(columns)s, %(log)s)
            SELECT id, %(columns)s, %(values)s FROM row
            RETURNING id, company_id, location_id, status
        ), unit AS (
            SELECT created.*, NULL::varchar AS status_from, row.position, %(said)s FROM created JOIN row USING (id)
        ), %(keep)s, %(event)s
        SELECT id FROM row ORDER BY position
        """,
        typed=_typed(model, rows, events),
        columns=_names(rows[0]),
        log=_names(log),
        values=_values(log),
        said=SQL(", ").join(_said(events)),
        keep=key_sql.KEEP_NEW,
        event=_event(events),
    )
    units = model.browse(_run(model, query, None))
    listeners.tell_new(units)
    return list(units._ids)


def update_rows(units, statuses, rows, events):
    """Write on each unit its own values, with one event each.

    :param units: ``serial.number`` records
    :param list statuses: the statuses that they have now, in the same order
    :param list rows: the values of each; all have the same fields
    :param list events: the values of their events, in the same order
    """
    events = _complete(units.env["serial.event"], events)
    assignments = [SQL("%s = typed.%s", SQL.identifier(name), SQL.identifier(name)) for name in rows[0]]
    assignments += [SQL("%s = %s", SQL.identifier(name), value) for name, value in _with_log(units, {}).items()]
    typed = _typed(
        units.browse(), rows, events, unit_id=(list(units._ids), "int4"), status_from=(list(statuses), "varchar")
    )
    query = SQL(
        """
        WITH unit AS (
            UPDATE serial_number AS changed SET %(assignments)s FROM %(typed)s
             WHERE changed.id = typed.unit_id
            RETURNING
                changed.id, changed.company_id, changed.location_id, changed.status, typed.status_from,
                typed.position, %(said)s
        ), %(event)s
        SELECT id FROM unit
        """,
        assignments=SQL(", ").join(assignments),
        typed=typed,
        said=SQL(", ").join(_said(events)),
        event=_event(events),
    )
    with listeners.telling(units, [*rows[0], "write_uid", "write_date"]):
        _run(units, query, None, each_row=True)
        if "name_key" in rows[0]:
            key_sql.keep_keys(units)
