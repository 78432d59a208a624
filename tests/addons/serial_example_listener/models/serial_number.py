from odoo import models


class SerialNumber(models.Model):
    _inherit = "serial.number"

    def _after_change(self, change):
        super()._after_change(change)
        if change.kind == "shipped" and change.partner:
            names = ", ".join(change.units.filtered("name").mapped("name"))
            change.partner.message_post(body=self.env._("Shipped: %s", names))
