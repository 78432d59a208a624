from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..engine.keyless import KeylessMany2one
from ..engine.registered import RegisteredSelection
from ..engine.sql import register_sql


class SerialEntryUnit(models.TransientModel):
    """One number entered in the entry window."""

    _name = "serial.entry.unit"
    _inherit = ["serial.guard.mixin"]
    _description = "Entered Serial Number"
    _transient_max_hours = 0  # it goes with its window

    line_id = KeylessMany2one("serial.entry.line", required=True, ondelete="cascade", index=True, readonly=True)
    name = fields.Char("Serial Number", readonly=True)
    name_key = fields.Char(readonly=True)
    serial_id = fields.Many2one(
        "serial.number", "Unit", compute="_compute_serial_id", help="The unit that the register has under this number."
    )
    code = fields.Char(readonly=True)
    message = fields.Char(readonly=True)
    is_added = fields.Boolean(readonly=True, help="Returned by somebody who did not buy it here: taken in on hold.")
    is_announced = fields.Boolean(readonly=True, help="Announced by the vendor for the order line that it came on.")
    expiration_date = fields.Date("Expires on", readonly=True, help="What its label says, else what is known of it.")
    batch_name = fields.Char("Vendor's Lot", readonly=True)
    beside = fields.Json(readonly=True, help="What features keep of it until it is booked: its other numbers.")
    beside_text = fields.Char("Other Numbers", compute="_compute_beside_text")
    warranty_end = fields.Date(related="serial_id.warranty_end", string="Warranty until")
    return_status = RegisteredSelection(only=lambda status: status.returns, string="Goes back as")
    keeps_status = fields.Boolean(
        compute="_compute_keeps_status", help="Credited at the customer's: its return says what it goes back as."
    )

    def write(self, vals):
        """Choose what a unit goes back as; numbers are entered by the methods of the line, which check them.

        :raise AccessError: for anything else
        """
        if vals.keys() - {"return_status"}:
            raise AccessError(
                self.env._("Enter and remove serial numbers by the window's buttons: what was checked is not changed.")
            )
        return super().write(vals)

    @api.depends("name_key", "line_id")
    def _compute_serial_id(self):
        # Not kept: a reference for each of thousands of rows takes longer to check than all of them to find again.
        register = self.env["serial.number"].sudo()
        for line, units in self.grouped("line_id").items():
            source = line._get_source()
            found = register_sql.find_units(
                register, source.product_id, source._serial_company(), units.mapped("name_key")
            )
            for unit in units:
                unit.serial_id = unit.name_key in found and found[unit.name_key]["id"]

    def _compute_beside_text(self):
        register = self.env["serial.number"]
        for unit in self:
            unit.beside_text = register._describe_beside(unit.beside or {}, unit.line_id.product_id)

    def _compute_keeps_status(self):
        for unit in self:
            unit.keeps_status = bool(unit.serial_id) and unit.line_id._get_source()._keeps_serial_status(unit.serial_id)

    def _check_choice(self):
        """Refuse to choose a status for units that do not come back here.

        :raise UserError: with the first of them
        """
        for unit in self.filtered("keeps_status"):
            if unit.serial_id.location_id.is_serial_stock:
                raise UserError(self.env._("%s came back already: its return decided what it went back as.", unit.name))
            raise UserError(
                self.env._("%s is still at the customer's: choose what it goes back as on its return.", unit.name)
            )
