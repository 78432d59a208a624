from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.base import SerialCommon


@tagged("post_install", "-at_install")
class TestNoRoom(SerialCommon):
    """A button refuses what only units that are kept back are left for."""

    def _hold(self, *names):
        for name in names:
            self._unit(name).with_user(self.clerk).action_hold("recall")

    def _refuse(self, picking, *parts, names=()):
        with self.assertRaises(UserError) as caught, self.env.cr.savepoint():
            self._validate(picking, names)
        for part in parts:
            self.assertIn(part, str(caught.exception))
        self.assertNotEqual(picking.state, "done")

    def test_when_all_that_is_left_is_on_hold_then_refused_with_the_number_and_the_way(self):
        self._receive(["A1"])
        self._hold("A1")
        delivery = self._transfer("out", 1)
        self._refuse(delivery, "A1 is on hold (recall)", "Phone", delivery.name, "Release")

    def test_when_an_entered_number_is_put_on_hold_then_the_button_says_so(self):
        self._receive(["A1"])
        delivery = self._transfer("out", 1)
        delivery.move_ids.assign_serials(["A1"])
        self._hold("A1")
        self.assertEqual(delivery.move_ids.quantity, 0)
        with self.assertRaisesRegex(UserError, r"A1 .* is on hold \(recall\)"):
            delivery.button_validate()

    def test_when_void_or_designated_then_refused_with_the_reason(self):
        self._receive(["A1", "A2"])
        self._unit("A1").with_user(self.manager).action_void("broken")
        self._unit("A2").with_user(self.clerk).action_designate(self.other_customer)
        self._refuse(self._transfer("out", 2), "A1 is void", "A2 is designated to Other Customer")

    def test_when_more_is_forced_than_is_free_then_refused(self):
        self._receive(["A1", "A2"])
        self._hold("A1")
        self._refuse(self._transfer("out", 2), "is to take 2 Phone", "and 1 can leave", "A1", names=["A2"])

    def test_when_what_is_free_is_shipped_then_done(self):
        self._receive(["A1", "A2"])
        self._hold("A1")
        self._ship(["A2"])
        self.assertAddsUp()

    def test_when_released_then_done(self):
        self._receive(["A1"])
        self._hold("A1")
        delivery = self._transfer("out", 1)
        self._unit("A1").action_release()
        self._validate(delivery, ["A1"])
        self.assertEqual(delivery.state, "done")

    def test_when_booked_without_a_button_then_never_refused(self):
        self._receive(["A1"])
        self._hold("A1")
        self._move(self.stock, self.customer_location, 1)
        self.assertAddsUp()

    def test_when_nothing_is_there_at_all_then_it_may_go_below_zero(self):
        self._ship(blanks=1)
        self.assertEqual(self._on_hand(), -1)

    def test_when_designated_to_the_delivery_then_done(self):
        order = self._order()
        self._promise(order, "A1")
        delivery = order.picking_ids.with_user(self.clerk)
        delivery.action_assign()
        self._validate(delivery, ["A1"])
        self.assertEqual(self._unit("A1").status, "sold")

    def test_when_the_order_has_reserved_what_is_designated_to_it_then_nobody_else_ships_it(self):
        order = self._order()
        self._promise(order, "A1")
        order.picking_ids.action_assign()
        self._refuse(self._transfer("out", 1, partner=self.other_customer), "A1 is designated to Customer")
        self.assertEqual(order.picking_ids.state, "assigned")

    def test_when_the_number_lies_elsewhere_then_stock_follows_and_is_not_refused(self):
        other = self.env["stock.location"].create({"name": "Other Shelf", "location_id": self.stock.id})
        self._receive(["A1"], target=self.shelf)
        self._receive(["B1"], target=other)
        delivery = self._transfer("out", 1, source=self.shelf)
        self._hold("A1")
        delivery.move_ids.quantity = 1
        self._validate(delivery, ["B1"])
        self.assertEqual((delivery.state, self._unit("B1").status), ("done", "sold"))

    def test_when_returned_to_the_vendor_then_units_on_hold_go(self):
        receipt = self._receive(["A1"])
        self._hold("A1")
        self._return_of(receipt, 1, ["A1"])
        self.assertEqual(self._unit("A1").status, "void")

    def test_when_moved_within_stock_or_lost_then_they_go(self):
        self._receive(["A1", "A2"])
        self._hold("A1", "A2")
        self._do("int", ["A1"], 0)
        self._do("out", ["A2"], 0, target=self.loss_location)
        self.assertAddsUp()

    def test_when_a_product_is_not_followed_then_the_button_asks_the_register_nothing(self):
        self._receive(blanks=1, product=self.plain)
        delivery = self._transfer("out", 1, product=self.plain)
        with self._record_queries() as queries:
            delivery.button_validate()
        self.assertFalse([query for query in queries if 'FROM "serial_number"' in query])
