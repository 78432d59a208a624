"""The SQL of the worklist: which document a unit without number waits with."""

from odoo.tools import SQL

from ...engine.sql.execute import execute

# The event by which a unit became one without number: a move within the stock, or the invoice of what was delivered
# before, is later and says nothing; nor does a number that was taken back.
BEGAN = """SELECT event.move_id, event.invoice_line_id, event.document, event.partner_id
             FROM serial_event AS event
            WHERE event.serial_id = %s AND event.status_to = %s AND event.status_from IS DISTINCT FROM event.status_to
              AND event.source_model IS DISTINCT FROM 'serial.numbering'
            ORDER BY event.id DESC LIMIT 1"""


def _make_began(alias):
    return SQL(BEGAN, SQL.identifier(alias, "id"), SQL.identifier(alias, "status"))


def make_text(alias, nothing):
    """Return the SQL expression of what the worklist is grouped by: a unit's document, and whom that is about.

    :param str alias: of the table of units
    :param str nothing: what stands there for units that no document brought
    :return: an expression that is NULL for units with a number
    """
    return SQL(
        """CASE WHEN %s IS NULL THEN (
               SELECT concat_ws(', ', COALESCE(began.document, %s), partner.complete_name)
                 FROM (SELECT 1) AS one
                 LEFT JOIN LATERAL (%s) AS began ON TRUE
                 LEFT JOIN res_partner AS partner ON partner.id = began.partner_id
           ) END""",
        SQL.identifier(alias, "name_key"),
        nothing,
        _make_began(alias),
    )


def read_waiting(register, where):
    """Return what units without number wait with: one query however many there are.

    :param SQL where: which units, about ``unit``, ``began``, ``move`` and ``line``
    :return: list of dicts of ``id``, ``product_id``, ``company_id``, ``status``, ``partner_id``, ``picking_id``,
        ``invoice_id``, ``move_id`` and ``document``
    """
    query = SQL(
        """SELECT unit.id, unit.product_id, unit.company_id, unit.status, began.partner_id, move.picking_id,
                  line.move_id AS invoice_id, began.move_id, began.document
             FROM serial_number AS unit
             LEFT JOIN LATERAL (%s) AS began ON TRUE
             LEFT JOIN stock_move AS move ON move.id = began.move_id
             LEFT JOIN account_move_line AS line ON line.id = began.invoice_line_id
            WHERE unit.name_key IS NULL AND unit.status = ANY(%s) AND %s
            ORDER BY unit.location_id, unit.id""",
        _make_began("unit"),
        list(register._get_serial_rules().blank),
        where,
    )
    return execute(register.env, query, as_dicts=True)
