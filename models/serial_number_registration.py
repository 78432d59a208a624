"""Register units to those who use them."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..engine import by_hand, change, outside
from ..tools import warranty_rule
from ..tools.day import show_day

REGISTRATION = ("end_user_id", "date_registered", "registration_channel")


class SerialNumber(models.Model):
    _inherit = "serial.number"

    end_user_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="restrict",
        help="Who uses the unit, where the customer resold it. Register adds the day, which may begin the warranty.",
    )
    date_registered = fields.Date("Registered on", index="btree_not_null")
    registration_channel = fields.Char()

    def action_register(self, end_user, date=None, channel=None):
        """Note who uses sold units, where the customer resold them. It may begin their warranty.

        :param end_user: the ``res.partner``, or its id
        :param date: the day of the registration (default: today, in the user's time zone)
        :param str channel: how it reached us
        :raise AccessError: for an end user whom the user may not read
        :raise UserError: for units that are not sold, a day to come, a text that is too long, and without an end user
            or with another company's
        """
        self.check_access("write")
        end_user = outside.take_record(self.env, "res.partner", end_user, self.company_id)
        if not end_user:
            raise UserError(self.env._("Choose who uses the units."))
        date, channel = self._check_registration_day(date), outside.take_text(self.env, channel)
        change.check_change(self, "registered", "sold")
        vals = {
            "status": "sold",
            "end_user_id": end_user.id,
            "date_registered": date,
            "registration_channel": channel or False,
        }
        event = self._prepare_event_vals(
            "registered", partner=end_user, note=self._describe_registration(date, channel), day=date
        )
        for units, begun in self._split_by_registration(date):
            units._record_change("registered", vals | begun, event)
        return True

    def _check_registration_day(self, date):
        today = self.env.company._get_serial_day()
        day = by_hand.as_day(self, date) or today
        if day > today:
            raise UserError(
                self.env._("%s is still to come. Enter the day of the registration.", show_day(self.env, day))
            )
        return day

    def _describe_registration(self, date, channel):
        """Return what the history keeps of a registration when the unit has lost it."""
        return ", ".join(filter(None, [show_day(self.env, date), channel]))

    def _split_by_registration(self, date):
        """Divide units by the warranty that begins when they are registered on a day.

        :return: list of (units, facts)
        """
        groups = {}
        for unit in self:
            groups.setdefault(unit._find_registered_end(date), []).append(unit.id)
        return [(self.browse(ids), {"warranty_end": end} if end else {}) for end, ids in groups.items()]

    def _find_registered_end(self, date):
        """Return until when the warranty runs that a registration begins; None where it ran before, or is fixed."""
        if self.warranty_fixed:
            return None
        rule = self.company_id.sudo().serial_warranty_start
        begun = warranty_rule.find_start(rule, self.date_sold, self.date_registered)
        begins = warranty_rule.find_start(rule, self.date_sold, date)
        if not begins or (begun and begun <= begins):
            return None
        return warranty_rule.find_end(begins, self.product_id.warranty_months) or None

    def _write_registration(self, vals):
        """Take a registration out of ``vals``, and register the units that it changes.

        :raise UserError: as :meth:`action_register`
        """
        facts = {name: vals.pop(name) for name in REGISTRATION if name in vals}
        changed = self.filtered(lambda unit: by_hand.describe_changes(unit, facts))
        for (end_user, channel), units in changed.grouped(
            lambda unit: (unit.end_user_id.id, unit.registration_channel)
        ).items():
            units.action_register(
                facts.get("end_user_id", end_user), facts["date_registered"], facts.get("registration_channel", channel)
            )
