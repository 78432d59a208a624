"""Stock follows the named units: over shelves, warehouses, packages and owners."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.shelves import ShelfCommon


@tagged("post_install", "-at_install")
class TestShelves(ShelfCommon):
    def test_when_units_of_another_shelf_are_named_then_stock_leaves_that_shelf(self):
        self._fill()
        picking = self._reserved(quantity=2)

        self._validate(picking, ["B1", "B2"])

        self.assertEqual(self._stocked(), {self.shelf: 2})
        self.assertEqual(set(self._units("sold").mapped("name")), {"B1", "B2"})
        self.assertLies()

    def test_when_a_unit_of_another_shelf_is_scanned_then_the_window_says_where_it_is_taken_from(self):
        self._fill()
        picking = self._reserved(quantity=2)
        line = self._entry(picking.button_validate(), picking).line_ids

        said = line.enter_text("B1")

        self.assertEqual((said["added"], said["note"]), (1, "B1 lies at WH/Stock/Shelf B: taken from there."))
        self.assertFalse(line.enter_text("A1")["note"])
        line.entry_id.action_confirm()
        self.assertEqual(self._stocked(), {self.shelf: 1, self.shelf_b: 1})
        self.assertEqual(len(picking.move_line_ids), 2)
        self.assertLies()

    def test_when_named_and_blank_units_leave_then_the_blanks_leave_the_reserved_shelf(self):
        self._receive(["A1"], blanks=1, target=self.shelf)
        self._receive(["B1", "B2"], target=self.shelf_b)
        picking = self._reserved(quantity=2)

        self._validate(picking, ["B1"])

        self.assertEqual(self._units("issued").event_ids.sorted("id")[:1].location_id, self.shelf)
        self.assertLies()

    def test_when_a_number_fills_a_blank_on_another_shelf_then_stock_leaves_that_shelf(self):
        self._receive(["A1"], target=self.shelf)
        self._receive(blanks=2, target=self.shelf_b)
        picking = self._reserved()

        self._validate(picking, ["X1"])

        self.assertEqual(self._stocked(), {self.shelf: 1, self.shelf_b: 1})
        self.assertLies()

    def test_when_a_blank_lies_where_it_is_taken_from_then_the_number_fills_that_one(self):
        self._receive(blanks=1, target=self.shelf_b)
        self._receive(["A1"], blanks=1, target=self.shelf)
        picking = self._reserved()

        self._validate(picking, ["X1"])

        self.assertEqual(self._stocked(), {self.shelf: 1, self.shelf_b: 1})
        self.assertLies()

    def test_when_another_warehouse_has_the_unit_then_it_is_taken_from_there(self):
        other = self.env["stock.warehouse"].create({"name": "Second", "code": "SEC"})
        self._receive(["A1"])
        self._receive(["B1"], target=other.lot_stock_id)
        picking = self._transfer("out", 1)

        self.assertIn("taken from there", picking.move_ids.check_serials(["B1"])[0]["message"])
        self._validate(picking, ["B1"])

        self.assertEqual(self._stocked(), {self.stock: 1})
        self.assertLies()

    def test_when_no_stock_is_where_the_unit_lies_then_it_is_refused_with_the_place(self):
        self._fill()
        self._empty_shelf_b()
        picking = self._reserved()

        check = picking.move_ids.check_serials(["B1"])[0]

        self.assertEqual((check["ok"], check["code"]), (False, "elsewhere"))
        self.assertIn("B1 (Phone) lies at WH/Stock/Shelf B", check["message"])

    def test_when_stock_is_gone_since_the_entry_then_the_button_refuses(self):
        self._fill()
        picking = self._reserved()
        picking.move_ids.assign_serials(["B1"])
        self._empty_shelf_b()

        with self.assertRaisesRegex(UserError, "B1.*lies at WH/Stock/Shelf B"):
            picking.button_validate()

    def test_when_booked_without_a_button_then_what_stock_cannot_follow_is_blank(self):
        self._fill()
        picking = self._reserved()
        picking.move_ids.assign_serials(["B1"])
        self._empty_shelf_b()

        picking.move_ids.picked = True
        picking.move_ids._action_done()

        self.assertEqual(self._unit("B1").status, "available")
        self.assertIn("lies at", picking.move_ids.serial_ids.event_ids.note)

    def test_when_more_units_of_a_shelf_are_named_than_it_gives_then_the_other_shelf_gives_less(self):
        self._receive(["A1", "A2", "A3"], target=self.shelf)
        self._receive(["B1", "B2"], target=self.shelf_b)
        picking = self._transfer("out", 3)
        self._take_from(picking.move_ids, self.shelf)
        picking.move_ids.move_line_ids.quantity = 1
        picking.move_ids.move_line_ids = [
            (0, 0, {"product_id": self.product.id, "location_id": self.shelf_b.id, "quantity": 2})
        ]

        self._validate(picking, ["A1", "A2", "B1"])

        self.assertEqual(self._stocked(), {self.shelf: 1, self.shelf_b: 1})
        self.assertLies()

    def test_when_another_order_has_reserved_the_stock_then_its_reservation_moves(self):
        self._fill()
        theirs = self._reserved(quantity=2, place=self.shelf_b)
        ours = self._reserved(quantity=2)

        self._validate(ours, ["B1", "B2"])

        self.assertEqual(theirs.move_ids.move_line_ids.location_id, self.shelf)
        self.assertLies()

    def test_when_the_quantity_is_in_dozens_then_pieces_are_taken_from_there(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self._receive([f"A{number}" for number in range(12)], target=self.shelf)
        self._receive(["B1"], target=self.shelf_b)
        picking = self._transfer("out", 1, product_uom=dozen.id)
        self._take_from(picking.move_ids, self.shelf, product_uom_id=dozen.id)

        self._validate(picking, ["B1", *(f"A{number}" for number in range(11))])

        self.assertEqual(self._stocked(), {self.shelf: 1})
        self.assertLies()

    def test_when_units_moved_without_being_named_then_the_operation_stands(self):
        self._receive(["A1", "A2", "A3"])
        self._validate(self._transfer("int", 1))  # one of them is on the shelf, nobody knows which
        picking = self._reserved()

        self._validate(picking, ["A2"])

        self.assertEqual(self._stocked(), {self.stock: 2})
        self.assertLies()

    def test_when_a_transfer_names_what_lies_elsewhere_then_it_comes_from_there(self):
        self._fill()
        target = self.env["stock.location"].create({"name": "Shelf C", "location_id": self.stock.id})
        picking = self._reserved("int", target=target)

        self._validate(picking, ["B1"])

        self.assertEqual(self._stocked(), {self.shelf: 2, self.shelf_b: 1, target: 1})
        self.assertEqual(self._unit("B1").location_id, target)
        self.assertLies()

    def test_when_a_shelf_is_emptied_to_two_others_without_names_then_each_has_its_part(self):
        self._receive(["A1", "A2"], blanks=1, target=self.shelf)
        picking = self._reserved("int", quantity=3, source=self.shelf, target=self.stock)
        line = picking.move_ids.move_line_ids
        line.write({"quantity": 2, "location_dest_id": self.shelf_b.id})
        line.copy({"quantity": 1, "location_dest_id": self.stock.id})

        self._validate(picking)

        self.assertEqual(self._stocked(), {self.shelf_b: 2, self.stock: 1})
        self.assertLies()

    def test_when_a_transfer_names_what_lies_there_already_then_it_is_refused(self):
        self._fill()
        picking = self._reserved("int", target=self.shelf_b)

        check = picking.move_ids.check_serials(["B1"])[0]

        self.assertFalse(check["ok"])
        self.assertIn("lies at WH/Stock/Shelf B already", check["message"])

    def test_when_an_internal_transfer_takes_a_unit_from_elsewhere_then_it_says_so(self):
        self._fill()
        self.warehouse.int_type_id.serial_entry = "ask"
        shelf_c = self.env["stock.location"].create({"name": "Shelf C", "location_id": self.stock.id})
        picking = self._reserved("int", target=shelf_c)
        entry = self._entry(picking.button_validate(), picking)

        said = entry.line_ids.enter_text("B1")

        self.assertEqual((said["added"], said["note"]), (1, "B1 lies at WH/Stock/Shelf B: taken from there."))

    def test_when_a_scrap_order_names_what_lies_elsewhere_then_it_is_taken_from_there(self):
        self._fill()
        scrap = self.env["stock.scrap"].with_user(self.clerk)
        scrap = scrap.create({"product_id": self.product.id, "scrap_qty": 1, "location_id": self.shelf.id})
        entry = self._entry(scrap.action_validate(), scrap)

        said = entry.line_ids.enter_text("B1")
        entry.action_confirm()

        self.assertIn("taken from there", said["note"])
        self.assertEqual(self._stocked(), {self.shelf: 2, self.shelf_b: 1})
        self.assertLies()

    def test_when_a_count_loses_what_lies_elsewhere_then_it_is_refused(self):
        self._fill()
        quant = self.env["stock.quant"].with_user(self.clerk).with_context(inventory_mode=True)
        quant = quant.create(
            {"product_id": self.product.id, "location_id": self.shelf.id, "inventory_quantity": 1}
        ).with_context(serial_number_tracking_ask=True)
        line = self._entry(quant.action_apply_inventory(), quant).line_ids

        checks = line.add_serials(["B1", "A1"])

        self.assertEqual([check["code"] for check in checks], ["elsewhere", "ok"])
        line.entry_id.action_confirm()
        self.assertLies()

    def test_when_thousands_lie_where_they_are_taken_from_then_queries_do_not_grow(self):
        def ship(count, prefix):
            names = [f"{prefix}{number}" for number in range(count)]
            self._receive(names, target=self.shelf)
            self._receive([f"{prefix}X"], target=self.shelf_b)
            picking = self._reserved(quantity=count)
            picking.move_ids.assign_serials([f"{prefix}X", *names[1:]])
            return self._count_queries(picking.button_validate)

        few, many = ship(5, "F"), ship(200, "M")

        self._assert_no_more_queries(many, few)
        self.assertLies()

    # Routes of several steps, and operations that are partly picked

    def _pick(self, quantity, names):
        """Pick units by name for an order; return the delivery that is next."""
        self.warehouse.delivery_steps = "pick_ship"
        self.warehouse.pick_type_id.serial_entry = "ask"
        order = self._order(quantity)
        first = order.picking_ids.filtered(lambda picking: picking.state == "assigned").with_user(self.clerk)
        self._validate(first, names)
        return order.picking_ids.filtered(lambda picking: picking.state == "assigned").with_user(self.clerk)

    def test_when_fewer_are_shipped_than_were_picked_then_what_was_picked_is_proposed(self):
        self._receive(["A1", "A2", "A3", "A4"])
        delivery = self._pick(3, ["A1", "A2", "A4"])
        delivery.move_ids.quantity = 2
        action = delivery.with_context(skip_backorder=True, picking_ids_not_to_backorder=[]).button_validate()
        line = self._entry(action, delivery).line_ids

        self.assertEqual(line._get_state()["proposals"], 2)
        meant = self.register.search(line._get_proposal_domain())
        self.assertEqual(set(meant.mapped("name")), {"A1", "A2", "A4"})
        line.add_serials(["A1", "A4"])
        line.entry_id.action_confirm()

        self.assertEqual(self._unit("A2").location_id, self.warehouse.wh_output_stock_loc_id)
        self.assertLies()

    def test_when_fewer_were_picked_than_are_shipped_then_what_was_picked_is_proposed(self):
        self._receive(["A1", "A2", "A3"])
        delivery = self._pick(2, ["A1", "A2"])
        delivery.move_ids.quantity = 3
        line = self._entry(delivery.button_validate(), delivery).line_ids

        self.assertEqual(line.enter_proposals()["added"], 2)

    def test_when_another_than_the_picked_one_is_shipped_then_it_is_said_and_stock_follows(self):
        self._receive(["A1", "A2"])
        delivery = self._pick(1, ["A1"])
        line = self._entry(delivery.button_validate(), delivery).line_ids

        said = line.enter_text("A2")
        line.entry_id.action_confirm()

        self.assertEqual(said["note"], f"A2 was not picked for {delivery.name}. A2 lies at WH/Stock: taken from there.")
        self.assertEqual(self._unit("A1").location_id, self.warehouse.wh_output_stock_loc_id)
        self.assertLies()

    def test_when_only_some_operations_are_picked_then_only_their_units_are_asked_for(self):
        self._fill()
        picking = self._reserved(quantity=2)
        picking.move_ids.move_line_ids.quantity = 1
        picking.move_ids.move_line_ids = [
            (
                0,
                0,
                {
                    "picking_id": picking.id,
                    "product_id": self.product.id,
                    "location_id": self.shelf_b.id,
                    "quantity": 1,
                    "picked": True,
                },
            )
        ]
        action = picking.with_context(skip_backorder=True, picking_ids_not_to_backorder=picking.ids).button_validate()
        line = self._entry(action, picking).line_ids

        self.assertEqual(line.quantity, 1)
        self.assertFalse(line.enter_text("B1")["note"])
        line.entry_id.action_confirm()
        self.assertEqual(self._stocked(), {self.shelf: 2, self.shelf_b: 1})
        self.assertLies()

    # Receipts over several shelves

    def test_when_a_receipt_goes_to_two_shelves_then_entered_numbers_fill_them_in_order(self):
        picking = self._transfer("in", 5)
        picking.move_ids.move_line_ids.write({"quantity": 2, "location_dest_id": self.shelf.id})
        picking.move_ids.move_line_ids = [
            (0, 0, {"product_id": self.product.id, "location_dest_id": self.shelf_b.id, "quantity": 3})
        ]

        line = self._entry(picking.button_validate(), picking).line_ids
        self.assertEqual(line._get_state()["filling"], {"place": "WH/Stock/Shelf", "entered": 0, "quantity": 2})
        line.enter_text("A1\nA2")
        self.assertEqual(line._get_state()["filling"], {"place": "WH/Stock/Shelf B", "entered": 0, "quantity": 3})
        line.enter_text("B1")
        line.use_blanks()
        line.entry_id.action_confirm()

        self.assertEqual((self._unit("A1") | self._unit("A2")).location_id, self.shelf)
        self.assertEqual(self._unit("B1").location_id, self.shelf_b)
        self.assertLies()


@tagged("post_install", "-at_install")
class TestScannedOneByOne(ShelfCommon):
    """Two units of shelf B in the register, one of them has left without a word: stock is there for one."""

    def setUp(self):
        super().setUp()
        self._fill()
        self._validate(self._reserved(place=self.shelf_b))

    def _open_window(self, quantities):
        """Open the window for a transfer with one line of the product for each quantity, all taken from shelf A."""
        picking = self._transfer("out", quantities[0])
        for quantity in quantities[1:]:
            picking.move_ids |= picking.move_ids[0].copy({"product_uom_qty": quantity, "picking_id": picking.id})
        picking.move_ids._action_confirm(merge=False)
        for move, quantity in zip(picking.move_ids, quantities, strict=True):
            move.quantity = quantity
            self._take_from(move, self.shelf)
        return self._entry(picking.button_validate(), picking)

    def _scan(self, line, name):
        return line.enter_text(name)["bad"]

    def test_when_two_of_a_line_are_scanned_then_the_second_is_refused_at_once(self):
        line = self._open_window([2]).line_ids

        self.assertFalse(self._scan(line, "B1"))
        refused = self._scan(line, "B2")

        self.assertEqual([check["code"] for check in refused], ["elsewhere"])
        self.assertIn("B2 (Phone) lies at WH/Stock/Shelf B, and there is no more stock", refused[0]["message"])

    def test_when_each_line_gets_one_then_the_second_is_refused_at_once(self):
        first, second = self._open_window([1, 1]).line_ids

        self.assertFalse(self._scan(first, "B1"))

        self.assertEqual([check["code"] for check in self._scan(second, "B2")], ["elsewhere"])

    def test_when_the_first_is_taken_out_again_then_the_second_can_be_taken(self):
        first, second = self._open_window([1, 1]).line_ids
        self._scan(first, "B1")
        first.remove_serials(["B1"])

        self.assertFalse(self._scan(second, "B2"))
        second.entry_id.line_ids.filtered("missing").use_blanks()
        second.entry_id.action_confirm()

        self.assertEqual(self._stocked(), {self.shelf: 1})

    def test_when_they_were_assigned_to_two_lines_then_the_button_refuses(self):
        moves = self._open_window([1, 1]).picking_ids.move_ids
        moves[0].assign_serials(["B1"])
        moves[1].assign_serials(["B2"])

        with self.assertRaisesRegex(UserError, "B2 .Phone. lies at WH/Stock/Shelf B"):
            moves.picking_id.button_validate()

    def test_when_booked_without_a_button_then_the_second_is_blank(self):
        moves = self._open_window([1, 1]).picking_ids.move_ids
        moves[0].assign_serials(["B1"])
        moves[1].assign_serials(["B2"])

        moves.picked = True
        moves._action_done()

        self.assertEqual(self._unit("B2").status, "available")
        self.assertEqual(self._stocked(), {self.shelf: 1})
