from odoo.tests import tagged

from .common.base import SerialCommon


@tagged("post_install", "-at_install")
class TestFreeStock(SerialCommon):
    """What may be promised: units on hold, void, or designated to somebody else are in stock and not free."""

    def _hold(self, *names):
        for name in names:
            self._unit(name).with_user(self.clerk).action_hold("recall")

    def _delivery(self, order):
        return order.picking_ids.with_user(self.clerk)

    def _free(self, product=None):
        product = product or self.product
        product.invalidate_recordset()
        return product.free_qty

    # Units on hold, and void ones

    def test_when_two_of_three_are_on_hold_then_one_is_free_and_an_order_of_three_reserves_one(self):
        self._receive(["A1", "A2", "A3"])
        self._hold("A1", "A2")

        order = self._order(3)

        move = order.picking_ids.move_ids
        self.assertRecordValues(move, [{"quantity": 1, "state": "partially_available"}])
        self.assertEqual(self.product.qty_available, 3)
        self.assertEqual(self._free(), 0)

    def test_when_on_hold_then_not_free_and_no_part_of_the_forecast(self):
        self._receive(["A1", "A2", "A3"])
        self._hold("A1", "A2")
        self.assertRecordValues(
            self.product, [{"qty_available": 3, "free_qty": 1, "virtual_available": 1, "outgoing_qty": 0}]
        )

    def test_when_released_then_free_again(self):
        self._receive(["A1"])
        self._hold("A1")
        self._unit("A1").action_release()
        self.assertEqual(self._free(), 1)
        self.assertEqual(self._order(1).picking_ids.state, "assigned")

    def test_when_returned_as_void_then_not_reserved_for_the_next_order(self):
        self._receive(["A1"])
        self._ship(["A1"])
        self.warehouse.in_type_id.serial_return_status = "void"
        self._return(["A1"])

        order = self._order(1)

        self.assertEqual(self._unit("A1").status, "void")
        self.assertEqual((self.product.qty_available, self._free()), (1, 0))
        self.assertEqual(order.picking_ids.state, "confirmed")

    def test_when_void_units_leave_stock_then_the_rest_is_free(self):
        self._receive(["A1", "A2"])
        self._unit("A1").with_user(self.manager).action_void("broken")
        self.assertEqual(self._free(), 1)

    def test_when_the_context_asks_for_one_place_then_only_units_there_are_counted_out(self):
        self._receive(["A1", "A2"])
        self._receive(["B1", "B2"], target=self.shelf)
        self._hold("B1")
        self.assertEqual(self.product.with_context(location=self.shelf.id).free_qty, 1)
        self.assertEqual(self.product.with_context(location=self.stock.id, strict=True).free_qty, 2)
        self.assertEqual(self.product.with_context(warehouse_id=self.warehouse.id).free_qty, 3)

    def test_when_units_on_a_shelf_are_on_hold_then_reserved_from_the_other(self):
        other = self.env["stock.location"].create({"name": "Other Shelf", "location_id": self.stock.id})
        self._receive(["A1"], target=self.shelf)
        self._receive(["B1"], target=other)
        self._hold("A1")

        move = self._order(1).picking_ids.move_ids

        self.assertRecordValues(move.move_line_ids, [{"location_id": other.id, "quantity": 1}])

    def test_when_quantities_of_the_past_are_asked_for_then_nothing_is_counted_out(self):
        self._receive(["A1"])
        self._hold("A1")
        past = self.product.with_context(to_date="2020-01-01")
        self.assertEqual((past.qty_available, past.free_qty), (0, 0))

    # Designated ones

    def test_when_designated_to_an_order_then_another_cannot_reserve_its_quantity(self):
        first, second = self._order(1), self._order(1, partner=self.other_customer)
        self._promise(first, "A1")
        self._delivery(first).do_unreserve()

        self._delivery(second).action_assign()

        self.assertEqual(second.picking_ids.state, "confirmed")
        self.assertEqual(self._free(), 0)

    def test_when_designated_then_its_own_order_can_reserve_it(self):
        first, second = self._order(1), self._order(1, partner=self.other_customer)
        self._promise(first, "A1")
        self._delivery(first).do_unreserve()
        self._delivery(second).action_assign()

        self._delivery(first).action_assign()

        self.assertEqual(first.picking_ids.state, "assigned")

    def test_when_its_order_has_reserved_it_then_it_is_counted_out_once(self):
        order = self._order(1)
        self._promise(order, "A1")
        self._receive(["A2", "A3"])
        self._delivery(order).action_assign()
        self.assertEqual(order.picking_ids.state, "assigned")
        self.assertEqual(self._free(), 2)

    def test_when_designated_to_a_customer_without_order_then_their_orders_can_have_it(self):
        unit = self._receive(["A1"]).move_ids.serial_ids.with_user(self.clerk)
        unit.action_designate(self.customer)
        second, first = self._order(1, partner=self.other_customer), self._order(1)
        self.assertEqual((second.picking_ids.state, first.picking_ids.state), ("confirmed", "assigned"))
        self.assertEqual(self._free(), 0)

    def test_when_designated_then_its_order_reserves_where_the_unit_lies(self):
        other = self.env["stock.location"].create({"name": "Other Shelf", "location_id": self.stock.id})
        self._receive(["A1"], target=self.shelf)
        self._receive(["B1"], target=other)
        order = self._order(1)
        self._delivery(order).do_unreserve()
        self._unit("B1").action_designate(self.customer, order.order_line)

        self._delivery(order).action_assign()

        self.assertRecordValues(order.picking_ids.move_line_ids, [{"location_id": other.id, "quantity": 1}])

    # Which moves may have what is kept back

    def test_when_moved_within_stock_then_units_on_hold_can_be_reserved(self):
        self._receive(["A1"])
        self._hold("A1")
        self.assertEqual(self._transfer("int", 1).state, "assigned")

    def test_when_picked_for_a_customer_then_units_on_hold_are_not_reserved(self):
        self.warehouse.delivery_steps = "pick_ship"
        self._receive(["A1", "A2"])
        self._hold("A1")

        order = self._order(2)

        move = order.picking_ids.move_ids
        self.assertEqual(len(move), 1)
        self.assertEqual(move.location_dest_id.usage, "internal")
        self.assertRecordValues(move, [{"quantity": 1, "state": "partially_available"}])

    def test_when_picked_by_linked_transfers_then_units_on_hold_are_not_reserved(self):
        self._receive(["A1"])
        self._hold("A1")
        ship = self.env["stock.move"].create(
            {
                "product_id": self.product.id,
                "product_uom_qty": 1,
                "location_id": self.shelf.id,
                "location_dest_id": self.customer_location.id,
            }
        )
        pick = ship.copy(
            {"location_id": self.stock.id, "location_dest_id": self.shelf.id, "move_dest_ids": [(4, ship.id)]}
        )
        (ship | pick)._action_confirm()
        pick._action_assign()
        self.assertRecordValues(pick, [{"quantity": 0, "state": "confirmed"}])

    def test_when_production_needs_it_then_units_on_hold_are_not_reserved(self):
        self._receive(["A1"])
        self._hold("A1")
        move = self._demand_for_production()
        self.assertEqual(move.state, "confirmed")

    def test_when_returned_to_the_vendor_then_units_on_hold_can_be_reserved(self):
        receipt = self._receive(["A1"])
        self._hold("A1")
        wizard = self.env["stock.return.picking"].create({"picking_id": receipt.id})
        wizard.product_return_moves.quantity = 1
        returned = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        returned.action_assign()
        self.assertEqual(returned.state, "assigned")

    # What it costs

    def _queries(self, act):
        """Return the statements that an act takes which begins with an empty cache."""
        act()  # what is read once, is read now
        with self._record_queries() as queries:
            act()
        return queries

    def _count_register(self, queries):
        return sum("serial_number" in query for query in queries)

    def test_when_a_product_is_not_followed_then_its_quantities_take_no_query_more(self):
        self._receive(["A1"])
        self._receive(blanks=1, product=self.plain)

        followed = self._queries(lambda: self.product.free_qty)
        plain = self._queries(lambda: self.plain.free_qty)

        self.assertEqual(self._count_register(plain), 0)
        self.assertEqual(len(followed), len(plain) + 1)

    def test_when_many_products_are_followed_then_their_quantities_take_one_query_more(self):
        more = self.product + self._make_product("Second") + self._make_product("Third")
        for product in more:
            self._receive(["A1"], product=product)
        self.assertEqual(self._count_register(self._queries(lambda: more.mapped("free_qty"))), 1)

    def test_when_a_product_is_not_followed_then_reserving_it_takes_no_query_more(self):
        self._receive(blanks=1, product=self.plain)
        move = self._order(1, product=self.plain).picking_ids.move_ids

        def reserve():
            move._do_unreserve()
            move._action_assign()

        self.assertEqual(self._count_register(self._queries(reserve)), 0)
        self.assertEqual(move.state, "assigned")

    def test_when_many_lines_are_reserved_then_the_register_is_asked_once(self):
        more = self.product + self._make_product("Second") + self._make_product("Third")
        for product in more:
            self._receive(["A1", "A2"], product=product)
            self._unit("A1", product).action_hold("recall")
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "order_line": [(0, 0, {"product_id": product.id, "product_uom_qty": 2}) for product in more],
            }
        )
        order.action_confirm()
        moves = order.picking_ids.move_ids

        def reserve():
            moves._do_unreserve()
            moves._action_assign()

        queries = self._queries(reserve)

        self.assertEqual(sum('FROM "serial_number"' in query for query in queries), 1)
        self.assertEqual(moves.mapped("quantity"), [1, 1, 1])
