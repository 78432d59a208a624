"""Units keep the day on which they were received and sold, not the moment."""

# The event of the document that gave the date, and so who did it.
DOCUMENTS = {"date_received": "receipt_move_id", "date_sold": "delivery_move_id"}


def migrate(cr, version):
    """Turn moments in UTC into days: where the user was who did it, else where the company is.

    A moment at midnight is the day of an invoice or of an import already.
    """
    for date, document in DOCUMENTS.items():
        cr.execute(
            f"""UPDATE serial_number AS unit
                   SET {date} = unit.{date} AT TIME ZONE 'UTC' AT TIME ZONE zone.name
                  FROM serial_number AS one
                  JOIN res_company AS company ON company.id = one.company_id
                  JOIN res_partner AS place ON place.id = company.partner_id
                  LEFT JOIN LATERAL (
                        SELECT person.tz FROM serial_event AS event
                          JOIN res_users AS who ON who.id = event.user_id
                          JOIN res_partner AS person ON person.id = who.partner_id
                         WHERE event.serial_id = one.id AND event.move_id = one.{document}
                         ORDER BY event.id LIMIT 1
                       ) AS doer ON TRUE
                  JOIN pg_timezone_names AS zone ON zone.name = COALESCE(doer.tz, place.tz, 'UTC')
                 WHERE one.id = unit.id AND one.{document} IS NOT NULL
                   AND unit.{date} != date_trunc('day', unit.{date})"""
        )
        cr.execute(f"ALTER TABLE serial_number ALTER COLUMN {date} TYPE date")
