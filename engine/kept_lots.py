"""Which lots not everybody may have: their units are on hold, void, promised, or invoiced to somebody."""

from collections import defaultdict
from functools import cached_property

from odoo.fields import Domain

from . import reserve
from .kept import RESERVING, is_promised_to
from .sql import lot_sql


class KeptLots:
    """The lots in stock that not everybody may have: one query.

    :param products: ``product.product`` records, of which those with lots count
    """

    def __init__(self, products):
        self.env, self.rows = products.env, defaultdict(list)
        products = products.filtered(lambda product: product._has_serial_lots())
        if products:
            register = self.env["serial.number"].sudo()
            for row in lot_sql.find_kept(register, products, register._get_serial_rules().kept_back):
                self.rows[row["product_id"]].append(row)

    def __bool__(self):
        return bool(self.rows)

    def find(self, product, move):
        """Return the lots that a demand may not have, and those that are meant for it.

        :param move: the ``stock.move`` that asks; empty for anybody
        :return: ``{(lot id, company id): row}`` of those that it may not have, and the set of those that come first.
            Companies have units of their own of a lot that all of them may use
        """
        reserves, (line, customer) = reserve.get_reserves(move) if move else ((), (None, None))
        refused, own = {}, set()
        for row in self.rows.get(product.id, ()):
            if row["status"] in reserves:
                continue
            if move and _is_meant_for(row, line, customer):
                own.add((row["lot_id"], row["company_id"]))
            else:
                refused[row["lot_id"], row["company_id"]] = row
        return refused, own

    def find_refused(self, moves):
        """Return ``{operation: row}`` of the operations whose lots their moves may not have."""
        result = {}
        for move in moves if self else ():
            refused, _own = self.find(move.product_id, move)
            for line in move._get_serial_operations() if refused else ():
                row = refused.get((line.lot_id.id, move._serial_company().id))
                if row and line.quantity_product_uom > 0:
                    result[line] = row
        return result

    @cached_property
    def lines(self):
        """The operations that have reserved lots which are not for them, except picked ones."""
        lots = [row["lot_id"] for rows in self.rows.values() for row in rows]
        lines = self.env["stock.move.line"].sudo()
        if not lots:
            return lines
        domain = Domain("lot_id", "in", lots) & Domain("state", "in", RESERVING) & Domain("picked", "=", False)
        found = lines.search(domain & Domain("quantity_product_uom", ">", 0))
        return lines.union(*self.find_refused(found.move_id)) & found

    def find_astray(self):
        """Return the moves that have reserved other lots than those that are designated to their order lines."""
        own = defaultdict(set)
        for row in (row for rows in self.rows.values() for row in rows):
            if row["status"] == "designated" and row["sale_line_id"]:
                own[row["sale_line_id"]].add(row["lot_id"])
        moves = self.env["stock.move"].sudo()
        if not own:
            return moves
        domain = (
            Domain("sale_line_id", "in", list(own)) & Domain("state", "in", RESERVING) & Domain("picked", "=", False)
        )
        return moves.search(domain & Domain("quantity", ">", 0)).filtered(
            lambda move: not move.move_orig_ids and not set(move.move_line_ids.lot_id.ids) & own[move.sale_line_id.id]
        )

    def take_back(self, before=None):
        """Take back the reservations of lots that their moves may not have, and reserve others where there are some.

        :param before: moves that reserve anew, first
        :return: ``{move: quantity}``, what each of them has lost
        """
        lines = self.lines
        if not (lines or before):
            return {}
        moves = lines.move_id
        reserved = {move: reserve.count_reserved(move) for move in moves}
        if before:
            before._do_unreserve()
        lines.exists().unlink()
        (before or moves.browse())._action_assign()
        moves._action_assign()
        return reserve.find_lost(reserved)

    def foresee(self, units, status, line=None, customer=None):
        """Return ``{move: quantity}``: what moves would lose if these units were kept back.

        :param units: ``serial.number`` records
        :param str status: what they were to become
        :param line: the id of the order line that they were to be designated to, or None
        :param customer: the id of the commercial entity that they were to be designated to, or None
        """
        chosen = units.sudo().filtered(lambda unit: unit.lot_id and unit.location_id.is_serial_stock)
        domain = Domain("lot_id", "in", chosen.lot_id.ids) & Domain("state", "in", RESERVING)
        domain &= Domain("company_id", "in", chosen.company_id.ids)
        lines = self.env["stock.move.line"].sudo().search(domain & Domain("picked", "=", False), order="id")
        lost, spare = {}, {}
        for move, theirs in lines.grouped("move_id").items():
            reserves, claim = reserve.get_reserves(move)
            if status in reserves or (status == "designated" and is_promised_to(line, customer, *claim)):
                continue
            place = (move.product_id, move.location_id)
            if place not in spare:
                spare[place] = self._count_spare(*place, chosen)
            quantity = sum(theirs.mapped("quantity_product_uom"))
            part = 0 if move.move_orig_ids else min(quantity, spare[place])
            spare[place] -= part
            lost[move] = quantity - part
        return {move: quantity for move, quantity in lost.items() if move.product_uom.compare(quantity, 0) > 0}

    def _count_spare(self, product, place, chosen):
        """Return how much of a product can still be reserved at a place beside these units."""
        quants = self.env["stock.quant"].sudo()
        free = chosen.filtered(lambda unit: unit.status in unit._get_flow("ship").accepts)
        theirs = quants.search([("lot_id", "in", free.lot_id.ids), ("location_id", "child_of", place.ids)])
        own = sum(quant.quantity - quant.reserved_quantity for quant in theirs if quant.product_id == product)
        return max(0, quants._get_available_quantity(product, place) - own)


def _is_meant_for(row, line, customer):
    """Tell whether a unit is designated to an order line or a customer, or was invoiced to this customer."""
    if row["status"] == "designated":
        return is_promised_to(row["sale_line_id"], row["customer_id"], line, customer)
    return row["status"] == "sold" and row["customer_id"] in (None, customer)
