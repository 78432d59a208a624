"""How much of the stock is not free: units on hold, void ones, and those that are designated to somebody else."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from odoo.fields import Domain

from . import reserve
from .place import PLACE, Place

RESERVING = ("confirmed", "waiting", "partially_available", "assigned")


@dataclass(slots=True)
class Kept:
    """Units of one place that are kept back for the same reason.

    :ivar place: the :class:`Place`
    :ivar status: a status of :data:`KEPT_BACK`
    :ivar line: the id of the sales order line that they are designated to, or None
    :ivar customer: the id of the commercial entity that they are designated to, or None
    :ivar count: how many of them nobody has reserved for whom they are designated to
    :ivar total: how many there are
    :ivar elsewhere: for how many of them stock is reserved elsewhere
    """

    product: int
    place: Place
    path: str
    status: str
    line: int | None
    customer: int | None
    count: int
    total: int
    elsewhere: int = 0

    def is_meant_for(self, line, customer):
        """Tell whether they are designated to an order line, or to its customer alone.

        :param line: the id of the order line, or None
        :param customer: the id of the customer's commercial entity, or None
        """
        return self.status == "designated" and is_promised_to(self.line, self.customer, line, customer)

    def get_domain(self):
        """Return the domain of these units."""
        meant = [("sale_line_id", "=", self.line or False)] if self.status == "designated" else []
        what = Domain([("product_id", "=", self.product), ("status", "=", self.status), *meant])
        return what & self.place.get_domain()


def is_promised_to(own_line, own_customer, line, customer):
    """Tell whether what is designated to an order line, or to a customer alone, is for this line or this customer.

    All are ids, or None; customers are commercial entities.
    """
    return own_line == line if own_line else bool(customer) and own_customer == customer


def take(rooms, quantity, is_wanted):
    """Take a quantity out of rooms, as far as it goes.

    :param list rooms: lists of a row and how much is left of it
    :param is_wanted: tells of a row whether it may be taken from
    :return: how much was taken
    """
    taken = 0
    for room in rooms:
        if is_wanted(room[0]):
            part = min(room[1], quantity - taken)
            room[1] -= part
            taken += part
    return taken


class KeptUnits:
    """The units of some products that are in stock and not free: one query, one more where some are designated.

    :param products: ``product.product`` records
    :param domain: only those of these units
    """

    def __init__(self, products, domain=Domain.TRUE):
        self.env, self.rows = products.env, []
        if not products:
            return
        register = self.env["serial.number"].sudo()
        kept = Domain("product_id", "in", products.ids) & register._get_kept_domain() & domain
        by = ["product_id", *PLACE, "status", "sale_line_id", "customer_id"]
        for *where, status, line, customer, count in register._read_group(kept, by, ["__count"]):
            self._add(*where, status, line, customer, count)

    def _add(self, product, location, owner, package, status, line, customer, count):
        place = Place.of(location, owner, package)
        meant = (line.id or None, customer.commercial_partner_id.id or None) if status == "designated" else (None,) * 2
        self.rows.append(Kept(product.id, place, location.parent_path, status, *meant, count, count))

    def suppose(self, units, status, line, customer):
        """Count units in stock in as well, as if they were kept back.

        :param units: ``serial.number`` records that are not counted yet
        :param status: the status that they were to have, and the order line and the customer that they were to be for
        """
        domain = Domain("id", "in", units.ids) & units._get_in_stock_domain()
        by = ["product_id", *PLACE]
        for *where, count in units.sudo()._read_group(domain, by, ["__count"]):
            self._add(*where, status, line, customer, count)

    def __bool__(self):
        return bool(self.rows)

    def cover_reserved(self):
        """Leave out what is reserved for whom it is designated to: the reservation counts it already.

        Where the units lie first; what is reserved elsewhere counts for the rest of them.
        """
        for row in self.rows:
            row.count, row.elsewhere = row.total, 0
        designated = [row for row in self.rows if row.status == "designated"]
        if not designated:
            return
        reserved = self._get_reserved(designated)
        for is_there in (True, False):
            for key in reserved:
                product, place, *claim = key
                for row in designated:
                    same = row.product == product and (row.place == place) is is_there
                    if same and row.is_meant_for(*claim):
                        part = min(row.count, reserved[key])
                        row.count -= part
                        row.elsewhere += 0 if is_there else part
                        reserved[key] -= part

    def find_astray(self):
        """Return the moves that have reserved elsewhere than the units lie which are designated to their order lines.

        Not those that somebody has begun to work on.
        """
        moves = self.env["stock.move"].sudo()
        self.cover_reserved()
        lines = [row.line for row in self.rows if row.line and row.elsewhere]
        if not lines:
            return moves
        domain = Domain("sale_line_id", "in", lines) & Domain("state", "in", RESERVING) & Domain("picked", "=", False)
        return moves.search(domain & Domain("quantity", ">", 0)).filtered(
            lambda move: not (move.move_orig_ids or move.serial_draft or move.move_line_ids.result_package_id)
        )

    def _get_reserved(self, designated):
        """Return ``{(product, place, order line, customer): quantity}`` that is reserved for those customers."""
        lines = {row.line for row in designated if row.line}
        customers = {row.customer for row in designated if not row.line}
        meant = Domain("move_id.sale_line_id", "in", list(lines))
        if customers:
            ids = list(customers)
            meant |= Domain("move_id.sale_line_id.order_id.partner_id.commercial_partner_id", "in", ids)
            meant |= Domain("picking_id.partner_id.commercial_partner_id", "in", ids)
        reserving = Domain(
            [
                ("product_id", "in", list({row.product for row in designated})),
                ("state", "in", RESERVING),
                ("quantity_product_uom", ">", 0),
            ]
        )
        groups = (
            self.env["stock.move.line"]
            .sudo()
            ._read_group(
                reserving & meant & self.env["serial.number"]._get_in_stock_domain(),
                ["product_id", *PLACE, "move_id"],
                ["quantity_product_uom:sum"],
            )
        )
        reserved = Counter()
        for product, *where, move, quantity in groups:
            place = Place.of(*where)
            reserved[(product.id, place, *reserve.get_claim(move))] += quantity
        return reserved

    def find(self, product, location=None, owner=None, package=None, strict=False, move=None):
        """Return the :class:`KeptPlaces` of a product for a demand.

        :param location: the ``stock.location`` that it takes from, or one of its parents unless ``strict``
        :param owner: only this owner's stock
        :param package: only what is in this package
        :param bool strict: exactly there, the company's own and outside of packages where nothing else is said
        :param move: the ``stock.move`` that is to get the stock; None for anybody
        """
        rows = [row for row in self.rows if row.product == product.id]
        if location:
            exact = Place(location.id, owner.id or None if owner else None, package.id or None if package else None)
            rows = [row for row in rows if self._is_at(row, exact, location.parent_path, strict)]
        return KeptPlaces(rows, move)

    def _is_at(self, row, place, path, strict):
        if strict:
            return row.place == place
        return (
            row.path.startswith(path)
            and place.owner in (None, row.place.owner)
            and place.package in (None, row.place.package)
        )


class KeptPlaces:
    """How many pieces of each place a demand may not have, and where those lie that are designated to it.

    :param rows: the :class:`Kept` of the product at the places that it takes from
    :param move: the ``stock.move`` that is to get the stock; None for anybody
    """

    def __init__(self, rows, move=None):
        self.rows, self.others, self.own = rows, Counter(), Counter()
        reserves, claim = reserve.get_reserves(move) if move else ((), (None, None))
        for row in rows:
            if row.status in reserves:
                continue
            if move and row.is_meant_for(*claim):
                self.own[row.place] += row.count
            else:
                self.others[row.place] += row.count

    def __bool__(self):
        return bool(+self.others or +self.own)

    def count(self):
        """Return how many pieces the demand may not have."""
        return self.others.total()

    def spread(self, quantity, quants):
        """Divide a quantity among quants: first where units of the demand's own lie, then what is free.

        :param quantity: how much of them; what is not free comes last
        :param quants: ``stock.quant`` records in the order of the removal strategy
        :return: list of quants and quantities, as ``_get_reserve_quantity`` returns it
        """
        left, open_ = Counter(), Counter()
        for quant in quants:
            open_[quant] = quant.quantity - quant.reserved_quantity
            left[quant._get_serial_place()] += open_[quant]
        free = Counter({place: count - self.others[place] for place, count in left.items()})
        own = Counter({place: min(count, free[place]) for place, count in self.own.items()})
        taken = defaultdict(float)
        for room in (own, free, left):
            for quant in quants:
                place = quant._get_serial_place()
                part = min(quantity, open_[quant], room[place], left[place])
                if part > 0:
                    taken[quant] += part
                    quantity -= part
                    for counter, key in ((open_, quant), (left, place), (free, place)):
                        counter[key] -= part
        return list(taken.items())
