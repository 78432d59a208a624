from odoo import fields, models


class SerialNumber(models.Model):
    _inherit = "serial.number"

    claim_ids = fields.One2many("serial.claim", "serial_id", "Claims against Vendors", readonly=True)
    claim_count = fields.Integer(compute="_compute_claim_count", compute_sudo=True)

    def _compute_claim_count(self):
        counts = dict(self.env["serial.claim"]._read_group([("serial_id", "in", self.ids)], ["serial_id"], ["__count"]))
        for unit in self:
            unit.claim_count = counts.get(unit, 0)

    def action_view_claims(self):
        """Open the claims against vendors for these units, the closed ones too.

        :return: a window action
        """
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("serial_number_tracking_claim.serial_claim_action")
        return action | {"domain": [("serial_id", "in", self.ids)], "context": {}}
