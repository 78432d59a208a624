"""What must hold of the register whatever happened: checked by SQL, apart from the addon's own code."""

IN_STOCK = "place.is_serial_stock"
# Where two units were found to be one, their histories lie in one another: two beginnings, and events by turns.
MERGED = "SELECT serial_id FROM serial_event WHERE status_from IS NULL GROUP BY serial_id HAVING count(*) > 1"
CHECKS = {
    "units and stock on hand differ": f"""
        WITH hand AS (
            SELECT quant.product_id, quant.company_id, sum(quant.quantity) AS on_hand
              FROM stock_quant AS quant JOIN stock_location AS place ON place.id = quant.location_id
             WHERE {IN_STOCK} GROUP BY 1, 2
        ), unit AS (
            SELECT unit.product_id, unit.company_id,
                   count(*) FILTER (WHERE {IN_STOCK}) - count(*) FILTER (WHERE unit.uncovered) AS units
              FROM serial_number AS unit JOIN stock_location AS place ON place.id = unit.location_id GROUP BY 1, 2
        )
        SELECT product_id, coalesce(on_hand, 0), coalesce(units, 0)
          FROM hand FULL JOIN unit USING (product_id, company_id)
          JOIN product_product AS product ON product.id = product_id
          JOIN product_template AS template ON template.id = product.product_tmpl_id AND template.is_serialized
         WHERE coalesce(on_hand, 0) != coalesce(units, 0)""",
    "a number exists twice": """
        SELECT product_id, company_id, upper(name), count(*) FROM serial_number
         WHERE name IS NOT NULL GROUP BY 1, 2, 3 HAVING count(*) > 1""",
    # Here nothing is invoiced before it is delivered: what is shipped must not be with a customer already.
    "a unit was sold twice": """
        SELECT serial_id FROM serial_event WHERE kind = 'shipped' AND status_from IN ('sold', 'issued')""",
    "a history does not end with the unit's status": """
        SELECT unit.id, unit.status, last.status_to FROM serial_number AS unit
          LEFT JOIN LATERAL (
            SELECT status_to FROM serial_event WHERE serial_id = unit.id ORDER BY id DESC LIMIT 1
          ) AS last ON TRUE
         WHERE last.status_to IS DISTINCT FROM unit.status""",
    "a history has a hole": f"""
        SELECT serial_id FROM (
            SELECT serial_id, status_from, lag(status_to) OVER (PARTITION BY serial_id ORDER BY id) AS before
              FROM serial_event
        ) AS event WHERE status_from IS DISTINCT FROM before AND serial_id NOT IN ({MERGED})""",
    "a done transfer has not one unit for each piece": """
        SELECT move.id, move.quantity, count(unit.serial_number_id) FROM stock_move AS move
          JOIN product_product AS product ON product.id = move.product_id
          JOIN product_template AS template ON template.id = product.product_tmpl_id AND template.is_serialized
          JOIN stock_location AS source ON source.id = move.location_id
          JOIN stock_location AS target ON target.id = move.location_dest_id
          LEFT JOIN serial_number_stock_move_rel AS unit ON unit.stock_move_id = move.id
         WHERE move.state = 'done' AND (source.usage = 'internal') != (target.usage = 'internal')
           AND move.picking_id IS NOT NULL
         GROUP BY move.id HAVING move.quantity != count(unit.serial_number_id)""",
}


def violations(cr):
    """Return ``{what is wrong: the first rows}``; empty when all holds."""
    found = {}
    for what, query in CHECKS.items():
        cr.execute(query)
        if rows := cr.fetchmany(5):
            found[what] = rows
    return found
