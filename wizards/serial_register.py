from odoo import api, fields, models
from odoo.fields import Domain

from ..engine import outside

CHANNELS = [
    ("Phone", "Phone"),
    ("E-mail", "E-mail"),
    ("Portal", "Portal"),
    ("Reseller's list", "Reseller's list"),
    ("Visit", "Visit"),
    ("other", "Other"),
]


class SerialRegister(models.TransientModel):
    """Register selected units to who uses them."""

    _name = "serial.register"
    _inherit = ["serial.selection.mixin"]
    _description = "Register Units to their End User"

    count = fields.Integer("Selected Units", compute="_compute_counts")
    registered_count = fields.Integer("Registered Already", compute="_compute_counts")
    end_user_id = fields.Many2one("res.partner", required=True, help="Who uses the units.")
    date = fields.Date("Registered on", required=True, default=lambda self: self.env.company._get_serial_day())
    channel = fields.Selection(CHANNELS, help="How the registration reached us.")
    other_channel = fields.Char()

    @api.model
    def default_get(self, fields):
        """Begin with the end user that all selected units have, too."""
        # EXTENDS 'serial.selection.mixin'
        defaults = super().default_get(fields)
        end_user = self._get_selected_units().end_user_id
        if "end_user_id" in fields and len(end_user) == 1:
            defaults["end_user_id"] = end_user.id
        return defaults

    @api.depends("serial_ids")
    def _compute_counts(self):
        for wizard in self:
            units = wizard._get_chosen_units()
            wizard.count = len(units)
            registered = Domain("id", "in", units.ids) & Domain("date_registered", "!=", False)
            wizard.registered_count = units.search_count(registered)

    def action_register(self):
        """Register all selected units, or none.

        :return: the action that closes the dialog
        :raise UserError: when one of the units is not sold, or the day is still to come
        """
        outside.check_one(self)
        self._check_selected()
        channel = self.other_channel if self.channel == "other" else self.channel
        self.serial_ids.action_register(self.end_user_id, self.date, channel)
        return {"type": "ir.actions.act_window_close"}
