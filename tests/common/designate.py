from odoo.tests import new_test_user

from .base import SerialCommon


class DesignateCommon(SerialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.salesman = new_test_user(cls.env, "salesman", "sales_team.group_sale_salesman", name="Salesman")

    def _own_order(self, quantity=1, **options):
        """Return a confirmed order of the salesman, as the salesman sees it."""
        order = self._order(quantity, **options)
        order.user_id = self.salesman
        return order.with_user(self.salesman)

    def _window(self, order):
        """Return the one line of the window that the order's button opens."""
        return self._entry(order.action_designate_serials(), order).line_ids

    def _deliver(self, order, names, blanks=0):
        """Deliver units of an order and leave the rest for a backorder."""
        picking = order.sudo().picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))
        picking = picking.with_user(self.clerk)
        picking.move_ids.quantity = len(names) + blanks
        self._validate(picking.with_context(skip_backorder=True), names)
        self.assertEqual(picking.state, "done")
        return picking

    def _assert_designated(self, order, *names):
        designated = self._units("designated").filtered(lambda unit: unit.sale_line_id in order.sudo().order_line)
        self.assertEqual(designated.mapped("name"), list(names))

    def _assert_released(self, name, note):
        unit = self._unit(name)
        self.assertRecordValues(unit, [{"status": "available", "customer_id": False, "sale_line_id": False}])
        self.assertRecordValues(unit.event_ids[0], [{"kind": "released", "note": note}])
