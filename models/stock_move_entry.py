"""When validating a transfer asks for the serial numbers of a move."""

from odoo import models

from .serial_check import SerialCheck


class StockMove(models.Model):
    _inherit = "stock.move"

    def _takes_serials(self):
        """Tell whether the entry window knows what this move does to units."""
        return self.product_id.is_serialized and bool(self._serial_flow()) and self._serial_flow().asks

    def _is_serial_to_validate(self):
        return (
            self.product_id.is_serialized
            and self.state not in ("done", "cancel")
            and self.picked
            and not self.product_uom.is_zero(self.quantity)
        )

    def _serial_policy(self):
        """Return whether numbers are asked for: ``ask``, ``require`` or ``skip``."""
        return self.sudo().picking_id.picking_type_id.serial_entry or "skip"

    def _ask_serials(self, pickings):
        """Check what was entered, and ask for what is missing.

        :return: True, or the action of the entry window
        :raise UserError: for a fraction of a unit, and for numbers that can no longer be taken
        """
        self._check_serial_fraction()
        for move in self.filtered("serial_draft"):
            move._raise_bad_serials(SerialCheck(move, move._serial_names(), added=move._serial_added()).run())
        asked = self.filtered(lambda move: move._is_serial_to_ask())
        return self.env["serial.entry"]._open(asked, "validate", pickings) if asked else True

    def _is_serial_to_ask(self):
        left_blank = (self.serial_draft or {}).get("blanks")
        return self._takes_serials() and self._serial_policy() != "skip" and self.serial_missing and not left_blank
