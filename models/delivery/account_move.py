from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine import outside
from ...engine.sale_history import ISSUING
from . import back, goods, issue


class AccountMove(models.Model):
    _inherit = "account.move"

    serial_no_delivery = fields.Boolean(
        "Moves No Goods",
        copy=False,
        help="Confirming it delivers nothing, and takes nothing back: its goods have moved already, or move later.",
    )
    serial_delivers = fields.Boolean(
        compute="_compute_serial_delivers", help="Confirming it delivers its goods, or takes them back."
    )
    serial_delivery_count = fields.Integer("Deliveries", compute="_compute_serial_deliveries", compute_sudo=True)
    serial_delivery_names = fields.Char(compute="_compute_serial_deliveries", compute_sudo=True)
    serial_waiting_count = fields.Integer(
        "Still in Stock",
        compute="_compute_serial_waiting_count",
        compute_sudo=True,
        help="Units of this invoice that nobody has delivered yet.",
    )

    @api.depends("journal_id", "move_type", "state", "invoice_line_ids.product_id", "reversed_entry_id")
    def _compute_serial_delivers(self):
        for move in self:
            move.serial_delivers = move.state == "draft" and move._may_move_goods()

    def _may_move_goods(self):
        """Tell whether confirming the document moves goods, unless it is told not to."""
        move = self.sudo()
        if move.move_type in ISSUING:
            may = move.journal_id._delivers_invoices()
        elif move.move_type != "out_refund":
            may = False
        elif move.reversed_entry_id:
            may = move.reversed_entry_id.invoice_line_ids.serial_delivery_move_ids
        else:
            may = move.journal_id._delivers_invoices()
        return bool(may and goods.get_goods_lines(move))

    def _compute_serial_deliveries(self):
        for move in self:
            pickings = move._get_serial_deliveries()
            move.serial_delivery_count = len(pickings)
            move.serial_delivery_names = ", ".join(pickings.mapped("name"))

    def _get_serial_deliveries(self):
        """Return the transfers that these documents made, and the returns of these."""
        lines = self.sudo().invoice_line_ids
        return (lines.serial_delivery_move_ids | lines.serial_return_move_ids).picking_id

    def _compute_serial_waiting_count(self):
        for move in self:
            lines = goods.get_goods_lines(move) if move.state == "posted" and move.move_type in ISSUING else ()
            move.serial_waiting_count = sum(len(issue.find_waiting(line)) for line in lines)

    def action_view_serial_deliveries(self):
        """Show the transfers that these documents made.

        :return: a window action
        """
        outside.check_some(self)
        self.check_access("read")
        pickings = self._get_serial_deliveries().with_env(self.env)
        pickings.check_access("read")
        return goods.open_documents(pickings, self.env._("Deliveries"))

    def action_deliver_serials(self):
        """Deliver the units of posted invoices that are still in stock.

        :return: the action that shows the deliveries
        :raise UserError: when there is not enough in the warehouse
        """
        outside.check_some(self)
        self.check_access("write")
        self.env["stock.picking"].check_access("create")
        for move in self.filtered("serial_waiting_count"):
            issue.issue(move)
        return self.action_view_serial_deliveries()

    def _post(self, soft=True):
        """Move the goods first: the invoice then finds their units with the customer, and their cost on their moves."""
        # EXTENDS 'account'
        today = fields.Date.context_today(self)
        for move in self.filtered(lambda move: move.state == "draft" and not (soft and move.date > today)):
            if not move.serial_no_delivery and move._may_move_goods():
                issue.issue(move) if move.move_type in ISSUING else back.take_back(move)
        return super()._post(soft=soft)

    def button_draft(self):
        """Say what becomes of the goods: they stay where they are, and confirming again moves what is missing."""
        # EXTENDS 'account'
        posted = self.filtered(lambda move: move.state == "posted" and move.serial_delivery_count)
        result = super().button_draft()
        for move in posted:
            move._message_log(
                body=self.env._(
                    "The goods stay where %s has moved them. Confirming again moves only what differs; to undo it, "
                    "return that transfer.",
                    move.serial_delivery_names,
                )
            )
        return result

    def button_cancel(self):
        """Refuse to cancel what has moved goods.

        :raise UserError: with what to do
        """
        # EXTENDS 'account'
        for move in self.sudo():
            for line in goods.get_goods_lines(move):
                moves = line.serial_delivery_move_ids | line.serial_return_move_ids
                if goods.count_out(moves, line):
                    raise UserError(
                        self.env._(
                            "%(invoice)s has moved goods by %(transfers)s. Return that transfer first, then cancel it; "
                            "or leave it, and make a credit note, which takes the goods back.",
                            invoice=move.name or move.display_name,
                            transfers=move.serial_delivery_names,
                        )
                    )
        return super().button_cancel()
