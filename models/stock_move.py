from odoo import api, fields, models

from ..engine import keeping, sale_history
from ..engine.booking import SerialBooking
from ..engine.sql import register_sql
from ..tools.context import hear
from ..tools.facts import CUSTOMER_FACTS, HOLD_FACTS
from ..tools.flow import CUSTOMER, find_flow

COUNTS = "serial_number_tracking_counts"  # context key: ids of the counts with entered numbers
COUNT_DATE = "serial_number_tracking_count_date"  # context key: the moment that Odoo will date a count back to


class StockMove(models.Model):
    _name = "stock.move"
    _inherit = ["stock.move", "serial.capture.mixin"]

    serial_ids = fields.Many2many(
        relation="serial_number_stock_move_rel", column1="stock_move_id", column2="serial_number_id"
    )
    is_serialized = fields.Boolean(related="product_id.is_serialized")

    @api.depends("quantity", "product_uom_qty", "state", "location_id", "location_dest_id")
    def _compute_serial_missing(self):
        return super()._compute_serial_missing()

    # EXTENDS 'serial.capture.mixin'
    def _serial_flow(self):
        self.ensure_one()
        move = self.sudo()
        return find_flow(
            move.location_id._serial_place(is_source=True),
            move.location_dest_id._serial_place(is_source=False),
            is_scrap=bool(move.scrap_id),
            is_consumed=move.location_dest_id.usage == "production",
        )

    # EXTENDS 'serial.capture.mixin'
    def _serial_partner(self):
        move = self.sudo()
        flow = move._serial_flow()
        if not flow or flow.partner == "vendor":
            return move._serial_vendor()
        if flow.partner == "returned":
            return move.origin_returned_move_id._serial_vendor() or move._serial_vendor()
        return move._serial_customer()

    def _serial_customer(self):
        """Return who buys or returns the units: the order's partner, else the transfer's contact."""
        origin = self.origin_returned_move_id
        order = self.sale_line_id.order_id or origin.sale_line_id.order_id
        contact = self.partner_id if self.picking_id.picking_type_id.code == "dropship" else self.picking_id.partner_id
        return order.partner_id or contact or origin.picking_id.partner_id or self.partner_id

    # EXTENDS 'serial.entry.mixin'
    def _serial_vendor(self):
        """Return whom the user chose, else the order's vendor, else the transfer's, else the product's first."""
        chosen = self._get_chosen_vendor()
        if chosen is not None:
            return chosen
        order = self.purchase_line_id.order_id
        if not self.picking_id and not order:
            return self.product_id._get_serial_vendor(self.company_id)
        partner = self.picking_id.partner_id or self.partner_id
        if partner.commercial_partner_id in self._get_serial_owners().commercial_partner_id:
            partner = partner.browse()  # who leaves goods in consignment has not sold them
        return order.partner_id or partner

    # EXTENDS 'serial.capture.mixin'
    def _serial_document(self):
        return self.picking_id.name or self.reference or self.display_name

    # EXTENDS 'serial.capture.mixin'
    def _serial_is_closed(self):
        return self.state in ("done", "cancel")

    # EXTENDS 'serial.capture.mixin'
    def _serial_raw_quantity(self):
        # The operations' own quantities: the move's is rounded in its unit of measure, 5 pieces to 0.42 dozens.
        quantity = sum(self._get_serial_operations().mapped("quantity_product_uom"))
        if not quantity and self.state not in ("done", "cancel"):
            return self.product_uom._compute_quantity(self.product_uom_qty, self.product_id.uom_id, round=False)
        return quantity

    def _serial_origin(self):
        """Return the location that blanks are taken from first."""
        return self.location_id

    def _serial_target(self):
        """Return where the units are afterwards: where the operations say, if they agree."""
        places = self.move_line_ids.location_dest_id
        return places if len(places) == 1 else self.location_dest_id

    def _prepare_serial_vals(self, flow):
        """Return the facts that the move writes on its units; extend it to write more.

        :param flow: the move's row of the flow table
        :return: dict of ``serial.number`` values, without status and number
        """
        vals = {"location_id": self._serial_target().id}
        if "customer" in flow.clears:
            vals.update(dict.fromkeys((*CUSTOMER_FACTS, *HOLD_FACTS), False))
            if flow.takes != "stock":
                vals.update(register_sql.FORMER)
        if "vendor" in flow.fills:
            vals.update(self._prepare_serial_vendor_vals())
        if "customer" in flow.fills:
            vals.update(self._prepare_serial_customer_vals())
        return vals

    def _get_serial_day(self):
        """Return the day that units are received or sold on by the move.

        Odoo dates the moves of a count back once they are done.
        """
        counted = hear(self.env, COUNT_DATE) if self.is_inventory else None
        return self._serial_company()._get_serial_day(counted or self.date)

    def _is_serial_sale(self):
        """Tell whether the move gives units the day of their sale."""
        return self._fills_serials("customer")

    def _fills_serials(self, side):
        """Tell whether the move writes on units where they come from (``vendor``) or who has them (``customer``)."""
        flow = self._serial_flow()
        return bool(flow) and side in flow.fills

    def _prepare_serial_vendor_vals(self, day=None):
        day = day or self._get_serial_day()
        return {
            "vendor_id": self._serial_vendor().id,
            "purchase_line_id": self.purchase_line_id.id,
            "receipt_move_id": self.id,
            "date_received": day,
            "vendor_warranty_end": self.product_id._get_vendor_warranty_end(day),
        }

    def _prepare_serial_customer_vals(self):
        day = self._get_serial_day()
        return {
            "customer_id": self._serial_customer().id,
            "sale_line_id": self.sale_line_id.id,
            "delivery_move_id": self.id,
            "date_sold": day,
            "warranty_end": self.product_id._get_warranty_end(self._serial_company(), day),
        }

    # EXTENDS 'serial.entry.mixin'
    def _serial_return_type(self):
        return self.sudo().picking_id.picking_type_id

    # EXTENDS 'serial.capture.mixin'
    def _split_serial_vals(self, units, vals):
        """Leave the day of the sale to the invoice where it came before the delivery, and is of an earlier day."""
        invoiced = units.browse()
        if vals.get("delivery_move_id"):
            invoiced = units.search([("id", "in", units.ids), ("invoice_line_id", "!=", False)])
        kept = {name: value for name, value in vals.items() if name not in ("date_sold", "warranty_end")}
        earlier = sale_history.split_by_sale_day(invoiced, self._get_serial_day(), kept)
        return [*(units - invoiced)._split_by_warranty(vals), *earlier]

    # EXTENDS 'serial.capture.mixin'
    def _get_serial_rows(self):
        """Print the booked units; before they are booked, those that are entered or meant for the move."""
        move = self.sudo()
        units = move.serial_ids.sorted(lambda unit: (not unit.name, unit.id))
        if not move.is_serialized or move._serial_is_closed() or not move._serial_flow():
            return [unit.name or None for unit in units]
        names = [*units.filtered("name").mapped("name"), *move._get_planned_serials()]
        asked = move._takes_serials() and move._serial_policy() != "skip"
        return names + [None] * (move._serial_quantity() - len(names) if asked else 0)

    def _get_planned_serials(self):
        """Return the numbers that are entered, or else those that the entry window will propose."""
        names = self._serial_names()
        if names:
            return names
        room = self._serial_room()
        units = self.env["serial.number"].search(
            self._get_serial_meant_domain(), order="status desc, id", limit=room + 1
        )
        if len(units) > room:  # nobody knows which of those that were picked go: promised ones do
            units = units.filtered(lambda unit: unit.status != "available")[:room]
        return units.sorted("id").mapped("name")

    # EXTENDS 'stock'
    def write(self, vals):
        """Let units follow when the date of a done move is corrected, by whomever."""
        done = self.filtered(lambda move: move.state == "done" and move.is_serialized) if vals.get("date") else ()
        days = {move: move._get_serial_day() for move in done}
        result = super().write(vals)
        for move, day in days.items():
            if move._get_serial_day() != day:
                move._redate_serials()
        return result

    # EXTENDS 'stock'
    def _action_done(self, cancel_backorder=False):
        result = super()._action_done(cancel_backorder=cancel_backorder)
        (self | result).exists()._book_serials()
        return result

    def _book_serials(self):
        """Make the units agree with the done moves of serialized products. Books what is missing, and only that."""
        shipped = self.env["sale.order.line"]
        moves = self.filtered(lambda move: move.product_id.is_serialized and move.state == "done").sudo()
        for move in moves:
            flow = move._serial_flow()
            if not flow:
                continue
            if flow.only_moves:
                move._transfer_serials()
                continue
            todo = move._serial_quantity() - len(move.serial_ids)
            if todo > 0:
                move._run_serial_booking(todo)
            elif todo < 0:
                move._take_back_serials(-todo)
            if move.serial_draft:
                move._write_serial_draft([])
            if "customer" in flow.fills:
                move.sale_line_id.invoice_lines._append_delivered_serials(move.product_id)
                if todo > 0:
                    shipped |= move.sale_line_id
        for order, lines in shipped.grouped("order_id").items():
            lines._release_surplus(self.env._("%s was delivered with other units.", order.name))
        keeping.tell_documents(self.env["serial.number"], moves.product_id._take_back_serials_reserved())

    def _run_serial_booking(self, count):
        """Book units; those that came back say which ones the credit notes are about that had left it open."""
        before = self.serial_ids
        SerialBooking(self, count).run()
        if self._serial_flow().takes == "customer":
            back = self.serial_ids - before
            back.invoice_line_ids._append_returned_serials(back)
            back.invoice_line_ids._append_delivered_serials(self.product_id)

    def _count_serials_to_ship(self):
        """Return how many pieces these moves are still to bring to their customers: the last one of each chain says it.

        Where a picking comes before the delivery, the delivery may be there already, or come once the picking is done.
        """
        waiting = self.filtered(lambda move: move.state not in ("done", "cancel"))
        last = waiting.filtered(lambda move: not move.move_dest_ids & waiting)
        return sum(last.filtered(lambda move: move._find_final_place() == CUSTOMER).mapped("product_qty"))

    def _find_final_place(self):
        return (self.location_final_id or self.location_dest_id)._serial_place(is_source=False)
