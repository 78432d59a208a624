"""The people, products and places of a trial, made in the database before the server starts."""

PASSWORD = "trial-password"  # of users in a database that is thrown away


def prepare(env, users, products):
    """Make users and serialized products, and commit.

    :return: dict of ``logins``, ``products`` (ids) and ``places`` (what transfers are made of)
    """
    names = [f"clerk{n}" for n in range(users)]
    there = env["res.users"].search([("login", "in", names)]).mapped("login")
    clerk = {"password": PASSWORD, "group_ids": [(4, env.ref("stock.group_stock_user").id)]}
    env["res.users"].create([{"name": name, "login": name, **clerk} for name in names if name not in there])
    values = {"type": "consu", "is_storable": True, "is_serialized": True}
    made = env["product.product"].create([{"name": f"Trial {n}", **values} for n in range(products)])
    vendor, customer = env["res.partner"].create([{"name": "Trial Vendor"}, {"name": "Trial Customer"}])
    env.cr.commit()
    return {"logins": names, "products": made.ids, "places": _places(env, vendor.id, customer.id)}


def _places(env, vendor, customer):
    warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
    stock = warehouse.lot_stock_id.id
    suppliers, customers = env.ref("stock.stock_location_suppliers").id, env.ref("stock.stock_location_customers").id
    return {
        "in": (warehouse.in_type_id.id, vendor, suppliers, stock),
        "out": (warehouse.out_type_id.id, customer, stock, customers),
        "back": (warehouse.in_type_id.id, customer, customers, stock),
    }
