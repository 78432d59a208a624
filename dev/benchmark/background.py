"""A register of a million units with their history, made by bulk SQL: what a company has after some years.

Everything follows from the unit's position, so that each run has the same register.
"""

from .measure import say

PRODUCTS, VENDORS, CUSTOMERS = 200, 50, 1000
BATCH = 100_000
EVENTS = 4
# Of a hundred units so many are ...; the rest is sold.
SHARES = (
    ("available", 30),
    ("hold", 2),
    ("designated", 1),
    ("expected", 2),
    ("void", 3),
    ("received", 1),
    ("issued", 1),
)

UNITS = """
    INSERT INTO serial_number (name, name_key, product_id, company_id, status, location_id, uncovered, hold_reason,
                               vendor_id, date_received, vendor_warranty_end, customer_id, date_sold, warranty_end,
                               create_uid, write_uid, create_date, write_date)
    SELECT number, number, product, %(company)s, status,
           CASE status WHEN 'sold' THEN %(customer_place)s WHEN 'issued' THEN %(customer_place)s
                       WHEN 'expected' THEN %(vendor_place)s WHEN 'void' THEN %(loss)s ELSE %(stock)s END,
           FALSE, CASE status WHEN 'hold' THEN 'Inspection' END,
           (%(vendors)s)[1 + n %% cardinality(%(vendors)s)], received, received + interval '2 years',
           CASE WHEN is_sold THEN customer END, CASE WHEN is_sold THEN sold END,
           CASE WHEN is_sold THEN sold + interval '3 years' END,
           %(user)s, %(user)s, received, received
      FROM (
        SELECT n, status, is_sold, received, received + interval '30 days' AS sold,
               CASE WHEN status NOT IN ('received', 'issued')
                    THEN upper(substr(md5(n::text), 1, 4)) || lpad(n::text, 9, '0') END AS number,
               (%(products)s)[1 + n %% cardinality(%(products)s)] AS product,
               (%(customers)s)[1 + (n / 7) %% cardinality(%(customers)s)] AS customer
          FROM (
            SELECT n, status, status IN ('sold', 'issued', 'designated') AS is_sold,
                   timestamp '2023-01-01' + (n %% 1200) * interval '1 day' AS received
              FROM (
                SELECT n, coalesce((%(statuses)s::varchar[])[1 + (n * 37) %% 100], 'sold') AS status
                  FROM generate_series(%(first)s, %(last)s) AS n
              ) AS chosen
          ) AS dated
      ) AS unit
"""
HISTORY = """
    INSERT INTO serial_event (serial_id, company_id, date, kind, status_from, status_to, location_id, user_id, document)
    SELECT unit.id, unit.company_id, unit.date_received + step * interval '5 days',
           CASE step WHEN 1 THEN 'received' ELSE 'moved' END,
           CASE step WHEN 1 THEN NULL ELSE unit.status END, unit.status, unit.location_id, %(user)s,
           'WH/IN/' || unit.id %% 1000
      FROM serial_number AS unit, generate_series(1, %(events)s) AS step
     WHERE unit.id > %(after)s
     ORDER BY unit.id, step
"""
KEYS = """
    INSERT INTO serial_number_key (id, name_key)
    SELECT id, name_key FROM serial_number WHERE id > %(after)s AND name_key IS NOT NULL
"""
ON_HAND = """
    INSERT INTO stock_quant (product_id, company_id, location_id, quantity, reserved_quantity, in_date)
    SELECT product_id, company_id, location_id, count(*), 0, now() FROM serial_number
     WHERE location_id = %(stock)s AND product_id = ANY(%(products)s) GROUP BY product_id, company_id, location_id
"""
SIZES = ("serial_number", "serial_number_key", "serial_event", "serial_number_stock_move_rel")


def fill(bench, count):
    """Put ``count`` units with their history into the register, and the pieces into stock.

    :return: the products
    """
    env = bench.env
    values = [
        {"name": f"Stocked {n}", "type": "consu", "is_storable": True, "is_serialized": True} for n in range(PRODUCTS)
    ]
    products = env["product.product"].create(values)
    parameters = _parameters(bench, products)
    env.flush_all()
    for first in range(1, count + 1, BATCH):
        say(f"{first - 1:,} of {count:,} units are in the register")
        env.cr.execute("SELECT coalesce(max(id), 0) FROM serial_number")
        after = env.cr.fetchone()[0]
        last = min(count, first + BATCH - 1)
        env.cr.execute(UNITS, parameters | {"first": first, "last": last})
        env.cr.execute(HISTORY, parameters | {"after": after})
        env.cr.execute(KEYS, {"after": after})
        env.cr.commit()
    env.cr.execute(ON_HAND, parameters)
    env.cr.execute("ANALYZE")
    env.cr.commit()
    env.invalidate_all()
    return products


def _parameters(bench, products):
    partners = bench.env["res.partner"]
    place = bench.env.ref
    loss = bench.env["stock.location"].search([("usage", "=", "inventory"), ("company_id", "=", bench.env.company.id)])
    statuses = [status for status, share in SHARES for _n in range(share)]
    return {
        "company": bench.env.company.id,
        "user": bench.env.uid,
        "products": products.ids,
        "vendors": partners.create([{"name": f"Vendor {n}"} for n in range(VENDORS)]).ids,
        "customers": partners.create([{"name": f"Customer {n}"} for n in range(CUSTOMERS)]).ids,
        "stock": bench.warehouse.lot_stock_id.id,
        "customer_place": place("stock.stock_location_customers").id,
        "vendor_place": place("stock.stock_location_suppliers").id,
        "loss": loss[:1].id,
        "statuses": statuses,
        "events": EVENTS,
    }


def sizes(bench, count):
    """Return ``{table: (bytes of the rows, bytes of the indexes)}`` per unit."""
    found = {}
    for table in SIZES:
        bench.env.cr.execute("SELECT pg_table_size(%s), pg_indexes_size(%s)", [table, table])
        found[table] = tuple(size / count for size in bench.env.cr.fetchone())
    return found
