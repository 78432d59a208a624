from odoo.tests import tagged

from .common import PosSerialCommon


@tagged("post_install", "-at_install")
class TestSale(PosSerialCommon):
    def test_when_an_order_with_numbers_is_paid_then_these_units_are_sold(self):
        self._receive(["A1", "A2", "A3"])
        order = self._sell(["A1", "A3"])
        self.assertEqual(self._statuses("A1", "A2", "A3"), ["sold", "available", "sold"])
        self.assertEqual(self._unit("A1").customer_id, self.customer)
        self.assertEqual(self._unit("A1").pos_order_id, order)
        self.assertEqual(order.picking_ids.state, "done")
        self.assertEqual(order.serial_count, 2)
        self.assertFalse(self._units("issued"))

    def test_when_numbers_are_left_blank_then_blanks_wait_with_their_order(self):
        self._receive(["A1", "A2"])
        order = self._sell(["A1"], blanks=1)
        blank = self._units("issued")
        self.assertRecordValues(
            blank, [{"needs_number": True, "pos_order_id": order.id, "customer_id": self.customer.id}]
        )
        self.assertFalse(blank.activity_ids)

    def test_when_nobody_is_the_customer_then_the_units_are_sold_all_the_same(self):
        self._receive(["A1"])
        self._sync(self._prepare_line(["A1"]))
        self.assertRecordValues(self._unit("A1"), [{"status": "sold", "customer_id": False}])

    def test_when_a_number_was_sold_meanwhile_then_a_blank_waits_and_somebody_is_told(self):
        self._receive(["A1", "A2"])
        self._sell(["A1"])
        order = self._sell(["A1"], partner=self.other_customer)
        blank = self._units("issued")
        self.assertEqual((len(blank), blank.pos_order_id), (1, order))
        self.assertIn("was sold to Customer", blank.event_ids[0].note)
        activity = blank.activity_ids
        self.assertIn("A1", activity.note)
        self.assertIn(order.pos_reference, activity.note)
        self.assertIn("was sold to Customer", activity.note)
        self.assertEqual(self._unit("A1").customer_id, self.customer)

    def test_when_numbers_are_on_hold_unknown_or_promised_then_they_stay(self):
        self._receive(["A1", "A2", "A3", "A4"])
        self._unit("A1").action_hold("Scratched")
        self._unit("A2").action_designate(self.other_customer)
        self._sell(["A1", "A2", "X9"])
        self.assertEqual(self._statuses("A1", "A2"), ["hold", "designated"])
        self.assertEqual(len(self._units("issued")), 3)
        self.assertEqual(len(self._units("issued").activity_ids), 1)

    def test_when_a_unit_is_promised_to_the_customer_then_the_till_sells_it(self):
        self._receive(["A1"])
        self._unit("A1").action_designate(self.customer)
        self._sell(["A1"])
        self.assertEqual(self._statuses("A1"), ["sold"])

    def test_when_a_label_is_scanned_without_connection_then_its_number_is_sold(self):
        self.product.barcode = "04012345123456"
        self._receive(["A1", "A2"])
        order = self._sell(["(01)04012345123456(21)A2"])
        self.assertEqual(self._statuses("A1", "A2"), ["available", "sold"])
        self.assertEqual(order.lines.pack_lot_ids.lot_name, "A2")

    def test_when_two_lines_sell_one_product_then_each_knows_its_units(self):
        self._receive(["A1", "A2", "A3"])
        order = self._sync(self._prepare_line(["A1"]), self._prepare_line(["A2", "A3"], price=5), partner=self.customer)
        first, second = order.lines
        self.assertEqual(first._get_units_left(self.product).mapped("name"), ["A1"])
        self.assertEqual(second._get_units_left(self.product).sorted("name").mapped("name"), ["A2", "A3"])
        self.assertEqual(len(order.picking_ids), 1)

    def test_when_one_number_is_on_two_lines_then_the_second_is_a_blank(self):
        self._receive(["A1", "A2"])
        self._sync(self._prepare_line(["A1"]), self._prepare_line(["A1"]), partner=self.customer)
        self.assertEqual(self._statuses("A1", "A2"), ["sold", "available"])
        self.assertEqual(len(self._units("issued")), 1)
        self.assertEqual(len(self._units("issued").activity_ids), 1)

    def test_when_stock_is_booked_at_closing_then_each_order_has_its_units(self):
        self.company.point_of_sale_update_stock_quantities = "closing"
        self._receive(["A1", "A2", "A3"])
        first = self._sell(["A1"])
        second = self._sync(self._prepare_line(["A2"]), self._prepare_line(["A3"], product=self.product))
        self.assertEqual(self._statuses("A1"), ["available"])
        self.config.current_session_id.post_closing_cash_details(40)
        self.config.current_session_id.close_session_from_ui()
        self.assertEqual(self._statuses("A1", "A2", "A3"), ["sold"] * 3)
        self.assertEqual(self._unit("A1").customer_id, self.customer)
        self.assertFalse(self._unit("A2").customer_id)
        self.assertEqual((self._unit("A1") + self._unit("A2")).mapped("pos_order_id"), first | second)

    def test_when_a_blank_gets_its_number_then_the_till_knows_it(self):
        self._receive(["A1", "A2"])
        order = self._sell(blanks=1)
        self._units("issued").with_user(self.manager).name = "A2"
        self.assertEqual(order.lines.pack_lot_ids.mapped("lot_name"), ["A2"])
        self.assertEqual(self._unit("A2").pos_order_id, order)

    def test_when_an_order_is_shipped_later_then_its_units_are_promised(self):
        self._receive(["A1", "A2"])
        self.config.ship_later = True
        order = self._sell(["A2"], blanks=1, shipping_date="2026-12-24")
        self.assertRecordValues(self._unit("A2"), [{"status": "designated", "customer_id": self.customer.id}])
        move = order.picking_ids.move_ids
        self.assertEqual((move._serial_names(), move.pos_line_id), (["A2"], order.lines))
        entry = self._entry(order.picking_ids.button_validate())
        entry.line_ids.add_serials(["A1"])
        entry.action_confirm()
        self.assertEqual(self._statuses("A1", "A2"), ["sold", "sold"])
        self.assertEqual(self._unit("A1").pos_order_id, order)

    def test_when_a_number_is_searched_then_its_order_is_found(self):
        self.product.barcode = "04012345123456"
        self._receive(["A1", "A2"])
        order, _other = self._sell(["A1"]), self._sell(["A2"])
        orders = self.env["pos.order"].with_user(self.cashier)
        for text in ("A1", "a1", "(01)04012345123456(21)A1"):
            self.assertEqual(orders.search([("serial_search", "ilike", f"%{text}%")]), order, text)
        self.assertFalse(orders.search([("serial_search", "ilike", "%X1%")]))

    def test_when_more_numbers_than_units_are_sold_then_somebody_is_told(self):
        self._receive(["A1", "A2"])
        self._sync(self._prepare_line(["A1", "A2"], 1), partner=self.customer)
        self.assertEqual(self._statuses("A1", "A2"), ["sold", "available"])
        self.assertIn("A2", self._unit("A1").activity_ids.note)

    def test_when_the_sale_is_by_the_dozen_then_its_pieces_are_units(self):
        self._receive(["A1"], blanks=12)
        order = self._sync(self._prepare_line(["A1"], 13), partner=self.customer)
        self.assertEqual(order.serial_count, 13)
        self.assertAddsUp()

    def test_when_a_unit_of_another_shelf_is_sold_then_stock_follows(self):
        self._receive(["A1", "A2"])
        self._move(self.stock, self.shelf, 1, ["A2"])
        order = self._sell(["A2"])
        self.assertEqual(order.picking_ids.move_line_ids.location_id, self.shelf)
        self.assertAddsUp()

    def test_when_nothing_is_in_stock_then_the_sale_is_booked_all_the_same(self):
        order = self._sell(["A1"], blanks=1)
        self.assertEqual(order.picking_ids.state, "done")
        self.assertEqual(len(self._units("issued")), 2)
        self.assertAddsUp()
