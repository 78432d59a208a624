from odoo import api, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _prepare_stock_move_vals(self, first_line, order_lines):
        # EXTENDS 'point_of_sale'
        vals = super()._prepare_stock_move_vals(first_line, order_lines)
        return vals | ({"pos_line_id": first_line.id} if first_line._has_units() else {})

    def _create_move_from_pos_order_lines(self, lines):
        """Let each line that sells units have moves of its own, which say which order they are of."""
        # EXTENDS 'point_of_sale'
        apart = lines.filtered(lambda line: line._has_units())
        for line in apart:
            super()._create_move_from_pos_order_lines(line)
        if lines - apart:
            super()._create_move_from_pos_order_lines(lines - apart)
        self.move_ids._enter_till_serials()

    @api.model
    def _create_picking_from_pos_order_lines(self, location_dest_id, lines, picking_type, partner=False):
        """Tell somebody of lots that another till was faster to sell, or to take back: Odoo lets the transfer wait."""
        # EXTENDS 'point_of_sale'
        pickings = super()._create_picking_from_pos_order_lines(location_dest_id, lines, picking_type, partner)
        pickings.filtered(lambda picking: picking.state != "done").move_ids.sudo()._tell_unasked()
        return pickings
