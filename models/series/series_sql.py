"""The SQL of number series: what makes sure that nobody gets a number twice."""

from odoo.tools import SQL

from ...engine.sql.execute import execute

# A number that was taken is free again when the window that it was taken for has been discarded, or was confirmed
# without it.
FREE = SQL(
    """NOT taken.is_entered AND NOT EXISTS (
       SELECT FROM serial_entry AS entry WHERE entry.id = taken.entry AND NOT COALESCE(entry.is_done, FALSE))"""
)


def draw(sequence, count):
    """Draw counters, each of which nobody else ever gets.

    :param sequence: an ``ir.sequence``, or the range of one that holds today
    :return: the counters, in order
    """
    sequence.invalidate_recordset(["number_next", "number_next_actual"])
    main = sequence if sequence._name == "ir.sequence" else sequence.sequence_id
    if main.implementation == "standard":
        parts = (main.id,) if main == sequence else (main.id, sequence.id)
        name = "_".join(["ir_sequence", *(f"{part:03d}" for part in parts)])
        query = SQL("SELECT nextval(%s) FROM generate_series(1, %s)", name, count)
        return [number for (number,) in execute(sequence.env, query)]
    step = main.number_increment
    query = SQL(
        "UPDATE %s SET number_next = number_next + %s WHERE id = %s RETURNING number_next",
        SQL.identifier(sequence._table),
        step * count,
        sequence.id,
    )
    end = execute(sequence.env, query)[0][0]
    return list(range(end - step * count, end, step))


def keep_taken(series, names, keys, entry_id, is_used=False):
    """Note numbers that were drawn; return those that nobody has noted before, in order.

    :param entry_id: the id of the ``serial.entry`` that they are for, None for no window
    :param bool is_used: whether units get them at once; those of no window are free else
    """
    query = SQL(
        """INSERT INTO serial_series_number
                  (series_id, name, name_key, entry, is_entered, create_uid, create_date, write_uid, write_date)
           SELECT %s, drawn.name, drawn.name_key, %s, %s, %s, %s, %s, %s
             FROM unnest(%s::varchar[], %s::varchar[]) WITH ORDINALITY AS drawn(name, name_key, position)
            ORDER BY position
           ON CONFLICT DO NOTHING RETURNING name""",
        series.id,
        entry_id or None,
        is_used,
        series.env.uid,
        series.env.cr.now(),
        series.env.uid,
        series.env.cr.now(),
        names,
        keys,
    )
    return [name for (name,) in execute(series.env, query)]


def take_free(series, product, company, prefix, entry_id, count):
    """Take numbers that were taken before and not used: first what the same window has left, then what is free.

    :param str prefix: how numbers of today begin
    :param entry_id: the id of the ``serial.entry`` that they are for, None where they are used at once
    :return: the numbers, in order
    """
    query = SQL(
        """UPDATE serial_series_number SET entry = %(entry)s, is_entered = %(entry)s IS NULL
             FROM (SELECT taken.id FROM serial_series_number AS taken WHERE %(usable)s
                    ORDER BY taken.id LIMIT %(count)s FOR UPDATE SKIP LOCKED) AS chosen
            WHERE serial_series_number.id = chosen.id RETURNING chosen.id, serial_series_number.name""",
        entry=SQL("%s::integer", entry_id or None),
        usable=_usable(series, product, company, prefix, entry_id),
        count=count,
    )
    return [name for _id, name in sorted(execute(series.env, query))]


def find_free(series, product, company, prefix, entry_id):
    """Return the number that :func:`take_free` would take first; None without one."""
    usable = _usable(series, product, company, prefix, entry_id)
    query = SQL("SELECT taken.name FROM serial_series_number AS taken WHERE %s ORDER BY taken.id LIMIT 1", usable)
    return next((name for (name,) in execute(series.env, query)), None)


def _usable(series, product, company, prefix, entry_id):
    own = SQL(
        """taken.entry = %s AND NOT EXISTS (
           SELECT FROM serial_entry_unit AS unit JOIN serial_entry_line AS line ON line.id = unit.line_id
            WHERE line.entry_id = taken.entry AND unit.name_key = taken.name_key)""",
        entry_id or 0,
    )
    return SQL(
        """taken.series_id = %s AND starts_with(taken.name, %s) AND ((%s) OR (%s)) AND NOT EXISTS (
           SELECT FROM serial_number AS unit
            WHERE unit.product_id = %s AND unit.company_id = %s AND unit.name_key = taken.name_key)""",
        series.id,
        prefix,
        FREE,
        own,
        product.id or 0,
        company.id or 0,
    )


def mark_entered(line, series):
    """Note which of the numbers of a series are entered on a line of a window: they are its document's."""
    query = SQL(
        """UPDATE serial_series_number AS taken SET is_entered = TRUE, entry = %s
             FROM serial_entry_unit AS unit
            WHERE unit.line_id = %s AND unit.name_key = taken.name_key AND taken.series_id = %s""",
        line.entry_id.id,
        line.id,
        series.id,
    )
    execute(line.env, query)
    line.env["serial.series.number"].invalidate_model()


def find_generated(entry):
    """Return ``[(unit id, series id)]`` of the units that have numbers that were generated in a confirmed window."""
    query = SQL(
        """SELECT unit.id, taken.series_id
             FROM serial_series_number AS taken JOIN serial_number AS unit ON unit.name_key = taken.name_key
            WHERE taken.entry = %s AND taken.is_entered ORDER BY unit.id""",
        entry.id,
    )
    return execute(entry.env, query)


def forget_used(env):
    """Delete what was taken and has become a unit; return how many these were."""
    query = SQL(
        """DELETE FROM serial_series_number AS taken USING serial_number AS unit
            WHERE unit.name_key = taken.name_key AND taken.is_entered RETURNING taken.id"""
    )
    rows = execute(env, query)
    env["serial.series.number"].invalidate_model()
    return len(rows)
