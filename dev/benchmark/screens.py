"""What people open, with a register of a million units: the first page of each list, filter and grouping."""

from lxml import etree

from odoo.tools.safe_eval import safe_eval

from .measure import measure, settle
from .plans import recorded, scanned
from .results import Row, at_most

PAGE, COUNT_LIMIT = 80, 10001
FIRST_PAGE = 1.0
SELECTED = 20_000  # as many as a list hands to a button
# A page counts no further than COUNT_LIMIT: a scan that stops there has not read the register.
WHOLE_SHARE = 0.5
# A count over the whole register reads the whole register: nothing else can answer it.
WHOLE = ("group", "reconciliation")


def run(bench, options):
    """Open every screen.

    :return: the rows
    """
    return [row for what, work in _screens(bench) for row in _open(bench, what, work, options)]


def _open(bench, what, work, options):
    settle(bench.env)
    with recorded(bench.env.cr) as queries:
        work()
    whole = scanned(bench.env.cr, queries, WHOLE_SHARE * options.register)
    sample = measure(bench.env, work)
    yield at_most(what, sample.seconds, FIRST_PAGE, "s", f"{sample.queries} queries")
    if what.startswith(WHOLE) or options.quick:  # of a small register PostgreSQL rather reads all
        yield Row(f"{what}: reads the whole register", len(whole), "queries")
    else:
        yield at_most(f"{what}: reads the whole register", len(whole), 0, "queries", whole[0][:300] if whole else "")


def _screens(bench):
    """Yield what is opened and the request that the browser makes for it."""
    units = bench.env["serial.number"]
    yield "register", lambda: _page(units, [])
    search = etree.fromstring(units.get_views([(False, "search")])["views"]["search"]["arch"])
    for node in search.iter("filter"):
        if node.get("domain"):
            yield f"filter {node.get('name')}", lambda node=node: _page(units, _domain(units, node))
        elif "group_by" in (node.get("context") or ""):
            groupby = safe_eval(node.get("context"))["group_by"]
            yield f"group by {groupby}", lambda groupby=groupby: _groups(units, groupby)
    worklist = bench.env.ref("serial_number_tracking.serial_number_action_worklist")
    yield "worklist", lambda: _page(units, safe_eval(worklist.domain), "location_id, product_id, id", 200)
    yield "reconciliation", lambda: _page(bench.env["serial.reconciliation"], [])
    yield from _buttons(bench)
    yield from _windows(bench)


def _domain(units, node):
    return safe_eval(node.get("domain"), {"uid": units.env.uid})


def _page(model, domain, order=None, limit=PAGE):
    """Make the request of a list's first page."""
    view = etree.fromstring(model.get_views([(False, "list")])["views"]["list"]["arch"])
    names = {node.get("name") for node in view.iter("field") if node.get("optional") != "hide"}
    relations = {name for name in names if model._fields[name].type in ("many2one", "many2many", "one2many")}
    fields = {name: {"fields": {"display_name": {}}} if name in relations else {} for name in names}
    return model.web_search_read(domain, fields, limit=limit, order=order or model._order, count_limit=COUNT_LIMIT)


def _groups(model, groupby):
    """Make the request of a grouped list's first page."""
    return model.web_read_group([], [groupby], ["__count"], limit=PAGE)


def _buttons(bench):
    """Yield the buttons that lead to units, with the count that stands on them."""
    env = bench.env
    unit = env["serial.number"].search([("status", "=", "sold")], limit=1)
    holders = {
        "product": unit.product_id,
        "product template": unit.product_id.product_tmpl_id,
        "customer": unit.customer_id,
        "vendor": unit.vendor_id,
        "transfer": env["stock.picking"].search([("state", "=", "done")], limit=1, order="id desc"),
    }
    for name, holder in holders.items():
        counts = [field for field in ("serial_count", "serial_blank_count") if field in holder._fields]
        yield f"button of a {name}: count", lambda holder=holder, counts=counts: holder.read(counts)
        action = holder.action_view_serials()
        yield f"button of a {name}: list", lambda action=action: _page(env["serial.number"], action["domain"])


def _windows(bench):
    """Yield the windows about many selected units, and the request that opens each."""
    ids = bench.env["serial.number"].search([], limit=SELECTED).ids
    for model in ("serial.status.change", "serial.register", "serial.label.layout", "serial.report"):
        window = bench.env[model].with_context(active_model="serial.number", active_ids=ids)
        view = etree.fromstring(window.get_views([(False, "form")])["views"]["form"]["arch"])
        spec = {node.get("name"): {} for node in view.iter("field")}
        yield f"{model} of {len(ids):,} units", lambda window=window, spec=spec: window.onchange({}, [], spec)
