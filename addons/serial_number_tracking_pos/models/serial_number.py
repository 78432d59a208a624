from odoo import fields, models


class SerialNumber(models.Model):
    _inherit = "serial.number"

    pos_order_id = fields.Many2one(
        related="delivery_move_id.pos_line_id.order_id",
        string="Point of Sale Order",
        groups="point_of_sale.group_pos_user",
    )

    def _after_change(self, change):
        """Let the till know numbers that units get after their sale, for receipts and refunds."""
        # EXTENDS 'serial_number_tracking'
        super()._after_change(change)
        units = change.units.sudo() if change.kind == "numbered" else self.browse()
        for unit in units.filtered(lambda unit: unit.name and unit.delivery_move_id.pos_line_id):
            line = unit.delivery_move_id.pos_line_id
            if len(line.pack_lot_ids) < line.qty:
                line.pack_lot_ids = [(0, 0, {"lot_name": unit.name})]
