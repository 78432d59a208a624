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

    def _get_units_left(self, product):
        """Return the units of a product, the line's or a component, that the line sold and the customer still has."""
        moves = self.sudo().serial_move_ids or self.sudo().order_id.picking_ids.move_ids
        units = moves.serial_ids.filtered(lambda unit: unit.product_id == product and unit.delivery_move_id in moves)
        return units.filtered(lambda unit: unit.status in SOLD and not unit.location_id.is_serial_stock)

    def _imagine_till_moves(self, config_id, product_id, partner_id, refunded_line_id):
        """Return what the till is about to sell, or take back of a line, as moves that can be asked."""
        config, product = self.env["pos.config"].browse(config_id), self.env["product.product"].browse(product_id)
        sold = self.browse(refunded_line_id or [])
        for record in (self, config, product, sold):
            record.check_access("read")
        partner = sold.order_id.partner_id if sold else self.env["res.partner"].browse(partner_id or [])
        vals = {"is_back": bool(sold), "pos_line_id": sold.id}
        return config.sudo().picking_type_id._imagine_serial_moves(product.sudo(), partner.sudo(), **vals)

    @api.model
    def check_serials(self, config_id, product_id, names, partner_id=False, refunded_line_id=False):
        """Say for each number whether the till can sell the unit, or take it back. Changes nothing.

        :param int config_id: the ``pos.config`` of the till
        :param int product_id: the ``product.product``
        :param list names: the numbers as typed or scanned
        :param partner_id: the customer's id
        :param refunded_line_id: the id of the ``pos.order.line`` whose units come back
        :return: list of dicts, as ``check_serials`` of a stock move returns them
        :raise AccessError: for a till, product or order that the user may not read
        """
        moves = self._imagine_till_moves(config_id, product_id, partner_id, refunded_line_id)
        return moves._say_of_serials(names)

    @api.model
    def list_serials(self, config_id, product_id, refunded_line_id=False):
        """Return ``_describe_serial_choices`` of a stock move; parameters and errors as :meth:`check_serials`."""
        moves = self._imagine_till_moves(config_id, product_id, False, refunded_line_id)
        return moves._describe_serial_choices(LISTED)

    @api.model
    def find_products(self, config_id, number):
        """Return the ids of the till's products that have units with a number, and why a label cannot be taken."""
        config = self.env["pos.config"].browse(config_id)
        config.check_access("read")
        mine = Domain("company_id", "=", config.company_id.id) & Domain("product_id.available_in_pos", "=", True)
        return self.env["serial.number"].sudo()._find_products(number, mine)

    def _prepare_refund_data(self, refund_order, PosPackOperationLot):
        """Take back what is left: numbers that came back already are not refunded again."""
        # EXTENDS 'point_of_sale'
        vals = super()._prepare_refund_data(refund_order, PosPackOperationLot)
        if self.product_id.is_serialized:
            left = self._get_units_left(self.product_id).filtered("name").mapped("name")
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
        for move in moves.sudo():
            move._promise_serials(self.pack_lot_ids.mapped("lot_name"))
        return result
