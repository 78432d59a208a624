from collections import Counter

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.serial_number_tracking.api import make_key


class StockMove(models.Model):
    _inherit = "stock.move"

    pos_line_id = fields.Many2one(
        "pos.order.line",
        "Point of Sale Order Line",
        index="btree_not_null",
        readonly=True,
        ondelete="set null",
        help="The line of a till's order whose units the move brings or takes back.",
    )

    @api.model
    def _prepare_merge_moves_distinct_fields(self):
        # EXTENDS 'stock'
        return [*super()._prepare_merge_moves_distinct_fields(), "pos_line_id"]

    @api.model
    def _prepare_merge_negative_moves_excluded_distinct_fields(self):
        # EXTENDS 'stock'
        return [*super()._prepare_merge_negative_moves_excluded_distinct_fields(), "pos_line_id"]

    def _serial_customer(self):
        """Say who bought the units at the till: the sale's customer, also when somebody else brings them back."""
        # EXTENDS 'serial_number_tracking'
        line = self.pos_line_id
        order = (line.refunded_orderline_id or line).order_id
        return order.partner_id or super()._serial_customer()

    def _get_order_invoice_lines(self):
        # EXTENDS 'serial_number_tracking'
        return super()._get_order_invoice_lines() | self.pos_line_id.serial_invoice_line_ids

    def _placeholder_where(self):
        """Let a refund take back blanks of its own order alone."""
        # EXTENDS 'serial_number_tracking'
        where, sold = super()._placeholder_where(), self.pos_line_id.refunded_orderline_id
        if not sold or self._serial_flow().takes != "customer":
            return where
        return SQL("%s AND unit.id = ANY(%s)", where, sold._get_units_left(self.product_id).ids)

    def _enter_till_serials(self):
        """Enter what the till says of these moves' units. What cannot be taken is booked as blanks."""
        for move in self.sudo().filtered(lambda move: move.pos_line_id and move.is_serialized):
            flow = move._serial_flow()
            if not flow or move.product_id._has_serial_lots():  # Odoo's operations have the lots already
                continue
            if flow.takes == "customer" and move.pos_line_id.refunded_orderline_id:
                move._enter_refunded()
            else:
                lots = move._get_till_lots()
                checks = move._enter_unasked(lots.mapped("lot_name"))
                for lot, check in zip(lots, checks, strict=True):
                    lot._keep_number(check.name if check.key else "")

    def _get_till_lots(self):
        """Return what the till entered for the move: of a kit's line, the numbers that units of this component have."""
        lots = self.pos_line_id.pack_lot_ids.filtered("lot_name")
        if not lots or self.product_id == self.pos_line_id.product_id:
            return lots
        said = self._say_of_serials(lots.mapped("lot_name"))
        return lots.browse(lot.id for lot, check in zip(lots, said, strict=True) if check["ok"])

    def _enter_refunded(self):
        """Enter the units that the till takes back: of its order's, those that it names, then others that are left."""
        left = self.pos_line_id.refunded_orderline_id._get_units_left(self.product_id)
        lots = self.pos_line_id.pack_lot_ids.filtered("lot_name")
        said = self._say_of_serials(lots.mapped("lot_name"))
        chosen = {}
        for lot, check in zip(lots, said, strict=True):
            unit = left.filtered(lambda unit, check=check: unit.id == check["serial_id"])
            if unit and unit.name:
                lot._keep_number(unit.name)
                chosen.setdefault(unit, lot.serial_status)
        others = left.filtered("name").sorted("id") - left.browse(unit.id for unit in chosen)
        count = self._serial_quantity() - len(chosen) - len(left.filtered(lambda unit: not unit.name))
        units = [*chosen, *others[: max(0, count)]]
        statuses = {index: chosen[unit] for index, unit in enumerate(units) if chosen.get(unit)}
        self._enter_unasked([unit.name for unit in units], statuses)

    def _promise_till_serials(self):
        """Promise what the till entered to the customer whom it is shipped to later, so that nobody else sells it."""
        for move in self.sudo().filtered(lambda move: move.serial_draft and "customer" in move._serial_flow().fills):
            names = [make_key(name) for name in move._serial_names()]
            domain = [("product_id", "=", move.product_id.id), ("company_id", "=", move.company_id.id)]
            units = self.env["serial.number"].sudo().search([*domain, ("name_key", "in", names)])
            partner = move._serial_customer()
            units.filtered(lambda unit: unit.status == "available").action_designate(partner)

    def _after_booking(self):
        """Tell of numbers that the till took and that could not be booked."""
        # EXTENDS 'serial_number_tracking'
        super()._after_booking()
        for line, moves in self.sudo().filtered("pos_line_id").grouped("pos_line_id").items():
            lots = line.pack_lot_ids.filtered("lot_name")
            left = Counter(make_key(lot.lot_name) for lot in lots)
            left -= Counter(moves.serial_ids.filtered("name").mapped("name_key"))
            lots = lots.filtered(lambda lot, left=left: make_key(lot.lot_name) in left)
            if lots and moves.serial_ids:
                moves._tell_conflict(lots)

    def _tell_conflict(self, lots):
        """Give somebody an activity on the unit that was booked in place of a number that the till took."""
        line = self.pos_line_id
        unit = self.serial_ids.sorted(lambda unit: (bool(unit.name), -unit.id))[:1]
        reason = unit.event_ids.filtered(lambda event: event.move_id in self)[:1].note
        if line.refunded_orderline_id:
            reason = self.env._("It is not among the units that are left of the order that is refunded.")
        note = self.env._(
            "The till took %(serials)s for %(product)s on %(order)s. %(reason)s Find out which unit it was, and enter "
            "its number here.",
            order=line.order_id.pos_reference or line.order_id.name,
            serials=", ".join(lots.mapped("lot_name")),
            product=line.product_id.display_name,
            reason=reason or "",
        )
        summary = self.env._("Number of the till to check")
        unit.activity_schedule(
            "mail.mail_activity_data_todo", summary=summary, note=note, user_id=line.order_id._get_serial_user().id
        )
