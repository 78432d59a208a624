from odoo.tests import new_test_user

from .base import SerialCommon


class ExpectedCommon(SerialCommon):
    """Purchase orders whose vendor announces the numbers before the goods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = new_test_user(cls.env, "buyer", "purchase.group_purchase_user", name="Buyer")

    def _order(self, quantity=5, product=None, user=None, **vals):
        """Return the line of a confirmed purchase order, as the buyer sees it."""
        return self._purchase(quantity, product, user or self.buyer, **vals).order_line

    def _announce(self, names, **options):
        line = self._order(**options)
        line.announce_serials(names)
        return line

    def _receipt(self, line, quantity=None):
        """Return the open receipt of an order line, as the clerk sees it."""
        picking = line.sudo().move_ids.picking_id.filtered(lambda picking: picking.state not in ("done", "cancel"))
        picking = picking.with_user(self.clerk)
        if quantity is not None:
            picking.move_ids.quantity = quantity
        return picking

    def _receive_on(self, line, names, blanks=0, backorder=True):
        """Receive units of an order line by name, and others without number; return the transfer."""
        picking = self._receipt(line, len(names) + blanks)
        key = "picking_ids_not_to_backorder"
        picking = picking.with_context(skip_backorder=True, **({} if backorder else {key: picking.ids}))
        self._validate(picking, names)
        self.assertEqual(picking.state, "done")
        return picking

    def _open(self, line, user=None):
        """Press the order's button; return the window that it opens."""
        order = line.order_id.with_user(user or line.env.user)
        return self._entry(order.action_announce_serials(), order)

    def _statuses(self, names):
        return [self._unit(name).status for name in names]

    def _notes(self, name):
        return [note for note in self._unit(name).event_ids.sorted("id").mapped("note") if note]
