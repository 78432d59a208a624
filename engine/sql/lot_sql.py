"""The SQL of lots: which unit is which lot's, and where Odoo's stock says that it is."""

from odoo.tools import SQL

from . import listeners
from .execute import execute

COLUMNS = ("lot_id", "company_id", "product_id", "status", "sale_line_id", "customer_id", "id")
IRREGULAR = ("id", "in_stock", "quantity", "most", "location_id", "owner_id", "package_id")


def link_lots(model, product, company, lots):
    """Let units know their lots: those whose numbers are the lots' names.

    :param dict lots: ``{key of a number: id of a lot}``
    """
    typed = SQL(
        """unnest(%s::integer[], %s::varchar[]) AS typed(lot_id, name_key)
            WHERE unit.product_id = %s AND unit.company_id = %s AND unit.name_key = typed.name_key
              AND unit.lot_id IS DISTINCT FROM typed.lot_id""",
        list(lots.values()),
        list(lots),
        product.id,
        company.id,
    )
    query = SQL("UPDATE serial_number AS unit SET lot_id = typed.lot_id FROM %s RETURNING unit.id", typed)
    units, is_heard = model.browse(), listeners.is_heard(model, "lot_id")
    if is_heard:
        find = SQL("SELECT unit.id FROM serial_number AS unit, %s", typed)
        units = model.browse(id_ for (id_,) in execute(model.env, find, by_index=True))
    with listeners.telling_write(units, {"lot_id"}) as rules:
        if (units or not is_heard) and execute(model.env, query, by_index=True):
            model.invalidate_model(["lot_id"])
            model.env["stock.lot"].invalidate_model(["serial_ids", "serial_status"])
    rules.run()


def find_irregular(model, company, lots):
    """Return the units of lots that are not where the lots' stock is, and what is not usual about them.

    :param lots: ``stock.lot`` records
    :return: dicts with :data:`IRREGULAR`: whether the unit is in stock, how much of the lot is, and how much at the
        place that has most of it
    """
    query = SQL(
        """SELECT unit.id, place.is_serial_stock AS in_stock, COALESCE(held.quantity, 0) AS quantity,
                  COALESCE(held.most, 0) AS most, held.location_id, held.owner_id, held.package_id
             FROM serial_number AS unit
             JOIN stock_location AS place ON place.id = unit.location_id
             LEFT JOIN LATERAL (
                  SELECT SUM(SUM(quant.quantity)) OVER () AS quantity, SUM(quant.quantity) AS most,
                         quant.location_id, quant.owner_id, quant.package_id
                    FROM stock_quant AS quant
                    JOIN stock_location AS spot ON spot.id = quant.location_id AND spot.is_serial_stock
                   WHERE quant.lot_id = unit.lot_id AND quant.company_id = unit.company_id
                   GROUP BY quant.location_id, quant.owner_id, quant.package_id
                  HAVING SUM(quant.quantity) != 0
                   ORDER BY SUM(quant.quantity) DESC, MIN(quant.id) LIMIT 1
                  ) AS held ON TRUE
            WHERE unit.lot_id = ANY(%s) AND unit.company_id = %s
              AND NOT (
                  NOT unit.uncovered IS TRUE AND (
                      NOT place.is_serial_stock AND COALESCE(held.quantity, 0) = 0 AND COALESCE(held.most, 0) = 0
                      OR place.is_serial_stock AND COALESCE(held.quantity, 0) = 1 AND COALESCE(held.most, 0) = 1
                         AND held.location_id = unit.location_id
                         AND held.owner_id IS NOT DISTINCT FROM unit.owner_id
                         AND held.package_id IS NOT DISTINCT FROM unit.package_id
                  )
              )
            ORDER BY unit.id""",
        list(lots._ids),
        company.id,
    )
    model.env["stock.quant"].flush_model()  # with what Odoo computes of them, in one statement instead of two
    return execute(model.env, query, as_dicts=True)


def count_difference(model, product, company):
    """Return how much more of a product is on hand than units in stock less the uncovered ones."""
    query = SQL(
        """SELECT (SELECT COALESCE(SUM(quant.quantity), 0) FROM stock_quant AS quant
                     JOIN stock_location AS spot ON spot.id = quant.location_id AND spot.is_serial_stock
                    WHERE quant.product_id = %(product)s AND quant.company_id = %(company)s)
                - (SELECT COUNT(*) FROM serial_number AS unit
                     JOIN stock_location AS place ON place.id = unit.location_id AND place.is_serial_stock
                    WHERE unit.product_id = %(product)s AND unit.company_id = %(company)s)
                + (SELECT COUNT(*) FROM serial_number AS unit
                    WHERE unit.product_id = %(product)s AND unit.company_id = %(company)s
                      AND unit.uncovered IS TRUE)""",
        product=product.id,
        company=company.id,
    )
    return round(execute(model.env, query)[0][0])


def find_kept(model, products, statuses):
    """Return the units of lots in stock that not everybody may have: kept back, or invoiced to somebody.

    :param products: ``product.product`` records
    :param statuses: the codes of the statuses of units that are kept back
    :return: dicts with :data:`COLUMNS`, ``customer_id`` being the commercial entity
    """
    query = SQL(
        """SELECT unit.lot_id, unit.company_id, unit.product_id, unit.status, unit.sale_line_id,
                  buyer.commercial_partner_id AS customer_id, unit.id
             FROM serial_number AS unit
             JOIN stock_location AS place ON place.id = unit.location_id AND place.is_serial_stock
             LEFT JOIN res_partner AS buyer ON buyer.id = unit.customer_id
            WHERE unit.product_id = ANY(%s) AND unit.status = ANY(%s) AND unit.lot_id IS NOT NULL""",
        list(products._ids),
        [*statuses, "sold"],
    )
    return execute(model.env, query, as_dicts=True)
