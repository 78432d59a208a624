from odoo import fields, models

from odoo.addons.serial_number_tracking.api import Fact


class SerialNumber(models.Model):
    _inherit = "serial.number"

    batch_code = fields.Char(
        "Batch", serial=Fact(belongs="vendor", source="picking_id.batch_code", history=True, report=9)
    )
