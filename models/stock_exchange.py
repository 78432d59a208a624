"""An exchange: the replacement unit and the replaced one point at each other."""

from odoo import fields, models

REPLACED = "replaced_by_id"
REPLACES = "replaces_id"


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

    def _prepare_move_split_vals(self, qty):
        # EXTENDS 'stock'
        vals = super()._prepare_move_split_vals(qty)
        return vals | {"serial_exchange_move_id": self.serial_exchange_move_id.id}

    def _book_serials(self):
        # EXTENDS 'serial_number_tracking'
        result = super()._book_serials()
        for origin in self.serial_exchange_move_id | self.origin_returned_move_id:
            origin.sudo()._pair_exchanged_serials()
        return result

    def _pair_exchanged_serials(self):
        """Let the units of this move that came back and those sent in their place point at each other, in order."""
        sent = self.search([("serial_exchange_move_id", "=", self.id), ("state", "=", "done")]).serial_ids
        sent = sent.filtered(lambda unit: not unit.replaces_id).sorted("id")
        back = self.returned_move_ids.serial_ids.filtered(lambda unit: not unit.replaced_by_id).sorted("id")
        for old, new in zip(back - sent, sent, strict=False):
            note = self.env._("%(old)s was exchanged for %(new)s.", old=old.display_name, new=new.display_name)
            event = self.env["serial.number"]._prepare_event_vals("corrected", source=self, note=note)
            old._record_change("corrected", {REPLACED: new.id}, event)
            new._record_change("corrected", {REPLACES: old.id}, event)


class StockRule(models.Model):
    _inherit = "stock.rule"

    def _get_custom_move_fields(self):
        # EXTENDS 'stock'
        return [*super()._get_custom_move_fields(), "serial_exchange_move_id"]


class StockReturnPicking(models.TransientModel):
    _inherit = "stock.return.picking"

    def _get_proc_values(self, line):
        # EXTENDS 'stock'
        return super()._get_proc_values(line) | {"serial_exchange_move_id": line.move_id.id}

    def _create_exchange(self, return_picking):
        # EXTENDS 'stock'
        exchange = super()._create_exchange(return_picking)
        for move in exchange.move_ids:
            returned = return_picking.move_ids.filtered(lambda line, move=move: line.product_id == move.product_id)
            move.serial_exchange_move_id = returned[:1].origin_returned_move_id
        return exchange
