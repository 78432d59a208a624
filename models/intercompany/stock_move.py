from odoo import models

from . import handover


class StockMove(models.Model):
    _inherit = "stock.move"

    def _after_booking(self):
        # EXTENDS 'serial.move.hook.mixin'
        super()._after_booking()
        for move in self.filtered("is_serialized"):
            origin, target = move.location_id, move.location_dest_id
            if handover.is_between(target) and origin.is_serial_stock:
                handover.announce(move)
            elif handover.is_between(origin) and target.is_serial_stock:
                handover.confirm(move)
                handover.withdraw(move.sudo().serial_ids)

    def _get_handed_domain(self):
        # EXTENDS 'serial.move.hook.mixin'
        domain = super()._get_handed_domain()
        return domain | handover.get_proposal(self) if handover.is_between(self.location_id) else domain
