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

    # EXTENDS 'serial.button.mixin'
    def _get_serial_domain(self):
        fields_ = ("customer_id", "end_user_id", "vendor_id")
        return Domain.OR(Domain(name, "child_of", self.ids) for name in fields_)

    # EXTENDS 'base'
    def write(self, vals):
        """Let the notices of recalls follow contacts who get another company, and keep those of units readable."""
        self._check_serial_company(vals.get("company_id"))
        before = self._get_noticed_entities() if vals.keys() & {"parent_id", "is_company"} else {}
        result = super().write(vals)
        moves = {}
        for partner, old in before.items():
            if partner.commercial_partner_id != old:
                moves.setdefault((old, partner.commercial_partner_id), []).append(partner.id)
        for (old, new), ids in moves.items():
            self.env["serial.recall.partner"].sudo()._hand_over(old, new, self.browse(ids))
        return result

    def _get_serial_people(self):
        """Return these partners and all contacts below them, archived ones too."""
        return self.with_context(active_test=False).search([("id", "child_of", self.ids)])

    def _get_noticed_entities(self):
        """Return ``{partner: commercial entity}`` of these partners and their contacts where a recall tells one."""
        entities = {partner: partner.commercial_partner_id for partner in self._get_serial_people().sudo()}
        ids = [entity.id for entity in entities.values()]
        is_noticed = self.env["serial.recall.partner"].sudo().search_count([("partner_id", "in", ids)], limit=1)
        return entities if is_noticed else {}
