from odoo import models


class MrpUnbuild(models.Model):
    _name = "mrp.unbuild"
    _inherit = ["mrp.unbuild", "serial.entry.mixin"]
    _serial_button = "action_validate"  # what confirming the entry window calls again

    def _serial_flow(self):
        # EXTENDS 'serial.entry.mixin'
        return self.env["serial.number"]._get_flow("consume")

    def _serial_raw_quantity(self):
        # EXTENDS 'serial.entry.mixin'
        return self.product_uom_id._compute_quantity(self.product_qty, self.product_id.uom_id, round=False)

    def _serial_is_closed(self):
        # EXTENDS 'serial.entry.mixin'
        return self.state == "done"

    def _serial_policy(self):
        # EXTENDS 'serial.entry.mixin'
        return self._get_serial_type().serial_entry or "skip"

    def _serial_policy_holder(self):
        # EXTENDS 'serial.entry.mixin'
        return self._get_serial_type().display_name

    def _get_serial_type(self):
        """Return the operation type whose policy holds: that of the manufacturing order, or of the warehouse."""
        unbuild = self.sudo()
        return unbuild.mo_id.picking_type_id or unbuild.location_id.warehouse_id.manu_type_id

    def _asks_for_lots(self):
        # EXTENDS 'serial.entry.mixin'
        return False

    def _get_serial_choices(self):
        """Return the units that the manufacturing order has made, where there is one."""
        # EXTENDS 'serial.entry.mixin'
        return self.mo_id._get_finished_serials() if self.mo_id else None

    def _serial_document(self):
        # EXTENDS 'serial.entry.mixin'
        return self.name

    def action_validate(self):
        """Ask which units are taken apart; where stock does not suffice, Odoo asks its own question first."""
        # EXTENDS 'mrp'
        self.ensure_one()
        if self._takes_serials() and not self._serial_is_closed():
            asked = self._ask_serials("call", self)
            if asked is not True:
                return asked
        return super().action_validate()

    def _take_serial_entry(self, move):
        """Return the numbers of what the order takes apart: those that were entered, else all that its order made."""
        if move.product_id == self.product_id and self._serial_names():
            names = self._serial_names()
            self._write_serial_draft([])
            return names
        units = move.origin_returned_move_id.serial_ids.filtered(lambda unit: unit.location_id.is_serial_stock)
        return units.mapped("name") if len(units) == move._serial_quantity() else []

    def _get_unbuilt_serials(self):
        """Return the units that the order has taken apart."""
        gone = self.env["stock.move"].search([("unbuild_id", "=", self.id), ("product_id", "=", self.product_id.id)])
        return gone.filtered(lambda move: move.state == "done").serial_ids
