from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _get_serial_order(self):
        """Return the manufacturing order that the move is of, or an empty one."""
        move = self.sudo()
        return move.raw_material_production_id or move.production_id

    def _is_serial_product(self):
        """Tell whether the move brings what its manufacturing order is about."""
        order = self.sudo().production_id
        return bool(order) and self.product_id == order.product_id

    def _serial_flow(self):
        # EXTENDS 'serial_number_tracking'
        flow, move = super()._serial_flow(), self.sudo()
        if not flow or flow.code != "adjust_in" or not (move.production_id or move.unbuild_id):
            return flow
        return self.env["serial.number"]._get_flow("produce" if move.production_id else "recover")

    def _serial_policy(self):
        # EXTENDS 'serial_number_tracking'
        order = self._get_serial_order()
        return order._get_serial_policy() if order else super()._serial_policy()

    def _serial_policy_holder(self):
        # EXTENDS 'serial_number_tracking'
        order = self._get_serial_order()
        return order.picking_type_id.display_name if order else super()._serial_policy_holder()

    def _serial_vendor(self):
        """Return nobody for what is produced, and for what comes back when it is taken apart."""
        # EXTENDS 'serial_number_tracking'
        move = self.sudo()
        is_own = move.production_id or move.unbuild_id
        return self.env["res.partner"] if is_own else super()._serial_vendor()

    def _prepare_serial_vendor_vals(self, day=None):
        # EXTENDS 'serial_number_tracking'
        vals = super()._prepare_serial_vendor_vals(day)
        return vals | {"vendor_warranty_end": False} if self.sudo().production_id else vals

    def _serial_raw_quantity(self):
        """Return what *Produce* is going to book: Odoo writes it on the move only then."""
        # EXTENDS 'serial_number_tracking'
        order = self.sudo().production_id
        if self._serial_is_closed() or not order.qty_producing or not self._is_serial_product():
            return super()._serial_raw_quantity()
        quantity = max(0, order.qty_producing - order.qty_produced)
        return order.product_uom_id._compute_quantity(quantity, self.product_id.uom_id, round=False)

    def _is_serial_to_validate(self):
        # EXTENDS 'serial_number_tracking'
        if not self._is_serial_product() or not self.product_id.is_serialized:
            return super()._is_serial_to_validate()
        return not self._serial_is_closed() and self._serial_quantity() > 0

    def _action_done(self, cancel_backorder=False):
        # EXTENDS 'serial_number_tracking'
        self._take_unbuilt_serials()
        return super()._action_done(cancel_backorder=cancel_backorder)

    def _take_unbuilt_serials(self):
        """Enter what an unbuild order takes apart, and of what comes back the parts of it."""
        for move in self.filtered(lambda move: move.unbuild_id and move.is_serialized and not move.serial_draft):
            unbuild = move.sudo().unbuild_id
            if move._serial_flow().takes == "outside":
                parts = unbuild._get_unbuilt_serials().part_ids.grouped("product_id").get(move.product_id)
                names = parts.sorted("id").mapped("name") if parts else []
            else:
                names = unbuild._take_serial_entry(move)
            if names := list(filter(None, names)):
                move._write_serial_draft(names[: move._serial_quantity()])

    def _after_booking(self):
        # EXTENDS 'serial_number_tracking'
        super()._after_booking()
        (self.sudo().raw_material_production_id | self.sudo().production_id)._build_in_serials()

    # Corrected afterwards

    def _get_corrected_document(self):
        # EXTENDS 'serial_number_tracking'
        return self._get_serial_order() or self.sudo().unbuild_id or super()._get_corrected_document()

    def _undo_serials(self, units, note):
        """Let go of the parts that a unit got which was not made after all: another one has them."""
        # EXTENDS 'serial_number_tracking'
        super()._undo_serials(units, note)
        built_in = self.sudo().production_id.move_raw_ids.serial_ids & units.sudo().part_ids
        built_in._record_change(
            "corrected", {"part_of_id": False}, built_in._prepare_event_vals("corrected", note=note)
        )

    def _keep_corrected_serials(self):
        # EXTENDS 'serial_number_tracking'
        super()._keep_corrected_serials()
        self._get_serial_order()._build_in_serials()
        unbuild = self.unbuild_id
        if self.product_id == unbuild.product_id:
            unbuild._exchange_parts()

    def _keep_exchanged_part(self, part, whole):
        # EXTENDS 'serial_number_tracking'
        super()._keep_exchanged_part(part, whole)
        if self.unbuild_id:
            part._build_in(whole, self)

    def _get_serials_in_order(self):
        """Return the units of these moves in the order in which they were entered."""
        events = self.env["serial.event"].sudo().search([("move_id", "in", self.ids)], order="id")
        return events.serial_id & self.sudo().serial_ids
