from odoo import fields, models
from odoo.fields import Domain

from .serial_button_mixin import LOOKUP


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "serial.button.mixin"]

    serial_count = fields.Integer("Serial Numbers", compute="_compute_serial_count", groups=LOOKUP)

    def _compute_serial_count(self):
        for move in self:
            is_sale = move.is_sale_document(include_receipts=True)
            move.serial_count = len(move.invoice_line_ids.serial_ids) if is_sale else 0

    # EXTENDS 'serial.button.mixin'
    def _get_serial_domain(self):
        return Domain("invoice_line_ids.move_id", "in", self.ids)

    # EXTENDS 'account'
    def write(self, vals):
        """Let the units of posted invoices follow a date that another addon corrects."""
        posted = self.filtered(lambda move: move.state == "posted") if vals.get("invoice_date") else self.browse()
        lines = posted.invoice_line_ids.filtered(lambda line: line._is_serial_line())
        days = {line: line._get_serial_day() for line in lines}
        result = super().write(vals)
        for line, day in days.items():
            if line._get_serial_day() != day:
                line._redate_serials()
        return result

    # EXTENDS 'account'
    def action_post(self):
        """Ask for serial numbers where the button says so: other callers drop the action that this returns."""
        if self.env.context.get("serial_ask"):
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

    # EXTENDS 'account'
    def button_draft(self):
        """Give the units back that the invoices took."""
        posted = self.filtered(lambda move: move.state == "posted")
        result = super().button_draft()
        posted.invoice_line_ids._give_back_serials()
        return result
