from odoo import api, fields, models

from ...engine.registered import RegisteredSelection
from ...tools.warranty_rule import REPLACEMENTS


class StockReturnPicking(models.TransientModel):
    _inherit = "stock.return.picking"

    has_serialized = fields.Boolean(compute="_compute_has_serialized")
    serial_exchange_warranty = fields.Selection(
        REPLACEMENTS,
        "Warranty of the Replacement",
        compute="_compute_serial_exchange_warranty",
        store=True,
        readonly=False,
        help="What the unit gets that is sent in place of the one that comes back, when you return for exchange.",
    )

    serial_exchange_condition = RegisteredSelection(
        only=lambda status: status.returns,
        string="The Unit Goes back as",
        default="hold",
        help="What the unit that comes back is then, when you return for exchange: a broken one is not for sale again.",
    )

    @api.depends("product_return_moves.product_id")
    def _compute_has_serialized(self):
        for wizard in self:
            wizard.has_serialized = any(wizard.product_return_moves.product_id.mapped("is_serialized"))

    @api.depends("company_id")
    def _compute_serial_exchange_warranty(self):
        for wizard in self:
            wizard.serial_exchange_warranty = (wizard.company_id or self.env.company).serial_exchange_warranty

    def action_create_exchanges(self):
        """Note what the units that come back in the exchange are to become."""
        # EXTENDS 'stock'
        action = super().action_create_exchanges()
        if self.picking_id.picking_type_code != "incoming":  # what goes back to its vendor is not ours to judge
            back = self.env["stock.picking"].browse(action["res_id"])
            back.move_ids.filtered("is_serialized").serial_condition = self.serial_exchange_condition
        return action

    def _get_proc_values(self, line):
        # EXTENDS 'stock'
        vals = {"serial_exchange_move_id": line.move_id.id, "serial_exchange_warranty": self.serial_exchange_warranty}
        return super()._get_proc_values(line) | vals

    def _create_exchange(self, return_picking):
        # EXTENDS 'stock'
        exchange = super()._create_exchange(return_picking)
        for move in exchange.move_ids:
            returned = return_picking.move_ids.filtered(lambda line, move=move: line.product_id == move.product_id)
            move.serial_exchange_move_id = returned[:1].origin_returned_move_id
            move.serial_exchange_warranty = self.serial_exchange_warranty
        return exchange
