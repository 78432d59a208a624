"""Deliver, return, deliver again, invoice and credit an order in every order: the invoices stand for what they have."""

from itertools import permutations

from odoo.tests import tagged

from .common.invoices import InvoiceCommon


@tagged("post_install", "-at_install")
class TestEveryOrder(InvoiceCommon):
    def _settle(self, order):
        """Invoice or credit what the order says, if there is anything."""
        if order.invoice_status == "to invoice":
            order._create_invoices(final=True).action_post()

    def _do_step(self, order, step):
        if step == "settle":
            self._settle(order)
        elif step in ("A1", "A2", "A3"):
            if sum(order.picking_ids.filtered(lambda one: one.state == "assigned").move_ids.mapped("quantity")) < 1:
                order.order_line.product_uom_qty += 1
            self._deliver(order, [step])
        else:
            name, to_refund = step
            delivery = self._unit(name).delivery_move_id.picking_id
            returned = self._open_return(delivery, 1)
            returned.move_ids.to_refund = to_refund
            self._validate(returned, [name])

    def _check(self, order, steps):
        self.env.flush_all()
        self.assertAddsUp()
        units = self._units()
        theirs = units.filtered(lambda unit: unit.status == "sold")
        line = order.order_line
        self.assertEqual(len(theirs), sum(line.move_ids.mapped(self._count_moved)), steps)
        invoiced = theirs.filtered("invoice_line_id")
        self.assertLessEqual(len(invoiced), max(line.qty_invoiced, 0), steps)
        self.assertEqual(len(invoiced), min(len(theirs), line.qty_invoiced), steps)

    @staticmethod
    def _count_moved(move):
        sign = 1 if move.location_dest_id.usage == "customer" else -1
        return sign * move.quantity if move.state == "done" else 0

    def _run(self, steps):
        self.product = self._make_product("Camera", taxes_id=False, invoice_policy="delivery")
        self._receive(["A1", "A2", "A3"])
        order = self._sell(1)
        for step in steps:
            self._do_step(order, step)
        self._settle(order)
        self._check(order, steps)

    def test_when_settled_at_any_moment_then_the_invoices_have_the_units_that_they_have(self):
        story = ["A1", ("A1", True), "A2", ("A2", True), "A3"]
        for moments in permutations(range(1, 6), 2):
            if moments[0] < moments[1]:
                steps = list(story)
                for moment in reversed(moments):
                    steps.insert(moment, "settle")
                with self.subTest(steps=steps):
                    self._run(steps)

    def test_when_one_comes_back_for_a_while_in_any_order_then_the_invoices_have_the_units_that_they_have(self):
        for index, (*steps,) in enumerate(permutations(["A2", "back", "settle", "A3"])):
            steps[steps.index("back")] = ("A1", bool(index % 2))
            with self.subTest(steps=steps):
                self._run(["A1", *steps])
