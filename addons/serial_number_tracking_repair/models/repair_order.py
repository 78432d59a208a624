from odoo import api, fields, models
from odoo.exceptions import UserError


class RepairOrder(models.Model):
    _name = "repair.order"
    _inherit = ["repair.order", "serial.correctable.mixin"]
    _serial_button = "action_repair_end"  # what confirming the entry window calls again

    serial_id = fields.Many2one(
        "serial.number",
        "Serial Number",
        compute="_compute_serial_id",
        store=True,
        readonly=False,
        check_company=True,
        index="btree_not_null",
        domain="[('product_id', '=?', product_id)]",
        help="The unit that is repaired: scan its number. Product, customer, place and warranty come with it.",
    )
    serial_status = fields.Selection(related="serial_id.status", string="Unit's Status")
    serial_warranty_end = fields.Date(
        "Warranty until", compute="_compute_serial_warranty_end", help="Of a unit that came back: what it had before."
    )
    serial_sale_order_id = fields.Many2one(related="serial_id.sale_order_id", string="Sold with")
    serial_vendor_warranty_end = fields.Date(related="serial_id.vendor_warranty_end", string="Vendor Warranty until")

    @api.depends("picking_id")
    def _compute_serial_id(self):
        """Take the unit of the transfer that it came with, where that is one."""
        for repair in self:
            units = repair.picking_id.move_ids.sudo().serial_ids
            repair.serial_id = units if len(units) == 1 else repair.serial_id

    @api.depends("serial_id.warranty_end", "serial_id.former_warranty_end")
    def _compute_serial_warranty_end(self):
        for repair in self:
            repair.serial_warranty_end = repair.serial_id.warranty_end or repair.serial_id.former_warranty_end

    @api.onchange("serial_id")
    def _onchange_serial_id(self):
        for name, value in self._prepare_from_serial().items():
            self[name] = value

    def _prepare_from_serial(self):
        """Return what the unit says of the order."""
        unit = self.serial_id.sudo()
        if not unit:
            return {}
        vals = {"product_id": unit.product_id.id, "product_uom": unit.product_id.uom_id.id, "product_qty": 1}
        vals["partner_id"] = (unit.customer_id or unit.former_customer_id or self.partner_id).id
        vals["under_warranty"] = self._lasts_warranty(self.schedule_date)
        if unit.lot_id:
            vals["lot_id"] = unit.lot_id.id
        if unit.location_id.is_serial_stock:
            vals |= {"product_location_src_id": unit.location_id.id, "product_location_dest_id": unit.location_id.id}
        return vals

    def _lasts_warranty(self, moment):
        """Tell whether the unit's warranty lasts then."""
        end = self.serial_warranty_end
        return bool(end) and end >= self.company_id._get_serial_day(moment or fields.Datetime.now())

    @api.model_create_multi
    def create(self, vals_list):
        """Fill in what the unit says, but for what was given."""
        # EXTENDS 'repair'
        repairs = super().create(vals_list)
        for repair, vals in zip(repairs, vals_list, strict=True):
            said = {name: value for name, value in repair._prepare_from_serial().items() if not vals.get(name)}
            if said:
                repair.write(said)
        return repairs

    @api.constrains("serial_id", "product_id")
    def _check_serial_product(self):
        for repair in self.filtered(lambda repair: repair.serial_id and repair.product_id):
            if repair.serial_id.product_id != repair.product_id:
                raise UserError(
                    self.env._(
                        "%(serial)s is a unit of %(product)s. Choose that product, or another unit.",
                        serial=repair.serial_id.display_name,
                        product=repair.serial_id.product_id.display_name,
                    )
                )

    def _serial_document(self):
        """Return the document's name as text, for the history."""
        return self.name

    def _get_correctable_moves(self):
        # EXTENDS 'serial.correctable.mixin'
        return self.move_ids.filtered(lambda move: move.state == "done" and move.is_serialized)

    def _update_sale_order_line_price(self):
        # EXTENDS 'repair'
        followed = self.filtered("serial_id")
        super(RepairOrder, self - followed)._update_sale_order_line_price()
        followed.move_ids._price_by_warranty()

    # The unit meanwhile

    def _action_repair_confirm(self):
        # EXTENDS 'repair'
        begun = self.filtered(lambda repair: repair.state == "draft" and repair.serial_id)
        result = super()._action_repair_confirm()
        for repair in begun:
            repair._hold_serial()
        return result

    def _get_serial_hold(self):
        return self.env.ref("serial_number_tracking_repair.serial_hold_reason_repair", raise_if_not_found=False)

    def _hold_serial(self):
        """Put our unit on hold while it is repaired; of one that somebody has, or that is on hold already, note it."""
        unit, returned = self.serial_id, self.env.ref("serial_number_tracking.serial_hold_reason_return", False)
        is_returned = unit.status == "hold" and returned and unit.hold_reason_id == returned
        reason = self._get_serial_hold()
        if reason and unit.location_id.is_serial_stock and (unit.status in ("available", "designated") or is_returned):
            unit.action_hold(reason, detail=self.name)
        else:
            unit._record_change("in_repair", {}, unit._prepare_event_vals("in_repair", self.partner_id, self))

    def _release_serial(self):
        """End the hold of the repair: the unit of a customer is kept for them."""
        unit, customer = self.serial_id, self.partner_id
        if unit.status != "hold" or unit.hold_reason_id != self._get_serial_hold():
            return
        unit.action_release()
        if customer and unit.former_customer_id.commercial_partner_id == customer.commercial_partner_id:
            unit.action_designate(customer)

    def action_repair_end(self):
        """Ask for the numbers of the parts."""
        # EXTENDS 'repair'
        moves = self.filtered(lambda repair: repair.state == "under_repair").move_ids
        moves = moves.filtered(lambda move: move._is_serial_to_repair())
        asked = moves._ask_serials("call", self) if moves else True
        return super().action_repair_end() if asked is True else asked

    def action_repair_done(self):
        """Note the repair in the unit's history, and let it go again."""
        # EXTENDS 'repair'
        result = super().action_repair_done()
        for repair in self.filtered("serial_id"):
            unit, note = repair.serial_id, repair._describe_serial_parts()
            unit._record_change("repaired", {}, unit._prepare_event_vals("repaired", repair.partner_id, repair, note))
            repair._release_serial()
        return result

    def action_repair_cancel(self):
        """Let the unit go again."""
        # EXTENDS 'repair'
        result = super().action_repair_cancel()
        for repair in self.filtered("serial_id"):
            repair._release_serial()
        return result

    def _describe_serial_parts(self):
        moves = self.move_ids.filtered(lambda move: move.state == "done")
        added = moves.filtered(lambda move: move.repair_line_type == "add")
        texts = {self.env._("Built in: %s"): added, self.env._("Taken out: %s"): moves - added}
        names = {text: ", ".join(moves.serial_ids.mapped("display_name")) for text, moves in texts.items()}
        return "; ".join(text % listed for text, listed in names.items() if listed)

    def action_send_back(self):
        """Open a delivery of the unit to the customer, with its number entered.

        :return: a window action
        :raise UserError: without a customer, or for a unit that is not in stock
        """
        self.ensure_one()
        unit = self.serial_id
        if not self.partner_id or not unit.name or not unit.location_id.is_serial_stock:
            raise UserError(self.env._("A unit with its number in stock, and a customer, are needed to send it back."))
        warehouse = self.picking_type_id.warehouse_id
        places = {"location_id": unit.location_id.id, "location_dest_id": warehouse._get_partner_locations()[0].id}
        move = {"product_id": unit.product_id.id, "product_uom_qty": 1, "origin": self.name, **places}
        vals = {"picking_type_id": warehouse.out_type_id.id, "partner_id": self.partner_id.id, "origin": self.name}
        picking = self.env["stock.picking"].create({**vals, **places, "move_ids": [fields.Command.create(move)]})
        picking.action_confirm()
        picking.action_assign()
        if not unit.lot_id:
            picking.move_ids.assign_serials([unit.name])
        return picking._get_records_action()
