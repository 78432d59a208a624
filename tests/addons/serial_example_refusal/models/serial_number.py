from odoo import fields, models


class SerialNumber(models.Model):
    _inherit = "serial.number"

    country_id = fields.Many2one("res.country", "Only Licensed for")

    def _find_refusal(self, line, flow):
        country = line._serial_partner().country_id if line else self.env["res.country"]
        foreign = self.filtered(lambda unit: country and unit.country_id and unit.country_id != country)
        text = self.env._("%(serial)s is licensed for %(country)s alone. Choose another unit.")
        found = {unit.id: text % {"serial": unit.name, "country": unit.country_id.name} for unit in foreign}
        return super()._find_refusal(line, flow) | (found if flow.code in ("ship", "invoice", "designate") else {})
