from odoo import Command
from odoo.tests import new_test_user, tagged

from ..engine import reservation_loss
from .common.base import SerialCommon


@tagged("post_install", "-at_install")
class TestTakenBack(SerialCommon):
    """Reservations end that stock has no room for any more, because units are kept back."""

    def _reserve(self, quantity=1, **options):
        order = self._order(quantity, **options)
        self.assertEqual(order.picking_ids.state, "assigned")
        return order

    def _hold(self, *names):
        self._named(names).with_user(self.clerk).action_hold("recall")

    def _named(self, names):
        return self.register.search([("name", "in", names), ("product_id", "=", self.product.id)])

    def _reserved(self, order):
        return sum(order.picking_ids.move_ids.mapped("quantity"))

    def _notes(self, record):
        """Return the text of the notes about lost reservations, the newest first."""
        bodies = record.message_ids.sorted("id", reverse=True).mapped("body")
        return [str(body) for body in bodies if "no longer reserved" in body]

    # Who loses, and when

    def test_when_the_only_unit_is_put_on_hold_then_its_order_is_not_ready_any_more_and_is_told(self):
        self._receive(["A1"])
        order = self._reserve()

        self._hold("A1")

        self.assertRecordValues(order.picking_ids, [{"state": "confirmed"}])
        self.assertEqual(self._reserved(order), 0)
        (note,) = self._notes(order)
        for part in ("Phone", "A1", "Put on hold", "recall", order.picking_ids.name):
            self.assertIn(part, note)

    def test_when_another_unit_is_free_then_nothing_is_taken(self):
        self._receive(["A1", "A2"])
        order = self._reserve()

        self._hold("A1")

        self.assertEqual(order.picking_ids.state, "assigned")
        self.assertFalse(self._notes(order))

    def test_when_one_of_two_is_put_on_hold_then_one_stays_reserved(self):
        self._receive(["A1", "A2"])
        order = self._reserve(2)

        self._hold("A1")

        self.assertRecordValues(order.picking_ids.move_ids, [{"quantity": 1, "state": "partially_available"}])

    def test_when_two_orders_have_reserved_then_the_later_one_loses(self):
        self._receive(["A1", "A2"])
        later, sooner = self._reserve(), self._reserve(partner=self.other_customer)
        later.picking_ids.scheduled_date = "2040-01-01"

        self._hold("A1")

        self.assertEqual((self._reserved(later), self._reserved(sooner)), (0, 1))
        self.assertFalse(self._notes(sooner))

    def test_when_both_are_as_urgent_then_the_newer_one_loses(self):
        self._receive(["A1", "A2"])
        first, second = self._reserve(), self._reserve()
        (first | second).picking_ids.scheduled_date = "2040-01-01"

        self._hold("A1")

        self.assertEqual((self._reserved(first), self._reserved(second)), (1, 0))

    def test_when_stock_is_free_on_another_shelf_then_reserved_there(self):
        other = self.env["stock.location"].create({"name": "Other Shelf", "location_id": self.stock.id})
        self._receive(["A1"], target=self.shelf)
        order = self._reserve()
        self._receive(["B1"], target=other)

        self._hold("A1")

        self.assertRecordValues(order.picking_ids.move_line_ids, [{"location_id": other.id, "quantity": 1}])
        self.assertFalse(self._notes(order))

    def test_when_void_in_stock_then_taken_back(self):
        self._receive(["A1"])
        order = self._reserve()

        self._unit("A1").with_user(self.manager).action_void("broken")

        self.assertEqual(order.picking_ids.state, "confirmed")
        self.assertIn("broken", self._notes(order)[0])

    def test_when_designated_to_somebody_else_then_taken_back(self):
        self._receive(["A1"])
        order, other = self._reserve(), self._order(partner=self.other_customer)

        self._unit("A1").with_user(self.clerk).action_designate(self.other_customer, other.order_line)
        other.picking_ids.action_assign()

        self.assertEqual((order.picking_ids.state, other.picking_ids.state), ("confirmed", "assigned"))
        self.assertIn("Other Customer", self._notes(order)[0])
        self.assertFalse(self._notes(other))

    def test_when_designated_to_the_order_that_has_reserved_then_nothing_is_taken(self):
        self._receive(["A1"])
        order = self._reserve()

        self._unit("A1").with_user(self.clerk).action_designate(self.customer, order.order_line)

        self.assertEqual(order.picking_ids.state, "assigned")

    def test_when_a_unit_is_designated_to_the_later_order_then_the_sooner_one_loses(self):
        self._receive(["A1", "A2"])
        sooner, later = self._reserve(partner=self.other_customer), self._reserve()
        self._unit("A2").with_user(self.clerk).action_designate(self.customer, later.order_line)
        later.picking_ids.scheduled_date = "2040-01-01"

        self._hold("A1")

        self.assertEqual((self._reserved(later), self._reserved(sooner)), (1, 0))

    def test_when_picked_then_not_taken_back(self):
        self._receive(["A1"])
        order = self._reserve()
        order.picking_ids.move_line_ids.picked = True

        self._hold("A1")

        self.assertEqual(self._reserved(order), 1)

    def test_when_a_transfer_within_stock_has_reserved_it_then_it_keeps_it(self):
        self._receive(["A1"])
        transfer = self._transfer("int", 1)

        self._hold("A1")

        self.assertEqual(transfer.state, "assigned")

    def test_when_a_transfer_and_an_order_share_a_shelf_then_units_on_hold_are_the_transfers(self):
        self._receive(["A1", "A2"])
        order = self._reserve()
        transfer = self._transfer("int", 1)

        self._hold("A1")

        self.assertEqual((order.picking_ids.state, transfer.state), ("assigned", "assigned"))

    def test_when_a_transfer_has_no_order_then_the_transfer_is_told(self):
        self._receive(["A1"])
        delivery = self._transfer("out", 1)

        self._hold("A1")

        self.assertEqual(delivery.state, "confirmed")
        self.assertEqual(len(self._notes(delivery)), 1)

    def test_when_reserved_by_the_dozen_then_the_rest_of_it_stays(self):
        self._receive(blanks=11)
        self._receive(["A1"])
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._reserve(1, product_uom_id=dozen.id)

        self._hold("A1")

        self.assertEqual(sum(order.picking_ids.move_line_ids.mapped("quantity_product_uom")), 11)

    # Other roads by which stock gets too small

    def test_when_a_count_finds_fewer_beside_a_unit_on_hold_then_taken_back(self):
        self._receive(["A1"], blanks=1)
        self._hold("A1")
        order = self._reserve()

        self._adjust(1)

        self.assertEqual(self._reserved(order), 0)
        self.assertIn("A1", self._notes(order)[0])

    def test_when_a_forced_quantity_meets_a_return_as_void_then_taken_back(self):
        self._receive(["A1"])
        self._ship(["A1"])
        order = self._order()
        order.picking_ids.move_ids.quantity = 1
        self.warehouse.in_type_id.serial_return_status = "void"

        self._return(["A1"])

        self.assertEqual(self._unit("A1").status, "void")
        self.assertEqual(self._reserved(order), 0)

    def test_when_a_recall_holds_them_then_taken_back(self):
        self._receive(["A1"])
        order = self._reserve()
        recall = self.env["serial.recall"].create(
            {"reason": "Battery", "line_ids": [Command.create({"serial_id": self._unit("A1").id})]}
        )

        recall.action_hold()

        self.assertEqual(order.picking_ids.state, "confirmed")
        self.assertIn("Battery", self._notes(order)[0])

    def test_when_whoever_holds_cannot_write_transfers_then_taken_back_all_the_same(self):
        self._receive(["A1"])
        order = self._reserve()
        user = new_test_user(self.env, "lookup", "serial_number_tracking.group_serial_number_user")

        self._unit("A1").with_user(user).action_hold("recall")

        self.assertEqual(order.picking_ids.state, "confirmed")

    def test_when_units_of_two_places_are_designated_then_one_reservation_covers_one_of_them(self):
        other = self.env["stock.location"].create({"name": "Other Shelf", "location_id": self.stock.id})
        self._receive(["A1"], target=self.shelf)
        self._receive(["B1"], target=other)
        order = self._order(2)
        self._named(["A1", "B1"]).with_user(self.clerk).action_designate(self.customer, order.order_line)
        order.picking_ids.move_line_ids.filtered(lambda line: line.location_id == other).unlink()
        self.product.invalidate_recordset()
        self.assertEqual(self.product.free_qty, 0)

    def _make_shelves(self):
        """Return two shelves with a unit each: A1 and B1."""
        other = self.env["stock.location"].create({"name": "Other Shelf", "location_id": self.stock.id})
        self._receive(["A1"], target=self.shelf)
        self._receive(["B1"], target=other)
        return self.shelf, other

    def test_when_designated_where_the_order_has_not_reserved_then_it_reserves_there(self):
        shelf, other = self._make_shelves()
        order = self._reserve()
        self.assertEqual(order.picking_ids.move_line_ids.location_id, shelf)

        self._unit("B1").with_user(self.clerk).action_designate(self.customer, order.order_line)

        self.assertRecordValues(order.picking_ids.move_line_ids, [{"location_id": other.id, "quantity": 1}])
        self.assertEqual(self._reserve(partner=self.other_customer).picking_ids.move_line_ids.location_id, shelf)

    def test_when_designated_where_another_order_has_reserved_then_they_change_shelves(self):
        shelf, other = self._make_shelves()
        order, rival = self._reserve(), self._reserve(partner=self.other_customer)

        self._unit("B1").with_user(self.clerk).action_designate(self.customer, order.order_line)

        self.assertEqual(order.picking_ids.move_line_ids.location_id, other)
        self.assertEqual(rival.picking_ids.move_line_ids.location_id, shelf)
        self.assertFalse(self._notes(rival) or self._notes(order))

    # Before the click

    def _change(self, names, action, **vals):
        window = self.env["serial.status.change"].with_user(self.manager)
        return window.create({"serial_ids": [Command.set(self._named(names).ids)], "action": action, **vals})

    def test_when_status_is_changed_then_who_loses_is_named_before(self):
        self._receive(["A1", "A2"])
        order = self._reserve(2)
        for action in ("hold", "void"):
            with self.subTest(action):
                promises = self._change(["A1", "A2"], action).promises
                for part in (order.name, "Customer", "2 Phone", order.picking_ids.name):
                    self.assertIn(part, promises)

    def test_when_designated_by_hand_then_who_else_loses_is_named_before(self):
        self._receive(["A1"])
        order, other = self._reserve(), self._order(partner=self.other_customer)
        self.assertIn(order.name, self._change(["A1"], "designate", order_id=other.id).promises)
        self.assertFalse(self._change(["A1"], "designate", order_id=order.id).promises)

    def test_when_nobody_loses_then_nobody_is_named(self):
        self._receive(["A1", "A2"])
        self._reserve()
        self.assertFalse(self._change(["A1"], "hold").promises)
        self.assertFalse(self._change(["A1", "A2"], "release").promises)

    def test_when_stock_is_free_elsewhere_then_nobody_is_named(self):
        other = self.env["stock.location"].create({"name": "Other Shelf", "location_id": self.stock.id})
        self._receive(["A1"], target=self.shelf)
        self._reserve()
        self._receive(["B1"], target=other)
        self.assertFalse(self._change(["A1"], "hold").promises)

    # What it costs

    def test_when_many_units_are_put_on_hold_then_it_takes_as_many_queries_as_for_few(self):
        counts = []
        for size in (4, 40):
            self.product = self._make_product(f"Phone {size}")
            names = [f"A{number}" for number in range(size)]
            self._receive(names)
            self._reserve(size)
            units = self._named(names[1:]).with_user(self.clerk)
            counts.append(self._count_queries(lambda units=units: units.action_hold("recall")))
        self._assert_no_more_queries(counts[1], counts[0])

    def test_when_nothing_is_reserved_then_putting_on_hold_reads_stock_once(self):
        self._receive(["A1", "A2"])
        units = self._named(["A1", "A2"]).with_user(self.clerk)
        with self._record_queries() as queries:
            units.action_hold("recall")
        tables = ("stock_quant", "stock_move_line", "stock_move", "stock_picking")
        reads = [query for query in queries if any(f'FROM "{table}"' in query for table in tables)]
        self.assertEqual(len(reads), 1)

    def test_when_nothing_is_kept_back_then_a_booking_asks_for_it_once_and_for_stock_not_at_all(self):
        self._receive(["A1", "A2"])
        with self._record_queries() as queries:
            reservation_loss.take_back(self.product)
        self.assertEqual(sum('FROM "serial_number"' in query for query in queries), 1)
        self.assertFalse([query for query in queries if 'FROM "stock_quant"' in query])

    def test_when_a_product_is_not_followed_then_no_road_asks_the_register(self):
        self._receive(blanks=3, product=self.plain)
        order = self._order(1, product=self.plain)
        delivery = order.picking_ids

        def count():
            quant = self.env["stock.quant"].search(
                [("product_id", "=", self.plain.id), ("location_id", "=", self.stock.id)]
            )
            quant.with_context(inventory_mode=True).inventory_quantity = 1
            quant.action_apply_inventory()

        roads = {
            "reserve": lambda: (delivery.do_unreserve(), delivery.action_assign()),
            "validate": delivery.button_validate,
            "count": count,
            "quantities": lambda: self.plain.free_qty,
            "figures": lambda: self.plain.serial_hold_count,
        }
        for road, act in roads.items():
            with self.subTest(road), self._record_queries() as queries:
                act()
            self.assertFalse([query for query in queries if 'FROM "serial_number"' in query], road)
        self.assertEqual(delivery.state, "done")
