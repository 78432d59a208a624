"""Which piece is which: two rows that are one piece, and two units that change places."""

from itertools import takewhile

from odoo import models
from odoo.exceptions import UserError

from ..engine.sql import register_sql
from ..tools.facts import CUSTOMER_FACTS, HOLD_FACTS, VENDOR_FACTS
from ..tools.flow import FLOWS
from ..tools.status import NUMBERED, SOLD, is_allowed

OUTSIDE = (*SOLD, "void")
INVOICED_FACTS = ("invoice_line_id", "date_sold", "warranty_end", "warranty_fixed")
BLANK = {named: blank for blank, named in NUMBERED.items()}


class SerialNumber(models.Model):
    _inherit = "serial.number"

    def _join(self, other, name):
        """Number this blank with a number that the register knows: the two are one piece, or change places.

        :raise UserError: when the other unit cannot be this piece
        """
        if self.name:
            raise UserError(self._message_exists(name, self.product_id))
        other_in_stock = other.location_id.is_serial_stock
        twin = self._find_twin(other)
        if twin:
            twin._join(other, name)
            return
        self._check_join(other, other_in_stock)
        self._check_same_owner(other)
        if self._may_be(other):
            self._merge(other, name)
        elif other_in_stock:
            self._change_places(other)
        elif self._is_invoiced_for(other):
            self._give_invoice(other, ("invoice_line_id",))
        else:
            other._change_places(self)

    def _may_be(self, other):
        """Tell whether two rows may be one piece, see :meth:`_find_place_of_both`."""
        return bool(self._find_place_of_both(other)[0])

    def _find_place_of_both(self, other):
        """Return where one piece is that two rows speak of, and whether it stays uncovered.

        Documents are booked late: the order of history rows is not the order of what happened. What decides is what
        each row leaves open. An uncovered one has left stock, and nobody knows as what: the other may be where it came
        from. One that came back, and that nobody had sold, may be what the other became. Of two that both came and
        that both went on, one is the other only if it came after the other had left.

        No piece is lost: what is on hand stays the units in stock less the uncovered ones, so a mark that ends takes
        the place in stock with it. Pieces that stood on one document are two.

        :return: the row whose place the piece has, an empty one when they are two pieces; and its mark
        """
        mine, theirs = (unit.location_id.is_serial_stock for unit in (self, other))
        if other.status == "expected":
            return self, self.uncovered
        if self._get_documents() & other._get_documents():
            return self.browse(), False
        if self._is_invoiced_for(other):
            return other if self.uncovered else self.browse(), False
        if self.uncovered and theirs:
            is_back = mine and self.status not in SOLD and other.status not in SOLD
            if mine and (other.uncovered or other._came_back_first()):
                return self.browse(), False
            return other if is_back else self, other.uncovered
        if mine and other.uncovered and not self._came_back_first():
            return other, False
        if theirs or self.uncovered:
            return self.browse(), False
        is_continued = other.status in SOLD if self._came_back_first() else self._begins_after(other)
        return self if is_continued else self.browse(), other.uncovered

    def _came_back_first(self):
        """Tell whether the register met the piece when it came back: nobody had booked that it was sold."""
        first = self.event_ids.sorted("id")[:1]
        return first.kind == "returned" and not first.status_from

    def _begins_after(self, other):
        """Tell whether the history of this unit begins after the other's current stay outside of stock began."""
        stay = takewhile(lambda event: event.status_to in OUTSIDE, other.event_ids)
        return min([event.id for event in stay], default=0) < min(self.event_ids.ids)

    def _check_join(self, other, other_in_stock):
        flow = FLOWS["ship" if self.status == "issued" else "adjust_out"]
        own = self._was_with(other.customer_id)
        if self.status == "received":
            allowed = self._may_be(other) if other_in_stock else other.status in FLOWS["receive"].accepts
        elif other_in_stock:
            allowed = other.status in flow.accepts or (other.status in ("designated", *flow.accepts_own) and own)
            allowed &= not self._is_invoiced_with(other)
        else:
            allowed = other.status == "expected" or self._is_invoiced_for(other)
        if not allowed or (self.uncovered and other.uncovered and not other_in_stock):
            raise UserError(
                self.env._(
                    "%(serial)s (%(product)s) exists already and is %(state)s, so it cannot be this unit. Check the "
                    "number, or correct the other unit first.",
                    serial=other.name,
                    product=other.product_id.display_name,
                    state=other._describe_state(),
                )
            )

    def _was_with(self, customer):
        """Tell whether the unit is a customer's, or was before it came back and left again."""
        partners = (self.customer_id | self.sudo().event_ids.partner_id).commercial_partner_id
        return customer.commercial_partner_id in partners or customer == self.customer_id

    def _takes_invoice_of(self, other):
        """Tell whether the customer who has this unit was invoiced for it by the other row of the piece."""
        is_theirs = other.customer_id.commercial_partner_id == self.customer_id.commercial_partner_id
        return self.status in SOLD and is_theirs and bool(other.invoice_line_id) and not self.invoice_line_id

    def _is_invoiced_with(self, other):
        """Tell whether both stand on one invoice line and none has been delivered, so that they are two pieces."""
        is_open = not (self.delivery_move_id or other.delivery_move_id)
        return is_open and bool(self.invoice_line_id & other.invoice_line_id)

    def _check_same_owner(self, other):
        """Refuse to let a unit in stock be the one that left, where the operation took somebody else's stock.

        :raise UserError: with both owners, and what to do
        """
        if self.owner_id == other.owner_id or not other.location_id.is_serial_stock:
            return
        company = self.company_id.partner_id
        raise UserError(
            self.env._(
                "%(serial)s (%(product)s) belongs to %(owner)s, and %(document)s took stock of %(other)s. Change the "
                "owner on its operation first, or check the number.",
                serial=other.display_name,
                product=self.product_id.display_name,
                owner=(other.owner_id or company).sudo().display_name,
                document=self.sudo().event_ids[:1].document or self.display_name,
                other=(self.owner_id or company).sudo().display_name,
            )
        )

    def _merge(self, other, name):
        """Make two rows one: this one survives, and takes over the other's facts, documents and history."""
        place, uncovered = self._find_place_of_both(other)
        vals = {"uncovered": uncovered, **self._prepare_merged_vals(other, place)}
        note = self.env._("The unit in the register and this one were the same piece.")
        kind = "numbered"
        if self.name:
            kind, note = "renumbered", f"{self.name} → {name}; {note}"
        elif place == self:
            vals["status"] = NUMBERED[self.status]
        kind = kind if is_allowed(kind, self.status, vals.get("status", self.status)) else "corrected"
        self._retake_stock_of_both(other, place)
        self._merge_references(other)
        register_sql.delete_absorbed(other)
        self._record_change(kind, vals, self._prepare_event_vals(kind, note=note), names=[name])
        self._retake_own_stock()

    def _merge_references(self, other):
        """Let all that names another row of this piece name this one: keys, relations, messages, files, external ids.

        The fields are found in the database and the registry, as Odoo's merge of contacts does; so those of other
        addons are among them. The other's events keep all that they say. The caller writes an event afterwards, so
        that the last one names this unit's status.
        """
        self._before_merge(other)
        merge = self.env["base.partner.merge.automatic.wizard"].sudo()
        merge._update_foreign_keys_generic(self._name, other, self)
        merge._update_reference_fields_generic(self._name, other, self)

    def _before_merge(self, other):
        """Make one of what there is once a unit, before all that names another row of this piece names this one.

        Extend it for a model with a unique key: of rows that would be twice, those of the other unit are deleted.
        """

    def _prepare_merged_vals(self, other, place):
        """Return the facts that a row takes over from another one that is the same piece.

        :param place: which of the two rows is where the piece is
        """
        names = [name for name in (*VENDOR_FACTS, "lot_id", "note") if not self[name]]
        if place == other:
            names += [*CUSTOMER_FACTS, *HOLD_FACTS, "status"]
            if self._is_invoiced_for(other):
                names.remove("invoice_line_id")
        elif self._takes_invoice_of(other):
            names += INVOICED_FACTS
        if self._lies_with(other, place) == other:
            names += ["location_id", "package_id"]
        return {name: getattr(other[name], "id", other[name]) for name in dict.fromkeys(names)}

    def _change_places(self, other):
        """Let another unit be the one that left as this one; this one is where the other was.

        The customer's facts and the documents belong to the place, all else to the piece. What both are on stays so.
        """
        kind, mine = self._get_leaving()
        their_kind, theirs = other._get_leaving() if other._gives_place(self) else ("corrected", [])
        place = self._find_place_back(other)
        vals = self._prepare_place_vals(other)
        back = other._prepare_place_vals(self) if theirs else self._prepare_back_vals(other)
        back |= {"location_id": place.location, "package_id": place.package or False}
        kind = kind if is_allowed(kind, other.status, vals["status"]) else "corrected"
        note = self._describe_leaving()
        event = other._prepare_event_vals(kind, partner=self.customer_id, source=mine[0] if mine else None, note=note)
        correction = self._prepare_place_event(other, their_kind, theirs, back)
        shared = self._get_documents() & other._get_documents()
        for unit, documents in ((self, mine), (other, theirs)):
            for document in set(documents) - shared:
                register_sql.unlink_document(unit, document)
        other._record_change(kind, vals, event)
        self._record_change(correction["kind"], back, correction)
        for unit, documents in ((other, mine), (self, theirs)):
            for document in documents:
                register_sql.link_document(unit, document)

    def _find_place_back(self, other):
        """Return the place where this unit is when the other one is what left: stock follows a unit with a number."""
        if self.location_id.is_serial_stock:
            return self._get_serial_place()  # it left on paper only
        return self._retake_stock(other) if other.name else other._get_serial_place()

    def _prepare_place_event(self, other, kind, documents, vals):
        """Return the event of a unit that another one left in place of; it tells where this one went, if it left too.

        :param str kind: how the other one had left
        :param documents: what it had left with, if it was another document
        :param dict vals: the facts that this unit gets
        """
        if not documents or not is_allowed(kind, self.status, vals["status"]):
            note = self.env._("Not this piece left but %s.", other.name)
            return self._prepare_event_vals("corrected", source=documents[0] if documents else None, note=note)
        note = self.env._("Not %s left but this piece.", other.name)
        return self._prepare_event_vals(kind, partner=other.customer_id, source=documents[0], note=note)

    # An invoice that names, or leaves blank, what a delivery without order brought under another number

    def _is_invoiced_for(self, other):
        """Tell whether this unit was invoiced and not delivered, and the other delivered to them and not invoiced.

        What an order delivered is on the order's invoice.
        """
        return bool(
            self.status in SOLD
            and self.invoice_line_id
            and not self.delivery_move_id
            and self.location_id.is_serial_stock
            and other.status in SOLD
            and other.delivery_move_id
            and not (other.invoice_line_id or other.sale_line_id)
            and not other.location_id.is_serial_stock
            and self.customer_id.commercial_partner_id == other.customer_id.commercial_partner_id
        )

    def _give_invoice(self, other, facts=INVOICED_FACTS):
        """Let another unit, which was delivered, be the one that was invoiced; this one is back in stock.

        :param facts: what the invoice decided about the unit
        """
        line = self.invoice_line_id
        if self.name:
            self._tell_invoice(other)
        vals = {name: getattr(self[name], "id", self[name]) for name in facts}
        note = self.env._("Not %s was sold but this piece.", self.display_name)
        event = other._prepare_event_vals("invoiced", partner=self.customer_id, source=line, note=note)
        back = self._prepare_back_vals(self)
        note = self.env._("Not this piece was sold but %s.", other.display_name)
        register_sql.unlink_document(self, line)
        other._record_change("invoiced", vals, event, line)
        self._record_change("corrected", back, self._prepare_event_vals("corrected", source=line, note=note))

    def _tell_invoice(self, other):
        """Note on the invoice that another number was delivered than it names."""
        body = self.env._(
            "%(delivered)s (%(product)s) was delivered, not %(invoiced)s: it is the unit of this invoice now, and "
            "%(invoiced)s is in stock again.",
            delivered=other.display_name,
            product=self.product_id.display_name,
            invoiced=self.display_name,
        )
        self.invoice_line_id.sudo().move_id._message_log(body=body)

    def _take_invoices(self, invoiced):
        """Let these units, which were delivered, be those that their customer was invoiced by other numbers.

        :param invoiced: units that were invoiced and not delivered, the first ones before the others
        """
        for unit in self:
            other = invoiced.filtered(lambda other, unit=unit: other._is_invoiced_for(unit))[:1]
            if other:
                other._give_invoice(unit)
                invoiced -= other

    def _find_invoices(self):
        """Let units that got their number after they were delivered take what was invoiced by another one."""
        for unit in self.filtered(lambda unit: unit.status == "sold" and unit.delivery_move_id):
            if not (unit.invoice_line_id or unit.sale_line_id):
                rows = register_sql.lock_invoiced(self, unit.product_id, unit.company_id, unit.customer_id)
                unit._take_invoices(self.browse(id_ for id_, key in rows if key))

    def _get_documents(self):
        """Return the document lines that a unit is on, as a set."""
        unit = self.sudo()  # whoever numbers units may not see all that they are on
        return {*unit.move_ids, *unit.invoice_line_ids}

    def _describe_leaving(self):
        if not self.name:
            return self.env._("It left as a unit without number.")
        return self.env._("Not %s left but this piece.", self.name)

    def _gives_place(self, newcomer):
        """Tell whether the unit left too, so that the other one is then where this one is now.

        One that was invoiced before its delivery keeps its invoice, unless the other has one as well.
        """
        if not self.location_id.is_serial_stock:
            return True
        return self.status == "sold" and bool(newcomer.invoice_line_id)

    def _prepare_place_vals(self, newcomer):
        """Return the facts of a unit that takes the place that this one has outside of stock."""
        is_invoiced = newcomer.invoice_line_id and not self.invoice_line_id
        place = newcomer if self.location_id.is_serial_stock else self  # it left on paper only
        kept = INVOICED_FACTS if is_invoiced else ()
        facts = {field: self[field] for field in CUSTOMER_FACTS if field not in kept}
        return {
            **{field: getattr(value, "id", value) for field, value in facts.items()},
            "status": (NUMBERED if newcomer.name else BLANK).get(self.status, self.status),
            "location_id": place.location_id.id,
            "package_id": place.package_id.id,
            **dict.fromkeys(HOLD_FACTS, False),
        }

    def _prepare_back_vals(self, other):
        """Return the facts of a unit that lies in stock because it never left; on hold, if it was.

        :param other: the unit that left instead: stock is where it was
        """
        vals = dict.fromkeys((*CUSTOMER_FACTS, *HOLD_FACTS), False)
        vals |= {"location_id": other.location_id.id, "package_id": other.package_id.id}
        if not self.name:
            return vals | {"status": "received"}
        left = self.event_ids.filtered(lambda event: event.status_to == self.status != event.status_from)[:1]
        if left.status_from != "hold":
            return vals | {"status": "available"}
        return vals | {"status": "hold", **self._prepare_held_vals(self.event_ids)}

    def _get_leaving(self):
        """Return how a unit left: the kind of event, and the documents that it left with."""
        documents = [document for document in (self.delivery_move_id, self.invoice_line_id) if document]
        if self.status in SOLD:
            return "shipped" if self.delivery_move_id else "invoiced", documents
        moves = [move for move in self.event_ids.move_id[:1] if move]
        return moves[0]._serial_flow().kind if moves and self.name else "adjusted", moves

    # What the reconciliation closes

    def _leave_stock(self, reason):
        """Void units that are not in stock any more, whatever the quantity on hand says."""
        for company, units in self.grouped("company_id").items():
            place = self._get_outside_location("void", company)
            vals = dict.fromkeys((*CUSTOMER_FACTS, *HOLD_FACTS), False) | {"status": "void", "location_id": place.id}
            void = units.filtered(lambda unit: unit.status == "void")
            void._record_change("corrected", vals, self._prepare_event_vals("corrected", note=reason))
            (units - void)._record_change("voided", vals, self._prepare_event_vals("voided", note=reason))

    def _end_uncovered(self, gone):
        """Take the mark off uncovered units: it is known now which units in stock are gone.

        :param gone: these units
        """
        names = ", ".join(gone[:20].mapped("display_name"))
        event = self._prepare_event_vals("corrected", note=self.env._("In its place left stock: %s", names))
        self._record_change("corrected", {"uncovered": False}, event)

    # What a unit was before

    def _prepare_sold_facts(self, earlier):
        """Return the customer's facts of a unit that did not come back after all: those of its last sale.

        :param earlier: the unit's events before it came back, the newest first
        """
        sale = self._get_sale(earlier)
        made = sale.filtered(lambda event: event.kind in ("shipped", "invoiced", "imported"))
        delivery = made.filtered(lambda event: event.kind == "shipped")[:1].move_id
        registered = sale.filtered(lambda event: event.kind == "registered")[:1]
        customer, day = made[:1].partner_id, self._find_sale_day(sale)
        return {
            "customer_id": customer.id,
            "delivery_move_id": delivery.id,
            "sale_line_id": delivery.sale_line_id.id,
            "invoice_line_id": self._find_invoice_line(sale).id,
            "date_sold": day,
            "end_user_id": registered.partner_id.id,
            "date_registered": registered.day,
            **self._prepare_former_warranty(customer, sale),
        }

    def _find_invoice_line(self, sale):
        """Return the invoice line that a unit stood on after a sale, if it was not credited.

        :param sale: the events of the sale, the newest first
        """
        if sale.filtered(lambda event: event.kind in ("invoiced", "credited"))[:1].kind == "credited":
            return self.env["account.move.line"]
        line = self._get_last_invoice_line(sale.partner_id[:1].commercial_partner_id)
        return line if line._has_place_for(self) else line.browse()

    def _get_last_invoice_line(self, customer=None):
        """Return the posted invoice line that a unit stood on last and that no credit note took it from.

        :param customer: the commercial entity that it was invoiced to (default: anybody)
        """
        posted = self.invoice_line_ids.filtered(lambda line: line.parent_state == "posted")
        lines = posted.filtered(lambda line: line.move_type in ("out_invoice", "out_receipt"))
        if customer:
            lines = lines.filtered(lambda line: line.move_id.commercial_partner_id == customer)
        refunds = posted.filtered(lambda line: line.move_type == "out_refund")
        credited = lines.browse().union(*(refund._get_credited_lines() for refund in refunds))
        return (lines - credited).sorted("id")[-1:]

    def _filter_awaited(self):
        """Return the units that came back for a while only, so that their place on the invoice is kept for them.

        That is so where the return changed no quantity of the order, and nothing is sent in their place.
        """
        back = {}
        for unit in self.filtered(lambda unit: unit.status not in SOLD and not unit.replaced_by_id):
            move = unit.event_ids.filtered(lambda event: event.kind == "returned")[:1].move_id
            if move.origin_returned_move_id and not move.to_refund:
                back.setdefault(move.origin_returned_move_id, self.browse())
                back[move.origin_returned_move_id] |= unit
        if not back:
            return self.browse()
        ids = [origin.id for origin in back]
        exchanges = self.env["stock.move"].sudo().search([("serial_exchange_move_id", "in", ids)])
        replaced = exchanges.serial_exchange_move_id
        return self.browse().union(*(units for origin, units in back.items() if origin not in replaced))

    # What a credit note may take back

    def _get_credits(self):
        """Return ``{unit id: event}`` of the units whose last sale is on a credit note already."""
        kinds = ("shipped", "invoiced", "imported", "credited")
        domain = [("serial_id", "in", self.ids), ("kind", "in", kinds)]
        groups = self.env["serial.event"]._read_group(domain, ["serial_id"], ["id:max"])
        events = self.env["serial.event"].browse(last for _unit, last in groups)
        credits = events.filtered(lambda event: event.kind == "credited")
        credits = credits.filtered(lambda event: event.invoice_line_id & event.serial_id.invoice_line_ids)
        return {event.serial_id.id: event for event in credits}

    def _filter_back_from(self, customer):
        """Return the units that this customer had last and that lie in stock again.

        :param customer: the commercial entity
        """
        return self.filtered(
            lambda unit: (
                unit.status not in SOLD
                and unit.former_customer_id.commercial_partner_id == customer
                and unit.location_id.is_serial_stock
            )
        )
