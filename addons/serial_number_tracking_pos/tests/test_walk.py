import random

from odoo.tests import tagged

from .common import PosSerialCommon

STEPS = 25


@tagged("post_install", "-at_install")
class TestWalk(PosSerialCommon):
    """Whatever a till does beside the warehouse, units and stock add up."""

    def _names(self, status):
        return self._units(status).filtered("name").mapped("name")

    def _walk_sell(self, choose):
        names = choose.sample(self._names("available"), min(len(self._names("available")), choose.randint(0, 2)))
        names += choose.choice([[], [f"X{choose.randint(1, 5)}"], self._names("sold")[:1]])
        return self._sell(names, blanks=choose.randint(0 if names else 1, 2), invoice=choose.random() < 0.3)

    def _walk_refund(self, choose, orders):
        order = choose.choice(orders)
        left = order.lines._get_units_left(self.product)
        if left:
            names = left.filtered("name").mapped("name")[: choose.randint(0, 2)]
            self._refund(order, names, quantity=choose.randint(max(1, len(names)), len(left)))

    def _walk_number(self, choose):
        blanks = self._units("issued") | self._units("received")
        if blanks:
            blanks[:1].with_user(self.manager).name = f"N{choose.randint(1000, 9999)}"

    def _walk(self, seed):
        choose, orders = random.Random(seed), []
        for step in range(STEPS):
            action = choose.choice(["receive", "sell", "sell", "refund", "number", "hold"])
            if action == "receive":
                self._receive([f"A{seed}-{step}"], blanks=choose.randint(0, 2))
            elif action == "sell":
                orders.append(self._walk_sell(choose))
            elif action == "refund" and orders:
                self._walk_refund(choose, orders)
            elif action == "number":
                self._walk_number(choose)
            elif free := self._units("available")[:1]:
                free.action_hold("Walk")
            self.assertAddsUp()
            self.assertNotIn(False, [order.picking_ids.move_ids.mapped("state") == ["done"] for order in orders[-1:]])

    def test_when_a_till_walks_then_all_adds_up(self):
        for seed in (1, 2):
            with self.subTest(seed=seed):
                self._walk(seed)
