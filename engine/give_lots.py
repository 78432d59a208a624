"""Give lots to the units of a product that was followed without: from then on, Odoo's lots carry the numbers."""

from collections import Counter

from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools import naming
from ..tools.context import tell
from . import lots
from .kept import RESERVING
from .place import PLACE, Place
from .sql import adopt_sql

GIVING = "serial_number_tracking_giving"  # context key: lots are being given, so the tracking may change
LISTED = 20


def find_obstacle(products):
    """Return why units cannot get lots, or an empty text: each piece in stock must have its number."""
    env = products.env
    register = env["serial.number"].sudo()
    of_products = Domain("product_id", "in", products.ids)
    blanks = register.search(of_products & register._get_in_stock_domain() & Domain("name", "=", False))
    if len(blanks) == 1:
        return env._(
            "1 unit in stock has no number yet: %(unit)s. Enter its number first.",
            unit=f"{blanks.display_name} ({blanks.location_id.display_name})",
        )
    if blanks:
        return env._(
            "%(count)s units in stock have no number yet: %(units)s. Enter their numbers first.",
            count=len(blanks),
            units=", ".join(f"{unit.display_name} ({unit.location_id.display_name})" for unit in blanks[:LISTED]),
        )
    return _describe_uncovered(register.search(of_products & Domain("uncovered", "=", True)))


def _describe_uncovered(uncovered):
    """Return why units cannot get lots where some left uncovered, or an empty text."""
    env = uncovered.env
    if len(uncovered) == 1:
        return env._(
            "1 unit left without serial while all in stock had one: %s. Close the difference in the reconciliation "
            "first.",
            uncovered.display_name,
        )
    if uncovered:
        return env._(
            "%(count)s units left without serial while all in stock had one: %(units)s. Close the difference in the "
            "reconciliation first.",
            count=len(uncovered),
            units=", ".join(uncovered[:LISTED].mapped("display_name")),
        )
    return ""


def give(products):
    """Make a lot for each unit with a number that is in stock, with its stock; Odoo tracks the product by them then.

    Quantities and values stay: no move is made.

    :param products: all variants of some templates
    :raise UserError: while pieces in stock have no number
    """
    obstacle = find_obstacle(products)
    if obstacle:
        raise UserError(obstacle)
    products = products.sudo().with_context(**tell(GIVING, True), tracking_disable=True)
    moves = products.env["stock.move"].search(
        [("product_id", "in", products.ids), ("state", "in", RESERVING), ("quantity", ">", 0)]
    )
    moves._do_unreserve()
    products.product_tmpl_id.tracking = "serial"
    for product in products:
        for company, units in _find_units(product).grouped("company_id").items():
            _give(product, company, units)
    moves._action_assign()


def _find_units(product):
    register = product.env["serial.number"].sudo()
    domain = Domain("product_id", "=", product.id) & Domain("lot_id", "=", False) & Domain("name", "!=", False)
    return register.search(domain & register._get_in_stock_domain(), order="id")


def _give(product, company, units):
    own = lots.get_stock_domain(product, company)
    quants = product.env["stock.quant"].sudo().search(own & Domain("lot_id", "=", False))
    _let_units_be_where_stock_is(units, quants)
    days = {Place.where(quant): quant.in_date for quant in quants}
    made = _find_or_make_lots(product, company, units)
    vals = [
        {
            "product_id": product.id,
            "lot_id": lot.id,
            "quantity": 1,
            "in_date": days.get(Place.where(unit)),
            **{name: unit[name].id for name in PLACE},
        }
        for unit, lot in zip(units, made, strict=True)
    ]
    quants.unlink()
    product.env["stock.quant"].sudo().create(vals)
    note = product.env._("It has a lot from now on.")
    event = units._prepare_event_vals("corrected", note=note)
    units._record_rows("corrected", [{"lot_id": lot.id} for lot in made], [dict(event) for _unit in units])


def _find_or_make_lots(product, company, units):
    """Return the lots of units, in order: those of their numbers from another time or company, else new ones."""
    known = {}
    for id_, _product, name, owner in adopt_sql.read_names(product.env, product):
        if lots.share_company(owner, company.id):
            known[naming.make_key(naming.clean(name))] = product.env["stock.lot"].browse(id_)
    for unit in units.filtered(lambda unit: unit.name_key in known):
        if known[unit.name_key].name != unit.name:
            known[unit.name_key].name = unit.name
    missing = units.filtered(lambda unit: unit.name_key not in known)
    known |= dict(zip(missing.mapped("name_key"), lots.make_lots(product, missing.mapped("name")), strict=True))
    return product.env["stock.lot"].union(*(known[unit.name_key] for unit in units))


def _let_units_be_where_stock_is(units, quants):
    """Put units elsewhere whose places were only the last ones known: stock knows how many are where."""
    stock = Counter()
    for quant in quants:
        stock[Place.where(quant)] += round(quant.quantity)
    astray = units.browse()
    for unit in units:
        place = Place.where(unit)
        if stock[place] > 0:
            stock[place] -= 1
        else:
            astray |= unit
    places = [place for place, count in stock.items() for _piece in range(count)]
    rows = [dict(zip(PLACE, (part or False for part in place), strict=True)) for place in places][: len(astray)]
    if astray:
        event = units._prepare_event_vals("corrected", note=units.env._("Stock says so."))
        astray._record_rows("corrected", rows, [dict(event) for _unit in astray])
