"""What the register knows of the other numbers of units, and how they find them."""

from odoo import api, fields, models
from odoo.fields import Domain

from . import lookup


class SerialNumber(models.Model):
    _inherit = "serial.number"

    identity_ids = fields.One2many(
        "serial.identity", "serial_id", "Identities", help="Other numbers that the unit carries: IMEI, MAC, asset tag."
    )

    @api.model
    def _get_line_fields(self):
        # EXTENDS 'serial.hook.mixin'
        return super()._get_line_fields() | {"identity_ids"}

    @api.model
    def _find_named_otherwise(self, texts, domain):
        # EXTENDS 'serial.hook.mixin'
        found = lookup.find_units(self.browse(), texts, domain)
        others = super()._find_named_otherwise([text for text in texts if text not in found], domain)
        return others | found

    @api.model
    def _get_otherwise_domain(self, text, is_whole):
        # EXTENDS 'serial.hook.mixin'
        identities = self.env["serial.identity"].sudo().search(lookup.get_domain(text, is_whole), limit=lookup.LIMIT)
        return super()._get_otherwise_domain(text, is_whole) | Domain("id", "in", identities.serial_id.ids)
