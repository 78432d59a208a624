"""How units follow moves within stock: their location changes and nothing else."""

from odoo import models
from odoo.fields import Domain

from ..engine.check import SerialCheck
from ..engine.place import SerialSlots
from ..engine.sql import register_sql


class StockMove(models.Model):
    _inherit = "stock.move"

    def _transfer_serials(self):
        """Let units follow a move within stock: those that were named, and the others where it is clear which.

        Totals are right whoever follows; a unit that does not follow keeps the last place known.
        """
        surplus = len(self.serial_ids) - self._serial_quantity()
        if surplus > 0:
            self._put_back_serials(surplus)
            return
        slots = self._get_serial_slots(left=False)
        self._move_named_serials(slots)
        routes = [slot for slot in slots if slot.room > 0 and slot.moves()]
        for index, slot in enumerate(routes):
            units = self._find_following_serials(slot)
            if any(later.place.location == slot.place.location for later in routes[index + 1 :]):
                units = units.sorted("id")[: slot.room]
            # Units that follow stay whose they are.
            self._record_transfer(units, {name: slot.vals[name] for name in ("location_id", "package_id")})
        if self.serial_draft:
            self._write_serial_draft([])

    def _record_transfer(self, units, vals):
        event = units._prepare_event_vals("moved", source=self)
        units._record_change("moved", vals, event, source=self)

    def _move_named_serials(self, slots):
        names = self._serial_names()
        checker = SerialCheck(self, names, lock=True)
        checks = checker.run() if names else []
        self._refuse_bad_serials(checks)
        good = [check for check in checks if check["ok"]]
        rows = {row["id"]: row for row in checker.rows.values()}
        groups = {}
        for check, slot in zip(good, SerialSlots(slots).assign(good, rows), strict=True):
            groups.setdefault(slot, []).append(check["serial_id"])
        for slot, ids in groups.items():
            self._record_transfer(self.env["serial.number"].browse(ids), slot.vals)

    def _find_following_serials(self, slot):
        """Return the units that left a place without being named: all, or those that the step before brought."""
        product = Domain("product_id", "=", self.product_id.id)
        place, inside = Domain("location_id", "=", slot.place.location), Domain("package_id", "=", slot.place.package)
        of_company = product & Domain("company_id", "=", self._serial_company().id)
        for where in (place, place & inside & Domain("owner_id", "=", slot.place.owner)):
            if self._leaves_nothing_behind(product & where):
                return self.env["serial.number"].search(of_company & where)
        brought = of_company & place & Domain("move_ids", "in", self.move_orig_ids.ids)
        units = self.env["serial.number"].search(brought)
        missing = self._serial_quantity() - len(self.serial_ids)
        return units if len(units) == missing else units.browse()

    def _get_serial_brought_domain(self):
        """Return the domain of the units that the step before brought for this move and that are still there."""
        brought = Domain(
            [
                ("product_id", "=", self.product_id.id),
                ("move_ids", "in", self.move_orig_ids.ids),
                ("location_id", "child_of", self.location_id.id),
            ]
        )
        return brought & (Domain("status", "=", "available") | self._get_serial_promised_domain())

    # EXTENDS 'serial.entry.mixin'
    def _find_serials_not_picked(self, ids):
        move = self.sudo()
        if not move.move_orig_ids or move._serial_flow().takes != "stock":
            return set()
        register, brought = self.env["serial.number"].sudo(), move._get_serial_brought_domain()
        if not register.search_count(brought, limit=1):
            return set()
        return ids - set(register._search(brought & Domain("id", "in", list(ids))))

    def _leaves_nothing_behind(self, where):
        quants = self.env["stock.quant"]._read_group(where, aggregates=["quantity:sum"])
        return self.product_id.uom_id.compare(quants[0][0], 0) <= 0

    def _put_back_serials(self, count):
        """Put units back that did not move after all, where it is clear which."""
        chosen = self.serial_ids & self._get_serials_not_moved()
        if not chosen and count == len(self.serial_ids):
            chosen = self.serial_ids
        note = self.env._("The quantity of %s was lowered.", self._serial_document())
        for unit in chosen & self._get_serials_in_place():
            event = unit._prepare_event_vals("corrected", source=self, note=note)
            unit._record_change("corrected", {"location_id": self._get_earlier_location(unit).id}, event)
        register_sql.unlink_document(chosen, self)

    def _exchange_locations(self, unit, other):
        """Let another unit be the one that this move within stock moved."""
        earlier = self._retake_serial(unit, other._get_serial_place(), other)
        place = {"location_id": earlier.location, "package_id": earlier.package or False}
        target = {"location_id": unit.location_id.id, "package_id": unit.package_id.id}
        note = self.env._("Not %s moved but this piece.", unit.display_name)
        event = other._prepare_event_vals("moved", source=self, note=note)
        other._record_change("moved", target, event, source=self)
        event = unit._prepare_event_vals("corrected", note=self.env._("Not this piece moved but %s.", other.name))
        unit._record_change("corrected", place, event)
        register_sql.unlink_document(unit, self)
