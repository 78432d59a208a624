"""What recalls know of a unit, and how they follow what becomes of it."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from . import recall_sql

# Kinds of events after which somebody else may have a unit, or it may not be on hold for a recall any more.
FOLLOWED = {
    "shipped",
    "invoiced",
    "returned",
    "credited",
    "numbered",
    "renumbered",
    "registered",
    "released",
    "corrected",
    "imported",
}


class SerialNumber(models.Model):
    _inherit = "serial.number"

    recall_line_ids = fields.One2many("serial.recall.line", "serial_id", "Recalls", readonly=True)
    open_recall_ids = fields.Many2many("serial.recall", string="Recalled by", compute="_compute_open_recall_ids")

    @api.depends("recall_line_ids.recall_id.state")
    def _compute_open_recall_ids(self):
        for unit in self:
            unit.open_recall_ids = unit.recall_line_ids.recall_id.filtered(lambda recall: recall.state == "open")

    @api.model
    def _get_open_case(self):
        # EXTENDS 'serial.hook.mixin'
        return SQL(recall_sql.OPEN_RECALL)

    @api.model
    def _get_case_domain(self):
        # EXTENDS 'serial.hook.mixin'
        return super()._get_case_domain() | Domain("recall_line_ids.recall_id.state", "=", "open")

    def _group_by_case(self):
        # EXTENDS 'serial.hook.mixin'
        recalls = self.open_recall_ids
        return super()._group_by_case() | {
            recall.name: self.filtered(lambda unit, recall=recall: recall in unit.open_recall_ids) for recall in recalls
        }

    @api.model
    def _get_start_tiles(self):
        # EXTENDS 'serial.hook.mixin'
        tile = {
            "sequence": 35,
            "key": "recalls",
            "label": self.env._("Open Recalls"),
            "model": "serial.recall",
            "domain": Domain("state", "=", "open"),
            "action": "serial_number_tracking.serial_recall_action",
            "tone": "danger",
        }
        return [*super()._get_start_tiles(), tile]

    @api.model
    def _get_first_steps(self):
        # EXTENDS 'serial.hook.mixin'
        step = {
            "sequence": 60,
            "key": "recall",
            "label": self.env._("Prepare a recall"),
            "hint": self.env._("Find the units that are affected, hold those in stock, tell who has the others."),
            "model": "serial.recall",
            "is_done": bool(self.env["serial.recall"].search_count([], limit=1)),
            "action": "serial_number_tracking.serial_recall_action",
        }
        return [*super()._get_first_steps(), step]

    def _get_case_notices(self, partner):
        # EXTENDS 'serial.hook.mixin'
        notices = super()._get_case_notices(partner)
        recalled = self.filtered("open_recall_ids")
        if not recalled:
            return notices
        theirs = self.env["serial.recall.partner"].search(
            [
                ("recall_id", "in", recalled.open_recall_ids.ids),
                ("partner_id", "in", (partner | partner.commercial_partner_id).ids),
            ]
        )
        for unit in recalled:
            recall = unit.open_recall_ids[:1]
            mine = theirs.filtered(lambda notice, recall=recall: notice.recall_id == recall)[:1]
            text = self.env._("Product safety recall %(recall)s: %(reason)s", recall=recall.name, reason=recall.reason)
            notices[unit.id] = text, mine._get_answer_url() if mine else ""
        return notices

    @api.model
    def _describe_case(self, case):
        # EXTENDS 'serial.hook.mixin'
        return self.env._("Part of recall %s", case)

    @api.model
    def _advise_on_case(self, case, use):
        # EXTENDS 'serial.hook.mixin'
        texts = {
            "come_back": self.env._("It is part of recall %s: keep it on hold.", case),
            "arrive": self.env._("It is part of recall %s: put it on hold.", case),
            "leave": self.env._("It is part of recall %s: no customer should get it.", case),
        }
        return texts.get(use) or self.env._("It is part of recall %s.", case)

    @api.model
    def _prepare_case_hold(self, case, text):
        # EXTENDS 'serial.hook.mixin'
        reason = self.env.ref("serial_number_tracking.serial_hold_reason_recall", raise_if_not_found=False)
        text = self.env._("Recall %(recall)s: %(returned)s", recall=case, returned=text)
        return {"hold_reason": text, "hold_reason_id": reason and reason.id}

    def _before_merges(self, others):
        # EXTENDS 'serial.hook.mixin'
        super()._before_merges(others)
        recall_sql.move_lines(self, others)

    def _erase_person(self, person, nobody, companies):
        # EXTENDS 'serial.hook.mixin'
        super()._erase_person(person, nobody, companies)
        recall_sql.erase_person(person, nobody, companies)

    def _after_change(self, change):
        # EXTENDS 'serial_number_tracking'
        super()._after_change(change)
        if change.kind in FOLLOWED and not change.is_new and self._are_recalled():
            recall_sql.follow_units(self, is_return=change.kind == "returned")

    def _are_recalled(self):
        """Tell whether some of these units are on a recall that follows them; without one, no lines are read."""
        recalls = self.env["serial.recall"].sudo().search([("state", "in", ("draft", "open"))])
        domain = Domain("recall_id", "in", recalls.ids) & Domain("serial_id", "in", self.ids)
        return bool(recalls and self.env["serial.recall.line"].sudo().search_count(domain, limit=1))
