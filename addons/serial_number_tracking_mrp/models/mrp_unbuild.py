from odoo import fields, models
from odoo.fields import Command, Domain


class MrpUnbuild(models.Model):
    _name = "mrp.unbuild"
    _inherit = ["mrp.unbuild", "serial.entry.mixin", "serial.button.mixin", "serial.correctable.mixin"]
    _serial_button = "action_validate"  # what confirming the entry window calls again

    serial_count = fields.Integer("Serial Numbers", compute="_compute_serial_count", compute_sudo=True)

    def _compute_serial_count(self):
        for unbuild in self:
            unbuild.serial_count = len(unbuild.produce_line_ids.serial_ids)

    def _get_serial_domain(self):
        # EXTENDS 'serial.button.mixin'
        return Domain("move_ids.unbuild_id", "in", self.ids)

    def _get_correctable_moves(self):
        """Return its moves, the parts first: they follow where another unit was taken apart."""
        # EXTENDS 'serial.correctable.mixin'
        moves = self.produce_line_ids.filtered(lambda move: move.state == "done" and move.is_serialized)
        return moves.sorted(lambda move: move.product_id == self.product_id)

    def _serial_flow(self):
        # EXTENDS 'serial.entry.mixin'
        return self.env["serial.number"]._get_flow("consume")

    def _serial_raw_quantity(self):
        # EXTENDS 'serial.entry.mixin'
        return self.product_uom_id._compute_quantity(self.product_qty, self.product_id.uom_id, round=False)

    def _serial_is_closed(self):
        # EXTENDS 'serial.entry.mixin'
        return self.state == "done"

    def _serial_policy(self):
        # EXTENDS 'serial.entry.mixin'
        return self._get_serial_type().serial_entry or "skip"

    def _serial_policy_holder(self):
        # EXTENDS 'serial.entry.mixin'
        return self._get_serial_type().display_name

    def _get_serial_type(self):
        """Return the operation type whose policy holds: that of the manufacturing order, or of the warehouse."""
        unbuild = self.sudo()
        return unbuild.mo_id.picking_type_id or unbuild.location_id.warehouse_id.manu_type_id

    def _asks_for_lots(self):
        # EXTENDS 'serial.entry.mixin'
        return False

    def _get_serial_choices(self):
        """Return the units that the manufacturing order has made, where there is one."""
        # EXTENDS 'serial.entry.mixin'
        return self.mo_id._get_finished_serials() if self.mo_id else None

    def _serial_document(self):
        # EXTENDS 'serial.entry.mixin'
        return self.name

    def action_validate(self):
        """Ask which units are taken apart; where stock does not suffice, Odoo asks its own question first."""
        # EXTENDS 'mrp'
        self.ensure_one()
        if self._takes_serials() and not self._serial_is_closed():
            asked = self._ask_serials("call", self)
            if asked is not True:
                return asked
        return super().action_validate()

    def _take_serial_entry(self, move):
        """Return the numbers of what the order takes apart: those that were entered, else all that its order made."""
        if move.product_id == self.product_id and self._serial_names():
            names = self._serial_names()
            self._write_serial_draft([])
            return names
        units = move.origin_returned_move_id.serial_ids.filtered(lambda unit: unit.location_id.is_serial_stock)
        return units.mapped("name") if len(units) == move._serial_quantity() else []

    def _get_unbuilt_serials(self):
        """Return the units that the order has taken apart."""
        return self._get_whole_moves().serial_ids

    def _get_whole_moves(self):
        return self.produce_line_ids.filtered(lambda move: move.product_id == self.product_id and move.state == "done")

    # Corrected afterwards

    def _exchange_parts(self):
        """Let the parts follow where another unit was taken apart: its own came, and the first one has kept its own."""
        gone, moves = self._get_unbuilt_serials(), self._get_whole_moves()
        events = self.env["serial.event"].sudo().search([("move_id", "in", moves.ids)], order="id")
        kept = (events.serial_id - gone).filtered(lambda unit: unit.location_id.is_serial_stock)
        if not kept:
            return
        lines, parts = [], gone.part_ids.grouped("product_id")
        for move in self._get_correctable_moves() - moves:
            came = move._get_serials_in_order()
            own = parts.get(move.product_id, gone.browse())
            own = own.filtered(lambda part: move not in part.event_ids.move_id)  # noqa: B023
            pairs = zip(came, own.sorted("id"), strict=False)
            lines += [{"move_id": move.id, "serial_id": unit.id, "name": part.name} for unit, part in pairs]
        if lines:
            self.env["serial.correct"].create({"line_ids": list(map(Command.create, lines))}).action_apply()
        gone.part_ids.filtered(lambda part: part.event_ids.move_id & self.produce_line_ids)._build_in(kept)
