"""The ways to receive, ship and take back N units. Each makes a product of its own, and measures each step."""

from .bare_sql import pattern
from .measure import measure, settle
from .transfers import numbers, validate

STATUSES = {"receive": "available", "ship": "sold", "return": "available"}


def lots(bench, quantity):
    """Odoo's own lots: a product tracked by unique serial number."""
    first = numbers(1)[0]

    def enter(picking, step):
        if step == "receive":
            picking.move_ids._generate_serial_numbers(first, quantity)
        validate(picking)

    return each_step(bench, bench.product(tracking="serial"), quantity, enter)


def plain(bench, quantity):
    """No numbers at all: what Odoo itself takes for the transfer."""
    return each_step(bench, bench.product(), quantity, lambda picking, step: validate(picking))


def assigned(bench, quantity):
    """The addon, by the methods that other systems call."""
    names = numbers(quantity)

    def enter(picking, step):
        picking.move_ids.assign_serials(names)
        validate(picking)

    return each_step(bench, bench.product(is_serialized=True), quantity, enter)


def window(bench, quantity):
    """The addon, by its entry window."""
    names = numbers(quantity)

    def enter(picking, step):
        action = picking.button_validate()
        entry = picking.env[action["res_model"]].browse(action["res_id"])
        entry.line_ids.add_serials(names)
        entry.action_confirm()

    return each_step(bench, bench.product(is_serialized=True), quantity, enter)


def each_step(bench, product, quantity, enter):
    """Measure a receipt, a delivery and the return of all of it.

    The receipt and the delivery are there beforehand; reserving is measured, and so is making the return.

    :param enter: called with the transfer and the step: enters the numbers and validates
    :return: ``{step: Sample}``, and with the key ``units`` the rows that the addon wrote: ``{step: Pattern}``
    """
    samples = {"units": {}}
    receipt, delivery = bench.receipt(product, quantity), bench.delivery(product, quantity)

    def ship():
        delivery.action_assign()
        enter(delivery, "ship")

    works = {
        "receive": lambda: enter(receipt, "receive"),
        "ship": ship,
        "return": lambda: enter(bench.returned(delivery), "return"),
    }
    for step, work in works.items():
        samples[step] = measure(bench.env, work)
        _check_units(product, step, quantity)
        if _is_serialized(product):
            samples["units"][step] = pattern(product)
    settle(bench.env)
    return samples


def _is_serialized(product):
    return "is_serialized" in product._fields and product.is_serialized


def _check_units(product, step, quantity):
    """See that each unit is where it belongs: a benchmark of a wrong result is worth nothing."""
    on_hand = {"receive": quantity, "ship": 0, "return": quantity}[step]
    counted = product.qty_available
    if _is_serialized(product):
        domain = [("product_id", "=", product.id), ("status", "=", STATUSES[step]), ("name", "!=", False)]
        counted, on_hand = product.env["serial.number"].search_count(domain), quantity
    if counted != on_hand:
        raise AssertionError(f"{product.name}, {step}: {counted} units instead of {on_hand}")
