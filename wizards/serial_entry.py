import json

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.json import json_default
from odoo.tools.misc import clean_context

from ..engine import entry_draft, entry_title, entry_undo, outside
from ..models.serial_entry_mixin import STRICT

LIFE_HOURS = 24 * 7  # a window that was closed is kept over a weekend
LINE_FIELDS = {
    "stock.move": "move_id",
    "account.move.line": "invoice_line_id",
    "stock.quant": "quant_id",
    "stock.scrap": "scrap_id",
    "purchase.order.line": "purchase_line_id",
    "sale.order.line": "sale_line_id",
}
DOCUMENT_FIELDS = {
    "stock.picking": "picking_ids",
    "account.move": "invoice_ids",
    "stock.quant": "quant_ids",
    "stock.scrap": "scrap_ids",
    "purchase.order": "purchase_ids",
    "sale.order": "order_ids",
}
# What confirming calls: the documents, their method, and the context beside that of the first call. Where the button
# books at once, or comes back to the check of the entry, the booking's own check is enough; others may ask something
# else first and book in a later request.
BOOKS = {STRICT: True}
CONTINUED = {
    "validate": ("picking_ids", "button_validate", BOOKS),
    "post": ("invoice_ids", "action_post", {}),
    "apply": ("quant_ids", "_continue_count", BOOKS),
    "scrap": ("scrap_ids", "action_validate", {}),
}
# Context keys that belong to one request only, not to the button that the window continues.
PASSING = {"params", "active_id", "active_ids", "active_model"}


