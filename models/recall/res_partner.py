from odoo import models

from . import handover


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        """Let the notices of recalls follow contacts who get another company."""
        # EXTENDS 'base'
        before = self._get_noticed_entities() if vals.keys() & {"parent_id", "is_company"} else {}
        result = super().write(vals)
        moves = {}
        for partner, old in before.items():
            if partner.commercial_partner_id != old:
                moves.setdefault((old, partner.commercial_partner_id), []).append(partner.id)
        for (old, new), ids in moves.items():
            handover.hand_over(old, new, self.browse(ids))
        return result

    def _get_noticed_entities(self):
        """Return ``{partner: commercial entity}`` of these partners and their contacts where a recall tells one."""
        entities = {partner: partner.commercial_partner_id for partner in self._get_serial_people().sudo()}
        ids = [entity.id for entity in entities.values()]
        is_noticed = self.env["serial.recall.partner"].sudo().search_count([("partner_id", "in", ids)], limit=1)
        return entities if is_noticed else {}
