from odoo import fields, models
from odoo.fields import Domain

from .serial_button_mixin import LOOKUP


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "serial.button.mixin", "serial.reference.mixin"]

    serial_count = fields.Integer(
        "Serial Numbers", compute="_compute_serial_count", groups=LOOKUP, help="Units that this contact bought or uses."
    )

    def _compute_serial_count(self):
        for partner in self:
            partner.serial_count = self.env["serial.number"].search_count(partner._get_serial_domain())

    def _get_serial_domain(self):
        # EXTENDS 'serial.button.mixin'
        fields_ = ("customer_id", "end_user_id", "vendor_id")
        return Domain.OR(Domain(name, "child_of", self.ids) for name in fields_)

    def write(self, vals):
        """Keep units readable to those whose contact they name.

        :raise UserError: for a company that other companies' units name the contact for
        """
        # EXTENDS 'base'
        self._check_serial_company(vals.get("company_id"))
        return super().write(vals)

    def _get_serial_people(self):
        """Return these partners and all contacts below them, archived ones too."""
        return self.with_context(active_test=False).search([("id", "child_of", self.ids)])
