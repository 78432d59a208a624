from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _serial_flow(self):
        """Receive what a subcontractor made when it arrives, here or at a customer: making it is no event."""
        # EXTENDS 'serial_number_tracking'
        flow, move = super()._serial_flow(), self.sudo()
        if move.production_id and move.move_dest_ids.filtered("is_subcontract"):
            return None
        if move.is_subcontract and flow and flow.takes == "stock":
            return self.env["serial.number"]._get_flow("receive" if flow.only_moves else "dropship")
        return flow

    def _after_booking(self):
        # EXTENDS 'serial_number_tracking'
        super()._after_booking()
        self.sudo()._get_subcontract_production()._build_in_serials()
