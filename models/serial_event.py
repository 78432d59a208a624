from odoo import api, fields, models
from odoo.exceptions import UserError

from .serial_status import KINDS, STATUSES


class SerialEvent(models.Model):
    """One row of a unit's history. The register writes it together with the unit; nobody changes it."""

    _name = "serial.event"
    _description = "Serial Number History"
    _order = "id desc"
    _log_access = False
    _rec_name = "kind"

    serial_id = fields.Many2one("serial.number", "Unit", required=True, index=True, ondelete="restrict", readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True)
    kind = fields.Selection(KINDS, "Event", required=True, readonly=True)
    status_from = fields.Selection(STATUSES, "Status before", readonly=True)
    status_to = fields.Selection(STATUSES, "Status", required=True, readonly=True)
    partner_id = fields.Many2one("res.partner", ondelete="restrict", readonly=True)
    location_id = fields.Many2one("stock.location", ondelete="restrict", readonly=True)
    move_id = fields.Many2one("stock.move", "Stock Move", ondelete="set null", index="btree_not_null", readonly=True)
    invoice_line_id = fields.Many2one("account.move.line", ondelete="set null", index="btree_not_null", readonly=True)
    document = fields.Char(readonly=True, help="The document's name, kept for when the document is deleted.")
    user_id = fields.Many2one("res.users", ondelete="restrict", readonly=True)
    note = fields.Char(readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse: history is written by the register alone, together with the unit that it speaks of.

        :raise UserError: always
        """
        raise self._refusal()

    def write(self, vals):
        """Refuse: history is append-only.

        :raise UserError: always
        """
        raise self._refusal()

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise self._refusal()

    def _get_document_day(self):
        """Return the day that the event's document gives a sale; when it was entered, where the document is gone."""
        if self.invoice_line_id and not self.move_id:
            return self.invoice_line_id._get_serial_day()
        moment = self.move_id.date or self.date
        return moment and self.company_id._get_serial_day(moment, self.user_id)

    def _refusal(self):
        return UserError(
            self.env._("The history of a serial number cannot be changed. Correct the unit; that adds a new line.")
        )
