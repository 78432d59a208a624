from odoo import models

from . import handover


class SerialNumber(models.Model):
    _inherit = "serial.number"

    def _after_change(self, change):
        # EXTENDS 'serial.hook.mixin'
        super()._after_change(change)
        stays = (None, *self._get_serial_rules().sold)
        if change.kind == "corrected" and "sold" in change.before and change.after not in stays:
            handover.withdraw(change.units)
