"""Promise units to customers, and end the promise."""

from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError

from ..engine import outside
from ..tools.facts import HOLD_FACTS
from ..tools.note import make_list

LISTED = 50  # names in a message; the order's button shows all of them


class SerialNumber(models.Model):
    _inherit = "serial.number"

    def action_designate(self, partner, sale_line=None):
        """Promise available units to one customer: nobody else's delivery or invoice takes them.

        :param partner: the ``res.partner``, or its id; with a line, its order's customer is meant if it is empty
        :param sale_line: the ``sale.order.line`` that they are for, or its id
        :raise AccessError: for a customer or a line that the user may not read
        :raise UserError: for units that are not available, without a customer or with another company's, and for a
            line that does not want them
        """
        self.check_access("write")
        partner = outside.take_record(self.env, "res.partner", partner, self.company_id)
        sale_line = outside.take_record(self.env, "sale.order.line", sale_line)
        if sale_line:
            partner = partner or sale_line.order_id.partner_id
            sale_line._check_designation(self, partner)
        if not partner:
            raise UserError(self.env._("Choose the customer that the units are for."))
        self._designate(partner, sale_line)
        return True

    def _designate(self, partner, sale_line):
        vals = {"status": "designated", "customer_id": partner.id, "sale_line_id": sale_line.id}
        event = self._prepare_event_vals("designated", partner=partner, source=sale_line or None)
        self._record_change("designated", vals, event)
        sale_line._lock_promises()

    def action_release(self):
        """Make units available again that are on hold or designated.

        :raise UserError: for units with another status
        """
        self.check_access("write")
        self._release()
        return True

    def _release(self, note=None):
        """End what keeps units back.

        :param str note: why, for their history
        """
        ended = dict.fromkeys((*HOLD_FACTS, "customer_id", "sale_line_id"), False)
        event = self._prepare_event_vals("released", note=note)
        self._record_change("released", {"status": "available", **ended}, event)

    # Orders that lose units

    def _get_promises(self):
        """Return ``{order: units}`` of those of these units that are designated to sales orders."""
        domain = [("id", "in", self.ids), ("status", "=", "designated"), ("sale_line_id", "!=", False)]
        return self.search(domain, order="id").sudo().grouped("sale_order_id")

    def _describe(self):
        """Return the numbers of these units by product, one text a product, the first ones of many."""
        lines = []
        for product, units in self.grouped("product_id").items():
            names = ", ".join(units[:LISTED].mapped("display_name"))
            if len(units) > LISTED:
                names = self.env._("%(names)s and %(count)s more", names=names, count=len(units) - LISTED)
            lines.append(f"{product.display_name}: {names}")
        return lines

    def _tell_orders(self, promises, text, losses=None):
        """Post a note on each order that says which units it lost, and on each document that lost a reservation.

        :param dict promises: ``{order: units}``, as :meth:`_get_promises` returned them before
        :param str text: what happened
        :param dict losses: what :meth:`_take_back_reserved` returned
        """
        texts = dict(losses or {})
        for order, units in promises.items():
            what, _why = texts.get(order, (Markup(), None))
            texts[order] = text + make_list(units._describe()), what
        self._tell_documents(texts)
