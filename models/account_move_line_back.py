"""How invoice lines give units back: by a credit note, or because the invoice is a draft again."""

from odoo import models
from odoo.exceptions import UserError

from . import serial_sql, serial_sql_entry
from .serial_number import CUSTOMER_FACTS, HOLD_FACTS
from .serial_status import SOLD


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _credit_serials(self, todo):
        """Take the units of the reversed line without a question: those that came back first, then blanks."""
        lines = self._get_credited_lines()
        units = self._find_creditable(lines)[:todo]
        # Those that were voided or came back since keep their status, and are only noted on the credit note.
        open_units = units.filtered(lambda unit: unit.invoice_line_id in lines and unit.status in SOLD)
        event = units._prepare_event_vals("credited", partner=self.move_id.partner_id, source=self)
        vals = {"invoice_line_id": False, **self._prepare_status_vals(self._serial_return_status())}
        for part, facts in self._split_credited(open_units, vals):
            part._record_change("credited", facts, event, source=self)
        serial_sql.link_document(units - open_units, self)

    def _get_credited_lines(self):
        """Return the invoice lines that a credit note takes back: those of the reversed invoice, else of its order."""
        if self._get_reversed_lines() or self.move_id.move_type != "out_refund":
            return self._get_reversed_lines()
        return self.sale_line_ids.invoice_lines.filtered(
            lambda line: (line.parent_state, line.move_type) == ("posted", "out_invoice")
        )

    def _find_creditable(self, lines):
        """Return the units of invoice lines that no credit note has taken yet, those that came back first.

        A credit note made from the order takes only these: which of the others it is about, nobody knows.
        """
        refunds = (lines.move_id.reversal_move_ids | self.move_id).invoice_line_ids
        refunds |= self.sale_line_ids.invoice_lines.filtered(lambda line: line.move_type == "out_refund")
        is_order = not self._get_reversed_lines()

        def is_free(unit):
            if unit.invoice_line_id in lines:
                return not is_order
            return len(unit.invoice_line_ids & lines) > len(unit.invoice_line_ids & refunds)

        units = lines.serial_ids.filtered(is_free)
        return units.sorted(lambda unit: (unit.invoice_line_id in lines, bool(unit.name), unit.id))

    def _split_credited(self, units, vals):
        """Divide credited units: the customer keeps some until they are returned, the others lie in stock.

        :param dict vals: the facts of those in stock; a status among them is for those with a number
        """
        kept = units.filtered(self._keeps_serial_status)
        return [(kept, {"invoice_line_id": False}), *self._split_given_back(units - kept, vals)]

    def _split_given_back(self, units, vals=None):
        """Divide units in stock that are nobody's any more by what becomes of them.

        :param dict vals: the facts of those with a number; without, they are available
        """
        free = dict.fromkeys(CUSTOMER_FACTS, False)
        named = units.filtered("name")
        made_up = (units - named).filtered("uncovered")
        lost = self.env["serial.number"]._get_outside_location("void", self.company_id)
        return [
            (named, {**free, "status": "available", **(vals or {})}),
            (made_up, {**free, "status": "void", "uncovered": False, "location_id": lost.id}),
            (units - named - made_up, {**free, "status": "received"}),
        ]

    # Reset to draft

    # EXTENDS 'account'
    def unlink(self):
        """Give the units back that posted lines took, where Odoo lets them be deleted."""
        self.filtered(lambda line: line.parent_state == "posted")._give_back_serials()
        return super().unlink()

    def _give_back_serials(self):
        """Undo the booking of lines that are reset to draft; what was entered by hand is kept as their entry.

        :raise UserError: when a unit of a credit note was used since
        """
        for line in self.filtered(lambda line: line._is_serial_line()).sudo():
            units = line.serial_ids
            statuses = {unit.name_key: unit.status for unit in units if unit.name and unit.status not in SOLD}
            if line.move_id.move_type == "out_refund":
                line._uncredit_serials(units)
            else:
                line._uninvoice_serials(units.filtered(lambda unit, line=line: unit.invoice_line_id == line))
            names = units.filtered("name").mapped("name") if line._serial_flow() else []
            serial_sql.unlink_document(units, line)
            serial_sql_entry.write_kept(line, "serial_text", None)
            if names:
                chosen = statuses if "status" in line._serial_flow().wants else None
                line._write_serial_draft(names, blanks=len(units) > len(names), statuses=chosen)

    def _redate_serials(self):
        """Let the sale of units, and the warranties that it begins, follow the corrected date of a posted invoice."""
        line = self.sudo()
        units = line.serial_ids
        note = self.env._("The date of %s was corrected.", line._serial_document())
        event = units._prepare_event_vals("corrected", source=line, note=note)
        units._follow_document(line, line._get_serial_day(), event)

    def _prepare_reset_event(self, units):
        note = self.env._("%s was reset to draft or deleted.", self._serial_document())
        return units._prepare_event_vals("corrected", source=self, note=note)

    def _uninvoice_serials(self, units):
        event = self._prepare_reset_event(units)
        delivered = units.filtered(lambda unit: unit.delivery_move_id or not unit.location_id._is_serial_stock())
        ended = {unit: {"invoice_line_id": False} for unit in delivered}
        delivered._follow_document(self, None, event, ended)
        for part, vals in self._split_given_back(units - delivered):
            part._record_change("corrected", vals, event)

    def _uncredit_serials(self, units):
        """Put units back on the invoice that the credit note had taken them from.

        :raise UserError: when one that the credit note put back in stock is not there any more
        """
        event, groups = self._prepare_reset_event(units), {}
        for unit in units:
            vals = self._prepare_uncredit_vals(unit)
            groups.setdefault(tuple(sorted(vals.items())), []).append(unit.id)
        for vals, ids in groups.items():
            if vals:
                units.browse(ids)._record_change("corrected", dict(vals), event)

    def _prepare_uncredit_vals(self, unit):
        """Return the facts that a unit had before the credit note; none where it only noted the unit."""
        credit = unit.event_ids.filtered(lambda event: event.invoice_line_id == self and event.kind == "credited")[:1]
        if not credit or credit.status_from not in SOLD:
            return {}
        facts = unit._prepare_sold_facts(unit.event_ids.filtered(lambda event: event.id < credit.id))
        if credit.status_to in SOLD:
            is_open = unit.status in SOLD and not unit.invoice_line_id
            return {"invoice_line_id": facts["invoice_line_id"]} if is_open else {}
        if credit.status_to == unit.status == "void" and not unit.name:  # a blank that no piece stood for
            return {**facts, "status": "issued", "uncovered": True, "location_id": self._serial_origin().id}
        self._check_still_here(unit, credit)
        return {**facts, **dict.fromkeys(HOLD_FACTS, False), "status": "sold" if unit.name else "issued"}

    def _check_still_here(self, unit, credit):
        """Refuse when a unit that a credit note put back in stock went on from there."""
        if unit.status in ("available", "received", credit.status_to) and unit.location_id._is_serial_stock():
            return
        raise UserError(
            self.env._(
                "%(document)s put %(serial)s (%(product)s) back in stock, and it is %(state)s now. Take that back "
                "first, or make a new invoice instead.",
                document=self._serial_document(),
                serial=unit.display_name,
                product=unit.product_id.display_name,
                state=unit._describe_state(),
            )
        )
