"""Numbers that were entered on a move of a product with lots: they become the lots of its operations."""

from odoo.fields import Domain

from ..tools import naming
from . import lots
from .place import PLACE

# What lots do not say: what was chosen for units that come back, and numbers that were taken unasked.
CHOSEN = ("statuses", "reasons", "refused", "unasked")


def write_lots(moves):
    """Let operations have the lots that were entered, before they are done; what was entered is done with then.

    :param moves: ``stock.move`` records, of which those with entered numbers and lots count
    """
    for move in moves.filtered(lambda move: move.serial_draft and move.product_id._has_serial_lots()):
        names = move._serial_names()
        if names:
            _write_lots(move.sudo(), names)
        chosen = {name: move.serial_draft[name] for name in CHOSEN if name in move.serial_draft}
        move._write_serial_draft([], **chosen)


def _write_lots(move, names):
    """Let each operation be of one lot: those that were reserved and entered stay, others take their place."""
    entered = _find_lots(move, names)
    places = _find_places(move, entered)
    operations = move._get_serial_operations().filtered(lambda line: line.quantity_product_uom > 0)
    kept = operations.filtered(lambda line: line.lot_id in entered)
    todo = [{"lot_id": lot.id, **places.get(lot, {})} for lot in entered if lot not in kept.lot_id]
    others = operations.filtered("lot_id") - kept  # reserved, and others were entered
    for line, vals in zip(others, todo, strict=False):
        line.write(vals)
    todo = todo[len(others) :]
    for line in operations.filtered(lambda line: not line.lot_id):
        count = int(line.quantity_product_uom)
        _split(line, todo[:count])
        todo = todo[count:]


def _find_places(move, entered):
    """Return ``{lot: where it is to be taken from}`` of lots in stock: where they lie."""
    flow = move._serial_flow()
    if not flow or flow.takes != "stock":
        return {}
    chosen = Domain("lot_id", "in", [lot.id for lot in entered]) & Domain("quantity", ">", 0)
    quants = move.env["stock.quant"].search(lots.get_stock_domain(move.product_id, move._serial_company()) & chosen)
    return {quant.lot_id: {name: quant[name].id for name in PLACE} for quant in quants}


def _split(line, parts):
    """Let one operation be one of each lot, and of what is left without.

    :param list parts: the values of the operations that have lots
    """
    if not parts:
        return
    unit, left = line.product_id.uom_id, line.quantity_product_uom - len(parts)
    common = line._prepare_serial_split_vals(1) | {"owner_id": line.owner_id.id}
    if left > 0:
        line.write({"quantity": left, "product_uom_id": unit.id})
    else:
        first, *parts = parts
        line.write({"quantity": 1, "product_uom_id": unit.id, **first})
    line.create([common | vals for vals in parts])


def _find_lots(move, names):
    """Return the lots of numbers, in order; those that are not there yet are made."""
    units = move.env["serial.number"].sudo()
    company, product = move._serial_company(), move.product_id
    known = {
        naming.make_key(unit.name): unit.lot_id
        for unit in units.search(
            [
                ("product_id", "=", product.id),
                ("company_id", "=", company.id),
                ("name_key", "in", naming.make_keys(names)),
                ("lot_id", "!=", False),
            ]
        )
    }
    found = move.env["stock.lot"].search(
        [("product_id", "=", product.id), ("name", "in", names), ("company_id", "in", (company.id, False))]
    )
    known |= {naming.make_key(lot.name): lot for lot in found}
    missing = [name for name in names if naming.make_key(name) not in known]
    known |= {naming.make_key(lot.name): lot for lot in lots.make_lots(product, missing)}
    return [known[naming.make_key(name)] for name in names]
