"""Numbers that were entered on a move of a product with lots: they become the lots of its operations."""

from ..tools import naming
from .place import PLACE


def write_lots(moves):
    """Let operations have the lots that were entered, before they are done; what was entered is done with then.

    :param moves: ``stock.move`` records, of which those with entered numbers and lots count
    """
    for move in moves.filtered(lambda move: move.serial_draft and move.product_id._has_serial_lots()):
        names = move._serial_names()
        if names:
            _write_lots(move.sudo(), names)
        move._write_serial_draft([])


def _write_lots(move, names):
    """Let each operation be of one lot: those that were reserved and entered stay, others take their place."""
    lots = _find_lots(move, names)
    places = _find_places(move, lots)
    operations = move._get_serial_operations().filtered(lambda line: line.quantity_product_uom > 0)
    kept = operations.filtered(lambda line: line.lot_id in lots)
    todo = [{"lot_id": lot.id, **places.get(lot, {})} for lot in lots if lot not in kept.lot_id]
    others = operations.filtered("lot_id") - kept  # reserved, and others were entered
    for line, vals in zip(others, todo, strict=False):
        line.write(vals)
    todo = todo[len(others) :]
    for line in operations.filtered(lambda line: not line.lot_id):
        count = int(line.quantity_product_uom)
        _split(line, todo[:count])
        todo = todo[count:]


def _find_places(move, lots):
    """Return ``{lot: where it is to be taken from}`` of lots in stock: where they lie."""
    flow = move._serial_flow()
    if not flow or flow.takes != "stock":
        return {}
    quants = move.env["stock.quant"].search(
        [
            ("lot_id", "in", [lot.id for lot in lots]),
            ("company_id", "=", move._serial_company().id),
            ("location_id.is_serial_stock", "=", True),
            ("quantity", ">", 0),
        ]
    )
    return {quant.lot_id: {name: quant[name].id for name in PLACE} for quant in quants}


def _split(line, lots):
    """Let one operation be one of each lot, and of what is left without.

    :param list lots: the values of the operations that have lots
    """
    if not lots:
        return
    unit, left = line.product_id.uom_id, line.quantity_product_uom - len(lots)
    common = line._prepare_serial_split_vals(1) | {"owner_id": line.owner_id.id}
    if left > 0:
        line.write({"quantity": left, "product_uom_id": unit.id})
    else:
        first, *lots = lots
        line.write({"quantity": 1, "product_uom_id": unit.id, **first})
    line.create([common | vals for vals in lots])


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
    lots = move.env["stock.lot"].search(
        [("product_id", "=", product.id), ("name", "in", names), ("company_id", "in", (company.id, False))]
    )
    known |= {naming.make_key(lot.name): lot for lot in lots}
    missing = [name for name in names if naming.make_key(name) not in known]
    vals = [{"name": name, "product_id": product.id, "company_id": product.company_id.id} for name in missing]
    known |= {naming.make_key(lot.name): lot for lot in move.env["stock.lot"].create(vals)}
    return [known[naming.make_key(name)] for name in names]
