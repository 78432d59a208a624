from odoo import models


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    def _get_serial_policy(self):
        """Leave the question to the receipt, whose button Odoo continues without looking at what this order says."""
        # EXTENDS 'serial_number_tracking_mrp'
        return "skip" if self._get_subcontract_move() else super()._get_serial_policy()

    def _get_finished_serials(self):
        # EXTENDS 'serial_number_tracking_mrp'
        received = self._get_subcontract_move()
        return received._get_serials_in_order() if received else super()._get_finished_serials()
