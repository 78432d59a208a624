import math
from collections import Counter

from odoo import api, fields, models
from odoo.fields import Domain

from ..engine import (
    announced,
    credit_note,
    entry,
    invoice,
    keeping,
    kept_lots,
    lot_entry,
    lots,
    move_correction,
    proposal,
    reservation_loss,
    reserve,
    sale_history,
    stock_room,
    transfer,
    unasked,
    warranty,
)
from ..engine.booking import SerialBooking
from ..engine.kept import KeptUnits
from ..engine.keyless import KeylessMany2many
from ..engine.place import Slot
from ..engine.source import StockTaken
from ..engine.sql import entry_sql, register_sql
from ..tools.context import hear, tell
from ..tools.flow import CUSTOMER

COUNT_DATE = "serial_number_tracking_count_date"  # context key: the moment that Odoo will date a count back to


class StockMove(models.Model):
    _name = "stock.move"
    _inherit = ["stock.move", "serial.capture.mixin", "serial.move.hook.mixin"]

    _serial_sale_field = "delivery_move_id"

    serial_ids = KeylessMany2many(
        relation="serial_number_stock_move_rel", column1="stock_move_id", column2="serial_number_id"
    )
    is_serialized = fields.Boolean(related="product_id.is_serialized")

    @api.depends("quantity", "product_uom_qty", "state", "location_id", "location_dest_id")
    def _compute_serial_missing(self):
        return super()._compute_serial_missing()

    def _count_serial_missing(self):
        # EXTENDS 'serial.capture.mixin'
        missing = super()._count_serial_missing()
        if not missing or self._serial_is_closed() or not self.product_id._has_serial_lots():
            return missing
        lines = self._get_serial_operations().filtered(lambda line: line.lot_id or line.lot_name)
        return max(0, missing - len(lines))

    def _serial_flow(self):
        # EXTENDS 'serial.capture.mixin'
        self.ensure_one()
        move = self.sudo()
        return move.location_id._find_serial_flow(move.location_dest_id, is_scrap=bool(move.scrap_id))

    def _serial_partner(self):
        # EXTENDS 'serial.capture.mixin'
        move = self.sudo()
        flow = move._serial_flow()
        if not flow or flow.partner == "vendor":
            return move._serial_vendor()
        if flow.partner == "origin":
            return move.origin_returned_move_id._serial_vendor() or move._serial_vendor()
        return move._serial_customer()

    def _serial_customer(self):
        """Return who buys or returns the units: the order's partner, else the transfer's contact."""
        origin = self.origin_returned_move_id
        order = self.sale_line_id.order_id or origin.sale_line_id.order_id
        contact = self.partner_id if self.picking_id.picking_type_id.code == "dropship" else self.picking_id.partner_id
        return order.partner_id or contact or origin.picking_id.partner_id or self.partner_id

    def _serial_vendor(self):
        """Return whom the user chose, else the order's vendor, else the transfer's, else the product's first."""
        # EXTENDS 'serial.entry.mixin'
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

    def _serial_document(self):
        # EXTENDS 'serial.capture.mixin'
        return self.picking_id.name or self.reference or self.display_name

    def _serial_is_closed(self):
        # EXTENDS 'serial.capture.mixin'
        return self.state in ("done", "cancel")

    def _serial_raw_quantity(self):
        # EXTENDS 'serial.capture.mixin'
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
        vals = {"location_id": self._serial_target().id} | self._prepare_ended_vals(flow)
        if "vendor" in flow.fills:
            vals |= self._prepare_serial_vendor_vals()
        if "customer" in flow.fills:
            vals |= self._prepare_serial_customer_vals()
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
        received = self._prepare_received_vals(day or self._get_serial_day())
        return received | {"purchase_line_id": self.purchase_line_id.id, "receipt_move_id": self.id}

    def _prepare_serial_customer_vals(self):
        sold = self._prepare_sold_vals(self._serial_customer(), self._get_serial_day())
        return sold | {"sale_line_id": self.sale_line_id.id, "delivery_move_id": self.id}

    def _serial_return_type(self):
        # EXTENDS 'serial.entry.mixin'
        move = self.sudo()
        return move.picking_id.picking_type_id or move.picking_type_id

    def _split_serial_vals(self, units, vals):
        """Leave the day of the sale to the invoice where it came before the delivery, and is of an earlier day."""
        # EXTENDS 'serial.capture.mixin'
        if not vals.get("delivery_move_id"):
            return warranty.split_sold(units, vals)
        apart = Domain("invoice_line_id", "!=", False) | warranty.find_apart(units.env, vals)
        apart = register_sql.filter_by(units, apart)
        invoiced = apart.filtered("invoice_line_id")
        kept = {name: value for name, value in vals.items() if name not in ("date_sold", "warranty_end")}
        earlier = sale_history.split_by_sale_day(invoiced, self._get_serial_day(), kept)
        return [*warranty.split_sold(units - invoiced, vals, apart - invoiced), *earlier]

    def _get_serial_rows(self):
        """Print the booked units; before they are booked, those that are entered or meant for the move."""
        # EXTENDS 'serial.capture.mixin'
        move = self.sudo()
        units = move.serial_ids.sorted(lambda unit: (not unit.name, unit.id))
        if not move.is_serialized or move._serial_is_closed() or not move._serial_flow():
            return [unit.name or None for unit in units]
        if move.product_id._has_serial_lots():
            return move._serial_names()  # Odoo prints the lots of its operations
        names = [*units.filtered("name").mapped("name"), *move._get_planned_serials()]
        asked = move._takes_serials() and move._get_serial_policy() != "skip"
        return names + [None] * (move._serial_quantity() - len(names) if asked else 0)

    def _filter_serials_apart(self):
        """Return the moves whose units a slip lists by themselves, where it prints lots: those of lots stand there."""
        return self.filtered(lambda move: move.serial_ids.filtered(lambda unit: not unit.lot_id))

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

    def write(self, vals):
        """Let units follow when the date of a done move is corrected, by whomever."""
        # EXTENDS 'stock'
        done = self.filtered(lambda move: move.state == "done" and move.is_serialized) if vals.get("date") else ()
        days = {move: move._get_serial_day() for move in done}
        result = super().write(vals)
        for move, day in days.items():
            if move._get_serial_day() != day:
                move._redate_serials()
        return result

    def _action_done(self, cancel_backorder=False):
        # EXTENDS 'stock'
        entry.take_entries(self)  # before: Odoo deletes a quant that becomes empty
        lot_entry.write_lots(self)
        entry.follow_entered(self)
        stock_room.check_free(self)
        todo = self.filtered(lambda move: move.is_serialized and move.state not in ("done", "cancel"))
        result = super()._action_done(cancel_backorder=cancel_backorder)
        (self | result).exists()._book_serials()
        announced.note_not_come((todo | result.filtered("is_serialized")).exists())
        return result

    def _book_serials(self):
        """Make the units agree with the done moves of serialized products. Books what is missing, and only that."""
        entry.take_entries(self)  # a scrap order on a done transfer makes a move that is done at once
        shipped = self.env["sale.order.line"]
        moves = self.filtered(lambda move: move.product_id.is_serialized and move.state == "done").sudo()
        moves = moves.filtered(lambda move: move._serial_flow())
        followed = lots.follow(moves)
        for move in moves:
            shipped |= move._book_serials_of_move()
        lots.settle_all(moves, *followed)
        for order, lines in shipped.grouped("order_id").items():
            lines._release_surplus(self.env._("%s was delivered with other units.", order.name))
        keeping.tell_documents(self.env["serial.number"], reservation_loss.take_back(moves.product_id))
        self._after_booking()

    def _book_serials_of_move(self):
        """Book what is missing on one done move.

        :return: the sales order line that it brought units for
        """
        flow, nothing = self._serial_flow(), self.env["sale.order.line"]
        if flow.only_moves:
            self._run_serial_transfer()
            return nothing
        todo = self._serial_quantity() - len(self.serial_ids)
        if todo > 0:
            self._run_serial_booking(todo)
        elif todo < 0:
            move_correction.take_back(self, -todo)
        if self.serial_draft:
            unasked.tell(self)
            self._write_serial_draft([])
        if "customer" not in flow.fills:
            return nothing
        invoice.append_delivered(self._get_order_invoice_lines(), self.product_id)
        return self.sale_line_id if todo > 0 or self.product_id._has_serial_lots() else nothing

    def _get_order_invoice_lines(self):
        """Return the invoice lines of the order line that the move is of. Extend it for other orders."""
        return self.sale_line_id.invoice_lines

    def _promise_serials(self, names):
        """Promise the free units with these numbers to whom the move brings them later: nobody else sells them then."""
        flow = self._serial_flow() if self.is_serialized else None
        if flow and "customer" in flow.fills:
            mine = [("product_id", "=", self.product_id.id), ("company_id", "=", self.company_id.id)]
            free = [*mine, ("name", "in", names), ("status", "=", "available")]
            units = self.env["serial.number"].sudo().search(free)
            units and units.action_designate(self._serial_customer())

    def _run_serial_transfer(self):
        """Let units follow a move within stock; those of lots have followed already."""
        if not self.product_id._has_serial_lots() or self._serial_quantity() != len(self.serial_ids):
            transfer.transfer(self)

    def _run_serial_booking(self, count, lots=None):
        """Book units; returned ones fill the credit notes that had left their units open."""
        before = self.serial_ids
        SerialBooking(self, count, lots).run()
        if self._serial_flow().takes == "customer":
            back = self.serial_ids - before
            credit_note.append_returned(back.invoice_line_ids, back)
            invoice.append_delivered(back.invoice_line_ids, self.product_id)

    def _count_serials_to_ship(self):
        """Return how many pieces these moves are still to bring to their customers: the last one of each chain says it.

        Where a picking comes before the delivery, the delivery may be there already, or come once the picking is done.
        """
        waiting = self.filtered(lambda move: move.state not in ("done", "cancel"))
        last = waiting.filtered(lambda move: not move.move_dest_ids & waiting)
        return sum(last.filtered(lambda move: move._find_final_place() == CUSTOMER).mapped("product_qty"))

    def _find_final_place(self):
        return (self.location_final_id or self.location_dest_id)._serial_place(is_source=False)

    def _is_serial_to_validate(self):
        return (
            self.product_id.is_serialized
            and self.state not in ("done", "cancel")
            and self.picked
            and not self.product_uom.is_zero(self.quantity)
        )

    def _asks_for_lots(self):
        # EXTENDS 'serial.entry.mixin'
        return self.sudo().picking_id.picking_type_id.serial_entry_lots

    def _serial_policy(self):
        # EXTENDS 'serial.capture.mixin'
        return self.sudo().picking_id.picking_type_id.serial_entry or "skip"

    def _serial_policy_holder(self):
        # EXTENDS 'serial.capture.mixin'
        return self.sudo().picking_id.picking_type_id.display_name

    def _get_serial_proposal_domain(self):
        """Propose what is meant for the move.

        That is what is expected from its order, designated to it, invoiced to its customer and not delivered, what the
        step before brought, or all that a returned transfer moved.
        """
        # EXTENDS 'serial.capture.mixin'
        flow, handed = self._serial_flow(), self._get_handed_domain()
        if self._serial_purchase_line():
            return self._serial_purchase_line()._get_named_domain() | handed
        return Domain.OR([handed, *(proposal.find_domain(self, name) for name in flow.proposes)])

    def _serial_reason(self):
        """Add the reason of the count, or of the scrap order and where it comes from."""
        # EXTENDS 'serial.entry.mixin'
        move = self.sudo()
        parts = [super()._serial_reason(), move.inventory_name, *move.scrap_id._get_reason_text()]
        return "; ".join(part for part in parts if part)

    def _merge_moves_fields(self):
        """Keep what was entered on each of the moves that become one."""
        # EXTENDS 'stock'
        if any(move.serial_draft for move in self[1:]):
            draft = entry.merge_drafts([move.serial_draft or {} for move in self])
            entry_sql.write_kept(self[0], "serial_draft", draft)
        return super()._merge_moves_fields()

    def _get_serial_operations(self):
        """Return the operations that are going to be done, or were: once some are picked, Odoo drops the others."""
        lines = self.move_line_ids
        if self.state in ("done", "cancel"):
            return lines
        return lines.filtered("picked") or lines

    def _get_serial_owners(self):
        """Return whose stock the move is about, where it is not the company's."""
        return self.picking_id.owner_id or self.restrict_partner_id or self.move_line_ids.owner_id

    def _get_serial_stock(self):
        # EXTENDS 'serial.entry.mixin'
        move, flow = self.sudo(), self._serial_flow()
        lines, places = move._get_serial_operations(), Counter()
        if flow and flow.takes in ("stock", "customer") and not move._serial_is_closed():
            for line in lines:
                places[line._get_serial_source()] += math.ceil(line.quantity_product_uom)
        return StockTaken(
            +places,
            frozenset((line.location_dest_id.id, line.result_package_id.id or None) for line in lines),
            may_follow=not self.is_inventory,
            may_change_owner=not (move.picking_id.owner_id or self.restrict_partner_id),
        )

    def _get_serial_slots(self, left=True):
        # EXTENDS 'serial.entry.mixin'
        slots = {}
        lines = self._get_serial_operations()
        if self.product_id._has_serial_lots():
            lines = lines.filtered(lambda line: not line.lot_id)  # those of lots are booked lot by lot
            left = False
        for line in lines.sorted("id"):
            vals = line._prepare_serial_place_vals()
            slot = slots.setdefault((line._get_serial_source(), *vals.values()), Slot(None, vals, 0))
            slot.place = line._get_serial_source()
            slot.room += math.ceil(line.quantity_product_uom)
        result = list(slots.values()) or super()._get_serial_slots(left=left)
        if left and len(result) > 1 and self.serial_ids:
            entry.leave_out_booked(self, result)
        return result

    def _action_assign(self, force_qty=False):
        """Read once which units are kept back."""
        # EXTENDS 'stock'
        followed = self.product_id.filtered("is_serialized")
        with_lots = followed.filtered(lambda product: product._has_serial_lots())
        moves = self.with_context(**tell(reserve.KEPT_UNITS, KeptUnits(followed - with_lots))) if followed else self
        if with_lots:
            moves = moves.with_context(**tell(reserve.KEPT_LOTS, kept_lots.KeptLots(with_lots)))
        return super(StockMove, moves)._action_assign(force_qty=force_qty)

    def _update_reserved_quantity_vals(
        self, need, location_id, lot_id=None, package_id=None, owner_id=None, strict=True
    ):
        # EXTENDS 'stock'
        move = reserve.with_demand(self)
        return super(StockMove, move)._update_reserved_quantity_vals(
            need, location_id, lot_id, package_id, owner_id, strict
        )

    def _get_available_quantity(
        self, location_id, lot_id=None, package_id=None, owner_id=None, strict=False, allow_negative=False
    ):
        # EXTENDS 'stock'
        return super(StockMove, reserve.with_demand(self))._get_available_quantity(
            location_id, lot_id, package_id, owner_id, strict, allow_negative
        )

    def _set_quantity_done_prepare_vals(self, qty):
        """Give a user the quantity that they insist on, from free stock first."""
        # EXTENDS 'stock'
        move = (
            reserve.with_demand(self).with_context(**tell(reserve.FORCED, True))
            if self.product_id.is_serialized
            else self
        )
        return super(StockMove, move)._set_quantity_done_prepare_vals(qty)

    def _find_serials_not_picked(self, ids):
        # EXTENDS 'serial.entry.mixin'
        move = self.sudo()
        if not move.move_orig_ids or move._serial_flow().takes != "stock":
            return set()
        register, brought = self.env["serial.number"].sudo(), proposal.get_brought_domain(move)
        if not register.search_count(brought, limit=1):
            return set()
        return ids - set(register._search(brought & Domain("id", "in", list(ids))))

    def _redate_serials(self):
        """Let the dates of units, and the warranties that these begin, follow the corrected date of a done move."""
        move = self.sudo()
        units, flow = move.serial_ids, move._serial_flow()
        if units and flow and flow.fills:
            note = self.env._("The date of %s was corrected.", move._serial_document())
            event = units._prepare_event_vals("corrected", source=move, note=note)
            sale_history.follow_document(
                units, move, move._get_serial_day(), event, move_correction.prepare_redated_facts(move)
            )

    def _get_corrected_document(self):
        # EXTENDS 'serial.capture.mixin'
        return self.picking_id

    def _serials_change_places(self):
        # EXTENDS 'serial.capture.mixin'
        flow = self._serial_flow()
        return bool(flow) and flow.takes == "stock"

    def _has_serial_in_place(self, unit):
        # EXTENDS 'serial.capture.mixin'
        is_last = not self._serials_change_places() or unit.event_ids.move_id[:1] == self
        return is_last and unit in move_correction.get_in_place(self)

    @api.model
    def _get_serial_line_fields(self):
        """Return the fields that say which line of another app's document a move is of.

        Moves that differ in them stay apart, and rules hand them on to the moves that they make.
        """
        return []

    @api.model
    def _prepare_merge_moves_distinct_fields(self):
        # EXTENDS 'stock'
        return [*super()._prepare_merge_moves_distinct_fields(), *self._get_serial_line_fields()]

    @api.model
    def _prepare_merge_negative_moves_excluded_distinct_fields(self):
        # EXTENDS 'stock'
        return [*super()._prepare_merge_negative_moves_excluded_distinct_fields(), *self._get_serial_line_fields()]

    def _get_serial_counterpart(self, unit):
        # EXTENDS 'serial.capture.mixin'
        if not self._serials_change_places():
            return self.browse()
        if self._fills_serials("customer"):
            return unit.delivery_move_id if unit._is_sold() else self.browse()
        move = unit.event_ids.move_id[:1] if unit.part_of_id else self.browse()
        return move.filtered(lambda move: move._serial_flow() == self._serial_flow())

    def _undo_serials(self, units, note):
        """Take units off the move, and put them back where they came from."""
        move_correction.undo_credits(self, units)
        event = units._prepare_event_vals("corrected", source=self, note=note)
        nobody = dict.fromkeys(units._get_facts("customer"), False)
        made_up = units.filtered(
            lambda unit: unit.uncovered and not unit.name and not move_correction.get_booking(self, unit).status_from
        )
        made_up._record_change("corrected", {**nobody, "status": "void", "uncovered": False}, event)
        for unit in units - made_up:
            unit._record_change("corrected", move_correction.prepare_undo_vals(self, unit), event)
        register_sql.unlink_document(units, self)

    def _serial_purchase_line(self):
        # EXTENDS 'serial.entry.mixin'
        line = self.sudo().purchase_line_id
        flow = line and self._serial_flow()
        return line if flow and "vendor" in flow.fills else line.browse()

    def _action_cancel(self):
        # EXTENDS 'stock'
        result = super()._action_cancel()
        # Without a transfer it is Odoo's own move that lowers another one: the order line withdraws by itself.
        serialized = self.filtered(lambda move: move.is_serialized and move.picking_id)
        for picking, moves in serialized.grouped("picking_id").items():
            note = self.env._("%s was cancelled.", picking.name)
            announced.get_announced_lines(moves)._withdraw_surplus(note)
            moves.sudo().sale_line_id._release_surplus(note)
        return result
