"""The SQL of adoption: what Odoo has kept of the lots of a product that is followed from now on."""

from odoo.tools import SQL

from .execute import execute


def read_names(env, products):
    """Return ``[(lot id, product id, name, company id or None)]`` of all lots of products, the oldest first."""
    query = SQL(
        "SELECT id, product_id, name, company_id FROM stock_lot WHERE product_id = ANY(%s) ORDER BY id",
        list(products._ids),
    )
    return execute(env, query)


def find_followed(env, products):
    """Return the ids of the lots of products that have units."""
    query = SQL(
        "SELECT DISTINCT lot_id FROM serial_number WHERE product_id = ANY(%s) AND lot_id IS NOT NULL",
        list(products._ids),
    )
    return {id_ for (id_,) in execute(env, query)}


def find_crowded(env, products):
    """Return ``{lot id: quantity}`` of lots of which more than one piece is in stock."""
    query = SQL(
        """SELECT quant.lot_id, SUM(quant.quantity) FROM stock_quant AS quant
             JOIN stock_location AS spot ON spot.id = quant.location_id AND spot.is_serial_stock
            WHERE quant.product_id = ANY(%s) AND quant.lot_id IS NOT NULL
            GROUP BY quant.lot_id, quant.company_id HAVING SUM(quant.quantity) > 1""",
        list(products._ids),
    )
    return dict(execute(env, query))


def read_lines(env, lots):
    """Return the done operations of lots, each lot's in the order in which they were done.

    :param list lots: ids
    :return: ``[(lot id, company id, move id, from location id, to location id, owner id, package id)]``
    """
    query = SQL(
        """SELECT line.lot_id, line.company_id, line.move_id, line.location_id, line.location_dest_id, line.owner_id,
                  line.result_package_id
             FROM stock_move_line AS line
            WHERE line.lot_id = ANY(%s) AND line.state = 'done' AND line.quantity_product_uom > 0
              AND line.move_id IS NOT NULL
            ORDER BY line.lot_id, line.date, line.id""",
        lots,
    )
    return execute(env, query)


def read_quants(env, lots):
    """Return where the stock of lots is.

    :param list lots: ids
    :return: ``[(lot id, company id, location id, owner id, package id, quantity)]``, the largest first
    """
    query = SQL(
        """SELECT lot_id, company_id, location_id, owner_id, package_id, SUM(quantity) FROM stock_quant
            WHERE lot_id = ANY(%s) GROUP BY lot_id, company_id, location_id, owner_id, package_id
           HAVING SUM(quantity) != 0 ORDER BY SUM(quantity) DESC, MIN(id)""",
        lots,
    )
    return execute(env, query)


def link_moves(env, lots):
    """Put units on the done moves of their lots.

    :param list lots: ids
    """
    query = SQL(
        """INSERT INTO serial_number_stock_move_rel (serial_number_id, stock_move_id)
           SELECT DISTINCT unit.id, line.move_id FROM stock_move_line AS line
             JOIN serial_number AS unit ON unit.lot_id = line.lot_id AND unit.company_id = line.company_id
            WHERE line.lot_id = ANY(%s) AND line.state = 'done' AND line.quantity_product_uom > 0
              AND line.move_id IS NOT NULL
           ON CONFLICT DO NOTHING""",
        lots,
    )
    execute(env, query, by_index=True)
    env["stock.move"].invalidate_model(["serial_ids", "serial_missing"])
    env["serial.number"].invalidate_model(["move_ids"])


def find_known_units(env, products, keys):
    """Return the units of products that have these numbers already, with their lots or without.

    :return: ``[(unit id, product id, company id, key)]``
    """
    query = SQL(
        """SELECT id, product_id, company_id, name_key FROM serial_number
            WHERE product_id = ANY(%s) AND name_key = ANY(%s)""",
        list(products._ids),
        keys,
    )
    return execute(env, query)
