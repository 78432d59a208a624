"""Reservations that stock has no room for any more, because units are kept back, and who gives them up."""

from collections import defaultdict

from odoo.fields import Domain

from . import reserve
from .kept import take
from .place import PLACE, Place


class Overbooked:
    """The operations that have reserved what is not free where they take it from, the least urgent ones first.

    Never those that are picked, and never what is designated to them. Two queries where all is in order.

    :param kept: the :class:`KeptUnits` of the products, as they are or as they would be
    :ivar losses: ``{operation: quantity}``, what each has to give up, in the product's own unit of measure
    """

    def __init__(self, kept):
        self.kept, self.env, self.losses = kept, kept.env, {}
        if not kept:
            return
        kept.cover_reserved()
        self._rows = defaultdict(list)
        for row in kept.rows:
            self._rows[row.product, row.place].append(row)
        self._free = self._find_crowded()
        if self._free:
            self._plan()

    def _count_kept(self, key):
        return sum(row.count for row in self._rows.get(key, ()))

    def _find_crowded(self):
        """Return ``{(product, place): free quantity}`` of the places where more than that is reserved."""
        domain = Domain("product_id", "in", list({product for product, _place in self._rows}))
        domain &= Domain("location_id", "in", list({place.location for _product, place in self._rows}))
        crowded = {}
        for product, key, quantity, reserved in self._read_stock(domain):
            free = max(0, quantity - self._count_kept(key))
            if key in self._rows and product.uom_id.compare(reserved, free) > 0:
                crowded[key] = free
        return crowded

    def _read_stock(self, domain):
        quants = self.env["stock.quant"].sudo()
        groups = quants._read_group(domain, ["product_id", *PLACE], ["quantity:sum", "reserved_quantity:sum"])
        for product, *where, quantity, reserved in groups:
            yield product, (product.id, Place.of(*where)), quantity, reserved

    def _plan(self):
        domain = Domain("product_id", "in", list({product for product, _place in self._free}))
        domain &= Domain("location_id", "in", list({place.location for _product, place in self._free}))
        domain &= Domain("state", "not in", ("done", "cancel")) & Domain("quantity_product_uom", ">", 0)
        lines = self.env["stock.move.line"].sudo().search(domain)
        for key, group in lines.grouped(lambda line: (line.product_id.id, line._get_serial_source())).items():
            if key in self._free:
                self._give_up(group, self._rows[key], self._free[key])

    def _give_up(self, lines, rows, free):
        """Decide who gives back what is reserved at one place beyond what is free there."""
        kept, own = [[row, row.count] for row in rows], [[row, row.total] for row in rows]
        surplus, open_ = -free, {}
        for line in sorted(lines, key=lambda line: len(reserve.get_reserves(line.move_id)[0])):
            statuses, claim = reserve.get_reserves(line.move_id)
            left = line.quantity_product_uom
            left -= take(kept, left, lambda row, statuses=statuses: row.status in statuses)
            surplus += left
            open_[line] = left - take(own, left, lambda row, claim=claim: row.is_meant_for(*claim))
        for line in lines.filtered(lambda line: not line.picked).sorted(get_urgency, reverse=True):
            part = min(surplus, open_[line])
            if line.product_uom_id.compare(part, 0) > 0:
                self.losses[line] = part
                surplus -= part

    def get_moves(self):
        """Return the moves of these operations."""
        return self.env["stock.move.line"].sudo().union(*self.losses).move_id

    def take_back(self, before=None):
        """Take the reservations back, and reserve again what is free elsewhere.

        :param before: moves that reserve first
        :return: ``{move: quantity}``, what each of them has lost
        """
        if not (self.losses or before):
            return {}
        moves = self.get_moves()
        reserved = {move: reserve.count_reserved(move) for move in moves}
        left = self.foresee()
        elsewhere = moves.filtered(lambda move: left.get(move, 0) < self._count_loss(move))
        self._give_back()
        for waiting in filter(None, (before, elsewhere)):
            waiting._action_assign()
        return reserve.find_lost(reserved)

    def _give_back(self):
        lines = self.env["stock.move.line"].sudo()
        whole = lines.browse(line.id for line, part in self.losses.items() if line._is_whole(part))
        for line, quantity in self.losses.items():
            if line not in whole:
                unit = line.product_id.uom_id
                left = line.quantity_product_uom - quantity
                line.quantity = unit._compute_quantity(left, line.product_uom_id, rounding_method="HALF-UP")
        whole.unlink()

    def _count_loss(self, move):
        return sum(quantity for line, quantity in self.losses.items() if line.move_id == move)

    def foresee(self):
        """Return what :meth:`take_back` would, without doing it."""
        lost = {move: self._count_loss(move) for move in self.get_moves()}
        free = self._find_room(self.get_moves().product_id) if lost else {}
        for move in lost:
            for key in () if move.move_orig_ids else free:
                if key[0] == move.product_id.id and self._paths[key].startswith(move.location_id.parent_path):
                    part = min(lost[move], free[key])
                    free[key] -= part
                    lost[move] -= part
        return {move: quantity for move, quantity in lost.items() if move.product_uom.compare(quantity, 0) > 0}

    def _find_room(self, products):
        """Return ``{(product, place): quantity}`` that can still be reserved."""
        room = {}
        domain = Domain("product_id", "in", products.ids) & self.env["serial.number"]._get_in_stock_domain()
        for _product, key, quantity, reserved in self._read_stock(domain):
            room[key] = quantity - reserved - self._count_kept(key)
        places = self.env["stock.location"].sudo().browse(key[1].location for key in room)
        self._paths = {key: place.parent_path for key, place in zip(room, places, strict=True)}
        return {key: quantity for key, quantity in room.items() if quantity > 0}


def get_urgency(line):
    """Return what operations are compared by: the earlier its date, the more urgent one is."""
    return line.picking_id.scheduled_date or line.move_id.date, line.id
