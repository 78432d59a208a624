from odoo import fields, models


class SerialNumber(models.Model):
    _inherit = "serial.number"

    country_id = fields.Many2one("res.country", "Only Licensed for")

    def _find_refusal(self, line, flow, partner):
        if flow.code not in ("ship", "invoice", "designate") or not partner.country_id:
            return super()._find_refusal(line, flow, partner)
        foreign = self.filtered(lambda unit: unit.country_id not in (unit.country_id.browse(), partner.country_id))
        text = self.env._("%(serial)s is licensed for %(country)s alone. Choose another unit.")
        found = {unit.id: text % {"serial": unit.display_name, "country": unit.country_id.name} for unit in foreign}
        return super()._find_refusal(line, flow, partner) | found
