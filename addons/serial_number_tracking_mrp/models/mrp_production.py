from odoo import fields, models
from odoo.fields import Domain


class MrpProduction(models.Model):
    _name = "mrp.production"
    _inherit = ["mrp.production", "serial.button.mixin", "serial.correctable.mixin"]
    _serial_button = "button_mark_done"  # what confirming the entry window calls again

    has_serialized = fields.Boolean(compute="_compute_serials", compute_sudo=True)
    serial_count = fields.Integer("Serial Numbers", compute="_compute_serials", compute_sudo=True)
    serial_missing = fields.Integer(
        "Without Serial", compute="_compute_serials", compute_sudo=True, help="Units whose number is not known."
    )

    def _compute_serials(self):
        for order in self:
            moves = order._get_serial_moves()
            order.has_serialized = bool(moves)
            order.serial_count = len(moves.serial_ids)
            order.serial_missing = sum(moves.mapped("serial_missing"))

    def _get_serial_moves(self):
        return (self.move_finished_ids | self.move_raw_ids).filtered("is_serialized")

    def _get_serial_domain(self):
        # EXTENDS 'serial.button.mixin'
        return Domain("move_ids", "in", self._get_serial_moves().ids)

    def _get_correctable_moves(self):
        # EXTENDS 'serial.correctable.mixin'
        return self._get_serial_moves().filtered(lambda move: move.state == "done")

    def _get_serial_policy(self):
        """Return whether *Produce* asks for numbers: ``ask``, ``require`` or ``skip``."""
        return self.picking_type_id.serial_entry or "skip"

    def pre_button_mark_done(self):
        """Ask for numbers once all else is decided: quantities, consumption and backorders."""
        # EXTENDS 'mrp'
        result = super().pre_button_mark_done()
        if result is not True:
            return result
        moves = self._get_serial_moves().filtered(lambda move: move._is_serial_to_validate())
        return moves._ask_serials("call", self) if moves else True

    def action_enter_serials(self):
        """Open the entry window of the orders, without producing.

        :return: the window's action
        """
        self.check_access("write")
        moves = self._get_serial_moves().filtered(lambda move: not move._serial_is_closed() and move._takes_serials())
        return self.env["serial.entry"]._open(moves, "keep", self)

    # Parts

    def _build_in_serials(self):
        """Note which of the consumed units are parts of which of the finished ones: in the order of their entry."""
        for order in self:
            parts = order.move_raw_ids._get_serials_in_order()
            parts = parts.filtered(lambda unit: not unit.part_of_id and not unit.location_id.is_serial_stock)
            wholes = order._get_finished_serials() if parts else parts
            # What was consumed after the order was done is in those that have nothing yet, if there are any.
            wholes = wholes.filtered(lambda unit: not unit.part_ids) or wholes
            if wholes:
                parts._build_in(wholes, order.move_raw_ids[:1])

    def _get_finished_serials(self):
        """Return the units that the order has made, in the order of their entry."""
        return self.move_finished_ids.filtered(lambda move: move._is_serial_product())._get_serials_in_order()
