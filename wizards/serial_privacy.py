import base64
import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import outside
from ..engine.privacy import Person

NOBODY = "serial_number_tracking.erased_partner_id"  # setting: the contact that stands where somebody was erased


class SerialPrivacy(models.TransientModel):
    """What the register keeps of a person who uses units: to be given to them, or erased, when they ask for it."""

    _name = "serial.privacy"
    _inherit = ["serial.guard.mixin"]
    _description = "Personal Data of an End User"

    partner_id = fields.Many2one("res.partner", "Person", required=True, readonly=True, ondelete="cascade")
    unit_count = fields.Integer("Units They Use", compute="_compute_counts")
    event_count = fields.Integer("Lines of History", compute="_compute_counts")
    bought_count = fields.Integer("Units They Bought", compute="_compute_counts")
    file = fields.Binary(readonly=True, attachment=False)
    file_name = fields.Char(readonly=True)

    @api.model
    def default_get(self, fields):
        """Take the contact whose action opened the window."""
        # EXTENDS 'base'
        values = super().default_get(fields)
        if self.env.context.get("active_model") == "res.partner" and "partner_id" in fields:
            values.setdefault("partner_id", self.env.context.get("active_id"))
        return values

    @api.depends("partner_id")
    def _compute_counts(self):
        for window in self:
            person = window._find_person()
            window.unit_count, window.event_count = len(person.used), len({*person.events, *person.mentions})
            window.bought_count = person.bought

    def _find_person(self):
        self.env["serial.number"]._check_manager()
        outside.check_readable(self.partner_id)
        return Person(self.partner_id, self.env.companies)

    def _find_nobody(self):
        """Return the contact that stands in the history where somebody was erased."""
        # No record of the addon: it would have to go with it, and the history names it until then.
        settings, partners = self.env["ir.config_parameter"].sudo(), self.env["res.partner"].sudo()
        nobody = partners.browse(int(settings.get_param(NOBODY) or 0)).exists()
        if not nobody:
            nobody = partners.create({"name": "erased", "active": False})
            settings.set_param(NOBODY, nobody.id)
        return nobody

    def action_export(self):
        """Write all that the register keeps of the person into a file, for managers.

        :return: the action that shows the window again, with the file
        """
        outside.check_one(self)
        self.check_access("write")
        text = json.dumps(self._find_person().collect(), indent=2, ensure_ascii=False)
        self.file, self.file_name = base64.b64encode(text.encode()), "personal-data.json"
        return {
            "name": self.env._("Personal Data"),
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_erase(self):
        """Erase the person's data from units and their history, which stays otherwise, for managers.

        :return: the action that says so
        :raise UserError: when there is nothing to erase
        """
        outside.check_one(self)
        self.check_access("write")
        person = self._find_person()
        if not person.units:
            raise UserError(self.env._("No unit and no line of the history names this person as an end user."))
        person.erase(self._find_nobody())
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self._describe_erased(len(person.units)),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _describe_erased(self, count):
        return self.env._("Erased from 1 unit.") if count == 1 else self.env._("Erased from %s units.", count)
