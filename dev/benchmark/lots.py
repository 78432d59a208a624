"""What it costs to follow a product that Odoo tracks by lots: transfers with the addon and without it, and adoption."""

from environment.registry import connected

from .documents import STEPS, medians
from .measure import allocated, measure, say, settle
from .results import Row, at_most, at_most_in_full
from .transfers import Bench, numbers, validate
from .ways import each_step

LOTS = 2000
SLOWER = 1.1
MORE_MEMORY = 1.1
SLACK = 12  # queries of a whole document, beside those of each lot
ADOPTED = 100_000
SECONDS = 60
LOT = """
    INSERT INTO stock_lot (name, product_id, create_uid, write_uid, create_date, write_date)
    SELECT 'AD' || lpad(n::text, 7, '0'), %(product)s, %(user)s, %(user)s, now(), now()
      FROM generate_series(1, %(count)s) AS n
"""
QUANT = """
    INSERT INTO stock_quant (product_id, location_id, company_id, lot_id, quantity, reserved_quantity, in_date,
                             create_uid, write_uid, create_date, write_date)
    SELECT product_id, %(place)s, %(company)s, id, 1, 0, now(), %(user)s, %(user)s, now(), now()
      FROM stock_lot WHERE product_id = %(product)s
"""


def run(bench, options):
    """Validate transfers of lots in a database with the addon and in one without it, by turns; then adopt lots.

    :return: the rows
    """
    count = 100 if options.quick else LOTS
    with connected(options.without) as env:
        benches = {"without": Bench(env), "with": bench}
        _take(benches, 10, 1)
        few, many = _take(benches, count // 10, 1), _take(benches, count, 1 if options.quick else options.lot_repeat)
        memory = {name: allocated(lambda each=each: _transfers(each, count)) for name, each in benches.items()}
    for step in STEPS:
        yield from _compare(step, count, few, many, options)
    yield at_most_in_full(options, "memory: with / without", memory["with"] / memory["without"], MORE_MEMORY)
    yield from _adopt(bench, 1000 if options.quick else ADOPTED, options)


def _take(benches, count, times):
    taken = {name: [] for name in benches}
    for number in range(times):
        for name, bench in benches.items():
            say(f"{count} lots, {name} the addon, {number + 1} of {times}")
            taken[name].append(_transfers(bench, count))
    return {name: medians(samples) for name, samples in taken.items()}


def _transfers(bench, count):
    """Receive, ship and take back lots; followed where the addon is there."""
    first = numbers(1)[0]
    followed = {"is_serialized": True} if "is_serialized" in bench.env["product.product"]._fields else {}

    def enter(picking, step):
        if step == "receive":
            picking.move_ids._generate_serial_numbers(first, count)
        validate(picking)

    return each_step(bench, bench.product(tracking="serial", **followed), count, enter)


def _compare(step, count, few, many, options):
    for name in ("without", "with"):
        sample = many[name][step]
        yield Row(f"{step}: {count} lots {name} the addon", sample.seconds, "s", note=f"{sample.queries} queries")
    ratio = many["with"][step].seconds / many["without"][step].seconds
    yield at_most_in_full(options, f"{step}: with / without", ratio, SLOWER)
    growth = {name: many[name][step].queries - few[name][step].queries for name in many}
    what = f"{step}: more queries for ten times the lots, because of the addon"
    yield at_most(what, growth["with"] - growth["without"], SLACK, "queries")


def _adopt(bench, count, options):
    """Switch the addon on for a product with many lots in stock."""
    product = bench.product(tracking="serial")
    place = bench.warehouse.lot_stock_id
    values = {"product": product.id, "count": count, "user": bench.env.uid}
    values |= {"place": place.id, "company": place.company_id.id}
    for statement in (LOT, QUANT):
        bench.env.cr.execute(statement, values)
    settle(bench.env)

    def adopt():
        product.product_tmpl_id.is_serialized = True  # few lots at once, many by the job
        bench.env["serial.job"].sudo()._cron_work()

    sample = measure(bench.env, adopt)
    if bench.env["serial.number"].search_count([("product_id", "=", product.id)]) != count:
        raise AssertionError("not every lot was adopted")
    yield Row(f"adopt {count} lots: queries", sample.queries, "queries")
    yield at_most_in_full(options, f"adopt {count} lots", sample.seconds, SECONDS, "s")
