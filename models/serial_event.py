from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import grouping, keyless
from ..engine.keyless import KeylessMany2one
from ..engine.registered import RegisteredSelection


class SerialEvent(models.Model):
    """One row of a unit's history. The register writes it together with the unit; nobody changes it."""

    _name = "serial.event"
    _description = "Serial Number History"
    _order = "id desc"
    _log_access = False
    _rec_name = "kind"

    serial_id = fields.Many2one("serial.number", "Unit", required=True, index=True, ondelete="restrict", readonly=True)
    company_id = KeylessMany2one("res.company", required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True)
    kind = RegisteredSelection(listed="_serial_kinds", string="Event", required=True, readonly=True)
    status_from = RegisteredSelection(string="Status before", readonly=True)
    status_to = RegisteredSelection(string="Status", required=True, readonly=True)
    partner_id = KeylessMany2one("res.partner", ondelete="restrict", readonly=True)
    location_id = KeylessMany2one("stock.location", ondelete="restrict", readonly=True)
    move_id = KeylessMany2one("stock.move", "Stock Move", ondelete="set null", index="btree_not_null", readonly=True)
    invoice_line_id = KeylessMany2one("account.move.line", ondelete="set null", index="btree_not_null", readonly=True)
    source_model = fields.Char(readonly=True, help="The model of a document of another addon.")
    source_id = fields.Many2oneReference("Document of Another Addon", model_field="source_model", readonly=True)
    document = fields.Char(readonly=True, help="The document's name, kept for when the document is deleted.")
    user_id = KeylessMany2one("res.users", ondelete="restrict", readonly=True)
    note = fields.Char(readonly=True)
    day = fields.Date(
        readonly=True,
        help="The day that it counts for, where it was done: the document's, or that of a registration; for a hold, "
        "the last one.",
    )

    _numbered_index = models.Index("(id) WHERE kind = 'numbered'")  # whether any was, in a history of millions

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

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Offer for grouping what people have a word for: not the lines behind documents.

        :return: as for every model
        """
        # EXTENDS 'base'
        return grouping.hide_technical(self, super().fields_get(allfields, attributes))

    @api.autovacuum
    def _gc_lost_references(self):
        """Take out of the register what was deleted past the ORM."""
        keyless.clear_lost(self.env)

    def _get_document(self):
        """Return the stock move or the invoice line of the event; None where it has none, or it was deleted."""
        return self.move_id or self.invoice_line_id or None

    def _is_sale(self):
        """Tell whether the event says when its unit was sold: an invoice from an order leaves it to the delivery."""
        document = self.sudo()._get_document()
        if document:
            return document._is_serial_sale()
        return self.kind == "shipped" or (self.kind == "imported" and bool(self.day))

    def _get_day(self):
        """Return the day that the event counts for, where the user was who did it."""
        if self.day:
            return self.day
        document = self.sudo()._get_document()
        if document and document._name == "account.move.line":
            return document._get_serial_day()
        return self.company_id._get_serial_day(document.date if document else self.date, self.user_id)

    def _refusal(self):
        return UserError(
            self.env._("The history of a serial number cannot be changed. Correct the unit; that adds a new line.")
        )
