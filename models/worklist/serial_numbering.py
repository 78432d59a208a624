from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine import outside
from ...engine.registered import RegisteredSelection
from . import give, taken_back, waiting


class SerialNumbering(models.Model):
    """What gives units of one product their numbers that waited with one document: the source of an entry window.

    It is kept, so that the history says with what a unit was numbered, and the numbers can be taken back.
    """

    _name = "serial.numbering"
    _inherit = ["serial.source.mixin"]
    _description = "Numbering of Units"
    _order = "id desc"
    _rec_name = "document"
    _serial_fields = {"partner": "partner_id"}
    _serial_button = "action_number"

    product_id = fields.Many2one("product.product", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    status = RegisteredSelection(required=True, readonly=True, help="What the units are that wait.")
    partner_id = fields.Many2one("res.partner", readonly=True, ondelete="set null")
    document_model = fields.Char(readonly=True, help="Of what came or left without number: transfer, invoice or move.")
    document_id = fields.Many2oneReference(model_field="document_model", readonly=True)
    document = fields.Char("Document without Serial", readonly=True, help="Its name, for the history.")
    given = fields.Json(copy=False, help="What was entered, once it was given: for taking it back.")
    state = fields.Selection(
        [("draft", "Open"), ("done", "Numbered"), ("cancel", "Taken Back")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )

    @api.model
    def _open(self, units):
        """Open the entry window on all that waits with the documents that some units wait with.

        :param units: ``serial.number`` records without number
        :return: the window's action
        :raise UserError: where none of them waits
        """
        keys = waiting.find_keys(units)
        if not keys:
            raise UserError(self.env._("These units have their numbers. Reload the page to see what still waits."))
        sources = self.sudo()
        for key, partner in keys.items():
            vals = key.prepare_vals()
            own = [*((name, "=", value) for name, value in vals.items()), ("create_uid", "=", self.env.uid)]
            kept = sources.search([*own, ("state", "=", "draft")], limit=1)
            sources |= kept or sources.create(vals | {"partner_id": partner})
        return self.env["serial.entry"]._open(self.browse(sources.ids), "call", self.browse(sources.ids))

    def _serial_flow(self):
        # EXTENDS 'serial.entry.mixin'
        flows = self.env["serial.number"]._get_serial_rules().flows.values()
        return next((flow for flow in flows if flow.numbers and flow.numbers == self.status), None)

    def _serial_document(self):
        # EXTENDS 'serial.entry.mixin'
        return self.document or self.env._("Stock on Hand")

    def _serial_room(self):
        # EXTENDS 'serial.entry.mixin'
        return len(waiting.find_units(self)) if self.state == "draft" else 0

    def _serial_raw_quantity(self):
        # EXTENDS 'serial.entry.mixin'
        return len(self.sudo().serial_ids) + self._serial_room()

    def _serial_is_closed(self):
        # EXTENDS 'serial.entry.mixin'
        return self.state != "draft"

    def _check_serial_open(self):
        # EXTENDS 'serial.entry.mixin'
        if self.state != "draft":
            raise UserError(
                self.env._("The numbers of %s were given already. Open it again for what is left.", self.document)
            )

    def _check_serial_access(self):
        # EXTENDS 'serial.entry.mixin'
        self.check_access("read")
        self.env["serial.number"].check_access("write")

    def action_number(self):
        """Give the numbers that were entered to the units that wait; those that are left go on waiting.

        :return: an action that says so, and offers to take them back
        :raise AccessError: for those who may not number units
        :raise UserError: for numbers that can no longer be taken, and where somebody else has numbered these units
        """
        outside.check_some(self)
        for source in self:
            source._check_serial_access()
        entered = self.filtered(lambda source: source._serial_names())
        entered._check_serial_drafts()
        for source in entered:
            source._check_serial_open()
            give.give_numbers(source)
        entered.sudo().state = "done"
        return entered._get_told_action()

    def _get_told_action(self):
        if not self:
            return {"type": "ir.actions.act_window_close"}
        return {
            "type": "ir.actions.client",
            "tag": "serial_numbered",
            "params": {"ids": self.ids, "count": sum(len(source.sudo().serial_ids) for source in self)},
        }

    def action_undo(self):
        """Take back the numbers that were given: the units wait for theirs again, where nothing happened to them since.

        :return: dict of ``count``, how many were taken back, and the first numbers that stay: ``kept``, to whose units
            something happened since, and ``known``, which the register knew: two rows are one unit since
        :raise AccessError: for those who may not number units
        """
        outside.check_some(self)
        for source in self:
            source._check_serial_access()
        return give.take_back(self)

    @api.model
    def action_undo_last(self):
        """Take back the numbers that the user gave last: by the window, typed into a row, or generated.

        :return: see :meth:`action_undo`
        :raise AccessError: for those who may not number units
        """
        self.env["serial.number"].check_access("write")
        mine = [("create_uid", "=", self.env.uid), ("state", "=", "done")]
        last = self.search(mine, order="write_date desc, id desc", limit=1)
        typed = taken_back.find_last(self.env)
        if typed and (not last or typed[0].date >= last.write_date.replace(microsecond=0)):  # events have seconds
            free, kept, known = taken_back.take_back(typed)
            names = {"kept": kept[: give.SHOWN].mapped("name"), "known": known[: give.SHOWN].mapped("name")}
            return {"count": len(free), **names}
        return give.take_back(self.search([*mine, ("write_date", "=", last.write_date)]))

    @api.autovacuum
    def _gc_unfinished(self):
        """Forget what was opened and never confirmed, once its window is gone."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=waiting.KEPT_DAYS)
        self.sudo().search([("state", "=", "draft"), ("write_date", "<", limit)], limit=1000).unlink()
