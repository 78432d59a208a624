from odoo import fields, models

RETURN_STATUSES = [("available", "Available"), ("hold", "Hold"), ("void", "Void")]


class SerialEntryUnit(models.TransientModel):
    """One number entered in the entry window."""

    _name = "serial.entry.unit"
    _description = "Entered Serial Number"
    _transient_max_hours = 0  # it goes with its window

    line_id = fields.Many2one("serial.entry.line", required=True, ondelete="cascade", index=True, readonly=True)
    name = fields.Char("Serial Number", readonly=True)
    name_key = fields.Char(readonly=True)
    serial_id = fields.Many2one("serial.number", "Unit", readonly=True, ondelete="cascade")
    code = fields.Char(readonly=True)
    message = fields.Char(readonly=True)
    is_added = fields.Boolean(readonly=True, help="Returned by somebody who did not buy it here: taken in on hold.")
    warranty_end = fields.Date(related="serial_id.warranty_end", string="Warranty until")
    return_status = fields.Selection(RETURN_STATUSES, "Goes back as")
