import random

from odoo.tests import tagged

from .common import PosSerialCommon

STEPS = 25


@tagged("post_install", "-at_install")
class TestWalk(PosSerialCommon):
    """Whatever a till does beside the warehouse, units and stock add up."""

    def _names(self, status):
        return self._units(status).filtered("name").mapped("name")

    def _choose_names(self, choose):
        free = self._names("available")
        names = choose.sample(free, min(len(free), choose.randint(0, 2)))
        return names + choose.choice([[], [f"X{choose.randint(1, 5)}"], self._names("sold")[:1]])

    def _walk_sell(self, choose):
        """Sell on one line or on two, which may say the same number, now or to be shipped later."""
        lines = []
        for price in choose.choice([(10,), (10,), (10, 5)]):
            names = self._choose_names(choose)
            blanks = choose.randint(0 if names else 1, 2)
            lines.append(self._prepare_line(names, len(names) + blanks, price=price))
        later = {"shipping_date": "2026-12-24"} if choose.random() < 0.3 else {}
        return self._sync(*lines, partner=self.customer, invoice=choose.random() < 0.3, **later)

    def _walk_deliver(self, choose, orders):
        """Deliver what was to be shipped later, as it was entered at the till."""
        waiting = [order for order in orders if "done" not in order.picking_ids.mapped("state")]
        if waiting:
            picking = choose.choice(waiting).picking_ids
            for move in picking.move_ids:
                move.quantity = move.product_uom_qty
            self._validate(picking, blanks=True)
            self.assertEqual(picking.state, "done")

    def _walk_refund(self, choose, orders):
        line = choose.choice(choose.choice(orders).lines)
        left = line._get_units_left(self.product)
        if left:
            names = left.filtered("name").mapped("name")[: choose.randint(0, 2)]
            statuses = {name: choose.choice(["available", "hold", "void"]) for name in names}
            quantity = choose.randint(max(1, len(names)), len(left))
            self._refund(line.order_id, names, quantity=quantity, statuses=statuses, line=line)

    def _walk_number(self, choose):
        blanks = self._units("issued") | self._units("received")
        if blanks:
            blanks[:1].with_user(self.manager).name = f"N{choose.randint(1000, 9999)}"

    def _walk(self, seed):
        choose, orders = random.Random(seed), []
        for step in range(STEPS):
            action = choose.choice(["receive", "sell", "sell", "refund", "deliver", "number", "hold"])
            if action == "receive":
                self._receive([f"A{seed}-{step}"], blanks=choose.randint(0, 2))
            elif action == "sell":
                orders.append(self._walk_sell(choose))
            elif action == "refund" and orders:
                self._walk_refund(choose, orders)
            elif action == "deliver":
                self._walk_deliver(choose, orders)
            elif action == "number":
                self._walk_number(choose)
            elif free := self._units("available")[:1]:
                free.action_hold("Walk")
            self.assertAddsUp()
            now = [order for order in orders if not order.shipping_date]
            self.assertEqual(
                {state for order in now for state in order.picking_ids.move_ids.mapped("state")},
                {"done"} if now else set(),
            )

    def test_when_a_till_walks_then_all_adds_up(self):
        for seed in (1, 2):
            with self.subTest(seed=seed):
                self._walk(seed)
