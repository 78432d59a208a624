"""Which units an invoice line stands for: those of its product, or those of the components of a kit."""

import math

from odoo import models

from ..tools.flow import CUSTOMER


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _get_serial_demands(self):
        """Return ``{line: {product: number of units}}`` of the lines that stand for units."""
        sold = self.filtered(lambda line: line.display_type == "product" and line.product_id)
        sold = sold.filtered(lambda line: line.move_id.is_sale_document(include_receipts=True))
        own = sold.filtered("product_id.is_serialized")
        return {line: {line.product_id: line._serial_quantity()} for line in own} | (sold - own)._get_kit_demands()

    def _count_serial_todo(self, product, demand):
        """Return how many units of a product are missing on the line.

        :param dict demand: the line's row of :meth:`_get_serial_demands`
        """
        return demand.get(product, 0) - len(self.serial_ids.filtered(lambda unit: unit.product_id == product))

    def _get_kit_demands(self):
        """Return the demands of lines whose order delivers other products than the one that it sells: kits.

        The moves tell, and not the bill of materials: that may be another one by now. One query, and none without the
        app that knows kits.
        """
        if "bom_line_id" not in self.env["stock.move"]._fields:
            return {}
        goods = self.filtered(lambda line: line.product_id.type == "consu" and line.sale_line_ids)
        orders = goods.sudo().sale_line_ids
        moves = self.env["stock.move"].sudo()
        if orders:
            moves = moves.search([("sale_line_id", "in", orders.ids), ("product_id.is_serialized", "=", True)])
        if not moves:
            return {}
        by_order = moves.filtered(lambda move: move._is_serial_kit_part()).grouped("sale_line_id")
        demands = {line: line._count_kit_units(by_order) for line in goods}
        return {line: demand for line, demand in demands.items() if demand}

    def _count_kit_units(self, by_order):
        """Return how many units of each component the kits of this line are.

        :param dict by_order: the moves that count, by order line
        :return: ``{component: number}``
        """
        demand = {}
        for order in self.sudo().sale_line_ids:
            kits = self.product_uom_id._compute_quantity(self.quantity, order.product_uom_id, round=False)
            ordered = order.product_uom_qty or order.qty_delivered
            for product, moves in by_order.get(order, self.env["stock.move"]).grouped("product_id").items():
                share = kits / ordered if ordered else 0
                units = math.ceil(round(share * sum(moves.mapped("product_qty")), 6))
                demand[product] = demand.get(product, 0) + units
        return {product: units for product, units in demand.items() if units > 0}


class StockMove(models.Model):
    _inherit = "stock.move"

    def _is_serial_kit_part(self):
        """Tell whether the move brings a customer what its order line sells under another name.

        What was cancelled after a part was delivered counts: it says how many pieces a kit has.
        """
        if self.sale_line_id.product_id == self.product_id or self.origin_returned_move_id:
            return False
        if self.serial_exchange_move_id or self.location_dest_id._serial_place(is_source=False) != CUSTOMER:
            return False
        pickings = self.picking_id | self.picking_id.backorder_id
        return self.state != "cancel" or "done" in pickings.move_ids.mapped("state")
