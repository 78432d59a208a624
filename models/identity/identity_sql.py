"""The SQL of identities: those of thousands of units are written in one statement, with an event for each unit.

There is no index for parts of identities: it would cost a receipt of thousands more than all the rest of them.
"""

from odoo.tools import SQL

from ...engine.sql import listeners
from ...engine.sql.execute import execute
from ...engine.sql.register_sql import make_texts


def insert_identities(units, rows, event, refused):
    """Give units their identities; one that another unit has got meanwhile is only told in the history.

    :param units: ``serial.number`` records
    :param list rows: (key of the unit's number, kind id, number, key) each
    :param dict event: the columns of each unit's event with their values
    :param str refused: what the history says of a number that was not taken, before it
    :return: how many units got some
    """
    env = units.env
    columns = [name for name in event if name != "note"]
    serial_keys, kinds, names, keys = map(list, zip(*rows, strict=True))
    query = SQL(
        """
        WITH own AS MATERIALIZED (
            SELECT serial_id, kind_id, name_key FROM serial_identity WHERE serial_id = ANY(%(units)s)
        ), typed AS (
            SELECT unit.id AS serial_id, unit.company_id, unit.location_id, unit.status,
                   row.kind_id, row.name, row.name_key, row.position,
                   COALESCE(kind.name ->> %(lang)s, kind.name ->> 'en_US') AS kind_name,
                   own.serial_id IS NOT NULL AS is_own
              FROM unnest(%(serial_keys)s, %(kinds)s::integer[], %(names)s, %(keys)s)
                   WITH ORDINALITY AS row(serial_key, kind_id, name, name_key, position)
              JOIN serial_number AS unit ON unit.name_key = row.serial_key AND unit.id = ANY(%(units)s)
              JOIN serial_identity_kind AS kind ON kind.id = row.kind_id
              LEFT JOIN own ON own.serial_id = unit.id AND own.kind_id = row.kind_id AND own.name_key = row.name_key
        ), created AS (
            INSERT INTO serial_identity (serial_id, kind_id, name, name_key, company_id)
            SELECT serial_id, kind_id, name, name_key, company_id FROM typed WHERE NOT is_own ORDER BY position
            ON CONFLICT DO NOTHING RETURNING kind_id, name_key
        ), event AS (
            INSERT INTO serial_event (serial_id, company_id, location_id, status_from, status_to, note, %(columns)s)
            SELECT serial_id, company_id, location_id, status, status,
                   string_agg(CASE WHEN created.kind_id IS NULL THEN %(refused)s ELSE kind_name || ': ' END || name,
                              '; ' ORDER BY position),
                   %(values)s
              FROM typed LEFT JOIN created USING (kind_id, name_key)
             WHERE NOT is_own
             GROUP BY serial_id, company_id, location_id, status
             ORDER BY serial_id
            RETURNING serial_id
        )
        SELECT serial_id FROM event
        """,
        serial_keys=make_texts(serial_keys),
        kinds=kinds,
        names=make_texts(names),
        keys=make_texts(keys),
        units=list(units._ids),
        refused=f"{refused} ",
        lang=env.lang or "en_US",
        columns=SQL(", ").join(map(SQL.identifier, columns)),
        values=SQL(", ").join(SQL("%s", event[name]) for name in columns),
    )
    changed = units.browse(id_ for (id_,) in execute(env, query, by_index=True))
    for model in ("serial.identity", "serial.event", "serial.number"):
        env[model].invalidate_model()
    with listeners.telling(changed, ()):  # those that had these numbers already have no new line in their history
        pass
    return len(changed)


def make_text(env, alias):
    """Return an SQL expression: the other numbers of a row of ``serial_number`` with their kinds, NULL without any.

    :param str alias: of the table
    """
    env["serial.identity"].flush_model()
    env["serial.identity.kind"].flush_model()
    return SQL(
        """(SELECT string_agg(COALESCE(kind.name ->> %s, kind.name ->> 'en_US') || ': ' || identity.name, ', '
                              ORDER BY kind.sequence, kind.id, identity.id)
              FROM serial_identity AS identity JOIN serial_identity_kind AS kind ON kind.id = identity.kind_id
             WHERE identity.serial_id = %s)""",
        env.lang or "en_US",
        SQL.identifier(alias, "id"),
    )
