"""What becomes of units when a done move is corrected afterwards."""

from odoo import models
from odoo.exceptions import UserError

from ..engine import keeping, sale_history
from ..engine.sql import register_sql
from ..tools.context import hear, tell
from ..tools.facts import CUSTOMER_FACTS
from ..tools.status import NUMBERED, RETURN_STATUSES, SOLD

NOT_MOVED = "serial_number_tracking_not_moved"  # context key: ids of the units that a lower quantity is about


class StockMove(models.Model):
    _inherit = "stock.move"

    def _relocate_serials(self, line, before):
        """Let units follow when a done operation says another destination, owner or package, where it is clear which.

        :param line: the operation
        :param dict before: what it wrote on its units until now
        """
        vals = line._prepare_serial_place_vals()
        units = self.serial_ids.filtered(lambda unit: all(unit[name].id == id_ for name, id_ in before.items()))
        agreed = all(other._prepare_serial_place_vals() == vals for other in self.move_line_ids)
        if vals != before and (agreed or len(units) <= line.quantity_product_uom):
            units._record_change("moved", vals, units._prepare_event_vals("moved", source=self))

    def _redate_serials(self):
        """Let the dates of units, and the warranties that these begin, follow the corrected date of a done move."""
        move = self.sudo()
        units, flow = move.serial_ids, move._serial_flow()
        if units and flow and flow.fills:
            note = self.env._("The date of %s was corrected.", move._serial_document())
            event = units._prepare_event_vals("corrected", source=move, note=note)
            sale_history.follow_document(units, move, move._get_serial_day(), event, move._prepare_redated_facts())

    def _prepare_redated_facts(self):
        """Return ``{unit: facts}`` of the receipt that the move's date decides; what was corrected by hand stays.

        A replacement that the vendor sent has the warranty of the unit that it replaces.
        """
        day, facts = self._get_serial_day(), {}
        end = self.product_id._get_vendor_warranty_end(day)
        for unit in self.serial_ids.filtered(lambda unit: unit.receipt_move_id == self):
            before = unit.product_id._get_vendor_warranty_end(unit.date_received)
            for heir in (unit | unit.replaced_by_id).filtered(lambda heir: heir.vendor_warranty_end == before):  # noqa: B023
                facts[heir] = {"vendor_warranty_end": end}
            facts[unit] = {**facts.get(unit, {}), "date_received": day}
        return facts

    def _take_back_serials(self, count):
        """Undo the booking of ``count`` units, after a done quantity was lowered.

        Only units that are still where the move put them can go, blanks before named ones.

        :raise UserError: when it is not clear which named units have to go
        """
        units = self._get_serials_in_place()
        blanks = units.filtered(lambda unit: not unit.name).sorted(lambda unit: (not unit.uncovered, -unit.id))[:count]
        named = units.filtered("name")
        needed = count - len(blanks)
        chosen = units & self._get_serials_not_moved()
        if not chosen and needed and needed != len(named):
            raise UserError(
                self.env._(
                    "%(document)s: %(count)s units of %(product)s less leave open which ones:\n%(units)s\nTick them as "
                    "not moved by Correct Serial Numbers on the transfer instead; that lowers the quantity as well.",
                    document=self._serial_document(),
                    count=count,
                    product=self.product_id.display_name,
                    units=", ".join(named.mapped("name")) or "-",
                )
            )
        units = chosen[:count] or blanks | (named if needed else named.browse())
        self._undo_serials(units, self.env._("The quantity of %s was lowered.", self._serial_document()))

    def _get_serials_in_place(self):
        """Return the units of the move that are still as and where it put them."""
        flow = self._serial_flow()
        status = (flow.named_to, flow.blank_to, *(dict(RETURN_STATUSES) if "status" in flow.wants else ()))
        place = self.location_dest_id._serial_place(is_source=False)
        return self.serial_ids.filtered(
            lambda unit: (
                (flow.only_moves or unit.status in status) and unit.location_id._serial_place(is_source=False) == place
            )
        )

    # EXTENDS 'serial.capture.mixin'
    def _serials_change_places(self):
        flow = self._serial_flow()
        return bool(flow) and flow.takes == "stock"

    # EXTENDS 'serial.capture.mixin'
    def _has_serial_in_place(self, unit):
        is_last = not self._serials_change_places() or unit.event_ids.move_id[:1] == self
        return is_last and unit in self._get_serials_in_place()

    # EXTENDS 'serial.capture.mixin'
    def _get_serial_counterpart(self, unit):
        move = unit.delivery_move_id if unit.status in SOLD else self.browse()
        return move if self._fills_serials("customer") and self._serials_change_places() else self.browse()

    def _get_serials_not_moved(self):
        """Return the units that the user said did not move."""
        return self.env["serial.number"].browse(hear(self.env, NOT_MOVED, ()))

    def _take_off_serials(self, units):
        """Lower the done quantity by units that did not move after all, and put them back.

        :raise UserError: for units that have moved on since
        """
        gone = units - self._get_serials_in_place()
        if gone:
            raise UserError(
                self.env._(
                    "These units of %(product)s are not where %(document)s put them any more: %(units)s. Correct what "
                    "happened to them afterwards first.",
                    product=self.product_id.display_name,
                    document=self._serial_document(),
                    units=", ".join(gone.mapped("display_name")),
                )
            )
        for line, part in self._split_by_line(units).items():
            quantity = line.quantity_product_uom - len(part)
            line.with_context(**tell(NOT_MOVED, tuple(part))).write(
                {"quantity": quantity, "product_uom_id": self.product_id.uom_id.id}
            )

    def _split_by_line(self, units):
        """Return ``{operation: ids}``: each unit's own operation, as far as its locations tell."""
        room = {line: line.quantity_product_uom for line in self.move_line_ids}
        result = {}
        for unit in units:
            places = unit.location_id | self._get_earlier_location(unit)
            lines = [line for line, quantity in room.items() if quantity > 0]
            line = max(lines, key=lambda line: len((line.location_id | line.location_dest_id) & places))
            room[line] -= 1
            result.setdefault(line, []).append(unit.id)
        return result

    def _undo_serials(self, units, note):
        """Take units off the move, and put them back where they came from."""
        self._undo_credits(units)
        event = units._prepare_event_vals("corrected", source=self, note=note)
        nobody = dict.fromkeys(CUSTOMER_FACTS, False)
        made_up = units.filtered(
            lambda unit: unit.uncovered and not unit.name and not self._get_serial_booking(unit).status_from
        )
        made_up._record_change("corrected", {**nobody, "status": "void", "uncovered": False}, event)
        for unit in units - made_up:
            unit._record_change("corrected", self._prepare_undo_vals(unit), event)
        register_sql.unlink_document(units, self)

    def _undo_credits(self, units):
        """Take units off the credit notes that have them because of this return, which did not bring them."""
        if self._serial_flow().takes != "customer":
            return
        gone = {}
        for unit in units:
            booked = self._get_serial_booking(unit)
            noted = unit.event_ids.filtered(lambda event: event.kind == "credited" and event.id > booked.id)  # noqa: B023
            for line in noted.invoice_line_id & unit.invoice_line_ids:
                gone[line] = gone.get(line, units.browse()) | unit
        for line, part in gone.items():
            line._let_go_serials(part)

    def _get_serial_booking(self, unit):
        """Return the event by which this move booked a unit: it says what the unit was before, if it was there.

        What was corrected of the move afterwards, its date or where it put the unit, is no booking.
        """
        flow = self._serial_flow()
        events = unit.event_ids.sorted("id", reverse=True)
        mine = events.filtered(lambda event: event.move_id == self and event.kind != "numbered")
        made = mine.filtered(lambda event: flow and event.kind == flow.kind)
        made = made or mine.filtered(lambda event: event.status_from != event.status_to) or mine
        booked = made[:1]
        for earlier in made[1:]:
            if events.filtered(lambda event: earlier.id < event.id < booked.id) - mine:  # noqa: B023
                break
            booked = earlier
        return booked

    def _get_earlier_location(self, unit):
        """Return where a unit was before this move."""
        return self.env["stock.location"].browse(self.sudo()._prepare_undo_vals(unit.sudo())["location_id"])

    def _prepare_undo_vals(self, unit):
        """Return the facts of a unit that this move never touched after all: those that it had before."""
        booked = self._get_serial_booking(unit)
        earlier = unit.event_ids.filtered(lambda event: event.id < booked.id).sorted("id", reverse=True)
        came = self._prepare_undo_receipt(unit, earlier)
        if not booked.status_from:
            nobody = dict.fromkeys(CUSTOMER_FACTS, False)
            status = "available" if unit.name and self.location_id.is_serial_stock else "void"
            return nobody | came | {"status": status, "location_id": self.location_id.id}
        status = NUMBERED.get(booked.status_from, booked.status_from) if unit.name else booked.status_from
        place = earlier[:1].location_id or self.location_id
        packages = self.move_line_ids.filtered(lambda line: line.location_id == place).mapped("package_id.id")
        package = packages[0] if len(set(packages)) == 1 else False
        vals = {"status": status, "location_id": place.id, "package_id": package}
        return vals | came | self._prepare_undo_facts(unit, status, earlier)

    def _prepare_undo_receipt(self, unit, earlier):
        """Return when and how a unit came that this move did not bring after all; nothing where it never did.

        :param earlier: the unit's events before this move, the newest first
        """
        if unit.receipt_move_id != self:
            return {}
        receipts = earlier.move_id.filtered(lambda move: move in unit.move_ids and move._fills_serials("vendor"))
        came = earlier.filtered(lambda event: event.move_id in receipts)[:1]
        if not came:
            return dict.fromkeys(("receipt_move_id", "date_received", "vendor_warranty_end"), False)
        return came.move_id._prepare_serial_vendor_vals(came._get_day())

    def _prepare_undo_facts(self, unit, status, earlier):
        """Return what belongs to the status that a unit is put back to.

        :param earlier: the unit's events before this move, the newest first
        """
        cleared = dict.fromkeys(CUSTOMER_FACTS, False)
        if status == "expected":
            return cleared
        if status == "hold":
            return cleared | keeping.prepare_held_vals(unit, earlier)
        if status == "designated":
            event = earlier.filtered(lambda event: event.kind == "designated")[:1]
            line = self.sale_line_id.filtered(lambda line: line.order_id.name == event.document)
            return cleared | {"customer_id": event.partner_id.id, "sale_line_id": line.id}
        if status in SOLD:
            return cleared | sale_history.prepare_sold_facts(unit, earlier)
        return cleared
