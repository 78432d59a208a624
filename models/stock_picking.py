from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..engine import batch, outside, phone
from .serial_entry_mixin import STRICT


class StockPicking(models.Model):
    _name = "stock.picking"
    _inherit = ["stock.picking", "serial.button.mixin", "serial.correctable.mixin", "serial.search.mixin"]

    has_serialized = fields.Boolean(compute="_compute_serials", compute_sudo=True)
    serial_count = fields.Integer("Serial Numbers", compute="_compute_serials", compute_sudo=True)
    serial_missing = fields.Integer(
        "Without Serial", compute="_compute_serials", compute_sudo=True, help="Units whose number is not known."
    )

    def _compute_serials(self):
        for picking in self:
            moves = picking.move_ids.filtered("is_serialized")
            picking.has_serialized = bool(moves)
            picking.serial_count = len(moves.serial_ids)
            picking.serial_missing = sum(moves.mapped("serial_missing"))

    def _get_serial_domain(self):
        # EXTENDS 'serial.button.mixin'
        return Domain("move_ids.picking_id", "in", self.ids)

    @api.model
    def _get_serial_document_domain(self, units):
        # EXTENDS 'serial.search.mixin'
        return Domain("move_ids", "any!", Domain("serial_ids", "any!", units))

    def button_validate(self):
        """Let the booking refuse entered numbers that can no longer be taken, and undo what it has booked by then.

        To check thousands beforehand as well would double the work, and somebody else could take one in between.
        """
        # EXTENDS 'stock'
        if self.env.context.get(STRICT) or not any(self.move_ids.mapped("serial_draft")):
            return super().button_validate()
        for picking in self:
            picking._check_serials_without_quantity()
        with self.env.cr.savepoint():
            return super(StockPicking, self.with_context(**{STRICT: True})).button_validate()

    def _check_serials_without_quantity(self):
        """Say what is wrong with entered numbers before Odoo says that nothing is reserved: their units are kept back.

        :raise UserError: for numbers that can no longer be taken
        """
        moves = self.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        if not any(moves.mapped("quantity")):
            moves.filtered(lambda move: move._takes_serials() and move._serial_names())._check_serial_drafts()

    def _get_lot_move_lines_for_sanity_check(self, none_done_picking_ids, separate_pickings=True):
        """Leave out operations whose lots are entered already, or that the entry window is going to ask for."""
        # EXTENDS 'stock'
        lines = super()._get_lot_move_lines_for_sanity_check(none_done_picking_ids, separate_pickings)
        moves = lines.move_id.filtered(lambda move: move.product_id._has_serial_lots())
        entered = moves.filtered(lambda move: move._serial_names() or move._is_serial_to_ask())
        return lines.filtered(lambda line: line.move_id not in entered)

    def _pre_action_done_hook(self):
        # EXTENDS 'stock'
        result = super()._pre_action_done_hook()
        if result is not True:
            return result
        moves = self.move_ids.filtered(lambda move: move._is_serial_to_validate())
        return moves._ask_serials("validate", self) if moves else True

    @api.model
    def process_serials(self, transfers, key=None):
        """Enter numbers on many transfers and validate them: receive, ship and take back in one call.

        Each transfer is done or left as it was; the others go on. Example::

            {
                "key": "2026-03-14/0001",
                "transfers": [
                    {"id": 17, "names": ["A1", "A2"]},
                    {"id": 18, "lines": [{"move_id": 41, "names": ["B1"], "quantity": 2}], "blanks": true},
                    {"return_of": 17, "names": ["A2"]}
                ]
            }

        :param list transfers: objects with ``id`` of a transfer (or ``return_of``, the id of a delivery whose units
            come back); ``names`` for its only line with numbers, or ``lines`` with ``move_id`` or ``product_id``,
            ``names`` and ``quantity`` (default: as it is); ``blanks``, whether units may stay without number (default:
            no); ``backorder``, whether what is left comes later (default: yes). Names are those of ``assign_serials``
        :param str key: your own name for this call. Made again with the same key, it is answered as the first time, and
            nothing is done twice. Keys are kept for 90 days, for each user and company
        :return: list of objects, in order: ``id``, ``name``, ``state``, ``ok``, ``message`` (what is wrong and what to
            do, empty when all is well), ``serial_missing``, ``backorder_ids``, and ``return_of`` for returns
        :raise UserError: when the call itself is wrong; nothing has been done then
        :raise AccessError: for a transfer that the user may not change
        """
        asked = batch.read(self.env, transfers)

        def act():
            return [batch.process(each) for each in asked]

        return self.env["serial.call"]._answer_once(key, "stock.picking.process_serials", transfers, act)

    def action_enter_serials(self):
        """Open the entry window of the transfer, without validating it.

        :return: the window's action
        """
        outside.check_some(self)
        moves = self.move_ids.filtered(lambda move: move._takes_serials() and move.state not in ("done", "cancel"))
        return self.env["serial.entry"]._open(moves, "keep", self)

    def action_scan_serials(self):
        """Open the entry window of a transfer, which confirming validates.

        :return: the window's action
        :raise UserError: when the transfer is done, nothing of it is reserved, or nothing takes numbers
        """
        outside.check_one(self)
        moves = self.move_ids.filtered(
            lambda move: (
                move._takes_serials() and not move._serial_is_closed() and not move.product_uom.is_zero(move.quantity)
            )
        )
        if not moves:
            raise UserError(
                self.env._(
                    "%s has nothing to scan now: it is done, or nothing is reserved for it yet. Check its "
                    "availability.",
                    self.name,
                )
            )
        asked = moves.filtered(lambda move: move._is_serial_to_ask())
        return self.env["serial.entry"]._open(asked or moves, "validate", self)

    @api.model
    @api.readonly
    def count_serial_work(self):
        """Return how many transfers are ready, for each kind of work in the hall that the user may do.

        :return: dict of counts by ``receive``, ``ship`` and ``take_back``; empty for who may change no transfers
        """
        return phone.count(self)

    @api.model
    @api.readonly
    def find_serial_work(self, work=None, text="", type_id=False, offset=0):
        """Return one page of the open transfers whose numbers can be scanned.

        :param str work: ``receive``, ``ship`` or ``take_back``; None for all of these
        :param str text: a part of its name, its order's or its partner's; without one, only those that are ready
        :param int type_id: only those of this operation type
        :param int offset: how many to leave out
        :return: dict of ``total`` and ``rows`` (``id``, ``name``, ``partner``, ``origin``, ``date``, ``is_ready``,
            ``quantity``, ``entered``), and ``types``, the operation types that have such transfers
        :raise UserError: for another kind of work, and for what is no page
        """
        return phone.find(self, work, text, type_id, offset)

    def _get_correctable_moves(self):
        # EXTENDS 'serial.correctable.mixin'
        return self.move_ids if self.state == "done" else self.move_ids.browse()

    def action_print_serial_labels(self):
        """Open the window that prints labels for the units of these transfers.

        :return: the window's action
        :raise UserError: when no unit was booked yet
        """
        outside.check_some(self)
        units = self.env["serial.number"].search(self._get_serial_domain())
        if not units:
            raise UserError(
                self.env._(
                    "There are no units on %s yet: they come with Validate. Press it first, then print the labels.",
                    ", ".join(self.mapped("name")),
                )
            )
        action = self.env["ir.actions.act_window"]._for_xml_id("serial_number_tracking.serial_label_layout_action")
        return action | {"context": {"default_serial_ids": units.ids}}
