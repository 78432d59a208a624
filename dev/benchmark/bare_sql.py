"""The bare SQL that writes the rows that the addon writes: the yardstick that nothing can be much below."""

import time

from psycopg2.extras import Json

from .measure import Sample, settle
from .transfers import numbers

RELATION = "serial_number_stock_move_rel"


def bare(bench, units):
    """Write the rows of a product's units once more under other numbers, and take them back.

    :param units: dict of one unit's row after each step, from a run through the addon (:func:`unit_row`)
    :return: dict of the two samples
    """
    cr = bench.env.cr
    settle(bench.env)
    rows = _Rows(cr, units)
    names = numbers(rows.count)
    with cr.savepoint(flush=False) as savepoint:
        samples = {
            "receive": _timed(cr, lambda: rows.receive(names)),
            "ship": _timed(cr, rows.ship),
        }
        savepoint.rollback()
    settle(bench.env)
    return samples


def unit_row(product):
    """Return the row of a product's first unit as it is now, by column."""
    return _fetch(product.env.cr, "SELECT * FROM serial_number WHERE product_id = %s ORDER BY id LIMIT 1", product.id)


def _fetch(cr, query, value):
    cr.execute(query, [value])
    row = cr.dictfetchone()
    return {column: Json(item) if isinstance(item, dict | list) else item for column, item in row.items()}


def _timed(cr, work):
    begun, queries = time.perf_counter(), cr.sql_log_count
    work()
    return Sample(time.perf_counter() - begun, cr.sql_log_count - queries)


def _without(row, *columns):
    """Return the columns that have a value, but for some."""
    return {column: value for column, value in row.items() if value is not None and column not in columns}


def _columns(vals):
    return ", ".join(vals), ", ".join(["%s"] * len(vals))


class _Rows:
    """The pattern rows, and the statements that repeat them."""

    def __init__(self, cr, units):
        self.cr = cr
        self.units = units
        event = "SELECT * FROM serial_event WHERE move_id = %s LIMIT 1"
        self.received = _fetch(cr, event, units["receive"]["receipt_move_id"])
        self.shipped = _fetch(cr, event, units["ship"]["delivery_move_id"])
        cr.execute("SELECT count(*) FROM serial_number WHERE product_id = %s", [units["ship"]["product_id"]])
        self.count = cr.fetchone()[0]
        self.ids = []

    def receive(self, names):
        """Insert units, their events and their documents."""
        vals = _without(self.units["receive"], "id", "name", "name_key")
        columns, places = _columns(vals)
        query = f"""INSERT INTO serial_number (name, name_key, {columns})
                    SELECT name, upper(name), {places} FROM unnest(%s::varchar[]) AS typed(name) RETURNING id"""
        self.cr.execute(query, [*vals.values(), names])
        self.ids = [row[0] for row in self.cr.fetchall()]
        self._history(self.received)

    def ship(self):
        """Update the same units, and insert events and documents."""
        vals = _without(self.units["ship"], "id", "name", "name_key", "product_id", "company_id")
        assignments = ", ".join(f"{column} = %s" for column in vals)
        self.cr.execute(f"UPDATE serial_number SET {assignments} WHERE id = ANY(%s)", [*vals.values(), self.ids])
        self._history(self.shipped)

    def _history(self, event):
        vals = _without(event, "id", "serial_id")
        columns, places = _columns(vals)
        query = f"INSERT INTO serial_event (serial_id, {columns}) SELECT unnest(%s::integer[]), {places}"
        self.cr.execute(query, [self.ids, *vals.values()])
        query = f"INSERT INTO {RELATION} (serial_number_id, stock_move_id) SELECT unnest(%s::integer[]), %s"
        self.cr.execute(query, [self.ids, event["move_id"]])
