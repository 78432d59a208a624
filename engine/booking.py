"""Book what a document line did to units."""

from odoo.tools import SQL

from ..tools.naming import make_key
from . import by_hand, invoice_match, keeping, lots, refusal, scan, stock_source
from .check import SerialCheck
from .place import Place, SerialSlots
from .sql import register_sql


class SerialBooking:
    """The booking of one document line.

    It never refuses: what cannot be taken as a number is booked as a blank. Only an entry window has it refuse, which
    is still open then.

    :param line: a record of ``serial.capture.mixin``
    :param int count: how many units are to be booked
    :param dict lots: ``{name: Slot}`` of the lots that a done move has moved, where lots carry the numbers
    """

    def __init__(self, line, count, lots=None):
        self.line, self.env, self.count = line, line.env, count
        self.source = line._read_serial_source()
        self.flow, self.partner = self.source.flow, self.source.partner
        self.model = self.env["serial.number"].sudo()
        self.added = line._prepare_added_facts(self.flow)
        self.vals = line._prepare_serial_vals(self.flow) | self.added
        self.reason = line._serial_reason()
        self.lots = lots or {}
        self.slots = SerialSlots(line._get_serial_slots())
        self.is_first = False
        self.numbered = self.model.browse()  # invoiced blanks that got a number that leaves

    def run(self):
        """Book the entered numbers first, then blanks for the rest."""
        names = list(self.lots) or self.line._serial_names()
        invoiced = self.model.browse()
        if names and "invoiced" in self.flow.blanks:
            invoiced = self._number_invoiced_blanks(names)
        checks = self._decide(names)
        good = [check for check in checks if check.ok]
        groups = self._group(good, self._assign(good))
        self.is_first = len(groups) == 1  # then no unit has changed since the numbers were checked
        for (code, status, why, note, case, slot, said), group in groups.items():
            facts = dict(said)
            note = "; ".join(filter(None, [self.reason, why, note, *self.model._describe_facts(facts)]))
            book = getattr(self, f"_book_{code}")
            book(group, self._named(status, case, why) | slot.vals | facts, self._event(note, slot), slot)
        if not self.lots:
            stock_source.retake_own_stock(self.numbered)
        if invoiced:
            invoice_match.take_invoices(self.line.serial_ids.filtered("name").sorted("id"), invoiced)
        bad = [*self.line._get_refused_serials(), *(check.message for check in checks if not check.ok)]
        self._book_blanks(self.count - len(good), "; ".join([self.reason, *bad[:20]] if self.reason else bad[:20]))

    def _decide(self, names):
        """Return the checks of the numbers; what lots say is no question."""
        if self.lots:
            return lots.check(self.line, list(self.lots))
        checks = self._check(self._take_facts(names), added=self.line._serial_added()) if names else []
        self.line._refuse_bad_serials(checks)
        return checks

    def _take_facts(self, names):
        """Return numbers with what their labels said beside them."""
        kept = self.line._serial_facts()
        return scan.keep(names, kept) if kept else names

    def _assign(self, checks):
        """Return the operation of each good number."""
        return [self.lots[check.name] for check in checks] if self.lots else self.slots.assign(checks)

    def _check(self, names, **options):
        return SerialCheck(self.line, names, lock=True, room=self.count, **options).run()

    def _group(self, checks, slots):
        """Group good checks by what happens to their units, so that each group is one statement.

        :param list slots: the operations that they belong to, in order
        """
        usual, chosen = self.line._get_serial_statuses(self.flow)
        reasons, groups = self.line._get_serial_reasons(), {}
        for check, slot in zip(checks, slots, strict=True):
            status = chosen.get(check.key) or check.status or usual
            code = "late" if check.is_late else check.code
            case = check.case if check.status else None
            said = tuple((check.facts or {}).items())
            why = reasons.get(check.key, "")
            groups.setdefault((code, status, why, check.note, case, slot, said), []).append(check)
        return groups

    def _event(self, note, slot):
        owner = self.env["res.partner"].browse(slot.vals.get("owner_id") or [])
        if owner:
            note = "; ".join(filter(None, [note, self.env._("It belongs to %s.", owner.display_name)]))
        note = "; ".join(filter(None, [note, *self.model._describe_facts(self.added)]))
        return self.model._prepare_event_vals(self.flow.kind, partner=self.partner, source=self.line, note=note)

    def _named(self, status, case, why):
        return {**self.vals, **self.line._prepare_status_vals(status, case, why)} if status else self.vals

    def _blank(self, slot):
        vals = self.vals | slot.vals
        return {**vals, "status": self.flow.blank_to} if self.flow.blank_to else vals

    def _identity(self):
        return {"product_id": self.source.product.id, "company_id": self.source.company.id}

    def _book_new(self, checks, vals, event, slot):
        names = [check.name for check in checks]
        if "sent_back" in self.flow.blanks and self._get_returned_move():
            units = self.model.browse(self._lock(self._sent_back(), slot, len(names)))
            self._fill(units, names[: len(units)], "void", vals, event)
            names = names[len(units) :]
        self.model._record_new(self.flow.kind, names, vals | self._identity(), event, self.line)

    def _book_ok(self, checks, vals, event, slot):
        units = self.model.browse(check.serial_id for check in checks)
        promises = keeping.get_promises(units) if vals.get("status") == "void" else {}
        self._take(units, vals, event, {check.serial_id: check.row["status"] for check in checks})
        if promises:
            text = self.env._("These units left stock and were taken from this order: %s", self.source.document)
            keeping.tell_orders(units, promises, ": ".join(filter(None, [text, self.reason])))

    def _book_late(self, checks, vals, event, slot):
        """Note on units that left before this receipt was booked where they came from; leave all else as it is."""
        units = self.model.browse(check.serial_id for check in checks)
        theirs = self.model._get_facts("vendor")
        facts = {name: value for name, value in vals.items() if name in theirs} | {"uncovered": False}
        charged = units.filtered(lambda unit: unit._is_sold() and unit.location_id.is_serial_stock)
        (units - charged)._record_change(self.flow.kind, facts, event, self.line)
        where = {name: vals[name] for name in ("location_id", "package_id") if name in vals}
        charged._record_change(self.flow.kind, facts | where, event, self.line)  # nobody has delivered them
        if slot.vals and not self.lots:
            place = Place(slot.vals["location_id"], slot.vals["owner_id"] or None, slot.vals["package_id"] or None)
            stock_source.retake_late_stock(units, place)

    def _take(self, units, vals, event, locked=None):
        parts = [(part, facts) for part, facts in self.line._split_serial_vals(units, vals) if part]
        if not self.is_first or len(parts) > 1:
            locked = None  # a change of others may have been one of these
        for part, facts in parts:
            part._record_change(self.flow.kind, facts, event, self.line, locked=locked)

    def _book_fills(self, checks, vals, event, slot):
        """Number blanks, in stock or at the customer's, then let them go: two events each."""
        names = [check.name for check in checks if not check.serial_id]
        known = [check.name for check in checks if check.serial_id]
        units = self.model.browse(self._lock(self.line._placeholder_where(), slot, len(checks)))
        for unit, name in zip(units[len(names) :], known, strict=True):
            by_hand.write_name(unit, name)
        if known:  # the number is the blank's now, or that of the unit that changed places with it
            self._take(self._find(known), vals, event)
        status = "sold" if self.flow.takes == "customer" else self.line._find_serial_status(None, "available")
        self._fill(units[: len(names)], names, status, vals, event)

    def _fill(self, units, names, status, vals, event):
        if units:
            numbered = self.model._prepare_event_vals("numbered", source=self.line)
            units._record_change("numbered", {"status": status}, numbered, names=names)
            self._take(units, vals, event)

    def _find(self, names):
        keys = [make_key(name) for name in names]
        company = self.source.company
        rows = register_sql.find_units(self.model, self.source.product, company, keys)
        return self.model.browse(row["id"] for row in rows.values())

    def _book_blanks(self, count, note):
        """Take ``count`` units without number from where the flow's row says, in its order."""
        for origin in self.flow.blanks:
            if count <= 0:
                return
            count -= getattr(self, f"_blanks_{origin}")(count, note)

    def _consume(self, where, count, note):
        booked = self.line.serial_ids.ids
        if booked:  # one that came back lies in stock again, and cannot be on the same line twice
            where = SQL("%s AND unit.id != ALL(%s)", where, booked)
        taken = 0
        for slot, part in self.slots.take(count):
            ids = self._lock(where, slot, part)
            slot.room -= len(ids)
            self._take(self.model.browse(ids), self._blank(slot), self._event(note, slot))
            taken += len(ids)
        return taken

    def _lock(self, where, slot, count):
        """Lock blanks, those first that lie where an operation takes from."""
        return refusal.lock_blanks(self.line, self.flow, self.partner, where, slot.place, count)

    def _number_invoiced_blanks(self, names):
        """Give the numbers that leave to the blanks that this customer was invoiced: they are the same pieces.

        :return: the units that the customer was invoiced by other numbers, and that nobody has delivered
        """
        rows = register_sql.lock_invoiced(self.model, self.source.product, self.source.company, self.partner)
        if not rows:
            return self.model
        keys = {make_key(name) for name in names}
        others = self.model.browse(id_ for id_, key in rows if key and key not in keys)
        ids = [id_ for id_, key in rows if not key][: len(names)]
        if not ids:
            return others
        checks = [check for check in self._check(names) if check.ok]
        theirs = self.model.browse(check.serial_id for check in checks).filtered("invoice_line_id").ids
        free = [check.name for check in checks if check.serial_id not in theirs]
        for blank, name in zip(self.model.browse(ids), free, strict=False):
            by_hand.write_name(blank, name)
        self.numbered = self._find(free[: len(ids)])
        return others

    def _blanks_placeholder(self, count, note):
        return self._consume(self.line._placeholder_where(), count, note)

    def _blanks_invoiced(self, count, note):
        """Blanks that this customer was invoiced and that nobody has delivered."""
        return self._consume(self._invoiced(), count, note)

    def _blanks_credited(self, count, note):
        """Blanks that this customer was invoiced or has, and that no credit note took back."""
        invoiced = self._consume(SQL("%s AND unit.invoice_line_id IS NOT NULL", self._issued()), count, note)
        open_ = SQL(
            """%s AND unit.invoice_line_id IS NULL AND NOT EXISTS (
                SELECT FROM serial_event AS event
                  JOIN serial_number_account_move_line_rel AS line
                    ON line.account_move_line_id = event.invoice_line_id AND line.serial_number_id = unit.id
                 WHERE event.serial_id = unit.id AND event.kind = 'credited'
            )""",
            self._issued(),
        )
        return invoiced + self._consume(open_, count - invoiced, note)

    def _invoiced(self):
        return SQL("%s AND unit.delivery_move_id IS NULL AND unit.invoice_line_id IS NOT NULL", self._issued())

    def _blanks_issued(self, count, note):
        """Blanks that this customer has."""
        return self._consume(self.line._placeholder_where(), count, note)

    def _blanks_delivered(self, count, note):
        """Blanks that were delivered to this customer and not invoiced."""
        return self._consume(
            SQL("%s AND unit.delivery_move_id IS NOT NULL AND unit.invoice_line_id IS NULL", self._issued()),
            count,
            note,
        )

    def _blanks_sent_back(self, count, note):
        return self._consume(self._sent_back(), count, note)

    def _get_returned_move(self):
        move = self.env["stock.move"]
        return self.line.origin_returned_move_id if self.line._name == move._name else move

    def _sent_back(self):
        """Return the condition of blanks that went back to this vendor and come again: on the return of their return,
        or without another purchase."""
        move, origin = self.line, self._get_returned_move()
        return SQL(
            """unit.product_id = %s AND unit.company_id = %s AND unit.status = 'void' AND place.usage = 'supplier' AND (
                   unit.id IN (SELECT serial_number_id FROM serial_number_stock_move_rel WHERE stock_move_id = %s)
                   OR unit.purchase_line_id IS NOT DISTINCT FROM %s
                   AND unit.vendor_id IN (SELECT id FROM res_partner WHERE commercial_partner_id = %s)
               )""",
            move.product_id.id,
            move._serial_company().id,
            origin.id or None,
            move._serial_purchase_line().id or None,
            self.partner.commercial_partner_id.id or None,
        )

    def _issued(self):
        return register_sql.issued_to(self.source.product, self.source.company, self.partner)

    def _create(self, count, note, **extra):
        for slot, part in self.slots.take(count):
            vals = self._blank(slot) | self._identity() | extra
            self.model._record_new(self.flow.kind, [None] * part, vals, self._event(note, slot), self.line)
            slot.room -= part
        return count

    def _blanks_create(self, count, note):
        return self._create(count, note)

    def _blanks_uncovered(self, count, note):
        return self._create(count, note, uncovered=True)
