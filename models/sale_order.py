from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..engine import keeping, outside


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "serial.order.mixin", "serial.search.mixin"]

    def _get_serial_domain(self):
        # EXTENDS 'serial.button.mixin'
        lines = self.order_line.ids
        return Domain("sale_line_id", "in", lines) | Domain("move_ids.sale_line_id", "in", lines)

    @api.model
    def _get_serial_document_domain(self, units):
        # EXTENDS 'serial.search.mixin'
        lines = Domain("move_ids", "any!", Domain("serial_ids", "any!", units))
        named = self.env["serial.number"]._search(units & Domain("sale_line_id", "!=", False))
        return Domain("order_line", "any!", lines | Domain("id", "in", named.subselect("sale_line_id")))

    def action_designate_serials(self):
        """Open the window for the units that are promised to the customer.

        :return: the window's action
        :raise UserError: when the order is not confirmed, or wants no serialized unit any more
        """
        outside.check_one(self)
        return self.order_line.action_designate_serials()

    def _designate_serials(self, units):
        """Promise units to the lines that want them, each line as many as it takes.

        :param units: ``serial.number`` records
        :raise UserError: when the order is not confirmed, or a unit finds no line; nothing has changed then
        """
        self.ensure_one()
        rest = units
        for line in self.order_line.filtered("is_serialized"):
            line._check_serial_open()
            part = rest.filtered(lambda unit, line=line: unit.product_id == line.product_id)[
                : line._count_serial_room()
            ]
            if part:
                part.action_designate(self.partner_id, line)
            rest -= part
        if rest:
            raise UserError(
                self.env._(
                    "%(order)s wants none of these units any more:\n%(units)s\nChoose fewer, release others, or raise "
                    "its quantities.",
                    order=self.name,
                    units="\n".join(keeping.describe(rest)),
                )
            )

    def _action_cancel(self):
        """Release the units that were designated to cancelled orders, before their transfers are cancelled too."""
        # EXTENDS 'sale'
        for order, units in self.order_line._get_named_units().grouped("sale_order_id").items():
            keeping.release(units, self.env._("%s was cancelled.", order.name))
        return super()._action_cancel()
