"""The bare SQL that writes the rows that the addon writes: the yardstick that nothing can be much below."""

import time
from typing import NamedTuple

from psycopg2.extras import Json

from .measure import Sample, settle
from .transfers import numbers

RELATION = "serial_number_stock_move_rel"


class Pattern(NamedTuple):
    """The rows that the addon wrote for one unit in one step, by column."""

    unit: dict
    event: dict


def pattern(product):
    """Return the :class:`Pattern` of a product's first unit as it is now."""
    cr = product.env.cr
    unit = _fetch(cr, "SELECT * FROM serial_number WHERE product_id = %s ORDER BY id LIMIT 1", product.id)
    return Pattern(
        unit, _fetch(cr, "SELECT * FROM serial_event WHERE serial_id = %s ORDER BY id DESC LIMIT 1", unit["id"])
    )


def _fetch(cr, query, value):
    cr.execute(query, [value])
    row = cr.dictfetchone()
    return {column: Json(item) if isinstance(item, dict | list) else item for column, item in row.items()}


def bare(bench, patterns):
    """Write the rows of a product's units once more under other numbers, and take them back.

    :param dict patterns: ``{step: Pattern}`` of a run through the addon
    :return: ``{step: Sample}``
    """
    cr = bench.env.cr
    settle(bench.env)
    cr.execute("SELECT count(*) FROM serial_number WHERE product_id = %s", [patterns["receive"].unit["product_id"]])
    names, ids, samples = numbers(cr.fetchone()[0]), [], {}
    with cr.savepoint(flush=False) as savepoint:
        for step, rows in patterns.items():
            begun, queries = time.perf_counter(), cr.sql_log_count
            ids = _update(cr, rows.unit, ids) if ids else _insert(cr, rows.unit, names)
            _history(cr, rows.event, ids)
            samples[step] = Sample(time.perf_counter() - begun, cr.sql_log_count - queries)
        savepoint.rollback()
    settle(bench.env)
    return samples


def _without(row, *columns):
    """Return the columns that have a value, but for some."""
    return {column: value for column, value in row.items() if value is not None and column not in columns}


def _columns(vals):
    return ", ".join(vals), ", ".join(["%s"] * len(vals))


def _insert(cr, row, names):
    vals = _without(row, "id", "name", "name_key")
    columns, places = _columns(vals)
    query = f"""INSERT INTO serial_number (name, name_key, {columns})
                SELECT name, upper(name), {places} FROM unnest(%s::varchar[]) AS typed(name) RETURNING id"""
    cr.execute(query, [*vals.values(), names])
    return [found[0] for found in cr.fetchall()]


def _update(cr, row, ids):
    vals = _without(row, "id", "name", "name_key", "product_id", "company_id")
    assignments = ", ".join(f"{column} = %s" for column in vals)
    cr.execute(f"UPDATE serial_number SET {assignments} WHERE id = ANY(%s)", [*vals.values(), ids])
    return ids


def _history(cr, event, ids):
    """Insert the events and the documents."""
    vals = _without(event, "id", "serial_id")
    columns, places = _columns(vals)
    query = f"INSERT INTO serial_event (serial_id, {columns}) SELECT unnest(%s::integer[]), {places}"
    cr.execute(query, [ids, *vals.values()])
    query = f"INSERT INTO {RELATION} (serial_number_id, stock_move_id) SELECT unnest(%s::integer[]), %s"
    cr.execute(query, [ids, event["move_id"]])
