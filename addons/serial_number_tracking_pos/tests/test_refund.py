from odoo.tests import tagged

from .common import PosSerialCommon


@tagged("post_install", "-at_install")
class TestRefund(PosSerialCommon):
    def test_when_one_of_three_is_refunded_then_this_one_comes_back(self):
        self._receive(["A1", "A2", "A3"])
        order = self._sell(["A1", "A2", "A3"])
        self._refund(order, ["A2"])
        self.assertEqual(self._statuses("A1", "A2", "A3"), ["sold", "available", "sold"])
        self.assertEqual(order.lines._get_units_left(self.product).sorted("name").mapped("name"), ["A1", "A3"])
        self.assertEqual(len(self._units()), 3)

    def test_when_conditions_are_chosen_then_each_unit_has_its_own(self):
        self._receive(["A1", "A2"])
        order = self._sell(["A1", "A2"])
        self._refund(order, ["A1", "A2"], statuses={"A2": "hold"})
        self.assertEqual(self._statuses("A1", "A2"), ["available", "hold"])

    def test_when_nobody_says_which_then_the_orders_own_units_come_back(self):
        self._receive(["A1", "A2", "A3"])
        order = self._sell(["A1", "A2"])
        self._sell(["A3"])
        self._refund(order, quantity=2)
        self.assertEqual(self._statuses("A1", "A2", "A3"), ["available", "available", "sold"])
        self.assertEqual(len(self._units()), 3)

    def test_when_blanks_were_sold_then_the_orders_own_blank_comes_back(self):
        self._receive(blanks=3)
        first, second = self._sell(blanks=1), self._sell(blanks=2)
        theirs = second.lines._get_units_left(self.product)
        self._refund(second, quantity=1)
        self.assertEqual(first.lines._get_units_left(self.product).status, "issued")
        self.assertEqual(sorted(theirs.mapped("status")), ["issued", "received"])
        self.assertEqual(len(self._units()), 3)

    def test_when_another_orders_unit_is_named_then_only_this_orders_come_back(self):
        self._receive(["A1", "B1"])
        order = self._sell(["A1"])
        self._sell(["B1"], partner=self.other_customer)
        self._refund(order, ["B1"])
        self.assertEqual(self._statuses("A1", "B1"), ["available", "sold"])
        self.assertIn("B1", self._unit("A1").activity_ids.note)

    def test_when_somebody_else_brings_it_then_it_comes_back(self):
        self._receive(["A1"])
        order = self._sell(["A1"])
        self._sync(self._prepare_line(["A1"], -1, refunded=order.lines), partner=self.other_customer)
        self.assertEqual(self._statuses("A1"), ["available"])

    def test_when_nobody_was_the_customer_then_it_comes_back(self):
        self._receive(["A1"])
        order = self._sync(self._prepare_line(["A1"]))
        self._refund(order, ["A1"])
        self.assertEqual(self._statuses("A1"), ["available"])

    def test_when_it_is_refunded_then_it_can_be_sold_again(self):
        self._receive(["A1"])
        order = self._sell(["A1"])
        self._refund(order, ["A1"])
        again = self._sell(["A1"], partner=self.other_customer)
        self.assertRecordValues(self._unit("A1"), [{"status": "sold", "pos_order_id": again.id}])
        self.assertFalse(order.lines._get_units_left(self.product))

    def test_when_one_order_refunds_and_sells_then_both_are_booked(self):
        self._receive(["A1", "A2"])
        order = self._sell(["A1"])
        back = self._prepare_line(["A1"], -1, refunded=order.lines)
        self._sync(back, self._prepare_line(["A2"], price=20), partner=self.customer)
        self.assertEqual(self._statuses("A1", "A2"), ["available", "sold"])

    def test_when_the_rest_is_refunded_in_the_back_office_then_its_numbers_are_taken_over(self):
        self._receive(["A1", "A2"])
        order = self._sell(["A1", "A2"])
        self._refund(order, ["A1"])
        refund = order._refund()
        self.assertEqual(refund.lines.pack_lot_ids.mapped("lot_name"), ["A2"])
