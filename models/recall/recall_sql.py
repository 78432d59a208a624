"""The SQL of recalls: their units are inserted, followed and counted in one statement, however many there are."""

from odoo.tools import SQL

from ...engine.sql.execute import execute

# The people who have a unit, its customer and its end user, and their notices: each by the commercial entity.
PERSON = "LATERAL (VALUES (line.customer_id), (line.end_user_id)) AS person(id)"
NOTICE = "notice.recall_id = line.recall_id AND notice.partner_id = holder.commercial_partner_id"
# The name of the open recall that a row of serial_number is part of: no lines are looked at while no recall is open.
OPEN_RECALL = """
    CASE WHEN (SELECT EXISTS (SELECT FROM serial_recall WHERE state = 'open')) THEN (
        SELECT MAX(recall.name) FROM serial_recall_line AS line
          JOIN serial_recall AS recall ON recall.id = line.recall_id AND recall.state = 'open'
         WHERE line.serial_id = serial_number.id
    ) END
"""


def _with_customer(env):
    """Return the codes of the statuses of units that customers have, as a recall sees them."""
    return list(env["serial.number"]._get_serial_rules().of_recall("sold"))


def _is_returned(env):
    """Return the condition of lines whose units were with customers and are not any more."""
    return SQL("(line.was_sold AND NOT unit.status = ANY(%s))", _with_customer(env))


def insert_lines(recall, units):
    """Put units on a recall; those that are on it stay as they are.

    :param recall: one ``serial.recall``
    :param units: ``serial.number`` records
    :return: ids of the units that are new on it
    """
    query = SQL(
        """INSERT INTO serial_recall_line (recall_id, serial_id, product_id, was_sold, is_held)
           SELECT %s, id, product_id, FALSE, FALSE FROM serial_number WHERE id = ANY(%s) ORDER BY id
           ON CONFLICT (recall_id, serial_id) DO NOTHING RETURNING serial_id""",
        recall.id,
        list(units._ids),
    )
    ids = [id_ for (id_,) in execute(recall.env, query)]
    recall.env["serial.recall.line"].invalidate_model()
    recall.invalidate_recordset()
    return ids


def follow_units(units, is_return=False):
    """Note on the recalls of units who has them now; who gets one for the first time is to be notified.

    Somebody who had the unit before, as its customer, its end user or both, has been notified of it or waits for that.

    :param units: ``serial.number`` records
    :param bool is_return: whether units that are on hold now came back, and so are on hold for their recalls
    """
    env = units.env
    query = SQL(
        """
        WITH before AS (
            SELECT line.*, unit.status, unit.status = ANY(%(sold)s) AS is_sold,
                   unit.customer_id AS buyer_id, unit.end_user_id AS user_id
              FROM serial_recall_line AS line
              JOIN serial_recall AS recall ON recall.id = line.recall_id AND recall.state IN ('draft', 'open')
              JOIN serial_number AS unit ON unit.id = line.serial_id
             WHERE line.serial_id = ANY(%(units)s)
        ), now AS (
            UPDATE serial_recall_line AS line
               SET was_sold = line.was_sold OR before.is_sold,
                   customer_id = CASE WHEN before.is_sold THEN before.buyer_id ELSE line.customer_id END,
                   end_user_id = CASE WHEN before.is_sold THEN before.user_id ELSE line.end_user_id END,
                   is_held = before.status = 'hold' AND (line.is_held OR %(is_return)s)
              FROM before WHERE before.id = line.id
            RETURNING line.id, line.recall_id, line.customer_id, line.end_user_id
        ), person AS (
            SELECT now.id AS line_id, now.recall_id, holder.id, holder.email, holder.commercial_partner_id AS firm_id
              FROM now
              JOIN LATERAL (VALUES (now.customer_id), (now.end_user_id)) AS has(id) ON TRUE
              JOIN res_partner AS holder ON holder.id = has.id
        ), fresh AS (
            INSERT INTO serial_recall_line_holder_rel (line_id, partner_id)
            SELECT DISTINCT line_id, firm_id FROM person
            ON CONFLICT DO NOTHING RETURNING line_id, partner_id
        ), told AS (
            INSERT INTO serial_recall_partner (recall_id, partner_id, contact_id)
            SELECT DISTINCT ON (person.recall_id, firm.id) person.recall_id, firm.id,
                   CASE WHEN firm.email != '' OR NULLIF(person.email, '') IS NULL THEN firm.id ELSE person.id END
              FROM person
              JOIN fresh ON fresh.line_id = person.line_id AND fresh.partner_id = person.firm_id
              JOIN res_partner AS firm ON firm.id = person.firm_id
             ORDER BY person.recall_id, firm.id, NULLIF(person.email, '') IS NULL, person.id
            ON CONFLICT (recall_id, partner_id)
            DO UPDATE SET date_notified = NULL, is_emailed = FALSE, mail_id = NULL
        )
        SELECT COUNT(*) AS changed FROM now
        """,
        units=list(units._ids),
        sold=_with_customer(env),
        is_return=is_return,
    )
    [(changed,)] = execute(env, query, by_index=True)
    if changed:
        for model in ("serial.recall", "serial.recall.line", "serial.recall.partner"):
            env[model].invalidate_model()


