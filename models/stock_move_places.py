"""How the operations of a move and the units that are entered on it agree: stock follows the named units."""

import math
from collections import Counter

from odoo import models
from odoo.fields import Domain

from ..engine.check import SerialCheck
from ..engine.place import PLACE, Place, Slot


class StockMove(models.Model):
    _inherit = "stock.move"

    def _get_serial_operations(self):
        """Return the operations that are going to be done, or were: once some are picked, Odoo drops the others."""
        lines = self.move_line_ids
        if self.state in ("done", "cancel"):
            return lines
        return lines.filtered("picked") or lines

    def _get_serial_owners(self):
        """Return whose stock the move is about, where it is not the company's."""
        return self.picking_id.owner_id or self.restrict_partner_id or self.move_line_ids.owner_id

    # EXTENDS 'serial.entry.mixin'
    def _get_serial_places(self):
        move, flow = self.sudo(), self._serial_flow()
        if not flow or flow.takes not in ("stock", "customer") or move._serial_is_closed():
            return {}
        places = Counter()
        for line in move._get_serial_operations():
            places[line._get_serial_source()] += math.ceil(line.quantity_product_uom)
        return +places

    # EXTENDS 'serial.entry.mixin'
    def _get_serial_targets(self):
        lines = self.sudo()._get_serial_operations()
        return {(line.location_dest_id.id, line.result_package_id.id or None) for line in lines}

    # EXTENDS 'serial.entry.mixin'
    def _can_serials_be_followed(self):
        return not self.is_inventory

    # EXTENDS 'serial.entry.mixin'
    def _can_serials_change_owner(self):
        return not (self.sudo().picking_id.owner_id or self.restrict_partner_id)

    # EXTENDS 'serial.entry.mixin'
    def _get_serial_slots(self, left=True):
        slots = {}
        for line in self._get_serial_operations().sorted("id"):
            vals = line._prepare_serial_place_vals()
            slot = slots.setdefault((line._get_serial_source(), *vals.values()), Slot(None, vals, 0))
            slot.place = line._get_serial_source()
            slot.room += math.ceil(line.quantity_product_uom)
        result = list(slots.values()) or super()._get_serial_slots(left=left)
        if left and len(result) > 1 and self.serial_ids:
            self._leave_out_booked(result)
        return result

    def _leave_out_booked(self, slots):
        groups = self.env["serial.event"]._read_group(
            [("move_id", "=", self.id), ("serial_id", "in", self.serial_ids.ids)],
            ["location_id"],
            ["serial_id:count_distinct"],
        )
        booked = {location.id: count for location, count in groups}
        for slot in slots:
            gone = min(slot.room, booked.get(slot.vals["location_id"], 0))
            booked[slot.vals["location_id"]] = booked.get(slot.vals["location_id"], 0) - gone
            slot.room -= gone

    def _follow_serials(self):
        """Let operations take from where the entered numbers lie, where that is another place than theirs.

        Numbers that they cannot take are refused, or, where no window is open, left blank with the reason.
        """
        moves = self.filtered(lambda move: move.serial_draft and move.is_serialized and move._serial_names()).sudo()
        claimed = {}
        for move in moves._filter_scattered():
            theirs = claimed.setdefault((move.product_id, move._serial_company()), Counter())
            checker = SerialCheck(
                move,
                move._serial_names(),
                added=move._serial_added(),
                earlier=lambda theirs=theirs: (Counter(), theirs.copy()),
            )
            checks = checker.run()
            move._refuse_bad_serials(checks)
            move._leave_out_elsewhere(checks)
            checker.places.follow_blanks(sum(check["code"] == "fills" for check in checks))
            move._take_from(checker.places)
            theirs.update(checker.places.taken)

    def _filter_scattered(self):
        """Return the moves whose units may lie elsewhere than they take from: two queries, whatever there is.

        Where all stock is at the one place that a move takes from, and no unit is uncovered, its units lie there.
        """
        sources = {move: set(places) for move in self if (places := move._get_serial_places())}
        if not sources:
            return self.browse()
        register = self.env["serial.number"]
        of_product = Domain("product_id", "in", self.product_id.ids)
        groups = self.env["stock.quant"]._read_group(
            of_product & Domain("quantity", ">", 0) & register._get_in_stock_domain(),
            ["product_id", *PLACE],
        )
        stocked = {}
        for product, *place in groups:
            stocked.setdefault(product, set()).add(Place.of(*place))
        special = of_product & (Domain("uncovered", "=", True) | Domain("owner_id", "!=", False))
        found = set(register._read_group(special, ["product_id", "uncovered"]))

        def is_scattered(move, places):
            product = move.product_id
            if move._serial_flow().takes != "stock":
                return (product, False) in found or (product, True) in found
            return len(places) > 1 or (product, True) in found or stocked.get(product, set()) - places

        return self.filtered(lambda move: move in sources and is_scattered(move, sources[move]))

    def _leave_out_elsewhere(self, checks):
        """Take numbers off the entry that stock cannot follow; the history says why their units are blank."""
        refused = [check for check in checks if check["code"] == "elsewhere"]
        if refused:
            draft = {name: value for name, value in self.serial_draft.items() if name != "names"}
            names = [check["name"] for check in checks if check not in refused]
            self._write_serial_draft(names, **draft, refused=[check["message"] for check in refused])

    def _take_from(self, places):
        """Change the operations so that they take what was entered from where it lies, one operation for each place.

        :param places: the :class:`SerialPlaces` of the entered numbers
        """
        spare = places.own - places.taken
        for place, count in (places.taken - places.own).items():
            for line in self._get_serial_operations().sorted("id", reverse=True):
                source = places.reduce(line._get_serial_source())
                part = min(spare[source], line.quantity_product_uom, count)
                if part > 0:
                    line._take_from(place, part)
                    spare[source] -= part
                    count -= part
