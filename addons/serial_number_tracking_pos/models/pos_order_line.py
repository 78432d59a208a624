from odoo import api, fields, models
from odoo.fields import Domain

SOLD = ("sold", "issued")
LISTED = 200  # units that a till lists; others are found by typing their number


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    serial_move_ids = fields.One2many("stock.move", "pos_line_id")
    serial_invoice_line_ids = fields.One2many("account.move.line", "pos_line_id")

    def _has_units(self):
        """Tell whether the line sells or takes back units: of its product, or of components of a kit."""
        return self.product_id.is_serialized or bool(self.product_id._find_serial_parts(self.company_id))

    def _get_units_left(self, product=None):
        """Return the units that the line sold and that the customer still has.

        :param product: the product whose units they are: the line's, or a component's (default: all)
        """
        moves = self.sudo().serial_move_ids or self.sudo().order_id.picking_ids.move_ids
        units = moves.serial_ids.filtered(lambda unit: unit.delivery_move_id in moves and unit.status in SOLD)
        units = units.filtered(lambda unit: not unit.location_id.is_serial_stock)
        parts = product or (self.product_id if self.product_id.is_serialized else moves.product_id)
        return units.filtered(lambda unit: unit.product_id in parts)

    # What a till asks

    def _read_till(self, config_id, product_id):
        """Return the till's settings and a product, for those who may read both."""
        config, product = self.env["pos.config"].browse(config_id), self.env["product.product"].browse(product_id)
        (self | self.browse()).check_access("read")
        config.check_access("read")
        product.check_access("read")
        return config.sudo(), product.sudo()

    @api.model
    def get_existing_lots(self, company_id, config_id, product_id):
        """List what is there of a followed product: available units where the till sells from."""
        # EXTENDS 'point_of_sale'
        config, product = self._read_till(config_id, product_id)
        parts = product if product.is_serialized else product._find_serial_parts(config.company_id).get(product)
        if not parts:
            return super().get_existing_lots(company_id, config_id, product_id)
        place = config.picking_type_id.default_location_src_id
        domain = Domain("product_id", "in", [part.id for part in parts]) & Domain(
            [
                ("status", "=", "available"),
                ("name", "!=", False),
                ("company_id", "=", config.company_id.id),
                ("location_id", "child_of", place.ids),
            ]
        )
        units = self.env["serial.number"].sudo().search_fetch(domain, ["name"], limit=LISTED, order="name_key")
        return [{"id": unit.id, "name": unit.name, "product_qty": 1} for unit in units]

    @api.model
    def check_serials(self, config_id, product_id, names, partner_id=False, refunded_line_id=False):
        """Say for each number whether the till can sell the unit, or take it back. Changes nothing.

        :param int config_id: the ``pos.config`` of the till
        :param int product_id: the ``product.product`` that is sold
        :param list names: the numbers as typed or scanned
        :param partner_id: the customer's id
        :param refunded_line_id: the id of the ``pos.order.line`` whose units come back
        :return: list of dicts as ``check_serials`` of a stock move returns them; of units that come back ``left``, too
        :raise AccessError: for a till, product or order that the user may not read
        """
        config, product = self._read_till(config_id, product_id)
        sold = self.browse(refunded_line_id or [])
        sold.check_access("read")
        parts = product._find_serial_parts(config.company_id).get(product) or {product: 1}
        partner = self.env["res.partner"].sudo().browse(partner_id or [])
        answers = [sold._look_at_serials(config, part, names, partner) for part in parts]
        return [next((said for said in row if said["ok"]), row[0]) for row in zip(*answers, strict=True)]

    def _look_at_serials(self, config, product, names, partner):
        """Say for each number whether the till can sell it, or take it back as a unit of this line.

        :param config: the ``pos.config`` of the till
        """
        kind = config.picking_type_id
        places = kind.default_location_src_id, partner.property_stock_customer or kind.default_location_dest_id
        if self:
            places, partner, kind = places[::-1], self.order_id.sudo().partner_id, kind.return_picking_type_id or kind
        vals = {"product_id": product.id, "partner_id": partner.id, "company_id": config.company_id.id}
        vals |= {"location_id": places[0].id, "location_dest_id": places[1].id, "picking_type_id": kind.id}
        move = self.env["stock.move"].sudo().with_company(config.company_id).new(vals | {"product_uom_qty": len(names)})
        said, left = move._say_of_serials(names), set(self._get_units_left(product).ids)
        for check in said if self else ():
            if check["ok"] and check["serial_id"] not in left:
                word = self.env._("%s is not among the units that are left of this order.", check["name"])
                check |= {"ok": False, "code": "not_sold_here", "message": word}
        return said

    @api.model
    def get_serials_left(self, line_id):
        """Return what is left of the units that a line sold, for its refund.

        :param int line_id: the id of the ``pos.order.line``
        :return: dict of ``names``, ``blanks`` (how many have no number), and ``statuses``, what they may go
            back as: code and name, the usual one first
        :raise AccessError: for an order that the user may not read
        """
        line = self.browse(line_id)
        line.check_access("read")
        units, kind = line._get_units_left(), line.order_id.sudo().config_id.picking_type_id
        usual = (kind.return_picking_type_id or kind).serial_return_status
        field = self.env["stock.picking.type"]._fields["serial_return_status"]
        statuses = field._description_selection(self.env)
        return {
            "names": units.filtered("name").sorted("id").mapped("name"),
            "blanks": len(units.filtered(lambda unit: not unit.name)),
            "statuses": sorted(statuses, key=lambda status: status[0] != usual),
        }

    # Documents that follow

    def _prepare_refund_data(self, refund_order, PosPackOperationLot):
        """Take back what is left: numbers that came back already are not refunded again."""
        # EXTENDS 'point_of_sale'
        vals = super()._prepare_refund_data(refund_order, PosPackOperationLot)
        if self.product_id.is_serialized:
            left = self._get_units_left().filtered("name").mapped("name")
            gone = PosPackOperationLot.filtered(lambda lot: lot.lot_name not in left)
            vals["pack_lot_ids"] = PosPackOperationLot - gone
            gone.unlink()
        return vals

    def _prepare_procurement_values(self):
        # EXTENDS 'point_of_sale'
        vals = super()._prepare_procurement_values()
        return vals | ({"pos_line_id": self.id} if self._has_units() else {})

    def _launch_stock_rule_from_pos_order_lines(self):
        """Promise the units that are shipped later, and enter them on their delivery."""
        # EXTENDS 'point_of_sale'
        result = super()._launch_stock_rule_from_pos_order_lines()
        moves = self.serial_move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        moves._enter_till_serials()
        moves._promise_till_serials()
        return result