def count_units(recalls):
    """Return ``{recall id: {figure: count}}``: ``units``, ``stock`` (in stock), ``loose`` (of those, not on hold),
    ``held``, ``sold`` (that are or were with customers), ``out`` (that are now), ``returned``, ``notified``,
    ``unknown`` (sold to nobody knows whom) and ``done`` (on hold, void or back)."""
    query = SQL(
        """
        WITH unit AS (
            SELECT line.recall_id, line.was_sold, unit.status, %(returned)s AS is_returned,
                   place.is_serial_stock AND NOT unit.status = ANY(%(sold)s || %(expected)s) AS in_stock,
                   bool_and(notice.date_notified IS NOT NULL) FILTER (WHERE notice.id IS NOT NULL) AS is_told
              FROM serial_recall_line AS line
              JOIN serial_number AS unit ON unit.id = line.serial_id
              JOIN stock_location AS place ON place.id = unit.location_id
              JOIN %(person)s ON TRUE
              LEFT JOIN res_partner AS holder ON holder.id = person.id
              LEFT JOIN serial_recall_partner AS notice ON %(notice)s
             WHERE line.recall_id = ANY(%(recalls)s)
             GROUP BY line.id, unit.id, place.id
        )
        SELECT recall_id, COUNT(*) AS units,
               COUNT(*) FILTER (WHERE in_stock) AS stock,
               COUNT(*) FILTER (WHERE in_stock AND status = ANY(%(loose)s)) AS loose,
               COUNT(*) FILTER (WHERE status = 'hold') AS held,
               COUNT(*) FILTER (WHERE was_sold) AS sold,
               COUNT(*) FILTER (WHERE status = ANY(%(sold)s)) AS out,
               COUNT(*) FILTER (WHERE is_returned) AS returned,
               COUNT(*) FILTER (WHERE is_told) AS notified,
               COUNT(*) FILTER (WHERE status = ANY(%(sold)s) AND is_told IS NULL) AS unknown,
               COUNT(*) FILTER (WHERE status IN ('hold', 'void') OR is_returned) AS done
          FROM unit GROUP BY recall_id
        """,
        returned=_is_returned(recalls.env),
        sold=_with_customer(recalls.env),
        expected=list(recalls.env["serial.number"]._get_serial_rules().of_recall("expected")),
        person=SQL(PERSON),
        notice=SQL(NOTICE),
        recalls=recalls.ids,
        loose=list(recalls._get_loose_statuses()),
    )
    return {row.pop("recall_id"): row for row in execute(recalls.env, query, by_index=True, as_dicts=True)}


def find_notified_units(notices):
    """Return ``{notice id: (unit ids, number of those that came back)}``."""
    query = SQL(
        """SELECT notice.id, array_agg(DISTINCT unit.id) AS units,
                  COUNT(DISTINCT unit.id) FILTER (WHERE %s) AS returned
             FROM serial_recall_line AS line
             JOIN serial_number AS unit ON unit.id = line.serial_id
             JOIN %s ON TRUE
             JOIN res_partner AS holder ON holder.id = person.id
             JOIN serial_recall_partner AS notice ON %s
            WHERE line.recall_id = ANY(%s) AND notice.id = ANY(%s)
            GROUP BY notice.id""",
        _is_returned(notices.env),
        SQL(PERSON),
        SQL(NOTICE),
        notices.recall_id.ids,
        notices.ids,
    )
    return {id_: (units, returned) for id_, units, returned in execute(notices.env, query, by_index=True)}


def move_lines(survivors, others):
    """Put units on the recalls of others that are the same pieces, which are on none then.

    :param survivors: ``serial.number`` records
    :param others: the other row of each of these pieces, in order
    """
    query = SQL(
        """UPDATE serial_recall_line AS line SET serial_id = pair.kept
             FROM unnest(%s::integer[], %s::integer[]) AS pair(gone, kept)
            WHERE line.serial_id = pair.gone
              AND NOT EXISTS (SELECT FROM serial_recall_line AS twin
                               WHERE twin.recall_id = line.recall_id AND twin.serial_id = pair.kept)""",
        list(others._ids),
        list(survivors._ids),
    )
    execute(survivors.env, query)
    execute(survivors.env, SQL("DELETE FROM serial_recall_line WHERE serial_id = ANY(%s)", list(others._ids)))


def erase_person(person, nobody, companies):
    """Let notices of recalls name nobody in place of a person; a second one of a recall goes."""
    notices = person.env["serial.recall.partner"].sudo()
    own = notices.search([("partner_id", "=", person.id), ("company_id", "in", companies.ids)])
    told = notices.search([("partner_id", "=", nobody.id), ("recall_id", "in", own.recall_id.ids)]).recall_id
    query = SQL(
        """UPDATE serial_recall_partner SET partner_id = %s, contact_id = NULL, note = NULL, answer_text = NULL
            WHERE id = ANY(%s) AND NOT recall_id = ANY(%s)""",
        *(nobody.id, own.ids, told.ids),
    )
    execute(person.env, query)
    execute(
        person.env, SQL("DELETE FROM serial_recall_partner WHERE id = ANY(%s) AND partner_id = %s", own.ids, person.id)
    )
    query = SQL(
        """DELETE FROM serial_recall_line_holder_rel AS holder USING serial_recall_line AS line
            WHERE holder.line_id = line.id AND holder.partner_id = %s AND line.recall_id = ANY(%s)""",
        *(person.id, own.recall_id.ids),
    )
    execute(person.env, query)
    for model in ("serial.recall.partner", "serial.recall.line", "serial.recall"):
        person.env[model].invalidate_model()
