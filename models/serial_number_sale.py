"""The day of a unit's sale: it follows the documents that sold the unit, whatever becomes of them."""

from itertools import takewhile

from odoo import models
from odoo.tools import groupby

from ..tools.status import SOLD


class SerialNumber(models.Model):
    _inherit = "serial.number"

    def _get_sale(self, earlier=None):
        """Return the events of the unit's last sale, the newest first; those of documents that it left are left out.

        :param earlier: the unit's events to look among, the newest first (default: all)
        """
        events = self._get_valid_events() if earlier is None else earlier & self._get_valid_events()
        return events.browse(event.id for event in takewhile(lambda event: event.status_to in SOLD, events))

    def _get_valid_events(self):
        """Return the unit's events but those of documents that it is not on any more, the newest first."""
        documents = self._get_documents()
        return self.event_ids.filtered(lambda event: event._get_document() in (*documents, None))

    def _get_sale_by(self, document):
        """Return the events of the last sale by a document: of the one that lasts, or of one that is over."""
        events = self._get_valid_events()
        while events:
            sale = self._get_sale(events)
            if document in [event._get_document() for event in sale]:
                return sale
            events = events[max(len(sale), 1) :]
        return events

    def _find_sale_day(self, sale, changed=None):
        """Return the day of a sale: the one that was entered by hand, else that of its first document.

        :param sale: its events, the newest first
        :param dict changed: the days that documents give it, instead of what the history says; None for an ended one
        :return: a date; False where nobody knows it
        """
        by_hand = sale.filtered(lambda event: event.kind == "corrected" and not event._get_document() and event.day)
        if by_hand:
            return by_hand[0].day
        days = {event._get_document() or event: event._get_day() for event in sale.sorted("id") if event._is_sale()}
        return min(filter(None, (days | (changed or {})).values()), default=False)

    def _find_sale_end(self, sale, day):
        """Return the end of the warranty that a sale on a day began, with the registration that belongs to it."""
        registered = sale.filtered(lambda event: event.kind == "registered")[:1].day
        return self.product_id._get_warranty_end(self.company_id, day, registered)

    def _follow_document(self, document, day, event, facts=None):
        """Let units follow a document that sold them, when its day changes or it ends.

        :param document: the stock move, or the invoice line
        :param day: the day that it gives the sale now; None when it has ended
        :param dict event: the values of their events
        :param dict facts: ``{unit: values}``, what else is written
        """
        rows = {unit: dict((facts or {}).get(unit, {})) for unit in self}
        for unit in self:
            for changed, vals in unit._prepare_followed_vals(document, day).items():
                rows.setdefault(changed, {}).update(vals)
        self.browse().concat(*rows)._record_rows("corrected", list(rows.values()), [event] * len(rows))

    def _prepare_followed_vals(self, document, day):
        """Return ``{unit: facts}`` that follow a document of a sale: of this unit, and of the one sent in its place.

        What was corrected by hand stays. A sale that is over has left the end of its warranty, which goes on where the
        unit, or its replacement, is the customer's again.
        """
        sale = self._get_sale_by(document)
        before, after = self._find_sale_day(sale), self._find_sale_day(sale, {document: day})
        if not after or before == after:
            return {}
        if sale == self._get_sale():
            return {self: self._prepare_sale_vals(after)}
        ends = self._find_sale_end(sale, before), self._find_sale_end(sale, after)
        if not ends[0]:
            return {}
        heirs = (self | self.replaced_by_id).filtered(lambda unit: unit.warranty_fixed and unit.warranty_end == ends[0])
        vals = {unit: {"warranty_end": ends[1]} for unit in heirs}
        if self.former_warranty_end == ends[0]:
            vals[self] = {**vals.get(self, {}), "former_warranty_end": ends[1]}
        return vals

    def _prepare_sale_vals(self, day):
        """Return the facts of a unit that was sold on a day; the end of a warranty that is fixed stays."""
        if self.warranty_fixed:
            return {"date_sold": day}
        end = self.product_id._get_warranty_end(self.company_id, day, self.date_registered)
        return {"date_sold": day, "warranty_end": end}

    def _split_by_sale_day(self, day, vals):
        """Divide sold units that a document is booked for: those sold later than it says were sold on its day.

        :param day: the document's day
        :param dict vals: what is written on all of them
        :return: list of (units, facts)
        """

        def find_facts(unit):
            is_later = unit.date_sold and day < unit.date_sold
            return tuple(unit._prepare_sale_vals(day).items()) if is_later else ()

        return [(self.browse().concat(*units), vals | dict(facts)) for facts, units in groupby(self, find_facts)]
