from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import groupby

from ..engine import correct_table, move_correction, outside, scan
from ..engine.correction import Row, SerialCorrection
from ..engine.sql import register_sql
from ..models.serial_number import REASON
from ..tools import naming

SOURCES = {"stock.move": "move_id", "account.move.line": "invoice_line_id"}
DOCUMENTS = {"stock.picking": "picking_id", "account.move": "invoice_id"}


class SerialCorrect(models.TransientModel):
    """The window that corrects which units a done document moved, or a posted invoice is about."""

    _name = "serial.correct"
    _inherit = ["serial.guard.mixin"]
    _description = "Correct Serial Numbers"

    picking_id = fields.Many2one("stock.picking", "Transfer", readonly=True, ondelete="cascade")
    invoice_id = fields.Many2one("account.move", readonly=True, ondelete="cascade")
    document_name = fields.Char("Document", compute="_compute_document_name")
    reason = fields.Char(help="Kept in the history of every unit that changes.")
    line_ids = fields.One2many("serial.correct.line", "correct_id", "Units")
    has_beside = fields.Boolean(compute="_compute_has_beside")
    table = fields.Binary(
        "From a Table",
        attachment=False,
        help="A CSV or XLSX file with a column Serial Number, and Really Moved or a column for each kind of identity.",
    )
    table_name = fields.Char()

    def _compute_document_name(self):
        for correct in self:
            correct.document_name = correct._get_document().sudo().display_name

    def _compute_has_beside(self):
        for correct in self:
            correct.has_beside = bool(correct.line_ids.serial_id._get_beside_texts())

    @api.model
    def _open(self, document, sources):
        """Open the window for a booked document: what was left open first, then blanks.

        :param document: a transfer, an invoice, or another ``serial.correctable.mixin``
        :param sources: its lines whose units can be corrected
        :return: the window's action
        :raise UserError: when they have no units
        """
        rows = [(source, unit.id) for source in sources for unit in source.serial_ids.sorted("id")]
        rows.sort(key=lambda row: bool(sources.serial_ids.browse(row[1]).name))
        rows = [(source, False) for source in sources for _unit in range(source._count_open_serials())] + rows
        if not rows:
            raise UserError(
                self.env._(
                    "%s has no booked units to correct. Enter the serial numbers when you validate it.",
                    document.display_name,
                )
            )
        lines = [{SOURCES[source._name]: source.id, "serial_id": unit} for source, unit in rows]
        vals = {DOCUMENTS[document._name]: document.id} if document._name in DOCUMENTS else {}
        return self.create(vals | {"line_ids": [fields.Command.create(line) for line in lines]})._get_action()

    def _get_document(self):
        """Return what the window corrects: its transfer or invoice, else the document of its lines."""
        return self.picking_id or self.invoice_id or self.line_ids[:1]._get_document().with_env(self.env)

    def _get_action(self):
        return {
            "name": self.env._("Correct Serial Numbers"),
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def action_read_table(self):
        """Fill in what the chosen file says of the units in the window; nothing is corrected yet.

        :return: the action that shows the window again
        :raise UserError: for a file that cannot be read, and for numbers that are not in the window
        """
        outside.check_one(self)
        self.env["serial.number"]._check_manager()
        correct_table.fill(self)
        self.table = self.table_name = False
        return self._get_action()

    def action_apply(self):
        """Correct all lines, or none.

        :return: the action that closes the dialog
        :raise AccessError: for others than managers
        :raise UserError: when a number cannot have moved, or somebody else has changed a unit meanwhile
        """
        outside.check_one(self)
        self.env["serial.number"]._check_manager()
        self._get_document().check_access("write")
        correct = self.with_context(**{REASON: naming.clean(self.reason)})
        correct.line_ids._check_unchanged()
        correct._take_off()
        correct._correct()
        correct._correct_beside()
        return {"type": "ir.actions.act_window_close"}

    def _take_off(self):
        lines = self.line_ids.filtered("not_moved")
        lines._check_takes_off()
        for move, part in lines.grouped("move_id").items():
            move_correction.take_off(move, part.serial_id)

    def _correct(self):
        lines = self.line_ids.filtered(lambda line: not line.not_moved).sudo()
        typed = {line: line.name for line in lines}
        for line in lines:
            line.name = scan.read_number(line.product_id, line._get_company(), line.name)
        changed = lines.filtered(lambda line: line._is_changed())
        changed._check_not_empty()
        for item, part in groupby(changed, key=lambda line: (line.product_id, line._get_company())):
            kept = [
                line.serial_id.name_key
                for line in lines - changed
                if line.serial_id.name and (line.product_id, line._get_company()) == item
            ]
            rows = [Row(line._get_source(), line.serial_id, line.name) for line in part]
            rows += [row for line in part if line.swapped for row in line._get_swapped_rows(changed.serial_id)]
            SerialCorrection(rows, kept).run()
        for line in changed:
            scan.keep_said(line._find_moved().sudo(False), typed[line])

    def _correct_beside(self):
        lines = self.line_ids.filtered(lambda line: not line.not_moved and line._is_beside_changed())
        self.env["serial.number"]._write_beside({line._find_moved(): line.beside or "" for line in lines})


class SerialCorrectLine(models.TransientModel):
    """One unit of the document; none where a credit note has left open which one it is about."""

    _name = "serial.correct.line"
    _inherit = ["serial.guard.mixin"]
    _description = "Corrected Serial Number"
    _order = "id"

    correct_id = fields.Many2one("serial.correct", required=True, readonly=True, ondelete="cascade", index=True)
    move_id = fields.Many2one("stock.move", readonly=True, ondelete="cascade")
    invoice_line_id = fields.Many2one("account.move.line", readonly=True, ondelete="cascade")
    serial_id = fields.Many2one("serial.number", "Booked Unit", readonly=True, ondelete="cascade")
    product_id = fields.Many2one("product.product", compute="_compute_product_id")
    status = fields.Selection(related="serial_id.status")
    booked_name = fields.Char("Booked", readonly=True)
    name = fields.Char("Really Moved", help="The number of the unit that really moved.")
    beside = fields.Char(
        "Other Numbers",
        help="Those of the unit that really moved, each with its kind before it, commas between: IMEI: "
        "356938035643809, Asset Tag: T1. What you take out is taken off the unit.",
    )
    booked_beside = fields.Char(readonly=True)
    not_moved = fields.Boolean(help="This unit did not move: it is put back, and the done quantity is lowered by it.")
    swapped = fields.Boolean(
        help="The unit that you typed was booked on another delivery or invoice, which is really about this one: the "
        "two change places, there as well."
    )

    @api.depends("move_id", "invoice_line_id")
    def _compute_product_id(self):
        for line in self:
            line.product_id = line.move_id.product_id or line.invoice_line_id.product_id

    @api.model_create_multi
    def create(self, vals_list):
        """Begin each line with the number that was booked."""
        units = self.env["serial.number"].browse([vals["serial_id"] for vals in vals_list if vals.get("serial_id")])
        texts = units._get_beside_texts()
        for vals in vals_list:
            booked, text = units.browse(vals.get("serial_id")).name, texts.get(vals.get("serial_id"), "")
            vals.update(booked_name=booked, name=vals.get("name", booked), booked_beside=text)
            vals.setdefault("beside", text)
        return super().create(vals_list)

    @api.onchange("name")
    def _onchange_name(self):
        """Show the other numbers of the unit that is typed; one that nobody knows is the same piece."""
        unit = self._find_typed() or self.serial_id
        self.beside = self.booked_beside = unit._get_beside_texts().get(unit._origin.id or unit.id, "")

    def _find_typed(self):
        key, company = naming.make_key(naming.clean(self.name)), self._get_company()
        found = register_sql.find_units(self.serial_id, self.product_id, company, [key]).get(key) if key else None
        return self.env["serial.number"].browse(found["id"] if found else [])

    def _find_moved(self):
        """Return the unit that is on the document after the correction."""
        key = naming.make_key(naming.clean(self.name))
        units = self._get_source().serial_ids.filtered(lambda unit: key and unit.name_key == key)
        return units[:1] or self.serial_id

    def _is_beside_changed(self):
        return (self.beside or "") != (self.booked_beside or "")

    def _get_source(self):
        """Return the move or the invoice line that the unit is booked on."""
        return self.move_id or self.invoice_line_id

    def _get_document(self):
        return self._get_source().sudo()._get_corrected_document()

    def _get_company(self):
        return self._get_source()._serial_company()

    def _is_changed(self):
        return naming.clean(self.name) != naming.clean(self.booked_name)

    def _is_booked(self):
        """Tell whether the unit is still on the document of the window as it was when the window was opened."""
        source, document = self._get_source().sudo(), self._get_document()
        if not document or document != self.correct_id._get_document():
            return False
        if not self.serial_id:
            return bool(source._count_open_serials())
        return self.serial_id.name == self.booked_name and self.serial_id in source.serial_ids

    def _is_beside_lost(self):
        """Tell whether somebody changed the other numbers that are corrected here, since they were shown."""
        if not self._is_beside_changed():
            return False
        unit = self._find_typed() or self.serial_id
        return unit._get_beside_texts().get(unit.id, "") != (self.booked_beside or "")

    def _check_unchanged(self):
        for line in self:
            if not line._is_booked() or line._is_beside_lost():
                raise UserError(
                    self.env._(
                        "Somebody else has just changed %s. Close this window and open it again.",
                        line.serial_id.display_name or line.product_id.display_name,
                    )
                )

    def _check_takes_off(self):
        """Refuse to take units off an invoice: that changes no quantity that a customer owes.

        :raise UserError: with the unit, and what to do
        """
        for line in self.filtered("invoice_line_id"):
            raise UserError(
                self.env._(
                    "%(serial)s: %(document)s stands for as many units as it says. Type the number of the unit that it "
                    "is about, or reset it to draft.",
                    serial=line.serial_id.display_name,
                    document=line.correct_id.invoice_id.display_name,
                )
            )

    def _check_not_empty(self):
        for line in self:
            if not naming.clean(line.name):
                raise UserError(
                    self.env._(
                        "%(serial)s: type the number of the unit that really moved, or tick Not Moved if none did in "
                        "its place.",
                        serial=line.booked_name,
                    )
                )

    def _get_swapped_rows(self, units):
        """Return the row of the unit that was typed here, on its own document: it gets the one of this line.

        :param units: those that have their row already
        :raise UserError: when the number that was typed is on no other document
        """
        source, other = self._get_source(), self._find_typed()
        counterpart = source._get_serial_counterpart(other)
        if not counterpart or not self.serial_id.name:
            raise UserError(
                self.env._(
                    "%(other)s cannot be swapped with %(serial)s: it is not booked on another document of this kind. "
                    "Untick Swapped, or check the number.",
                    other=self.name,
                    serial=self.serial_id.display_name,
                )
            )
        return [] if other in units else [Row(counterpart, other, self.serial_id.name)]
