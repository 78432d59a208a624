from odoo import api, fields, models

from . import serial_name, serial_outside


class SerialHoldReason(models.Model):
    """Why units are put on hold: a short list that the company edits."""

    _name = "serial.hold.reason"
    _description = "Reason for Hold"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: all companies choose from it.")

    @api.constrains("name")
    def _check_lengths(self):
        serial_outside.check_lengths(self, {"name": serial_name.MAX_LENGTH})
