"""The SQL of the table that numbers are found in by a part of them, see ``serial.number.key``."""

from odoo.tools import SQL

from .execute import execute

# The part of the ``WITH`` of new units, whose rows are ``row`` there.
KEEP_NEW = SQL(
    """kept AS (
        INSERT INTO serial_number_key (id, name_key) SELECT id, name_key FROM row WHERE name_key IS NOT NULL
        ON CONFLICT (id) DO UPDATE SET name_key = EXCLUDED.name_key
    )"""
)


def keep_keys(units):
    """Let units be found by a part of the numbers that they have now.

    :param units: ``serial.number`` records that got or lost their numbers
    """
    query = SQL(
        """WITH kept AS (
               INSERT INTO serial_number_key (id, name_key)
               SELECT id, name_key FROM serial_number WHERE id = ANY(%(ids)s) AND name_key IS NOT NULL
               ON CONFLICT (id) DO UPDATE SET name_key = EXCLUDED.name_key
           )
           DELETE FROM serial_number_key AS kept USING serial_number AS unit
            WHERE unit.id = ANY(%(ids)s) AND unit.name_key IS NULL AND kept.id = unit.id""",
        ids=list(units._ids),
    )
    execute(units.env, query, by_index=True)


def drop_keys(units):
    """Let units be found no more: they are about to be deleted."""
    execute(units.env, SQL("DELETE FROM serial_number_key WHERE id = ANY(%s)", list(units._ids)), by_index=True)


def find_by_part(env, part, limit):
    """Return the ids of units whose number has a part, in no order.

    :param str part: characters of a key; ``%`` and ``_`` stand for others, as in all searches of Odoo
    :param int limit: how many at most
    """
    query = SQL("SELECT id FROM serial_number_key WHERE name_key LIKE %s LIMIT %s", f"%{part}%", limit)
    return [id_ for (id_,) in execute(env, query)]


def mend_keys(env):
    """Make the table what the register says.

    :return: how many rows were not
    """
    missing = SQL(
        """INSERT INTO serial_number_key (id, name_key)
           SELECT unit.id, unit.name_key FROM serial_number AS unit LEFT JOIN serial_number_key AS kept USING (id)
            WHERE unit.name_key IS NOT NULL AND unit.name_key IS DISTINCT FROM kept.name_key
           ON CONFLICT (id) DO UPDATE SET name_key = EXCLUDED.name_key RETURNING 1"""
    )
    lost = SQL(
        """DELETE FROM serial_number_key AS kept
            WHERE NOT EXISTS (SELECT FROM serial_number AS unit WHERE unit.id = kept.id AND unit.name_key IS NOT NULL)
            RETURNING 1"""
    )
    return len(execute(env, missing)) + len(execute(env, lost))
