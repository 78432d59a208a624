from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models import serial_name, serial_sql
from ..models.serial_check import SerialCheck

RANGE_LIMIT = 100_000


class SerialEntryLine(models.TransientModel):
    """One document line in the entry window."""

    _name = "serial.entry.line"
    _description = "Serial Number Entry Line"
    _transient_max_hours = 0  # it goes with its window

    entry_id = fields.Many2one("serial.entry", required=True, ondelete="cascade", index=True, readonly=True)
    move_id = fields.Many2one("stock.move", readonly=True, ondelete="cascade", index=True)
    invoice_line_id = fields.Many2one("account.move.line", readonly=True, ondelete="cascade")
    quant_id = fields.Many2one("stock.quant", readonly=True, ondelete="cascade")
    scrap_id = fields.Many2one("stock.scrap", readonly=True, ondelete="cascade")
    product_id = fields.Many2one("product.product", compute="_compute_source")
    vendor_id = fields.Many2one("res.partner", compute="_compute_source")
    quantity = fields.Integer(compute="_compute_source", help="Units to enter: those of the line without the booked ones.")
    entered = fields.Integer(compute="_compute_entered")
    missing = fields.Integer(compute="_compute_entered")
    blanks = fields.Boolean(readonly=True, help="The rest is left without number.")
    unit_ids = fields.One2many("serial.entry.unit", "line_id", "Entered Numbers", readonly=True)

    @api.depends("move_id")
    def _compute_source(self):
        for line in self:
            source = line._get_source()
            line.product_id = source.product_id
            line.vendor_id = source.sudo()._serial_vendor()
            line.quantity = source._serial_room()

    @api.depends("unit_ids", "quantity")
    def _compute_entered(self):
        counts = dict(self.env["serial.entry.unit"]._read_group([("line_id", "in", self.ids)], ["line_id"], ["__count"]))
        for line in self:
            line.entered = counts.get(line, 0)
            line.missing = max(0, line.quantity - line.entered)

    def _get_source(self):
        """Return the document line: a record of ``serial.capture.mixin``."""
        return self.move_id

    # What the window and other systems call

    def add_serials(self, names, add=False):
        """Enter numbers. Good ones are kept, bad ones are not.

        :param list names: the numbers as typed or scanned
        :param bool add: on a return, take in numbers that were not sold to this customer
        :return: the checks of these names, in order, seen across all lines of the window; see
            :meth:`serial.capture.mixin.check_serials`
        :raise UserError: when the window was confirmed already
        """
        self.ensure_one()
        self.entry_id._check_open()
        source = self._get_source()
        checks = self._check(source._check_names(names))
        good = [check for check in checks if check["ok"]]
        serial_sql.insert_entry_units(self, good)
        self.entry_id._touch()
        return checks

    def remove_serials(self, names):
        """Take entered numbers out again.

        :param list names: the numbers; those that are not entered are passed over
        :return: the line's state, see :meth:`_get_state`
        """
        self.ensure_one()
        self.entry_id._check_open()
        keys = [serial_name.make_key(serial_name.clean(name)) for name in self._get_source()._check_names(names)]
        self.env["serial.entry.unit"].search([("line_id", "=", self.id), ("name_key", "in", keys)]).unlink()
        self.entry_id._touch()
        return self._get_state()

    def use_blanks(self):
        """Leave the units without number that are still missing.

        :return: the line's state, see :meth:`_get_state`
        :raise UserError: where the operation type requires every number
        """
        self.ensure_one()
        self.entry_id._check_open()
        if self._get_source()._serial_policy() == "require":
            raise UserError(
                self.env._(
                    "This operation type requires every serial number of %s. Enter them, or ask an inventory manager to "
                    "change the operation type.",
                    self.product_id.display_name,
                )
            )
        self.blanks = True
        self.entry_id._touch()
        return self._get_state()

    def keep_asking(self):
        """Undo :meth:`use_blanks`.

        :return: the line's state, see :meth:`_get_state`
        """
        self.ensure_one()
        self.entry_id._check_open()
        self.blanks = False
        return self._get_state()

    def enter_text(self, text, add=False):
        """Enter all the numbers of a scanned or pasted text.

        :param str text: numbers separated by new lines, tabs, commas or semicolons
        :param bool add: see :meth:`add_serials`
        :return: dict of ``added`` (how many), ``bad`` (the checks of the others) and ``line`` (its state)
        """
        return self._enter(serial_name.split_text(serial_name.clean(text)), add=add)

    def enter_range(self, first, count):
        """Enter numbers that count up.

        :param str first: the first number; its last digits are counted up and keep their zeros
        :param int count: how many
        :return: see :meth:`enter_text`
        :raise UserError: when there is nothing to count up, or too much
        """
        self.ensure_one()
        room = self.quantity
        if not isinstance(count, int) or not 0 < count <= RANGE_LIMIT:
            raise UserError(self.env._("A range has 1 to %s numbers; this line takes %s.", RANGE_LIMIT, room))
        try:
            names = serial_name.make_range(first, count)
        except ValueError as error:
            raise UserError(self.env._("%s has no digits to count up from, for example A001.", first)) from error
        return self._enter(names)

    def enter_proposals(self):
        """Enter the units that are meant for this line: designated to its order.

        :return: see :meth:`enter_text`
        """
        return self._enter(self._get_proposals().mapped("name"))

    def get_units(self, offset=0, limit=40):
        """Return one page of the entered numbers, the newest first.

        :return: dict of ``total`` and ``rows`` (``id``, ``name``, ``code``, ``message``)
        """
        self.ensure_one()
        units = self.env["serial.entry.unit"].search([("line_id", "=", self.id)], offset, limit, order="id desc")
        return {"total": self.entered, "rows": units.read(["name", "code", "message"])}

    def get_list_domain(self):
        """Return the domain of *List*: all numbers of the product, or on a return what this customer bought."""
        self.ensure_one()
        domain = [("product_id", "=", self.product_id.id), ("name", "!=", False)]
        source = self._get_source()
        if source._serial_flow().takes == "customer":
            domain += [("status", "=", "sold"), ("customer_id", "child_of", source._serial_partner().ids)]
        return domain

    # Inside

    def _enter(self, names, add=False):
        checks = self.add_serials(names, add=add)
        bad = [check for check in checks if not check["ok"]]
        return {"added": len(checks) - len(bad), "bad": bad, "line": self._get_state()}

    def _check(self, names):
        """Check numbers as seen across all lines of the window."""
        source = self._get_source()
        keys = [serial_name.make_key(serial_name.clean(name)) for name in names]
        siblings = self.entry_id.line_ids.filtered(lambda line: line.product_id == self.product_id)
        units = self.env["serial.entry.unit"]
        seen = units.search_fetch([("line_id", "in", siblings.ids), ("name_key", "in", keys)], ["name_key"])
        filled = units.search_count([("line_id", "in", siblings.ids), ("code", "=", "fills")])
        return SerialCheck(source, names, seen=seen.mapped("name_key"), room=self.missing, filled=filled).run()

    def _take_draft(self):
        """Begin with what was entered on the document line before."""
        names = self._get_source()._serial_names()
        if names:
            self.add_serials(names)

    def _get_proposals(self):
        source = self._get_source()
        if source._serial_flow().code != "ship" or not source.sale_line_id:
            return self.env["serial.number"]
        return self.env["serial.number"].search(
            [("sale_line_id", "=", source.sale_line_id.id), ("status", "=", "designated"), ("name", "!=", False)]
        )

    def _get_state(self):
        """Return what the window shows of the line."""
        source = self._get_source()
        flow = source._serial_flow()
        return {
            "id": self.id,
            "product_id": self.product_id.id,
            "product": self.product_id.display_name,
            "document": source._serial_document(),
            "partner": source._serial_partner().sudo().display_name or "",
            "flow": flow.code,
            "quantity": self.quantity,
            "entered": self.entered,
            "missing": self.missing,
            "blanks": self.blanks,
            "policy": source._serial_policy(),
            "proposals": len(self._get_proposals()),
            "can_add": flow.code == "return",
        }

    def _check_complete(self):
        missing = self.filtered(lambda line: line.missing and not line.blanks)
        if missing:
            raise UserError(
                self.env._(
                    "Serial numbers are missing:\n%s\nEnter them, or choose Use blanks to leave them for later.",
                    "\n".join(f"- {line.product_id.display_name}: {line.missing}" for line in missing),
                )
            )

    def _hand_over(self):
        """Write the entry on the document line; the document's button checks and books it."""
        source = self._get_source()
        source.check_access("write")
        names = self.env["serial.entry.unit"].search([("line_id", "=", self.id)], order="id").mapped("name")
        if self.entry_id.button == "keep":
            source.assign_serials(names)
        source._write_serial_draft(names, blanks=self.blanks and self.missing)
