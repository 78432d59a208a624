"""Between the document line and the window: begin with what was entered before, and hand over what is entered now."""

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..engine.sql.execute import execute
from ..tools import naming


class SerialEntryLine(models.TransientModel):
    _inherit = "serial.entry.line"

    def _take_draft(self):
        """Begin with what was entered on the document line before; where it is too much, the user chooses."""
        source = self._get_source()
        names, draft = source._serial_names(), source.serial_draft or {}
        self.reason = draft.get("reason")
        if names:
            self._keep(self._get_checker(names, source._serial_added(), room=len(names)))
            self._take_statuses(draft.get("statuses", {}))

    def _find_refused(self):
        """Return the checks of numbers that were entered on the document line before and cannot be taken any more."""
        source = self._get_source()
        names = source._serial_names()
        entered = set(self._find_units(names).mapped("name_key")) if names else ()
        left = [name for name in names if naming.make_key(name) not in entered]
        checks = self._get_checker(left, source._serial_added(), room=len(left)).run() if left else []
        return [check for check in checks if not check["ok"]]

    def _take_statuses(self, statuses):
        """Give the entered units the statuses that were chosen before: ``{key: status}``."""
        units = self._find_units()
        for status, part in units.grouped(lambda unit: statuses.get(unit.name_key)).items():
            if status:
                part.return_status = status

    def _check_complete(self):
        for line in self:
            line._get_source()._check_serial_open()
            line._check_unchanged()
        for line in self.filtered(lambda line: line.entered > line.quantity):
            raise UserError(
                self.env._(
                    "%(product)s: %(entered)s numbers are entered for %(quantity)s units. Remove those that are too "
                    "many.",
                    product=line.product_id.display_name,
                    entered=line.entered,
                    quantity=line.quantity,
                )
            )
        missing = self.filtered(
            lambda line: line.missing and not line.blanks and not line._get_source()._serial_flow().partial
        )
        if missing:
            raise UserError(
                self.env._(
                    "Serial numbers are missing:\n%s\nEnter them, or, where blanks are allowed, choose Use blanks to "
                    "leave them for later.",
                    "\n".join(f"- {line.product_id.display_name}: {line.missing}" for line in missing),
                )
            )

    def _check_unchanged(self):
        if self._get_source()._has_changed_since(self.entry_id.create_date):
            raise UserError(
                self.env._(
                    "%s: somebody changed these numbers while this window was open. Copy what you need, cancel, and "
                    "open it again.",
                    self.product_id.display_name,
                )
            )

    def _hand_over(self):
        """Write the entry on the document line; the document's button checks and books it."""
        source = self._get_source()
        source._check_serial_access()
        source._check_serial_open()
        source._write_serial_draft(
            self._get_entered_names(),
            blanks=bool(self.blanks and self.missing),
            added=self._find_entered(Domain("is_added", "=", True)).mapped("name_key"),
            statuses=self._get_chosen_statuses() if self._wants("status") else None,
            reason=self.reason,
            **({"vendor_id": self.vendor_id.id} if self._wants("vendor") else {}),
        )

    def _get_entered_names(self):
        """Return the numbers as they were entered. They are thousands, and no records are needed for them."""
        units = self.env["serial.entry.unit"]
        query = units._search(Domain("line_id", "=", self.id), order="id")
        select = query.select(units._field_to_sql(query.table, "name"))
        return [name for (name,) in execute(self.env, select)]

    def _get_chosen_statuses(self):
        """Return ``{key: status}`` of the returned units that go back as something else than is proposed.

        What was chosen for a unit with an open case is kept always: hold is proposed for it, whatever for the others.
        """
        other = Domain("return_status", "!=", self._get_source()._serial_return_status())
        register = self.env["serial.number"].sudo()
        wanted = register._search(Domain("product_id", "=", self.product_id.id) & register._get_case_domain())
        held = Domain("name_key", "in", wanted.subselect("name_key"))
        return {unit.name_key: unit.return_status for unit in self._find_entered(other | held)}
