from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.sql import column_exists, create_column


class StockMove(models.Model):
    _inherit = "stock.move"

    is_under_warranty = fields.Boolean(
        "Warranty",
        compute="_compute_is_under_warranty",
        store=True,
        readonly=False,
        help="The customer does not pay: the unit's warranty lasts on the day of the line, or somebody decided so.",
    )
    warranty_reason = fields.Char("Reason", help="Why the customer pays, or not, other than the warranty says.")

    def _auto_init(self):
        """Make the column here: of the moves that are there already, none has a unit's warranty."""
        # EXTENDS 'base'
        if not column_exists(self.env.cr, self._table, "is_under_warranty"):
            create_column(self.env.cr, self._table, "is_under_warranty", "boolean")
        return super()._auto_init()

    @api.depends("repair_id.serial_id", "repair_id.under_warranty", "repair_line_type")
    def _compute_is_under_warranty(self):
        for move in self:
            move.is_under_warranty = bool(move.repair_line_type) and move._is_warranty_due()

    def _is_warranty_due(self):
        """Tell what the unit's warranty says of the line; without a unit, what the repair order says."""
        repair = self.repair_id
        return repair._lasts_warranty(self.date) if repair.serial_id else repair.under_warranty

    @api.constrains("is_under_warranty", "warranty_reason")
    def _check_warranty_reason(self):
        for move in self.filtered(lambda move: move.repair_id.serial_id and move.repair_line_type):
            if move.is_under_warranty != move._is_warranty_due() and not move.warranty_reason:
                raise ValidationError(
                    self.env._(
                        "%(product)s: the warranty of %(serial)s says otherwise. Write the reason beside it.",
                        product=move.product_id.display_name,
                        serial=move.repair_id.serial_id.display_name,
                    )
                )

    def write(self, vals):
        """Let the order's price follow what was decided of the warranty."""
        # EXTENDS 'repair'
        result = super().write(vals)
        if "is_under_warranty" in vals:
            self._price_by_warranty()
        return result

    def _create_repair_sale_order_line(self):
        # EXTENDS 'repair'
        super()._create_repair_sale_order_line()
        self.filtered("repair_id.serial_id")._price_by_warranty()

    def _price_by_warranty(self):
        added = self.filtered(lambda move: move.repair_line_type == "add" and move.sale_line_id)
        free = added.filtered("is_under_warranty")
        free.sale_line_id.write({"price_unit": 0.0, "technical_price_unit": 0.0})
        (added - free).sale_line_id._compute_price_unit()

    # Parts by number

    def _serial_flow(self):
        # EXTENDS 'serial_number_tracking'
        flow, move = super()._serial_flow(), self.sudo()
        if not move.repair_id or move.repair_line_type not in ("remove", "recycle"):
            return flow
        return self.env["serial.number"]._get_flow("salvage" if move.location_dest_id.is_serial_stock else "discard")

    def _serial_policy(self):
        # EXTENDS 'serial_number_tracking'
        repair = self.sudo().repair_id
        return repair.picking_type_id.serial_entry or "skip" if repair else super()._serial_policy()

    def _serial_policy_holder(self):
        # EXTENDS 'serial_number_tracking'
        repair = self.sudo().repair_id
        return repair.picking_type_id.display_name if repair else super()._serial_policy_holder()

    def _get_serial_proposal_domain(self):
        """Propose what the unit contains, where parts are taken out."""
        # EXTENDS 'serial_number_tracking'
        flow, whole = self._serial_flow(), self.sudo().repair_id.serial_id
        if whole and flow and flow.kind == "taken_out":
            return fields.Domain("part_of_id", "=", whole.id)
        return super()._get_serial_proposal_domain()

    def _get_corrected_document(self):
        # EXTENDS 'serial_number_tracking'
        return self.repair_id or super()._get_corrected_document()

    def _undo_serials(self, units, note):
        """Put parts back into the unit that were not taken out of it after all."""
        # EXTENDS 'serial_number_tracking'
        super()._undo_serials(units, note)
        if self.sudo().repair_line_type in ("remove", "recycle"):
            back = units.filtered(lambda unit: unit._was_part())
            back._build_in(self.sudo().repair_id.serial_id, self)

    def _is_serial_to_repair(self):
        """Tell whether *End Repair* is going to book units of the line."""
        is_open = self.is_serialized and not self._serial_is_closed() and not self.product_uom.is_zero(self.quantity)
        return is_open and (self.picked or not any(self.repair_id.move_ids.mapped("picked")))

    def _action_done(self, cancel_backorder=False):
        """Let the unit go where its repair order takes the product."""
        # EXTENDS 'serial_number_tracking'
        for move in self.filtered(lambda move: move.repair_id.serial_id and not move.repair_line_type):
            unit = move.sudo().repair_id.serial_id
            if unit.name and not unit.lot_id and unit.location_id.is_serial_stock and not move.serial_draft:
                move._write_serial_draft([unit.name])
        return super()._action_done(cancel_backorder=cancel_backorder)

    def _after_booking(self):
        # EXTENDS 'serial_number_tracking'
        super()._after_booking()
        added = self.sudo().filtered(lambda move: move.repair_line_type == "add" and move.repair_id.serial_id)
        for move in added:
            parts = move.serial_ids.filtered(lambda unit: not unit.part_of_id and not unit.location_id.is_serial_stock)
            if parts:
                parts._build_in(move.repair_id.serial_id, move)
