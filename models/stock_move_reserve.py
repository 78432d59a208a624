"""For whom a move reserves stock, so that it gets the units that are designated to it, and none that are kept back."""

from odoo import models

from ..engine.kept import KeptUnits
from ..tools.context import tell
from ..tools.flow import find_flow
from .stock_quant_reserve import DEMAND, FORCED, KEPT


class StockMove(models.Model):
    _inherit = "stock.move"

    def _get_serial_demand_flow(self):
        """Return the row of the flow table that the move is a step of: what its last step does to units.

        What is picked for a customer is going to be shipped, although it is only moved within stock.
        """
        move = self.sudo()
        final = move.location_final_id or move._get_serial_last_step().location_dest_id
        return find_flow(
            move.location_id._serial_place(is_source=True),
            final._serial_place(is_source=False),
            is_scrap=bool(move.scrap_id),
            is_consumed=final.usage == "production",
        )

    def _get_serial_last_step(self):
        move, seen = self, self
        while following := move.move_dest_ids[:1] - seen:
            move = following
            seen |= move
        return move

    def _get_serial_claim(self):
        """Return the order line and the customer that the move is for: ids, or None."""
        move = self.sudo()
        return move.sale_line_id.id or None, move._serial_customer().commercial_partner_id.id or None

    def _get_serial_reserves(self):
        """Return the statuses of units kept back that the move may reserve, and its claim on designated ones."""
        flow = self._get_serial_demand_flow()
        own = bool(flow) and "designated" in flow.accepts_own
        return flow.reserves if flow else (), self._get_serial_claim() if own else (None, None)

    def _count_serials_reserved(self):
        """Return how much is reserved, in the product's own unit of measure."""
        return sum(self.move_line_ids.mapped("quantity_product_uom"))

    def _get_serial_reserver(self):
        """Return the document that is told when the move loses its reservation: an order, a production, a transfer."""
        document = self.sudo()._get_source_document()
        return document if isinstance(document, self.env.registry["mail.thread"]) else None

    def _describe_serial_loss(self, quantity):
        """Say that the move loses a quantity that is reserved for it.

        :param quantity: how much, in the product's own unit of measure
        """
        return self.env._(
            "%(quantity)g %(product)s, reserved on %(document)s",
            quantity=quantity,
            product=self.product_id.display_name,
            document=self._serial_document(),
        )

    def _with_serial_demand(self):
        """Return the move with a context that tells the quants who asks."""
        return self.with_context(**tell(DEMAND, self.id)) if self.product_id.is_serialized else self

    # EXTENDS 'stock'
    def _action_assign(self, force_qty=False):
        """Read once which units are kept back."""
        followed = self.product_id.filtered("is_serialized")
        moves = self.with_context(**tell(KEPT, KeptUnits(followed))) if followed else self
        return super(StockMove, moves)._action_assign(force_qty=force_qty)

    # EXTENDS 'stock'
    def _update_reserved_quantity_vals(
        self, need, location_id, lot_id=None, package_id=None, owner_id=None, strict=True
    ):
        move = self._with_serial_demand()
        return super(StockMove, move)._update_reserved_quantity_vals(
            need, location_id, lot_id, package_id, owner_id, strict
        )

    # EXTENDS 'stock'
    def _get_available_quantity(
        self, location_id, lot_id=None, package_id=None, owner_id=None, strict=False, allow_negative=False
    ):
        return super(StockMove, self._with_serial_demand())._get_available_quantity(
            location_id, lot_id, package_id, owner_id, strict, allow_negative
        )

    # EXTENDS 'stock'
    def _set_quantity_done_prepare_vals(self, qty):
        """Let a user have the quantity that they insist on, of what is free first."""
        move = self._with_serial_demand().with_context(**tell(FORCED, True)) if self.product_id.is_serialized else self
        return super(StockMove, move)._set_quantity_done_prepare_vals(qty)
