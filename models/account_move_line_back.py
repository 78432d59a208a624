"""How invoice lines give units back: by a credit note, or because the invoice is a draft again."""

from odoo import models
from odoo.exceptions import UserError

from ..engine import by_hand, sale_history
from ..engine.check import SerialCheck
from ..engine.sql import entry_sql, register_sql
from ..tools import naming
from ..tools.facts import CUSTOMER_FACTS, HOLD_FACTS
from ..tools.flow import FLOWS
from ..tools.status import SOLD


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _credit_serials(self, product, todo):
        """Take the units back that the credit note is about, as far as it is known which ones: the others stay open.

        Those that were entered come first. With what other credit notes of the same invoice left open, all units that
        are left may be taken back: then it is known again.
        """
        chosen = self._find_chosen(product)[:todo]
        others = self._get_open_credits(product)
        left, wanted = self._find_creditable(product) - chosen, todo - len(chosen)
        found = self._find_decided(left, wanted + sum(others.values()))
        self._book_credited(chosen + found[:wanted])
        found = found[wanted:]
        for line, count in others.items():
            line._append_credited(found[:count])
            found = found[count:]

    def _find_chosen(self, product):
        """Return the units that were entered on the credit note; blanks among them where the rest was left blank.

        :raise UserError: when one can no longer be taken, while the entry window is open
        """
        names = self._serial_names()
        if names:
            self._refuse_bad_serials(SerialCheck(self, names, lock=True).run())
        keys, leaves_blank = set(naming.make_keys(names)), (self.serial_draft or {}).get("blanks")
        units = self._find_creditable(product)
        named = units.filtered(lambda unit: unit.name_key in keys)
        return named + units.filtered(lambda unit: not unit.name) if leaves_blank else named

    def _find_decided(self, units, count, asked=False):
        """Return those of the units that can be credited that the credit note must be about; empty where any may be.

        :param int count: how many it is about
        :param bool asked: whether somebody is there to say which of several numbers in stock it is
        """
        back = self._filter_came_back(units)
        if len(back) >= count:
            return self._filter_alike(back, count)
        others = units - back
        if not self._get_reversed_lines() and not asked:  # a credit note of the order may be about the price alone
            return back
        undelivered = not asked and all(unit.location_id.is_serial_stock for unit in others)
        return back + (others[: count - len(back)] if undelivered else self._filter_alike(others, count - len(back)))

    def _filter_alike(self, units, count):
        """Return all units, or so many of those without a number: of those nobody can tell one from another."""
        return units[:count] if len(units) <= count or not any(units.mapped("name")) else units.browse()

    def _is_credit_open(self):
        """Tell whether somebody has to say which units of the reversed invoice the credit note is about."""
        units, count = self._find_creditable(self.product_id), self._serial_quantity()
        others = sum(self._get_open_credits(self.product_id).values())
        return len(self._find_decided(units, count + others, asked=True)) < min(count, len(units))

    def _book_credited(self, units):
        """Put units on the credit note; those that have not come back are not invoiced any more."""
        lines, partner = self._get_credited_lines(), self.move_id.partner_id
        event = units._prepare_event_vals("credited", partner=partner, source=self)
        open_units = units.filtered(lambda unit: unit.invoice_line_id in lines and unit.status in SOLD)
        usual, chosen = self._get_serial_statuses(FLOWS["credit_note"])
        for status, part in open_units.grouped(lambda unit: chosen.get(unit.name_key, usual)).items():
            vals = {"invoice_line_id": False, **self._prepare_status_vals(status)}
            for some, facts in self._split_credited(part, vals):
                some._record_change("credited", facts, event, source=self)
        # Those that were voided or came back since keep their status; those that were sold again, their history too.
        resold = (units - open_units).filtered(lambda unit: unit.status in SOLD)
        (units - open_units - resold)._record_change("credited", {}, event, source=self)
        register_sql.link_document(resold, self)

    def _append_credited(self, units):
        """Put units on a posted credit note that had left open which ones it is about."""
        if units:
            self._book_credited(units)
            self._print_serials(units, append=True)

    def _append_returned_serials(self, units):
        """Put units that came back on posted credit notes of these invoice lines that left open which ones they are.

        :param units: the ``serial.number`` records
        """
        for line in self._get_refunds().filtered(lambda line: line.parent_state == "posted"):
            for product, demand in line._get_serial_demands().get(line, {}).items():
                todo = line._count_serial_todo(product, {product: demand})
                line._append_credited((line._find_creditable(product) & units)[: max(0, todo)])

    def _let_go_serials(self, units):
        """Leave open again which units a posted credit note is about: these did not come back after all."""
        register_sql.unlink_document(units, self)
        self._print_serials(self.serial_ids)

    def _get_credited_lines(self):
        """Return the invoice lines that a credit note takes back: those of the reversed invoice, else of its order."""
        if self._get_reversed_lines() or self.move_id.move_type != "out_refund":
            return self._get_reversed_lines()
        return self.sale_line_ids.invoice_lines.filtered(
            lambda line: (line.parent_state, line.move_type) == ("posted", "out_invoice")
        )

    def _get_refunds(self):
        """Return the lines of credit notes that take back something of these invoice lines: of the same product."""
        refunds = self.move_id.reversal_move_ids.invoice_line_ids | self.sale_line_ids.invoice_lines
        return refunds.filtered(lambda line: line.move_type == "out_refund" and line.product_id in self.product_id)

    def _get_open_credits(self, product):
        """Return ``{line: number}`` of the units that other posted credit notes of the same invoice left open."""
        refunds = (self._get_credited_lines()._get_refunds() - self).filtered(
            lambda line: line.parent_state == "posted"
        )
        demands = refunds._get_serial_demands()
        todo = {line: line._count_serial_todo(product, demand) for line, demand in demands.items()}
        return {line: count for line, count in todo.items() if count > 0}

    def _find_creditable(self, product):
        """Return the units of the credited lines that no other credit note has taken: the blanks first.

        Those that came back count as far as nothing was delivered in their place.

        :param product: the product whose units they are: the line's, or a component's
        """
        lines = self._get_credited_lines()
        refunds = lines._get_refunds() - self
        units = lines.serial_ids.filtered(lambda unit: unit.product_id == product)
        here = units.filtered(lambda unit: unit.invoice_line_id in lines)

        def is_open(unit):
            return len(unit.invoice_line_ids & lines) > len(unit.invoice_line_ids & refunds)

        gone = (units - here).filtered(is_open).sorted(lambda unit: (bool(unit.replaced_by_id), -unit.id))
        if gone:
            invoiced = sum(demand.get(product, 0) for demand in lines._get_serial_demands().values())
            credited = refunds.serial_ids & units - here
            gone = gone[: max(0, invoiced - len(credited) - len(here))]
        return (here | gone).sorted(lambda unit: (bool(unit.name), unit.id))

    def _filter_came_back(self, units):
        """Return those of the units that are not on the credited lines any more: they came back, or are void."""
        lines = self._get_credited_lines()
        return units.filtered(lambda unit: unit.invoice_line_id not in lines)

    # EXTENDS 'serial.entry.mixin'
    def _get_serial_choices(self):
        return self._find_creditable(self.product_id) if self._get_credited_lines() else None

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
        lost = by_hand.get_outside_location(self.env["serial.number"], "void", self.company_id)
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
        for line in self.filtered(lambda line: line._is_serial_line() or line.serial_text).sudo():
            units = line.serial_ids
            statuses = {unit.name_key: unit.status for unit in units if unit.name and unit.status not in SOLD}
            if line.move_id.move_type == "out_refund":
                line._uncredit_serials(units)
            else:
                line._uninvoice_serials(units.filtered(lambda unit, line=line: unit.invoice_line_id == line))
            names = units.filtered("name").mapped("name") if line._serial_flow() else []
            register_sql.unlink_document(units, line)
            entry_sql.write_kept(line, "serial_text", None)
            if names:
                chosen = statuses if "status" in line._serial_flow().wants else None
                line._write_serial_draft(names, blanks=len(units) > len(names), statuses=chosen)

    def _redate_serials(self):
        """Let the sale of units, and the warranties that it begins, follow the corrected date of a posted invoice."""
        line = self.sudo()
        units = line.serial_ids
        note = self.env._("The date of %s was corrected.", line._serial_document())
        event = units._prepare_event_vals("corrected", source=line, note=note)
        sale_history.follow_document(units, line, line._get_serial_day(), event)

    def _prepare_reset_event(self, units, note=""):
        note = note or self.env._("%s was reset to draft or deleted.", self._serial_document())
        return units._prepare_event_vals("corrected", source=self, note=note)

    def _uninvoice_serials(self, units, note=""):
        event = self._prepare_reset_event(units, note)
        delivered = units.filtered(lambda unit: unit.delivery_move_id or not unit.location_id.is_serial_stock)
        ended = {unit: {"invoice_line_id": False} for unit in delivered}
        sale_history.follow_document(delivered, self, None, event, ended)
        for part, vals in self._split_given_back(units - delivered):
            part._record_change("corrected", vals, event)

    def _uncredit_serials(self, units, note=""):
        """Put units back on the invoice that the credit note had taken them from.

        :raise UserError: when one that the credit note put back in stock is not there any more
        """
        event, groups = self._prepare_reset_event(units, note), {}
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
        facts = sale_history.prepare_sold_facts(unit, unit.event_ids.filtered(lambda event: event.id < credit.id))
        if credit.status_to in SOLD:
            is_open = unit.status in SOLD and not unit.invoice_line_id
            return {"invoice_line_id": facts["invoice_line_id"]} if is_open else {}
        if credit.status_to == unit.status == "void" and not unit.name:  # a blank that no piece stood for
            return {**facts, "status": "issued", "uncovered": True, "location_id": self._serial_origin().id}
        self._check_still_here(unit, credit)
        return {**facts, **dict.fromkeys(HOLD_FACTS, False), "status": "sold" if unit.name else "issued"}

    def _check_still_here(self, unit, credit):
        """Refuse when a unit that a credit note put back in stock went on from there."""
        if unit.status in ("available", "received", credit.status_to) and unit.location_id.is_serial_stock:
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

    # Corrected without resetting

    # EXTENDS 'serial.capture.mixin'
    def _has_serial_in_place(self, unit):
        return self.move_type == "out_refund" or (unit.invoice_line_id == self and unit.status in SOLD)

    # EXTENDS 'serial.capture.mixin'
    def _count_open_serials(self):
        is_credit = self.move_type == "out_refund" and self._serial_flow()
        return max(0, self._serial_quantity() - len(self.serial_ids)) if is_credit else 0

    # EXTENDS 'serial.capture.mixin'
    def _get_serial_counterpart(self, unit):
        if self.move_type == "out_refund" or unit.status not in SOLD:
            return self.browse()
        return unit.invoice_line_id.filtered(lambda line: line._is_serial_line() and line._serial_flow())

    def _undo_serials(self, units, note):
        """Take units off the posted line, and put them back where they were."""
        register_sql.unlink_document(units, self)  # first: a unit on a posted credit note is on no invoice
        if self.move_type == "out_refund":
            self._uncredit_serials(units, note)
        else:
            self._uninvoice_serials(units, note)

    def _run_serial_booking(self, count):
        """Book units that were entered on the posted line."""
        self._book_serial_line(self.product_id, count)

    # EXTENDS 'serial.capture.mixin'
    def _keep_corrected_serials(self):
        self._print_serials(self.serial_ids)
