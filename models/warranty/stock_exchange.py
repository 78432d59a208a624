"""An exchange: the replacement unit and the replaced one point at each other."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine import invoice, sale_history
from ...tools.status import SOLD
from ...tools.warranty_rule import REPLACEMENTS

REPLACED = "replaced_by_id"
REPLACES = "replaces_id"
EXCHANGE = ("serial_exchange_move_id", "serial_exchange_warranty")  # what a move knows of the exchange it is for


class SerialNumber(models.Model):
    _inherit = "serial.number"

    replaces_id = fields.Many2one(
        "serial.number", index="btree_not_null", ondelete="set null", readonly=True, help="The unit that came back."
    )
    replaced_by_id = fields.Many2one(
        "serial.number", index="btree_not_null", ondelete="set null", readonly=True, help="The unit sent in its place."
    )


class StockMove(models.Model):
    _inherit = "stock.move"

    serial_exchange_move_id = fields.Many2one(
        "stock.move",
        "Exchange of",
        copy=False,
        index="btree_not_null",
        readonly=True,
        help="The move whose units this one replaces.",
    )
    serial_exchange_warranty = fields.Selection(REPLACEMENTS, "Warranty of the Replacement", copy=False, readonly=True)

    @api.constrains("serial_exchange_move_id")
    def _check_serial_exchange_move_id(self):
        """Let units replace those of their own company alone: both histories are written as superuser.

        :raise UserError: for another company's
        """
        for move in self.sudo():
            if move.serial_exchange_move_id and move.serial_exchange_move_id.company_id != move.company_id:
                raise UserError(self.env._("Units are exchanged for units of the same company."))

    def _prepare_move_split_vals(self, qty):
        # EXTENDS 'stock'
        vals = super()._prepare_move_split_vals(qty)
        return vals | {name: self._fields[name].convert_to_write(self[name], self) for name in EXCHANGE}

    def _book_serials(self):
        # EXTENDS 'serial_number_tracking'
        result = super()._book_serials()
        for origin in self.serial_exchange_move_id | self.origin_returned_move_id:
            origin.sudo()._pair_exchanged_serials()
        return result

    def _pair_exchanged_serials(self):
        """Let the units of this move that came back and those sent in their place point at each other, in order."""
        moves = self.search([("serial_exchange_move_id", "=", self.id), ("state", "=", "done")])
        if not moves:  # an ordinary return, maybe of thousands
            return
        heirs = moves.filtered(lambda move: move.serial_exchange_warranty == "inherit").serial_ids
        sent = moves.serial_ids.filtered(lambda unit: not unit.replaces_id).sorted("id")
        back = self.returned_move_ids.serial_ids.filtered(lambda unit: not unit.replaced_by_id).sorted("id")
        for old, new in zip(back - sent, sent, strict=False):
            self._pair_serials(old, new, new in heirs and new._prepare_inherited_warranty(old))

    def _pair_serials(self, old, new, inherited):
        """Let two units point at each other.

        :param inherited: the facts of the warranty that goes from one to the other, if one does
        """
        note = self.env._("%(old)s was exchanged for %(new)s.", old=old.display_name, new=new.display_name)
        if inherited:
            note = self.env._("%(note)s Its warranty goes on with the replacement.", note=note)
        event = old._prepare_event_vals("corrected", source=self, note=note)
        given = {"former_warranty_end": False} if inherited else {}
        old._record_change("corrected", {REPLACED: new.id, **given}, event)
        new._record_change("corrected", {REPLACES: old.id, **(inherited or {})}, event)
        if new.status in SOLD:
            invoice.append_replacement(sale_history.get_last_invoice_line(old), new)


class StockRule(models.Model):
    _inherit = "stock.rule"

    def _get_custom_move_fields(self):
        # EXTENDS 'stock'
        return [*super()._get_custom_move_fields(), *EXCHANGE]


class StockReturnPicking(models.TransientModel):
    _inherit = "stock.return.picking"

    has_serialized = fields.Boolean(compute="_compute_has_serialized")
    serial_exchange_warranty = fields.Selection(
        REPLACEMENTS,
        "Warranty of the Replacement",
        compute="_compute_serial_exchange_warranty",
        store=True,
        readonly=False,
        help="What the unit gets that is sent in place of the one that comes back, when you return for exchange.",
    )

    @api.depends("product_return_moves.product_id")
    def _compute_has_serialized(self):
        for wizard in self:
            wizard.has_serialized = any(wizard.product_return_moves.product_id.mapped("is_serialized"))

    @api.depends("company_id")
    def _compute_serial_exchange_warranty(self):
        for wizard in self:
            wizard.serial_exchange_warranty = (wizard.company_id or self.env.company).serial_exchange_warranty

    def _get_proc_values(self, line):
        # EXTENDS 'stock'
        vals = {"serial_exchange_move_id": line.move_id.id, "serial_exchange_warranty": self.serial_exchange_warranty}
        return super()._get_proc_values(line) | vals

    def _create_exchange(self, return_picking):
        # EXTENDS 'stock'
        exchange = super()._create_exchange(return_picking)
        for move in exchange.move_ids:
            returned = return_picking.move_ids.filtered(lambda line, move=move: line.product_id == move.product_id)
            move.serial_exchange_move_id = returned[:1].origin_returned_move_id
            move.serial_exchange_warranty = self.serial_exchange_warranty
        return exchange
