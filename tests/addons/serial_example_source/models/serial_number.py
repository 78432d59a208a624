from odoo import models
from odoo.tools.translate import LazyTranslate

from odoo.addons.serial_number_tracking.api import SAME, Flow, Kind

_lt = LazyTranslate(__name__)


class SerialNumber(models.Model):
    _inherit = "serial.number"

    def _serial_kinds(self):
        return [*super()._serial_kinds(), Kind("repaired", _lt("Repaired"), {"sold": (SAME,)})]

    def _serial_flows(self):
        repair = Flow("repair", "repaired", takes="customer", accepts_own=("sold",), asks=True, wants=("reason",))
        return [*super()._serial_flows(), repair]
