"""An exchange: the replacement unit and the replaced one point at each other."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine import invoice, sale_history
from ...engine.registered import RegisteredSelection
from ...tools.warranty_rule import REPLACEMENTS

# What a move knows of the exchange it is for: what is left for later knows it, too.
EXCHANGE = ("serial_exchange_move_id", "serial_exchange_warranty", "serial_condition")


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
    serial_condition = RegisteredSelection(
        only=lambda status: status.returns,
        string="Goes back as",
        copy=False,
        readonly=True,
        help="What was chosen for the units that come back, when their return was made. The window can choose again.",
    )

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

    def _after_booking(self):
        # EXTENDS 'serial.move.hook.mixin'
        super()._after_booking()
        for origin in self.serial_exchange_move_id | self.origin_returned_move_id:
            origin.sudo()._pair_exchanged_serials()

    def _get_serial_condition(self):
        # EXTENDS 'serial.entry.mixin'
        return self.serial_condition

    def _is_serial_exchange(self):
        # EXTENDS 'serial.move.hook.mixin'
        return super()._is_serial_exchange() or bool(self.serial_exchange_move_id)

    def _get_replacing(self):
        # EXTENDS 'serial.move.hook.mixin'
        exchanges = self.search([("serial_exchange_move_id", "in", self.ids), ("state", "not in", ("done", "cancel"))])
        return super()._get_replacing() | exchanges

    def _filter_exchanged(self):
        # EXTENDS 'serial.move.hook.mixin'
        exchanges = self.search([("serial_exchange_move_id", "in", self.ids)])
        return super()._filter_exchanged() | exchanges.serial_exchange_move_id

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
        old._record_change("corrected", {"replaced_by_id": new.id, **given}, event)
        new._record_change("corrected", {"replaces_id": old.id, **(inherited or {})}, event)
        if new._is_sold():
            invoice.append_replacement(sale_history.get_last_invoice_line(old), new)
