from odoo import models

from ...tools.status import SOLD
from . import handover


class SerialNumber(models.Model):
    _inherit = "serial.number"

    def _after_change(self, change):
        # EXTENDS 'serial.hook.mixin'
        super()._after_change(change)
        if change.kind == "corrected" and "sold" in change.before and change.after not in (None, *SOLD):
            handover.withdraw(change.units)
