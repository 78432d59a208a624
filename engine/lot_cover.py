"""Numbers that people type for units of products with lots: the lot is made, and Odoo's stock says so too."""

import re

from odoo.fields import Domain

from ..tools import naming
from ..tools.context import tell
from . import lots, stock_source
from .place import Place

LIKE = re.compile(r"[\\%_]")  # what a pattern of SQL takes for something else


def cover(units):
    """Give units their lots, where Odoo tracks their product by lots, and let stock follow.

    :param units: ``serial.number`` records that have just got their numbers
    """
    # Read past the cache: an import that is only tried is rolled back, and what was read of it must not stay.
    groups = units.sudo()._read_group([("id", "in", units.ids)], ["product_id"])
    products = [product.id for (product,) in groups if product._has_serial_lots()]
    if not products:
        return
    for unit in units.sudo().search([("id", "in", units.ids), ("product_id", "in", products)], order="id"):
        if unit.name and unit.status != "expected":
            _cover(unit)
    units.invalidate_recordset()


def cover_named(units, name):
    """Give units their lots on which a number was typed, and those that bear it now: two may have changed places.

    :param units: ``serial.number`` records
    :param str name: the number
    """
    products = units.exists().product_id.filtered(lambda product: product._has_serial_lots())
    if products:
        domain = [("product_id", "in", products.ids), ("name_key", "=", naming.make_key(name))]
        cover(units | units.sudo().search(domain))


def _cover(unit):
    lot = unit.lot_id or _find_lot(unit)
    if unit.lot_id != lot:
        event = unit._prepare_event_vals("corrected", note=unit.env._("Lot %s.", lot.name))
        unit._record_change("corrected", {"lot_id": lot.id}, event)
    if unit.location_id.is_serial_stock:
        if not _find_stock(unit, lot):
            _take_untracked(unit, lot)
    else:
        if unit._is_sold() and unit.delivery_move_id:
            _write_on_delivery(unit, lot)
        if quant := _find_stock(unit, lot):
            _exchange(quant, lot, lot.browse())
    lots.settle(unit.product_id, unit.company_id, lot)


def _find_stock(unit, lot):
    """Return the stock of a lot, where it is in stock."""
    return lot.quant_ids.filtered(
        lambda quant: quant.location_id.is_serial_stock and quant.company_id == unit.company_id and quant.quantity > 0
    )[:1]


def _find_lot(unit):
    """Return the lot of a unit by its name; it is made if it is not there."""
    product, company, pattern = unit.product_id, unit.company_id, LIKE.sub(r"\\\g<0>", unit.name)
    domain = [("product_id", "=", product.id), ("name", "=ilike", pattern), ("company_id", "in", (company.id, False))]
    found = unit.env["stock.lot"].search(domain)
    same = found.filtered(lambda lot: naming.make_key(lot.name) == unit.name_key)[:1]
    return same or lots.make_lots(product, [unit.name])


def _take_untracked(unit, lot):
    """Let stock without lot be the unit's: where it lies, or else wherever there is some.

    Where a lot was received twice, the second piece is the one that had no number.
    """
    own = lots.get_stock_domain(unit.product_id, unit.company_id)
    quants = unit.env["stock.quant"].search(own & Domain("quantity", ">", 0))
    untracked = quants.filtered(lambda quant: not quant.lot_id) or _find_second_pieces(unit, quants)
    place = unit._get_serial_place()
    quant = untracked.sorted(lambda quant: Place.where(quant).likeness(place), reverse=True)[:1]
    if quant:
        _exchange(quant, quant.lot_id, lot)
        return
    where = {"package_id": unit.package_id, "owner_id": unit.owner_id}
    for count, part in ((-1, None), (1, lot)):
        quants._update_available_quantity(unit.product_id, unit.location_id, count, lot_id=part, **where)


def _find_second_pieces(unit, quants):
    """Return the stock of lots that are in stock more than once, beside where their units are."""
    crowded = {lot for lot, group in quants.grouped("lot_id").items() if sum(group.mapped("quantity")) > 1}
    units = unit.search([("lot_id", "in", [lot.id for lot in crowded]), ("company_id", "=", unit.company_id.id)])
    theirs = {other.lot_id: other._get_serial_place() for other in units}
    return quants.filtered(lambda quant: quant.lot_id in crowded and Place.where(quant) != theirs.get(quant.lot_id))


def _exchange(quant, old, new):
    """Let one piece of a stock have another lot."""
    day = quant.in_date
    _change(quant, -1, old)
    _change(quant, 1, new, in_date=day)


def _change(quant, count, lot, **options):
    """Change how much of a lot, or of what has none, is at the place of a stock."""
    quant._update_available_quantity(
        quant.product_id,
        quant.location_id,
        count,
        lot_id=lot or None,
        package_id=quant.package_id,
        owner_id=quant.owner_id,
        **options,
    )


def _write_on_delivery(unit, lot):
    """Let the operation that brought the unit to its customer say which lot it was, and take it from where it lay."""
    lines = unit.delivery_move_id.move_line_ids
    if lot in lines.lot_id:
        return
    line = lines.filtered(lambda line: not line.lot_id and line.quantity_product_uom >= 1)[:1]
    if not line:
        return
    vals = {"lot_id": lot.id}
    if quant := _find_stock(unit, lot):
        vals |= {"location_id": quant.location_id.id, "package_id": quant.package_id.id}
    line = line.with_context(**tell(stock_source.SETTLED, True))
    if line._is_whole(1):
        line.write(vals)
        return
    line.write({"quantity": line.quantity_product_uom - 1, "product_uom_id": unit.product_id.uom_id.id})
    line.create(line._prepare_serial_split_vals(1) | {"owner_id": line.owner_id.id} | vals)


def take_out(units, marked):
    """Let stock say that the pieces of units are gone: they are what left as the marked ones.

    :param units: ``serial.number`` records that were closed in the reconciliation
    :param marked: the units that had been uncovered, in the same order
    """
    for unit, mark in zip(units, marked, strict=False):
        quant = _find_stock(unit, unit.lot_id)
        if quant and unit != mark:
            _change(quant, -1, unit.lot_id)
            _change(_find_short(mark) or quant, 1, mark.lot_id)
    for product, group in units.filtered("lot_id").grouped("product_id").items():
        for company, part in group.grouped("company_id").items():
            lots.settle(product, company, part.lot_id | marked.lot_id)


def _find_short(mark):
    """Return the negative stock that an uncovered unit has left behind."""
    own = lots.get_stock_domain(mark.product_id, mark.company_id)
    short = Domain("lot_id", "=", mark.lot_id.id) & Domain("quantity", "<", 0)
    return mark.env["stock.quant"].search(own & short, limit=1)
