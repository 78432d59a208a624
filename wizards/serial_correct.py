from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import groupby

from ..models import serial_name
from ..models.serial_correction import Row, SerialCorrection
from ..models.serial_number import REASON


class SerialCorrect(models.TransientModel):
    """The window that corrects which units a done transfer moved."""

    _name = "serial.correct"
    _inherit = ["serial.guard.mixin"]
    _description = "Correct Serial Numbers"

    picking_id = fields.Many2one("stock.picking", "Transfer", required=True, readonly=True, ondelete="cascade")
    reason = fields.Char(help="Kept in the history of every unit that changes.")
    line_ids = fields.One2many("serial.correct.line", "correct_id", "Units")

    @api.model
    def _open(self, picking):
        """Open the window for a done transfer, blanks first.

        :return: the window's action
        :raise UserError: when the transfer is not done, or has no units
        """
        units = picking.move_ids.serial_ids
        if picking.state != "done" or not units:
            raise UserError(
                self.env._(
                    "%s has no booked units to correct. Enter the serial numbers when you validate it.", picking.name
                )
            )
        rows = [(move, unit) for move in picking.move_ids for unit in move.serial_ids.sorted("id")]
        rows.sort(key=lambda row: bool(row[1].name))
        correct = self.create(
            {
                "picking_id": picking.id,
                "line_ids": [(0, 0, {"move_id": move.id, "serial_id": unit.id}) for move, unit in rows],
            }
        )
        return {
            "name": self.env._("Correct Serial Numbers"),
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": correct.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    def action_apply(self):
        """Correct all lines, or none.

        :return: the action that closes the dialog
        :raise AccessError: for others than managers
        :raise UserError: when a number cannot have moved, or somebody else has changed a unit meanwhile
        """
        self.ensure_one()
        self.env["serial.number"]._check_manager()
        self.picking_id.check_access("write")
        correct = self.with_context(**{REASON: serial_name.clean(self.reason)})
        correct.line_ids._check_unchanged()
        correct._take_off()
        correct._correct()
        return {"type": "ir.actions.act_window_close"}

    def _take_off(self):
        lines = self.line_ids.filtered("not_moved")
        for move, part in lines.grouped("move_id").items():
            move._take_off_serials(part.serial_id)

    def _correct(self):
        lines = self.line_ids.filtered(lambda line: not line.not_moved).sudo()
        changed = lines.filtered(lambda line: line._is_changed())
        changed._check_not_empty()
        for item, part in groupby(changed, key=lambda line: (line.product_id, line.serial_id.company_id)):
            kept = [
                line.serial_id.name_key
                for line in lines - changed
                if line.serial_id.name and (line.product_id, line.serial_id.company_id) == item
            ]
            SerialCorrection([Row(line.move_id, line.serial_id, line.name) for line in part], kept).run()


class SerialCorrectLine(models.TransientModel):
    """One unit of the transfer."""

    _name = "serial.correct.line"
    _inherit = ["serial.guard.mixin"]
    _description = "Corrected Serial Number"
    _order = "id"

    correct_id = fields.Many2one("serial.correct", required=True, readonly=True, ondelete="cascade", index=True)
    move_id = fields.Many2one("stock.move", required=True, readonly=True, ondelete="cascade")
    serial_id = fields.Many2one("serial.number", "Booked Unit", required=True, readonly=True, ondelete="cascade")
    product_id = fields.Many2one(related="serial_id.product_id")
    status = fields.Selection(related="serial_id.status")
    booked_name = fields.Char("Booked", readonly=True)
    name = fields.Char("Really Moved", help="The number of the unit that really moved.")
    not_moved = fields.Boolean(help="This unit did not move: it is put back, and the done quantity is lowered by it.")

    @api.model_create_multi
    def create(self, vals_list):
        """Begin each line with the number that was booked."""
        for vals in vals_list:
            booked = self.env["serial.number"].browse(vals.get("serial_id")).name
            vals.update(booked_name=booked, name=vals.get("name", booked))
        return super().create(vals_list)

    def _is_changed(self):
        return serial_name.clean(self.name) != serial_name.clean(self.booked_name)

    def _check_unchanged(self):
        for line in self:
            moves = line.serial_id.move_ids & line.correct_id.picking_id.move_ids
            if line.serial_id.name != line.booked_name or line.move_id not in moves:
                raise UserError(
                    self.env._(
                        "Somebody else has just changed %s. Close this window and open it again.",
                        line.serial_id.display_name,
                    )
                )

    def _check_not_empty(self):
        for line in self:
            if not serial_name.clean(line.name):
                raise UserError(
                    self.env._(
                        "%(serial)s: type the number of the unit that really moved, or tick Not Moved if none did in "
                        "its place.",
                        serial=line.booked_name,
                    )
                )
