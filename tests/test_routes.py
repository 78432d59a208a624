from odoo.tests import tagged

from .common.base import SerialCommon


@tagged("post_install", "-at_install")
class TestRoutes(SerialCommon):
    """Routes of several steps: asked once, where the goods meet the vendor or the customer."""

    def _next(self, order):
        picking = order.picking_ids.filtered(lambda picking: picking.state == "assigned").with_user(self.clerk)
        self.assertEqual(len(picking), 1)
        return picking

    def _step(self, order, names=()):
        """Validate the next step of an order; tell whether it asked."""
        picking = self._next(order)
        if names:
            picking.move_ids.assign_serials(list(names))
        result = picking.button_validate()
        if isinstance(result, dict):
            self._entry(result, picking).line_ids.use_blanks()
            self._entry(result, picking).action_confirm()
        self.assertEqual(picking.state, "done")
        return isinstance(result, dict)

    # Pick, pack, ship

    def test_when_picked_packed_and_shipped_then_only_shipping_asks(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        self._receive(["A1", "A2"])
        order = self._order(2)

        asked = [self._step(order), self._step(order), self._step(order)]

        self.assertEqual(asked, [False, False, True])
        self.assertAddsUp()

    def test_when_all_is_picked_and_packed_then_the_units_are_at_the_output(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        self._receive(["A1"], blanks=1)
        order = self._order(2)

        self._step(order)
        self.assertEqual(self._units().location_id, self.warehouse.wh_pack_stock_loc_id)
        self._step(order)

        self.assertEqual(self._units().location_id, self.warehouse.wh_output_stock_loc_id)
        self.assertEqual(self._unit("A1").event_ids.sorted("id").mapped("kind"), ["received", "moved", "moved"])
        self.assertAddsUp()

    def test_when_named_at_the_last_step_then_sold_from_wherever_it_was_last_seen(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        self._receive(["A1", "A2", "A3"])
        order = self._order(1)
        self._step(order)
        self._step(order)

        self._step(order, ["A2"])

        self.assertRecordValues(
            self._units(),
            [
                {"status": "available", "location_id": self.stock.id, "customer_id": False},
                {"status": "sold", "location_id": self.customer_location.id, "customer_id": self.customer.id},
                {"status": "available", "location_id": self.stock.id, "customer_id": False},
            ],
        )
        self.assertAddsUp()

    def test_when_shipped_blank_after_two_steps_then_issued(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        self._receive(blanks=2)
        order = self._order(1)

        for _step in range(3):
            self._step(order)

        self.assertEqual(self._units().mapped("status"), ["issued", "received"])
        self.assertAddsUp()

    def test_when_named_while_picking_then_they_follow_to_the_output_and_are_proposed(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        self.warehouse.pick_type_id.serial_entry = "ask"
        self._receive(["A1", "A2", "A3"])
        order = self._order(2)

        self._step(order, ["A1", "A3"])
        self._step(order)

        self.assertEqual((self._unit("A1") | self._unit("A3")).location_id, self.warehouse.wh_output_stock_loc_id)
        self.assertEqual(self._unit("A2").location_id, self.stock)
        shipping = self._next(order)
        entry = self._entry(shipping.button_validate(), shipping)
        self.assertEqual(entry.line_ids.enter_proposals()["added"], 2)
        entry.action_confirm()
        self.assertEqual(set(self._units("sold").mapped("name")), {"A1", "A3"})
        self.assertAddsUp()

    # Input, stock

    def test_when_received_in_two_steps_then_only_the_first_asks(self):
        self.warehouse.reception_steps = "two_steps"
        receipt = self._transfer("in", 2, target=self.warehouse.wh_input_stock_loc_id)

        self.assertEqual(receipt.button_validate()["res_model"], "serial.entry")
        self._validate(receipt, ["A1"])

        self.assertEqual(self._units().location_id, self.warehouse.wh_input_stock_loc_id)
        self.assertTrue(receipt.move_ids.move_dest_ids.picking_id.with_user(self.clerk).button_validate() is True)
        self.assertEqual(self._units().location_id, self.stock)
        self.assertAddsUp()

    def test_when_one_of_two_receipts_is_stored_then_its_units_follow(self):
        self.warehouse.reception_steps = "two_steps"
        target = self.warehouse.wh_input_stock_loc_id
        first = self._receive(["A1", "A2"], target=target)
        first.move_ids.move_dest_ids.picking_id.printed = True  # Odoo adds nothing to it any more
        self._receive(["B1"], target=target)

        first.move_ids.move_dest_ids.picking_id.with_user(self.clerk).button_validate()

        self.assertEqual((self._unit("A1") | self._unit("A2")).location_id, self.stock)
        self.assertEqual(self._unit("B1").location_id, target)
        self.assertAddsUp()

    # Internal transfers

    def test_when_internal_transfers_do_not_ask_then_a_part_keeps_its_last_place(self):
        self._receive(["A1", "A2"])

        self._validate(self._transfer("int", 1))

        self.assertEqual(self._units().location_id, self.stock)
        self.assertAddsUp()

    def test_when_internal_transfers_ask_then_the_window_opens_and_named_units_move(self):
        self.warehouse.int_type_id.serial_entry = "ask"
        self._receive(["A1", "A2"])
        picking = self._transfer("int", 1)

        entry = self._entry(picking.button_validate(), picking)
        self.assertEqual([check["code"] for check in entry.line_ids.add_serials(["A2"])], ["ok"])
        entry.action_confirm()

        self.assertEqual(picking.state, "done")
        self.assertEqual(self._unit("A2").location_id, self.shelf)
        self.assertEqual(self._unit("A1").location_id, self.stock)
        self.assertEqual(picking.move_ids.serial_ids, self._unit("A2"))
        self.assertFalse(picking.move_ids.serial_draft)
        self.assertAddsUp()

    def test_when_internal_transfers_require_numbers_then_they_cannot_be_left_blank(self):
        self.warehouse.int_type_id.serial_entry = "require"
        self._receive(["A1"])
        picking = self._transfer("int", 1)

        entry = self._entry(picking.button_validate(), picking)

        self.assertEqual(entry.get_state()["lines"][0]["policy"], "require")

    def test_when_some_are_named_and_nothing_stays_behind_then_all_follow(self):
        self._receive(["A1"], blanks=1)

        self._validate(self._transfer("int", 2), ["A1"])

        self.assertEqual(self._units().location_id, self.shelf)
        self.assertAddsUp()

    def test_when_units_leave_from_a_place_below_then_they_follow(self):
        self._receive(["A1"], target=self.shelf)
        picking = self._transfer("int", 1, target=self.warehouse.wh_input_stock_loc_id)
        self.assertEqual(picking.move_ids.move_line_ids.location_id, self.shelf)

        self._validate(picking)

        self.assertEqual(self._unit("A1").location_id, self.warehouse.wh_input_stock_loc_id)
        self.assertAddsUp()

    def test_when_a_done_internal_transfer_shrinks_to_nothing_then_units_are_back(self):
        self._receive(["A1"])
        picking = self._transfer("int", 1)
        self._validate(picking)

        picking.with_user(self.manager).move_ids.move_line_ids.quantity = 0

        self.assertEqual(self._unit("A1").location_id, self.stock)
        self.assertFalse(picking.move_ids.serial_ids)
        self.assertAddsUp()

    # Dozens

    def test_when_sold_by_the_dozen_then_twelve_numbers_are_asked_and_leave(self):
        names = [f"A{number}" for number in range(12)]
        self._receive(names)
        picking = self._transfer("out", 1, product_uom=self.env.ref("uom.product_uom_dozen").id)

        entry = self._entry(picking.button_validate(), picking)
        self.assertEqual(entry.line_ids.missing, 12)
        entry.line_ids.add_serials(names)
        entry.action_confirm()

        self.assertEqual(len(self._units("sold")), 12)
        self.assertAddsUp()
