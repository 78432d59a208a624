"""Numbers that were entered on a move of a product with lots: they become the lots of its operations."""

from ..tools import naming


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
    lots = _find_lots(move, names)
    lines = move._get_serial_operations().filtered(lambda line: not line.lot_id and line.quantity_product_uom > 0)
    reserved = {line.lot_id: line for line in move._get_serial_operations() if line.lot_id}
    todo = [lot for lot in lots if lot not in reserved]
    others = [line for lot, line in reserved.items() if lot not in lots]  # reserved, and others were entered
    for lot in list(todo):
        line = others.pop() if others else None
        if line:
            line.lot_id = lot
            todo.remove(lot)
    for line in lines:
        part, todo = todo[: int(line.quantity_product_uom)], todo[int(line.quantity_product_uom) :]
        _split(line, part)


def _split(line, lots):
    """Let one operation be one of each lot, and of what is left without."""
    if not lots:
        return
    unit, left = line.product_id.uom_id, line.quantity_product_uom - len(lots)
    vals = [line._prepare_serial_split_vals(1) | {"owner_id": line.owner_id.id, "lot_id": lot.id} for lot in lots]
    if left > 0:
        line.write({"quantity": left, "product_uom_id": unit.id})
    else:
        line.write({"quantity": 1, "product_uom_id": unit.id, "lot_id": vals.pop(0)["lot_id"]})
    line.create(vals)


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
