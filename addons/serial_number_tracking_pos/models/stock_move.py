from odoo import api, fields, models


class StockMove(models.Model):
    _inherit = "stock.move"

    pos_line_id = fields.Many2one("pos.order.line", index="btree_not_null", readonly=True, ondelete="set null")

    @api.model
    def _get_serial_line_fields(self):
        # EXTENDS 'serial_number_tracking'
        return [*super()._get_serial_line_fields(), "pos_line_id"]

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
            statuses = {index: lot.serial_status for index, lot in enumerate(lots)}
            for lot, check in zip(lots, moves._enter_unasked(lots.mapped("lot_name"), statuses), strict=True):
                lot.lot_name = check.name if check.key else lot.lot_name
