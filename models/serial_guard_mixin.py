from odoo import api, models

from ..engine import outside


class SerialGuardMixin(models.AbstractModel):
    """A window that takes no texts without end, and no links to what its user may not read."""

    _name = "serial.guard.mixin"
    _inherit = ["serial.link.mixin"]
    _description = "Window Guarded against What Comes from Outside"

    @api.constrains(lambda self: list(outside.get_limits(self)))
    def _check_lengths(self):
        outside.check_lengths(self)
