from odoo import fields, models


class RepairOrder(models.Model):
    _inherit = "repair.order"

    claim_ids = fields.One2many("serial.claim", "repair_id", "Claims")

    def action_claim(self):
        """Open the claim against the unit's vendor, a new one if there is none.

        :return: a window action
        """
        self.ensure_one()
        vals = {"serial_id": self.serial_id.id, "repair_id": self.id}
        return (self.claim_ids[:1] or self.env["serial.claim"].create(vals))._get_records_action()
