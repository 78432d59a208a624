"""Put units on hold, with a reason and until a day."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..engine import outside
from ..tools.day import show_day

RELEASE_BATCH = 5000


class SerialNumber(models.Model):
    _inherit = "serial.number"

    hold_reason = fields.Char("Reason for Hold", help="Shown wherever somebody tries to sell the unit.")
    hold_reason_id = fields.Many2one(
        "serial.hold.reason", "Kind of Hold", check_company=True, index="btree_not_null", ondelete="set null"
    )
    hold_until = fields.Date(
        "On Hold until", index="btree_not_null", help="The last day on hold; the unit is released the day after."
    )

    def action_hold(self, reason, until=None, detail=None):
        """Put units on hold: they stay where they are and cannot be sold. Units on hold get another reason or day.

        An order that loses units by it gets a note.

        :param reason: why, shown wherever somebody tries to sell them: a text, or a ``serial.hold.reason`` or its id
        :param until: the last day on hold, after which they are released by themselves; None for no end
        :param str detail: what else is to be said beside a reason of the list
        :raise UserError: for units that are not available, designated or on hold, a day that is over, a text that is
            too long, and a reason of another company
        """
        self.check_access("write")
        until = self._as_day(until)
        vals = self._prepare_hold_vals(reason, until, detail)
        note = vals["hold_reason"]
        if until:
            note = self._describe_hold(note, until)
        promises = self._get_promises()
        ended = {"status": "hold", "customer_id": False, "sale_line_id": False}
        self._record_change("held", vals | ended, self._prepare_event_vals("held", note=note, day=until))
        why = note or self.env._("no reason given")
        text = self.env._("These units were put on hold and taken from this order: %s", why)
        self._tell_orders(promises, text, self._take_back_reserved())
        return True

    def _prepare_hold_vals(self, reason, until, detail=None):
        """Return the facts of units that are on hold; extend it to keep more.

        :raise UserError: for a day that is over, and a reason of another company
        """
        if until and until < self.env.company._get_serial_day():
            raise UserError(self.env._("%s is over. Choose today or a later day, or none.", show_day(self.env, until)))
        detail = outside.take_text(self.env, detail)
        if not isinstance(reason, str) and reason:
            chosen = outside.take_record(self.env, "serial.hold.reason", reason, self.company_id)
            # An exported unit brings the whole text back as the detail.
            detail = detail.removeprefix(chosen.name or "").removeprefix(": ")
            text = ": ".join(filter(None, [chosen.name, detail]))[: outside.TEXT_LIMIT]
        else:
            chosen, text = self.env["serial.hold.reason"], outside.take_text(self.env, reason) or detail
        return {"hold_reason": text or False, "hold_reason_id": chosen.id, "hold_until": until or False}

    def _describe_hold(self, reason, until):
        """Return what the history says of a hold that ends."""
        return self.env._("%(reason)s (until %(day)s)", reason=reason or "", day=show_day(self.env, until))

    def _prepare_held_vals(self, events):
        """Return the facts of a unit that is on hold again as it was before.

        :param events: the unit's events until then, the newest first
        """
        held = events.filtered(lambda event: event.kind == "held")[:1]
        end = self._describe_hold("", held.day) if held.day else ""
        return {"hold_reason": (held.note or "").removesuffix(end) or False, "hold_until": held.day}

    @api.model
    def _cron_release_due(self):
        """Release the units whose last day on hold is over, in batches."""
        domain = self._get_due_domain()
        units = self.search(domain, limit=RELEASE_BATCH, order="hold_until, id").try_lock_for_update()
        for day, part in units.grouped("hold_until").items():
            part._release(self.env._("Hold ended on %s.", show_day(self.env, day)))
        remaining = self.search_count(domain) if len(units) == RELEASE_BATCH else 0
        self.env["ir.cron"]._commit_progress(len(units), remaining=remaining)

    @api.model
    def _get_due_domain(self):
        """Return the domain of the units on hold whose last day is over where the user is who wrote it last.

        Somebody in New York who holds a unit until the 20th means an evening that is the 21st elsewhere.
        """
        last = fields.Date.today() + timedelta(days=1)  # there is no place where it is later
        held = Domain("status", "=", "hold") & Domain("hold_until", "<", last)
        groups = self._read_group(held, ["company_id", "write_uid"])
        return held & Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("write_uid", "=", user.id)
            & Domain("hold_until", "<", company._get_serial_day(user=user))
            for company, user in groups
        )
