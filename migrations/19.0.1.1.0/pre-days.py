"""Units keep the day on which they were received and sold, not the moment."""

# The event of the document that gave the date, and so who did it.
DOCUMENTS = {"date_received": "receipt_move_id", "date_sold": "delivery_move_id"}
ZONES = """
    SELECT array_agg(zone.name) FROM pg_timezone_names AS zone
     WHERE EXISTS (SELECT FROM res_partner WHERE tz = zone.name)
"""
DAYS = """
    UPDATE serial_number AS unit
       SET {date} = unit.{date} AT TIME ZONE 'UTC'
                    AT TIME ZONE COALESCE(doer.tz, CASE WHEN place.tz = ANY(%(zones)s) THEN place.tz END, 'UTC')
      FROM serial_number AS one
      JOIN res_company AS company ON company.id = one.company_id
      JOIN res_partner AS place ON place.id = company.partner_id
      LEFT JOIN (
            SELECT DISTINCT ON (done.id) done.id, CASE WHEN person.tz = ANY(%(zones)s) THEN person.tz END AS tz
              FROM serial_number AS done
              JOIN serial_event AS event ON event.serial_id = done.id AND event.move_id = done.{document}
              JOIN res_users AS who ON who.id = event.user_id
              JOIN res_partner AS person ON person.id = who.partner_id
             ORDER BY done.id, event.id
           ) AS doer ON doer.id = one.id
     WHERE one.id = unit.id AND one.{document} IS NOT NULL AND unit.{date} != date_trunc('day', unit.{date})
"""


def migrate(cr, version):
    """Turn moments in UTC into days: where the user was who did it, else where the company is.

    A moment at midnight is the day of an invoice or of an import already. PostgreSQL counts the tables first: with old
    statistics it would compare each unit with each other one.
    """
    cr.execute("ANALYZE serial_number, serial_event, res_partner, res_users")
    cr.execute(ZONES)
    zones = cr.fetchone()[0] or []
    for date, document in DOCUMENTS.items():
        cr.execute(DAYS.format(date=date, document=document), {"zones": zones})
        cr.execute(f"ALTER TABLE serial_number ALTER COLUMN {date} TYPE date")
