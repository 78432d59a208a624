"""The ways to receive and to ship N units. Each makes a product of its own, and measures both steps."""

from .bare_sql import unit_row
from .measure import measure, settle
from .transfers import numbers, validate


def lots(bench, quantity):
    """Odoo's own lots: a product tracked by unique serial number."""
    product = bench.product(tracking="serial")
    first = numbers(1)[0]

    def receive(picking):
        picking.move_ids._generate_serial_numbers(first, quantity)
        validate(picking)

    def ship(picking):
        picking.action_assign()
        validate(picking)

    return _both(bench, product, quantity, receive, ship)


def plain(bench, quantity):
    """No numbers at all: what Odoo itself takes for the transfer."""
    product = bench.product()

    def ship(picking):
        picking.action_assign()
        validate(picking)

    return _both(bench, product, quantity, validate, ship)


def assigned(bench, quantity):
    """The addon, by the methods that other systems call."""
    product = bench.product(is_serialized=True)
    names = numbers(quantity)

    def receive(picking):
        picking.move_ids.assign_serials(names)
        validate(picking)

    def ship(picking):
        picking.action_assign()
        receive(picking)

    return _both(bench, product, quantity, receive, ship)


def window(bench, quantity):
    """The addon, by its entry window."""
    product = bench.product(is_serialized=True)
    names = numbers(quantity)

    def receive(picking):
        action = picking.button_validate()
        entry = picking.env[action["res_model"]].browse(action["res_id"])
        entry.line_ids.add_serials(names)
        entry.action_confirm()

    def ship(picking):
        picking.action_assign()
        receive(picking)

    return _both(bench, product, quantity, receive, ship)


def _both(bench, product, quantity, receive, ship):
    """Measure one receipt and one delivery.

    :return: dict of the two samples, and of one unit's row after each step
    """
    samples = {"units": {}}
    for name, make, work in (("receive", bench.receipt, receive), ("ship", bench.delivery, ship)):
        picking = make(product, quantity)
        samples[name] = measure(bench.env, lambda work=work, picking=picking: work(picking))
        if picking.state != "done":
            raise AssertionError(f"{picking.name} is {picking.state}")
        _check_units(product, name, quantity)
        if _is_serialized(product):
            samples["units"][name] = unit_row(product)
    settle(bench.env)
    return samples


def _is_serialized(product):
    return "is_serialized" in product._fields and product.is_serialized


def _check_units(product, step, quantity):
    """See that each unit is where it belongs: a benchmark of a wrong result is worth nothing."""
    if product.tracking == "serial":
        counted = product.env["stock.lot"].search_count([("product_id", "=", product.id)])
    elif _is_serialized(product):
        status = {"receive": "available", "ship": "sold"}[step]
        counted = product.env["serial.number"].search_count(
            [("product_id", "=", product.id), ("status", "=", status), ("name", "!=", False)]
        )
    else:
        return
    if counted != quantity:
        raise AssertionError(f"{product.name}, {step}: {counted} units instead of {quantity}")
