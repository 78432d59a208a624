from odoo import models
from odoo.exceptions import UserError

from ..engine import outside


class SerialCorrectableMixin(models.AbstractModel):
    """A document whose done stock moves are corrected where other units moved than were booked."""

    _name = "serial.correctable.mixin"
    _description = "Document whose Serial Numbers are Corrected"

    def _get_correctable_moves(self):
        """Return the done moves of the document whose units can be corrected. Extend per model."""
        raise NotImplementedError

    def action_correct_serials(self):
        """Open the window that corrects which units a done document moved.

        :return: the window's action
        :raise AccessError: for others than managers
        :raise UserError: when the document is not done, or has no units, or lots say which units it moved
        """
        outside.check_one(self)
        self.env["serial.number"]._check_manager()
        self.check_access("read")
        moves = self._get_correctable_moves()
        with_lots = moves.filtered(lambda move: move.product_id._has_serial_lots())
        if with_lots and with_lots == moves.filtered("is_serialized"):
            raise UserError(
                self.env._(
                    "%s moved lots: change the lot on its operation instead (Detailed Operations), units follow.",
                    self.display_name,
                )
            )
        return self.env["serial.correct"]._open(self, moves - with_lots)
