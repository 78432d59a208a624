"""What becomes of units when a done move is corrected afterwards."""

from odoo import models
from odoo.exceptions import UserError

from . import serial_sql
from .serial_number import CUSTOMER_FACTS
from .serial_number_actions import NUMBERED

RETURNED = ("available", "hold", "void")  # what the user may choose for a returned unit


class StockMove(models.Model):
    _inherit = "stock.move"

    def _relocate_serials(self, place):
        """Let units follow when the destination of a done move is corrected, where all of them went to one.

        :param place: the ``stock.location`` that it was before
        """
        target = self._serial_target()
        units = self.serial_ids.filtered(lambda unit: unit.location_id == place)
        if target != place and self.move_line_ids.location_dest_id == target:
            units._record_change("moved", {"location_id": target.id}, units._prepare_event_vals("moved", source=self))

    def _take_back_serials(self, count):
        """Undo the booking of ``count`` units, after a done quantity was lowered.

        Only units that are still where the move put them can go, blanks before named ones.

        :raise UserError: when it is not clear which named units have to go
        """
        flow = self._serial_flow()
        status = (flow.named_to, flow.blank_to, *(RETURNED if flow.code == "return" else ()))
        place = self.location_dest_id._serial_place(is_source=False)
        units = self.serial_ids.filtered(
            lambda unit: unit.status in status and unit.location_id._serial_place(is_source=False) == place
        )
        blanks = units.filtered(lambda unit: not unit.name).sorted(lambda unit: (not unit.uncovered, -unit.id))[:count]
        named = units.filtered("name")
        needed = count - len(blanks)
        if needed and needed != len(named):
            raise UserError(
                self.env._(
                    "%(document)s: %(count)s units of %(product)s less leave open which ones:\n%(units)s\nReturn the "
                    "right ones with a return transfer instead.",
                    document=self._serial_document(),
                    count=count,
                    product=self.product_id.display_name,
                    units=", ".join(named.mapped("name")) or "-",
                )
            )
        self._undo_serials(blanks | (named if needed else named.browse()), flow)

    def _undo_serials(self, units, flow):
        """Take units off the move, and put them back where they came from."""
        note = self.env._("The quantity of %s was lowered.", self._serial_document())
        event = units._prepare_event_vals("corrected", source=self, note=note)
        made_up = units.filtered(lambda unit: unit.uncovered and not unit.name)
        made_up._record_change("corrected", {"status": "void", "uncovered": False}, event)
        for unit in units - made_up:
            unit._record_change("corrected", self._prepare_undo_vals(unit), event)
        serial_sql.unlink_document(units, self)

    def _prepare_undo_vals(self, unit):
        """Return the facts of a unit that this move never touched after all: those that it had before."""
        events = unit.event_ids.sorted("id", reverse=True)
        booked = events.filtered(lambda event: event.move_id == self and event.kind != "numbered")[:1]
        earlier = events.filtered(lambda event: event.id < booked.id)
        if not booked.status_from:
            return {"status": "void", "location_id": self.location_id.id}
        status = NUMBERED.get(booked.status_from, booked.status_from) if unit.name else booked.status_from
        vals = {"status": status, "location_id": (earlier[:1].location_id or self.location_id).id}
        return vals | self._prepare_undo_facts(status, earlier)

    def _prepare_undo_facts(self, status, earlier):
        """Return what belongs to the status that a unit is put back to.

        :param earlier: the unit's events before this move, the newest first
        """
        cleared = dict.fromkeys(CUSTOMER_FACTS, False)
        if status == "expected":
            return cleared | dict.fromkeys(("receipt_move_id", "date_received", "vendor_warranty_end"), False)
        if status == "hold":
            return cleared | {"hold_reason": earlier.filtered(lambda event: event.kind == "held")[:1].note}
        if status == "designated":
            event = earlier.filtered(lambda event: event.kind == "designated")[:1]
            return cleared | {"customer_id": event.partner_id.id}
        if status in ("sold", "issued"):
            event = earlier.filtered(lambda event: event.kind in ("shipped", "invoiced", "imported"))[:1]
            return {
                "customer_id": event.partner_id.id,
                "delivery_move_id": event.move_id.id,
                "date_sold": event.date,
                "sale_line_id": event.move_id.sale_line_id.id,
            }
        return cleared
