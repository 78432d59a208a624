from freezegun import freeze_time

from odoo.tests import tagged

from .common.base import NOW, SerialCommon


@tagged("post_install", "-at_install")
class TestShip(SerialCommon):
    """What a delivery does to units."""

    @freeze_time(NOW)
    def test_when_named_units_are_shipped_then_they_are_sold(self):
        self.product.warranty_months = 12
        self._receive(["A1", "A2"])

        move = self._ship(["a1"]).move_ids

        self.assertRecordValues(
            self._units(),
            [
                {
                    "name": "A1",
                    "status": "sold",
                    "location_id": self.customer_location.id,
                    "customer_id": self.customer.id,
                    "delivery_move_id": move.id,
                    "date_sold": move.date.date(),
                    "vendor_id": self.vendor.id,
                    "move_ids": self._unit("A1").receipt_move_id.ids + move.ids,
                },
                {
                    "name": "A2",
                    "status": "available",
                    "location_id": self.stock.id,
                    "customer_id": False,
                    "delivery_move_id": False,
                    "date_sold": False,
                    "vendor_id": self.vendor.id,
                    "move_ids": self._unit("A2").receipt_move_id.ids,
                },
            ],
        )
        self.assertEqual((self._unit("A1").warranty_end - move.date.date()).days // 30, 12)
        self.assertAddsUp()

    def test_when_an_order_is_delivered_then_its_partner_is_the_customer(self):
        self._receive(["A1"])
        order = self._order(1)
        delivery = order.picking_ids.with_user(self.clerk)
        address = self.env["res.partner"].create({"name": "Warehouse of Customer", "parent_id": self.customer.id})
        delivery.partner_id = address

        self._validate(delivery, ["A1"])

        self.assertRecordValues(
            self._unit("A1"),
            [{"customer_id": self.customer.id, "sale_line_id": order.order_line.id, "sale_order_id": order.id}],
        )
        self.assertEqual(order.serial_count, 1)

    def test_when_an_order_is_received_then_units_know_its_line(self):
        order = self._purchase(2)
        self.product.vendor_warranty_months = 6

        self._validate(order.picking_ids.with_user(self.clerk), ["A1"])

        expected = {"vendor_id": self.vendor.id, "purchase_line_id": order.order_line.id}
        self.assertRecordValues(self._units(), [{"name": "A1", **expected}, {"name": False, **expected}])
        self.assertTrue(all(self._units().mapped("vendor_warranty_end")))
        self.assertEqual(order.serial_count, 2)

    def test_when_an_unknown_number_fills_a_placeholder_then_it_is_numbered_and_shipped(self):
        self._receive(blanks=1)
        before = self._units()

        self._ship(["X1"])

        self.assertRecordValues(self._units(), [{"id": before.id, "name": "X1", "status": "sold"}])
        self.assertEqual(before.event_ids.sorted("id").mapped("kind"), ["received", "numbered", "shipped"])
        self.assertAddsUp()

    def test_when_shipped_blank_then_placeholder_where_stock_leaves_goes_first(self):
        self._receive(blanks=1)
        self._receive(blanks=1, target=self.shelf)
        at_stock, at_shelf = self._units()
        picking = self._transfer("out", 1)
        picking.move_ids.move_line_ids.location_id = self.shelf

        self._validate(picking)

        self.assertRecordValues(at_shelf + at_stock, [{"status": "issued"}, {"status": "received"}])

    @freeze_time(NOW)
    def test_when_shipped_half_blank_then_each_keeps_its_facts(self):
        self._receive(["A1"], blanks=1)

        move = self._ship(["A1"], blanks=2).move_ids

        facts = {"customer_id": self.customer.id, "delivery_move_id": move.id, "date_sold": move.date.date()}
        self.assertRecordValues(
            self._units(),
            [
                {"name": "A1", "status": "sold", "uncovered": False, **facts},
                {"name": False, "status": "issued", "uncovered": False, **facts},
                {"name": False, "status": "issued", "uncovered": True, **facts},
            ],
        )
        self.assertAddsUp()

    def test_when_designated_unit_is_shipped_to_its_customer_then_sold(self):
        self._receive(["A1"])
        self._unit("A1").with_user(self.clerk).action_designate(self.customer)

        self._ship(["A1"])

        self.assertRecordValues(self._unit("A1"), [{"status": "sold", "customer_id": self.customer.id}])

    def test_when_shipped_then_history_names_document_partner_and_user(self):
        self._receive(["A1"])

        picking = self._ship(["A1"])

        self.assertRecordValues(
            self._unit("A1").event_ids[0],
            [
                {
                    "kind": "shipped",
                    "status_from": "available",
                    "status_to": "sold",
                    "partner_id": self.customer.id,
                    "location_id": self.customer_location.id,
                    "move_id": picking.move_ids.id,
                    "document": picking.name,
                    "user_id": self.clerk.id,
                }
            ],
        )

    def test_when_shipped_then_the_history_stands_in_the_order_of_entry(self):
        self._receive(["A1", "A2", "A3", "B1", "B2", "B3"])
        self._unit("B1").action_designate(self.customer)  # they have different statuses now

        for names in (["A3", "A1", "A2"], ["B3", "B1", "B2"]):
            move = self._ship(names).move_ids
            events = self.env["serial.event"].search([("move_id", "=", move.id)], order="id")
            self.assertEqual(events.serial_id.mapped("name"), names)

    def test_when_a_draft_turned_bad_and_no_button_asks_then_a_blank_leaves_with_a_note(self):
        self._receive(["A1"])
        first, second = self._transfer("out", 1), self._transfer("out", 1)
        second.move_ids.assign_serials(["A1"])
        self._validate(first, ["A1"])

        second.move_ids.write({"quantity": 1, "picked": True})
        second.move_ids._action_done()

        blank = second.move_ids.serial_ids
        self.assertRecordValues(blank, [{"name": False, "status": "issued", "uncovered": True}])
        self.assertIn("A1", blank.event_ids.note)
        self.assertAddsUp()

    def test_when_a_kit_of_steps_delivers_then_only_the_last_step_ships(self):
        self.warehouse.delivery_steps = "pick_ship"
        self._receive(["A1"])
        order = self._order(1)
        pick = order.picking_ids.with_user(self.clerk)
        self._validate(pick)
        self.assertEqual(self._unit("A1").status, "available")

        self._validate(order.picking_ids.with_user(self.clerk) - pick, ["A1"])

        self.assertRecordValues(self._unit("A1"), [{"status": "sold", "sale_line_id": order.order_line.id}])
        self.assertAddsUp()

    @freeze_time(NOW)
    def test_when_thousands_are_shipped_then_queries_stay_the_same(self):
        self._receive([f"A{number}" for number in range(700)], blanks=10)

        def ship(numbers):
            picking = self._transfer("out", len(numbers) + 2)
            picking.move_ids.assign_serials([f"A{number}" for number in numbers])
            picking.move_ids._write_serial_draft(picking.move_ids._serial_names(), blanks=True)
            return self._count_queries(picking.button_validate)

        ship(range(1))
        few = ship(range(1, 3))
        self._assert_no_more_queries(ship(range(3, 700)), few)
        self.assertAddsUp()
