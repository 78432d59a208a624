"""The SQL of counts: two people scan the same unit at the same moment, and it is counted once."""

from odoo.tools import SQL

from ...engine.sql.execute import execute
from ...tools import naming


def insert_scans(count, found):
    """Keep scans of a count, in order; those that are kept already, by whomever, stay as they are.

    One that is scanned at another shelf than before lies there now.

    :param count: the ``serial.count``
    :param list found: :class:`~.reader.Found` objects
    :return: the keys and unit ids of those that are new, or lie at another shelf now, as a set of pairs
    """
    if not found:
        return set()
    rows = {}
    for each in found:
        key, unit, shelf = naming.make_key(each.name), each.unit.id or None, (each.shelf and each.shelf.id) or None
        rows[key, unit] = (each.name, key, unit, each.product.id or None, each.code, shelf)
    columns = [list(column) for column in zip(*rows.values(), strict=True)]
    query = SQL(
        """INSERT INTO serial_count_line AS line (count_id, name, name_key, serial_id, product_id, code, location_id,
                                                  create_uid, create_date, write_uid, write_date)
           SELECT %s, scan.name, scan.name_key, scan.serial_id, scan.product_id, scan.code, scan.location_id,
                  %s, now() AT TIME ZONE 'UTC', %s, now() AT TIME ZONE 'UTC'
             FROM unnest(%s::varchar[], %s::varchar[], %s::integer[], %s::integer[], %s::varchar[], %s::integer[])
                  WITH ORDINALITY AS scan(name, name_key, serial_id, product_id, code, location_id, position)
            ORDER BY scan.position
               ON CONFLICT (count_id, name_key, COALESCE(serial_id, 0))
               DO UPDATE SET location_id = EXCLUDED.location_id, code = EXCLUDED.code,
                             write_uid = EXCLUDED.write_uid, write_date = EXCLUDED.write_date
                   WHERE EXCLUDED.location_id != COALESCE(line.location_id, 0)
        RETURNING name_key, COALESCE(serial_id, 0)""",
        count.id,
        count.env.uid,
        count.env.uid,
        *columns,
    )
    kept = set(execute(count.env, query))
    count.env["serial.count.line"].invalidate_model(["location_id", "code"])
    count.invalidate_recordset(["line_ids"])
    return kept