class SerialEntry(models.TransientModel):
    """The window that asks for serial numbers before a document is booked, and then continues its button."""

    _name = "serial.entry"
    _inherit = ["serial.guard.mixin"]
    _description = "Serial Number Entry"
    _transient_max_hours = LIFE_HOURS

    button = fields.Selection(
        [
            ("validate", "Validate"),
            ("post", "Confirm"),
            ("apply", "Apply"),
            ("scrap", "Scrap"),
            ("call", "Continue"),
            ("keep", "Keep for later"),
        ],
        required=True,
        readonly=True,
        help="What confirming the window continues.",
    )
    picking_ids = fields.Many2many("stock.picking", string="Transfers", readonly=True)
    invoice_ids = fields.Many2many("account.move", string="Invoices", readonly=True)
    quant_ids = fields.Many2many("stock.quant", string="Counts", readonly=True, groups="stock.group_stock_user")
    scrap_ids = fields.Many2many("stock.scrap", string="Scrap Orders", readonly=True, groups="stock.group_stock_user")
    purchase_ids = fields.Many2many("purchase.order", string="Purchase Orders", readonly=True)
    order_ids = fields.Many2many("sale.order", string="Sales Orders", readonly=True)
    document_model = fields.Char(readonly=True, help="The model of documents of another addon.")
    document_ids = fields.Json(readonly=True)
    call_context = fields.Json(readonly=True, help="The context that the button was called with.")
    acts = fields.Json(readonly=True, help="What can be taken back, the last act last.")
    refused = fields.Json(readonly=True, help="What was entered beside refused numbers, by their keys.")
    is_done = fields.Boolean(readonly=True)
    line_ids = fields.One2many("serial.entry.line", "entry_id", "Lines")

    @api.model
    def _open(self, sources, button, documents):
        """Open the window for document lines: the one that the user left unfinished, or a new one.

        :param sources: the document lines to ask about
        :param str button: what confirming continues
        :param documents: the transfers, invoices, counts or scrap orders that the button was called on
        :return: the window's action
        :raise UserError: when there is nothing to ask
        """
        if not sources:
            raise UserError(self.env._("Nothing here takes serial numbers now."))
        entry = self._find_unfinished(sources, button) or self._create_for(sources, button, documents)
        context = {key: value for key, value in self.env.context.items() if key not in PASSING}
        entry.call_context = json.loads(json.dumps(context, default=json_default, skipkeys=True))
        return entry._get_action()

    @api.model
    def _find_unfinished(self, sources, button):
        about = self.env["serial.entry.line"]._get_source_domain(sources)
        lines = self.env["serial.entry.line"].search(
            about & Domain([("create_uid", "=", self.env.uid), ("entry_id.is_done", "=", False)])
        )
        entries = lines.entry_id.filtered(
            lambda entry: (
                sources.browse(line._get_source().id for line in entry.line_ids) == sources
                and entry.button == button
                and not sources._has_changed_since(entry.create_date)
            )
        )
        return entries.sorted("id")[-1:]

    @api.model
    def _create_for(self, sources, button, documents):
        # The button's defaults are not the window's.
        cleaned = self.with_context(clean_context(self.env.context))
        entry = cleaned.create(
            {
                "button": button,
                **self._prepare_documents(documents),
                "line_ids": [
                    Command.create(self.env["serial.entry.line"]._prepare_source(source)) for source in sources
                ],
            }
        )
        for line in entry.line_ids:
            entry_draft.take_draft(line)
        return entry

    @api.model
    def _prepare_documents(self, documents):
        if documents._name in DOCUMENT_FIELDS:
            return {DOCUMENT_FIELDS[documents._name]: [Command.set(documents.ids)]}
        return {"document_model": documents._name, "document_ids": documents.ids}

    def _continue_button(self):
        """Continue the button that opened the window, and return what it returns."""
        context = self.call_context or {}
        if self.button == "call":
            documents = self._get_other_documents()
            return getattr(documents.with_context(**context), documents._serial_button)()
        documents, method, more = CONTINUED[self.button]
        return getattr(self[documents].with_context(**context | more), method)()

    def _get_other_documents(self):
        """Return the documents of another addon."""
        if not self.env["serial.number"]._is_serial_source(self.document_model):
            raise UserError(self.env._("This window belongs to no document. Close it and open it there."))
        return self.env[self.document_model].browse(self.document_ids).exists()

    def _get_action(self):
        return {
            "name": self._make_title(),
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(self.env.ref("serial_number_tracking.serial_entry_view_form").id, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _make_title(self):
        sources = [line._get_source() for line in self.line_ids]
        return entry_title.make_title(sources[0].browse(source.id for source in sources))

    def get_state(self):
        """Return what the window shows.

        :return: dict of ``id``, ``done`` and ``lines`` (see :meth:`serial.entry.line._get_state`); those
            of an open window also have ``refused``, the checks of earlier numbers that cannot be taken any more
        """
        outside.check_one(self)
        return {
            "id": self.id,
            "done": self.is_done,
            "lines": [line._get_state() | {"refused": entry_draft.find_refused(line)} for line in self.line_ids],
        }

    def action_confirm(self):
        """Enter the numbers on the document and continue its button.

        :return: what the button returns
        :raise UserError: when numbers are missing and not left blank, or can no longer be taken
        """
        outside.check_one(self)
        self._check_open()
        entry_draft.check_complete(self.line_ids)
        for line in self.line_ids:
            entry_draft.hand_over(line)
        self.is_done = True
        register = self.env["serial.number"]
        register._before_entry(self)
        if self.button == "keep":
            return {"type": "ir.actions.act_window_close"}
        return register._after_entry(self, self._continue_button())

    def use_all_blanks(self):
        """Leave all that is missing on any line without number, where blanks are allowed.

        :return: the window's state, see :meth:`get_state`
        :raise UserError: where every number of every line that misses some is required
        """
        outside.check_one(self)
        self._check_open()
        missing = self.line_ids.filtered(lambda line: line.missing and not line.blanks)
        allowed = missing.filtered(lambda line: line._takes_blanks())
        for line in allowed or missing[:1]:
            line._leave_blank()
        return self.get_state()

    def undo(self):
        """Take back what was scanned, pasted or removed last.

        :return: dict of ``undone`` (``added``, ``removed`` or ``beside``; empty where there is nothing to take back),
            ``count``, the first ``names``, and ``lines``, their states
        """
        outside.check_one(self)
        self._check_open()
        undone = entry_undo.undo(self)
        self._touch()
        return undone | {"lines": [line._get_state() for line in self.line_ids]}

    def action_cancel(self):
        """Close the window and keep what was entered: the same button of the document opens it again.

        :return: the action that closes the dialog
        """
        outside.check_some(self)
        for entry in self:
            entry._touch()
        return {"type": "ir.actions.act_window_close"}

    def action_discard(self):
        """Throw away what was entered in the window: the document stays as it was.

        :return: the action that closes the dialog
        """
        outside.check_some(self)
        self.unlink()
        return {"type": "ir.actions.act_window_close"}

    def _check_open(self):
        if self.is_done:
            raise UserError(self.env._("This window was confirmed already. Close it and look at the document."))

    def _touch(self):
        """Keep the window from being vacuumed while somebody works in it."""
        self.write({"is_done": False})

    def unlink(self):
        """Delete the window with all that was entered in it."""
        self.line_ids.unlink()
        return super().unlink()
