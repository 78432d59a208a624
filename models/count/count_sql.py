"""The SQL of counts: two people scan the same unit at the same moment, and it is counted once."""

from odoo.tools import SQL

from ...engine.sql.execute import execute
from ...tools import naming


def insert_scans(count, found):
    """Keep scans of a count, in order; those that are kept already, by whomever, stay as they are.

    :param count: the ``serial.count``
    :param list found: :class:`~.reader.Found` objects
    :return: the keys and unit ids of those that are new, as a set of pairs
    """
    if not found:
        return set()
    rows = [
        (each.name, naming.make_key(each.name), each.unit.id or None, each.product.id or None, each.code)
        for each in found
    ]
    columns = [list(column) for column in zip(*rows, strict=True)]
    query = SQL(
        """INSERT INTO serial_count_line (count_id, name, name_key, serial_id, product_id, code,
                                          create_uid, create_date, write_uid, write_date)
           SELECT %s, scan.name, scan.name_key, scan.serial_id, scan.product_id, scan.code,
                  %s, now() AT TIME ZONE 'UTC', %s, now() AT TIME ZONE 'UTC'
             FROM unnest(%s::varchar[], %s::varchar[], %s::integer[], %s::integer[], %s::varchar[])
                  WITH ORDINALITY AS scan(name, name_key, serial_id, product_id, code, position)
            ORDER BY scan.position
               ON CONFLICT DO NOTHING
        RETURNING name_key, COALESCE(serial_id, 0)""",
        count.id,
        count.env.uid,
        count.env.uid,
        *columns,
    )
    kept = set(execute(count.env, query))
    count.invalidate_recordset(["line_ids"])
    return kept
