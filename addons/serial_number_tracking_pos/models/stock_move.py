from odoo import api, fields, models


class StockMove(models.Model):
    _inherit = "stock.move"

    pos_line_id = fields.Many2one("pos.order.line", index="btree_not_null", readonly=True, ondelete="set null")

    @api.model
    def _prepare_merge_moves_distinct_fields(self):
        # EXTENDS 'stock'
        return [*super()._prepare_merge_moves_distinct_fields(), "pos_line_id"]

    @api.model
    def _prepare_merge_negative_moves_excluded_distinct_fields(self):
        # EXTENDS 'stock'
        return [*super()._prepare_merge_negative_moves_excluded_distinct_fields(), "pos_line_id"]

    def _get_sold_line(self):
        """Return the line that sold the units: of a refund, the one that is refunded."""
        return self.pos_line_id.refunded_orderline_id or self.pos_line_id

    def _serial_customer(self):
        """Say who bought the units at the till, also when somebody else brings them back."""
        # EXTENDS 'serial_number_tracking'
        return self._get_sold_line().order_id.partner_id or super()._serial_customer()

    def _serial_document(self):
        # EXTENDS 'serial_number_tracking'
        return self.pos_line_id.order_id.pos_reference or super()._serial_document()

    def _serial_responsible(self):
        # EXTENDS 'serial_number_tracking'
        return self.pos_line_id.order_id.user_id or super()._serial_responsible()

    def _get_order_invoice_lines(self):
        # EXTENDS 'serial_number_tracking'
        return super()._get_order_invoice_lines() | self.pos_line_id.serial_invoice_line_ids

    def _get_serial_choices(self):
        """Let an order take back what is left of its own units alone."""
        # EXTENDS 'serial_number_tracking'
        flow = self._serial_flow() if self.pos_line_id else None
        if not flow or flow.takes != "customer":
            return super()._get_serial_choices()
        return self._get_sold_line()._get_units_left(self.product_id)

    def _enter_till_serials(self):
        """Enter what the till says of these moves' units."""
        followed = self.sudo().filtered(lambda move: move.is_serialized and move._serial_flow())
        for line, moves in followed.filtered("pos_line_id").grouped("pos_line_id").items():
            lots = line.pack_lot_ids.filtered("lot_name")
            for move in moves:
                mine = lots
                if move != moves[-1]:  # of a kit: the numbers that this component has
                    said = move._say_of_serials(lots.mapped("lot_name"))
                    mine = lots.browse(lot.id for lot, check in zip(lots, said, strict=True) if check["ok"])
                statuses = {index: lot.serial_status for index, lot in enumerate(mine)}
                checks = move._enter_unasked(mine.mapped("lot_name"), statuses)
                for lot, check in zip(mine, checks, strict=True):
                    lot.lot_name = check.name if check.key else lot.lot_name
                lots -= mine

    def _promise_till_serials(self):
        """Promise what the till entered to the customer whom it is shipped to later, so that nobody else sells it."""
        for move in self.sudo().filtered(lambda move: move.is_serialized and "customer" in move._serial_flow().fills):
            domain = [("product_id", "=", move.product_id.id), ("company_id", "=", move.company_id.id)]
            named = [("name", "in", move.pos_line_id.pack_lot_ids.mapped("lot_name")), ("status", "=", "available")]
            if units := self.env["serial.number"].sudo().search([*domain, *named]):
                units.action_designate(move._serial_customer())
