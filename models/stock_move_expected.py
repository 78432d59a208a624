"""What becomes of units that were announced, or promised, when a transfer is done or ends without them."""

from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    # EXTENDS 'serial.entry.mixin'
    def _serial_purchase_line(self):
        line = self.sudo().purchase_line_id
        flow = line and self._serial_flow()
        return line if flow and "vendor" in flow.fills else line.browse()

    def _get_announced_lines(self):
        """Return the purchase order lines of these moves that their vendors announced units of."""
        return self.sudo().purchase_line_id.filtered("has_announced_serials")

    # EXTENDS 'stock'
    def _action_done(self, cancel_backorder=False):
        todo = self.filtered(lambda move: move.is_serialized and move.state not in ("done", "cancel"))
        result = super()._action_done(cancel_backorder=cancel_backorder)
        (todo | result.filtered("is_serialized")).exists()._note_serials_not_come()
        return result

    # EXTENDS 'stock'
    def _action_cancel(self):
        result = super()._action_cancel()
        # Without a transfer it is Odoo's own move that lowers another one: the order line withdraws by itself.
        serialized = self.filtered(lambda move: move.is_serialized and move.picking_id)
        for picking, moves in serialized.grouped("picking_id").items():
            note = self.env._("%s was cancelled.", picking.name)
            moves._get_announced_lines()._withdraw_surplus(note)
            moves.sudo().sale_line_id._release_surplus(note)
        return result

    def _note_serials_not_come(self):
        """Keep in the history which announced units a receipt did not bring; they stay expected while they can come."""
        done = self.filtered(lambda move: move.state == "done" and move._serial_purchase_line())
        for line, moves in done.grouped("purchase_line_id").items():
            document = moves[0]._serial_document()
            note = self.env._("Announced for %s, did not come.", document)
            if moves.sudo().serial_ids.filtered(lambda unit: not unit.name):
                note = self.env._("Announced for %s, and not among the numbers that were entered.", document)
            lines = moves._get_announced_lines()
            lines._withdraw_surplus(note)
            units = lines._get_expected_units()
            event = units._prepare_event_vals(
                "expected", partner=line.sudo().order_id.partner_id, source=moves[0], note=note
            )
            units._record_change("expected", {}, event)
