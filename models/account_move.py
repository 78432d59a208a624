from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..engine import credit_note, outside
from ..tools.context import is_asked
from .serial_button_mixin import LOOKUP
from .serial_number import MANAGER


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "serial.button.mixin", "serial.search.mixin"]

    serial_count = fields.Integer("Serial Numbers", compute="_compute_serial_count", groups=LOOKUP)
    can_correct_serials = fields.Boolean(
        compute="_compute_can_correct_serials",
        groups=MANAGER,
        help="Whether somebody may say which units this invoice is really about.",
    )

    def _compute_serial_count(self):
        for move in self:
            is_sale = move.is_sale_document(include_receipts=True)
            move.serial_count = len(move.invoice_line_ids.serial_ids) if is_sale else 0

    def _get_serial_domain(self):
        # EXTENDS 'serial.button.mixin'
        return Domain("invoice_line_ids.move_id", "in", self.ids)

    @api.model
    def _get_serial_document_domain(self, units):
        # EXTENDS 'serial.search.mixin'
        return Domain("invoice_line_ids", "any!", Domain("serial_ids", "any!", units))

    def _compute_can_correct_serials(self):
        for move in self:
            move.can_correct_serials = bool(move._get_correctable_lines())

    def _get_correctable_lines(self):
        """Return the posted lines whose units nothing else decides: those of an order are its delivery's."""
        posted = self.filtered(lambda move: move.state == "posted").sudo().invoice_line_ids
        return posted.filtered(lambda line: line._is_serial_line() and line._serial_flow())

    def action_correct_serials(self):
        """Open the window that corrects which units a posted invoice or credit note is about.

        :return: the window's action
        :raise AccessError: for others than managers
        :raise UserError: when it is not posted, has no units, or an order decides which units these are
        """
        outside.check_one(self)
        self.env["serial.number"]._check_manager()
        self.check_access("write")
        lines = self._get_correctable_lines()
        if not lines and self.state == "posted" and self.invoice_line_ids.sudo().sale_line_ids:
            raise UserError(
                self.env._("%s has the units that its order delivered. Correct the delivery instead.", self.name)
            )
        return self.env["serial.correct"]._open(self, lines)

    def write(self, vals):
        """Let the units of posted invoices follow a date that another addon corrects."""
        # EXTENDS 'account'
        posted = self.filtered(lambda move: move.state == "posted") if vals.get("invoice_date") else self.browse()
        lines = posted.invoice_line_ids.filtered(lambda line: line._is_serial_line())
        days = {line: line._get_serial_day() for line in lines}
        result = super().write(vals)
        for line, day in days.items():
            if line._get_serial_day() != day:
                line._redate_serials()
        return result

    def action_post(self):
        """Ask for serial numbers where the button says so: other callers drop the action that this returns."""
        # EXTENDS 'account'
        if is_asked(self.env):
            lines = self.filtered(lambda move: move.state == "draft").invoice_line_ids
            result = lines.filtered(lambda line: line._takes_serials())._ask_serials("post", self)
            if result is not True:
                return result
        return super().action_post()

    def _post(self, soft=True):
        # EXTENDS 'account'
        posted = super()._post(soft=soft)
        posted.invoice_line_ids._book_serials()
        return posted

    def _get_invoiced_lot_values(self):
        """Leave out numbers of units that stand on the invoice's lines: each number is printed once."""
        # EXTENDS 'stock_account'
        units = self.sudo().invoice_line_ids.serial_ids
        lots, names = set(units.lot_id.ids), {(unit.product_id.name, unit.name) for unit in units}

        def is_printed(values):
            if values.get("lot_id"):
                return values["lot_id"] in lots
            return (values.get("product_name"), values.get("lot_name")) in names

        return [values for values in super()._get_invoiced_lot_values() if not is_printed(values)]

    def button_draft(self):
        """Give the units back that the invoices took."""
        # EXTENDS 'account'
        posted = self.filtered(lambda move: move.state == "posted")
        result = super().button_draft()
        credit_note.give_back(posted.invoice_line_ids)
        return result
