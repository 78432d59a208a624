"""The SQL of what is entered and not booked yet: on document lines, and in the entry window.

Beside :mod:`.register_sql`, which writes the register.
"""

import json

from psycopg2.extras import Json

from odoo.tools import SQL

from .execute import execute
from .register_sql import CACHED, _names, _values, make_columns, make_texts


def write_kept(source, column, value):
    """Write a column of a document line that the line's own ``write`` refuses: its entry, or its printed numbers."""
    query = SQL(
        "UPDATE %s SET %s = %s WHERE id = %s",
        SQL.identifier(source._table),
        SQL.identifier(column),
        Json(value) if isinstance(value, dict) else value,
        source.id,
    )
    execute(source.env, query)
    source.invalidate_recordset([name for name in (*CACHED, column) if name in source._fields])


def insert_entry_units(line, checks, return_status):
    """Keep the good numbers of an entry window: one statement however many there are.

    :param line: the ``serial.entry.line``
    :param list checks: the good :class:`Check` objects
    :param str return_status: what returned units go back as
    """
    if not checks:
        return
    unit = line.env["serial.entry.unit"]
    # Who entered them is the line's to know: two references less to check for each of thousands of rows.
    now = unit.env.cr.now()
    columns = make_columns(unit, {"line_id": line.id, "return_status": return_status})
    columns |= {"create_date": now, "write_date": now}
    said = {
        "code": [check.code for check in checks],
        "message": [check.message or None for check in checks],
        "is_added": [check.is_added for check in checks],
        "is_announced": [check.is_announced for check in checks],
        "expiration_date": [check.expiration_date or None for check in checks],
        "batch_name": [check.facts.get("batch_name") if check.facts else None for check in checks],
    }
    # What is the same for all is sent once.
    columns |= {name: values[0] for name, values in said.items() if len(set(values)) == 1}
    typed = {name: values for name, values in said.items() if name not in columns}
    query = SQL(
        """
        INSERT INTO serial_entry_unit (name, name_key, %s)
        SELECT name, name_key, %s FROM unnest(%s, %s %s) WITH ORDINALITY AS typed(name, name_key, %s position)
         ORDER BY position
        """,
        _names([*typed, *columns]),
        SQL(", ").join([*map(SQL.identifier, typed), _values(columns)]),
        make_texts([check.name for check in checks]),
        make_texts([check.key for check in checks]),
        SQL().join(
            SQL(", %s::%s[]", values, SQL.identifier(unit._fields[name].column_type[0]))
            for name, values in typed.items()
        ),
        SQL().join(SQL("%s, ", SQL.identifier(name)) for name in typed),
    )
    execute(line.env, query)
    unit.invalidate_model()
    line.invalidate_recordset()


def read_last_unit_id(env):
    """Return the highest id that an entered number has got so far, of whatever window."""
    return execute(env, SQL("SELECT last_value - (NOT is_called)::int FROM serial_entry_unit_id_seq"))[0][0]


def has_units_after(lines, mark):
    """Tell whether numbers were entered on lines of a window after a mark, see :func:`read_last_unit_id`."""
    query = SQL("SELECT EXISTS (SELECT FROM serial_entry_unit WHERE id > %s AND line_id = ANY(%s))", mark, lines.ids)
    return execute(lines.env, query)[0][0]


def take_units(units):
    """Delete entered numbers; return their rows, for :func:`restore_units`."""
    return _take(units.env, SQL("unit.id = ANY(%s)", units.ids))


def take_units_after(lines, mark):
    """Delete what was entered on lines of a window after a mark; return the rows, in order."""
    return _take(lines.env, SQL("unit.id > %s AND unit.line_id = ANY(%s)", mark, lines.ids))


def _take(env, where):
    query = SQL(
        """WITH taken AS (DELETE FROM serial_entry_unit AS unit WHERE %s RETURNING unit.*)
           SELECT to_jsonb(taken) FROM taken ORDER BY id""",
        where,
    )
    rows = [row for (row,) in execute(env, query)]
    _forget_units(env)
    return rows


def restore_units(env, rows):
    """Enter numbers again as they were, in their old order.

    :param list rows: what :func:`take_units` returned
    """
    query = SQL(
        """INSERT INTO serial_entry_unit
           SELECT restored.* FROM jsonb_populate_recordset(NULL::serial_entry_unit, %s::jsonb) AS restored
             JOIN serial_entry_line AS line ON line.id = restored.line_id
           ON CONFLICT DO NOTHING""",
        json.dumps(rows),
    )
    execute(env, query)
    _forget_units(env)


def replace_beside(env, unit_id, beside):
    """Write what stands beside an entered number as it was before."""
    execute(env, SQL("UPDATE serial_entry_unit SET beside = %s WHERE id = %s", Json(beside), unit_id))
    env["serial.entry.unit"].invalidate_model(["beside", "beside_text"])


def _forget_units(env):
    env["serial.entry.unit"].invalidate_model()
    env["serial.entry.line"].invalidate_model()


def replace_vendors(env, partners, target):
    """Let what was entered and not booked yet name another vendor: these partners become one.

    :param partners: ``res.partner`` records that are merged into the other one
    :param target: that other one
    """
    for model in env.registry.descendants(["serial.entry.mixin"], "_inherit"):
        if env[model]._abstract:
            continue
        query = SQL(
            """UPDATE %s SET serial_draft = jsonb_set(serial_draft, '{vendor_id}', %s::text::jsonb)
                WHERE serial_draft IS NOT NULL AND (serial_draft ->> 'vendor_id') = ANY(%s)""",
            SQL.identifier(env[model]._table),
            target.id,
            [str(id_) for id_ in partners.ids],
        )
        execute(env, query)
        env[model].invalidate_model(["serial_draft"])


def write_beside(line, kept):
    """Keep what came with entered numbers in an entry window: one statement however many there are.

    :param line: the ``serial.entry.line``
    :param dict kept: ``{what: {key of a number: text}}``
    """
    for what, texts in kept.items():
        query = SQL(
            """UPDATE serial_entry_unit AS unit
                  SET beside = COALESCE(unit.beside, '{}') || jsonb_build_object(%s, typed.text)
                 FROM unnest(%s::varchar[], %s::text[]) AS typed(name_key, text)
                WHERE unit.name_key = typed.name_key AND unit.line_id = %s""",
            what,
            list(texts.keys()),
            list(texts.values()),
            line.id,
        )
        execute(line.env, query)
    line.env["serial.entry.unit"].invalidate_model(["beside", "beside_text"])


def read_beside(lines):
    """Return ``{what: {key of a number: text}}`` of what came with the numbers on lines of an entry window."""
    query = SQL(
        """SELECT pair.key, unit.name_key, pair.value
             FROM serial_entry_unit AS unit CROSS JOIN jsonb_each_text(unit.beside) AS pair(key, value)
            WHERE unit.line_id = ANY(%s) AND jsonb_typeof(unit.beside) = 'object' ORDER BY unit.id""",
        lines.ids,
    )
    kept = {}
    for what, key, text in execute(lines.env, query):
        kept.setdefault(what, {})[key] = text
    return kept
