from odoo import fields, models
from odoo.fields import Domain

from .serial_button_mixin import LOOKUP


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "serial.button.mixin"]

    serial_count = fields.Integer(
        "Serial Numbers", compute="_compute_serial_count", groups=LOOKUP, help="Units that this contact bought or uses."
    )

    def _compute_serial_count(self):
        for partner in self:
            partner.serial_count = self.env["serial.number"].search_count(partner._get_serial_domain())

    # EXTENDS 'serial.button.mixin'
    def _get_serial_domain(self):
        fields_ = ("customer_id", "end_user_id", "vendor_id")
        return Domain.OR(Domain(name, "child_of", self.ids) for name in fields_)
