from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import outside
from ..tools import naming


class SerialHoldReason(models.Model):
    """Why units are put on hold: a short list that the company edits."""

    _name = "serial.hold.reason"
    _description = "Reason for Hold"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", ondelete="restrict", help="Empty: all companies choose from it.")

    @api.constrains("name")
    def _check_lengths(self):
        outside.check_lengths(self, {"name": naming.MAX_LENGTH})

    # Not by a foreign key, which would also keep the addon's own reasons from going with the addon.
    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        unit = self.env["serial.number"].sudo().search([("hold_reason_id", "in", self.ids)], limit=1)
        if unit:
            raise UserError(self._message_in_use(unit))

    def _message_in_use(self, unit):
        words = {"reason": unit.hold_reason_id.name, "serial": unit.name, "product": unit.product_id.display_name}
        if not unit.name:
            return self.env._(
                "%(reason)s is why a unit without serial (%(product)s) is on hold. Archive it instead: then nobody can "
                "choose it.",
                **words,
            )
        return self.env._(
            "%(reason)s is why %(serial)s (%(product)s) is on hold. Archive it instead: then nobody can choose it.",
            **words,
        )
