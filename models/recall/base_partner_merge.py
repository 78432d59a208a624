from odoo import api, models

from . import handover


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        # EXTENDS 'base': it changes references by SQL, and knows no unique indexes
        for partner in src_partners:
            handover.follow_merge(partner, dst_partner)
        super()._update_foreign_keys(src_partners, dst_partner)
