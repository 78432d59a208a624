"""Units that are in stock and not free, and the reservations that end because of them."""

from collections import defaultdict

from markupsafe import Markup

from odoo import api, models
from odoo.fields import Domain

from ..tools.flow import KEPT_BACK

# Kinds of events, other than those of stock moves, after which units may be kept back that were free. Putting on hold
# and voiding tell the orders themselves.
KEEPING = {"designated", "corrected", "credited", "imported"}
LISTED = 50  # units in a note


class SerialNumber(models.Model):
    _inherit = "serial.number"

    @api.model
    def _get_kept_domain(self):
        """Return the domain of the units in stock that are not free: on hold, void, or designated to somebody."""
        return Domain("status", "in", KEPT_BACK) & self._get_in_stock_domain()

    # EXTENDS 'serial_number_tracking'
    def _after_change(self, kind):
        super()._after_change(kind)
        if kind in KEEPING:
            self._tell_documents(self._take_back_reserved(is_promise=kind == "designated"))

    def _take_back_reserved(self, is_promise=False):
        """End reservations that stock has no room for any more beside these units, which are kept back now.

        :param bool is_promise: whether they were designated
        :return: ``{document: (what, why)}``, what each order, or transfer without one, has lost: texts
        """
        changed = Domain("id", "in", self.ids)
        groups = self.sudo()._read_group(self._get_kept_domain() & changed, ["product_id"])
        products = self.env["product.product"].union(*(product for (product,) in groups))
        return products._take_back_serials_reserved(changed, is_promise)

    @api.model
    def _tell_documents(self, texts):
        """Post a note on each document.

        :param dict texts: ``{document: texts}``
        """
        bodies = defaultdict(dict)
        for document, parts in texts.items():
            bodies[document._name][document.id] = Markup().join(parts)
        for model, notes in bodies.items():
            self.env[model].sudo().browse(notes)._message_log_batch(bodies=notes)

    def _describe_reasons(self):
        """Return the numbers of these units by product and by what happened to them last: texts."""
        kinds = dict(self.env["serial.event"]._fields["kind"]._description_selection(self.env))
        groups = defaultdict(self.browse)
        events = self.env["serial.event"].browse(unit.event_ids[:1].id for unit in self[:LISTED])
        for unit, event in zip(self, events, strict=False):
            about = [kinds.get(event.kind), event.document, event.partner_id.display_name, event.note]
            groups[", ".join(filter(None, about))] |= unit
        texts = [f"{text} ({reason})" for reason, units in groups.items() for text in units._describe()]
        if len(self) > LISTED:
            texts.append(self.env._("and %s more", len(self) - LISTED))
        return texts

    def _describe_kept(self):
        """Say why a unit is kept back: "A1 is on hold (recall)"."""
        unit = self.sudo()
        why, customer = unit.hold_reason or self.env._("no reason given"), unit.customer_id.display_name
        texts = {
            "hold": self.env._("%(serial)s is on hold (%(why)s)", serial=unit.display_name, why=why),
            "void": self.env._("%s is void", unit.display_name),
            "designated": self.env._(
                "%(serial)s is designated to %(customer)s", serial=unit.display_name, customer=customer
            ),
        }
        return texts[unit.status]
