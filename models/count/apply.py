"""How the register and the stock become what was scanned: moves through the engine, and their undoing."""

from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ...engine import lot_cover, move_correction, swap
from ...engine.place import Place
from ..serial_entry_mixin import STRICT
from .reader import MISPLACED, THERE, classify, find_places


class Application:
    """Applies a count: what its scans are is judged anew, because stock may have moved since.

    :param count: the ``serial.count``, locked
    :param bool gone: whether what was not scanned is gone
    """

    def __init__(self, count, gone):
        self.count, self.gone = count, gone
        self.env, self.company, self.place = count.env, count.company_id, count.location_id
        self.lines = count.sudo().line_ids.sorted("id")
        self.register = self.env["serial.number"].sudo()
        self.moves = self.env["stock.move"]
        self.shelves = self._find_shelves()

    def run(self):
        """Return the moves that were made, all of them done."""
        units, new = self._judge()
        missing = self._find_missing() if self.gone else self.register.browse()
        for product in units.product_id | missing.product_id | self.env["product.product"].union(*new):
            self._apply(
                product,
                units.filtered(lambda unit, product=product: unit.product_id == product),
                new.get(product, {}),
                missing.filtered(lambda unit, product=product: unit.product_id == product),
            )
        return self.moves

    def _find_shelves(self):
        """Return ``{key: location}`` of the numbers that were scanned at a shelf of the count, by product."""
        shelves = {}
        for line in self.lines.filtered("location_id"):
            shelves[line.product_id.id, line.name_key] = line.location_id.with_env(self.env)
            if line.serial_id:
                shelves[line.product_id.id, line.serial_id.name_key] = line.location_id.with_env(self.env)
        return shelves

    def _get_shelf(self, product, key):
        """Return where a number was scanned: an empty location for anywhere in the count."""
        return self.shelves.get((product.id, key), self.place.browse())

    def _judge(self):
        """Return the known units that were scanned, and ``{product: {key: number}}`` of the numbers nobody knows."""
        units, new = self.lines.serial_id, {}
        for line in self.lines.filtered(lambda line: not line.serial_id):
            new.setdefault(line.product_id.with_env(self.env), {}).setdefault(line.name_key, line.name)
        for product, names in new.items():  # somebody may have taken them into the register meanwhile
            domain = Domain([("product_id", "=", product.id), ("company_id", "=", self.company.id)])
            known = self.register.search(domain & Domain("name_key", "in", list(names)))
            units |= known
            for key in known.mapped("name_key"):
                del names[key]
        return units, new

    def _find_missing(self):
        scanned = {line.name_key for line in self.lines.filtered(lambda line: not line.serial_id)}
        missing = self.register.search(self.count._get_missing_domain(), order="id")
        return missing.filtered(lambda unit: unit.name_key not in scanned)

    def _apply(self, product, units, new, missing):
        named = self._number_blanks(product, new)
        units |= named
        places = find_places(self.count, units)
        codes = {unit: classify(unit, places, self._get_shelf(product, unit.name_key)) for unit in units}
        self._move(units.filtered(lambda unit: codes[unit] == MISPLACED))
        away = units.filtered(lambda unit: codes[unit] not in (MISPLACED, THERE))
        found = dict(zip(away.mapped("name_key"), away.mapped("name"), strict=True))
        self._find(product, found | {key: name for key, name in new.items() if key not in named.mapped("name_key")})
        self._lose(product, self._close_marks(product, missing))

    def _move(self, units):
        """Move units to where they were scanned from where the register has them."""
        for (place, shelf), part in units.grouped(lambda unit: (Place.where(unit), self._find_target(unit))).items():
            source = self.env["stock.location"].browse(place.location)
            vals = {"package_id": place.package, "owner_id": place.owner}
            self._do(part.product_id, part.mapped("name"), source, shelf, **vals)

    def _find_target(self, unit):
        return self._get_shelf(unit.product_id, unit.name_key) or self.place

    def _number_blanks(self, product, new):
        """Give new numbers to the units here that wait for one: they are these pieces, at the shelf of each first.

        :param dict new: ``{key: number}``
        :return: the units that got some
        """
        waiting = self.count._get_place_domain() & self.register._get_placeholder_domain()
        blanks = self.register.search(waiting & Domain("product_id", "=", product.id), order="id") if new else ()
        pairs = self._pair(product, list(new), blanks)
        if not pairs:
            return self.register.browse()
        units, names = self.register.concat(*pairs.values()), [new[key] for key in pairs]
        status = self.register._find_status(None, product, "available")
        event = units._prepare_event_vals("numbered", note=self.count.name)
        units._record_change("numbered", {"status": status}, event, names=names)
        lot_cover.cover(units)
        return units

    def _pair(self, product, keys, blanks):
        """Return ``{key: unit}``: which units without number get which numbers, those at the shelf of each first."""
        at, pairs = {}, {}
        for unit in blanks:
            at.setdefault(unit.location_id, []).append(unit)
        for key in keys:
            shelf = self._get_shelf(product, key)
            if shelf and at.get(shelf):
                pairs[key] = at[shelf].pop(0)
        left = [unit for units in at.values() for unit in units]
        return pairs | dict(zip([key for key in keys if key not in pairs], left, strict=False))

    def _find(self, product, names):
        """Book what lies here and should not be in stock, or that nobody knew.

        :param dict names: ``{key: number}``
        """
        by_shelf = {}
        for key, name in names.items():
            by_shelf.setdefault(self._get_shelf(product, key) or self.place, []).append(name)
        for shelf, part in by_shelf.items():
            self._do(product, part, self._get_loss(product), shelf)

    def _lose(self, product, missing):
        """Book what was not found."""
        for place, part in missing.grouped(Place.where).items():
            source = self.env["stock.location"].browse(place.location)
            vals = {"package_id": place.package, "owner_id": place.owner}
            self._do(product, part.mapped("name"), source, self._get_loss(product), **vals)

    def _close_marks(self, product, missing):
        """Let missing units be the ones that left without serial while all in stock had one: stock knows that already.

        :return: the others, which are lost
        """
        marks = Domain(
            [("product_id", "=", product.id), ("company_id", "=", self.company.id), ("uncovered", "=", True)]
        )
        marked = self.register.search(marks, order="id") if missing else self.register.browse()
        gone = missing[: min(len(marked), self._count_surplus(product))]
        if not gone:
            return missing
        marked = marked[: len(gone)]
        swap.end_uncovered(marked, gone)
        swap.leave_stock(gone, self.count.name)
        if product._has_serial_lots():
            lot_cover.take_out(gone, marked)
        return missing - gone

    def _count_surplus(self, product):
        """Return how many units more the register has here than there is stock."""
        here = Domain("location_id", "child_of", self.place.id) & Domain("product_id", "=", product.id)
        here &= Domain("company_id", "=", self.company.id)
        ((stock,),) = self.env["stock.quant"].sudo()._read_group(here, aggregates=["quantity:sum"])
        return max(0, self.register.search_count(here) - round(stock or 0))

    def _get_loss(self, product):
        return product.with_company(self.company).property_stock_inventory

    def _do(self, product, names, source, target, package_id=False, owner_id=False):
        """Do one move of these numbers: what cannot be taken is refused, and nothing has changed then."""
        operation = {
            "product_id": product.id,
            "product_uom_id": product.uom_id.id,
            "quantity": len(names),
            "location_id": source.id,
            "location_dest_id": target.id,
            "company_id": self.company.id,
            "package_id": package_id or False,
            "owner_id": owner_id or False,
        }
        move = self.moves.create(
            {
                "product_id": product.id,
                "product_uom": product.uom_id.id,
                "product_uom_qty": len(names),
                "company_id": self.company.id,
                "location_id": source.id,
                "location_dest_id": target.id,
                "restrict_partner_id": owner_id or False,
                "state": "confirmed",
                "picked": True,
                "is_inventory": True,
                "inventory_name": self.count.name,
                "move_line_ids": [Command.create(operation)],
            }
        )
        move._enter_serials(names)
        move.with_context(**{STRICT: True})._action_done()
        if move.state != "done":
            raise UserError(self.env._("%s cannot be booked. Apply the count again.", product.display_name))
        self.moves |= move


def undo(count):
    """Take back the moves of a count, the last one first.

    :raise UserError: for units that went on from there since
    """
    for move in count.sudo().move_ids.with_env(count.env).sorted("id", reverse=True):
        move_correction.take_off(move, move.serial_ids)
