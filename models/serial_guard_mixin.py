from odoo import api, models

from . import serial_outside


class SerialGuardMixin(models.AbstractModel):
    """A window that takes no texts without end, and no links to what its user may not read."""

    _name = "serial.guard.mixin"
    _inherit = ["serial.link.mixin"]
    _description = "Window Guarded against What Comes from Outside"

    @api.constrains(lambda self: list(serial_outside.get_limits(self)))
    def _check_lengths(self):
        serial_outside.check_lengths(self)
