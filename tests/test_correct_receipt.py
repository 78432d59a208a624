from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common.base import NOW
from .common.correct import CorrectCommon


@tagged("post_install", "-at_install")
class TestCorrectReceipt(CorrectCommon):
    """What came was another one, or its number was mistyped."""

    def test_when_a_number_was_mistyped_then_renamed(self):
        receipt = self._receive(["A1"])

        self._correct(receipt, {"A1": "A7"}, reason="Label misread")

        self.assertEqual(self._units().mapped("name"), ["A7"])
        event = self._unit("A7").event_ids[0]
        self.assertEqual((event.kind, event.note), ("renumbered", "A1 → A7 Label misread"))
        self.assertAddsUp()

    def test_when_only_its_writing_was_wrong_then_renamed(self):
        self._correct(self._receive(["a1"]), {"a1": "A1"})

        self.assertEqual(self._units().mapped("name"), ["A1"])
        self.assertAddsUp()

    def test_when_a_blank_gets_its_number_then_available(self):
        self._correct(self._receive(["A1"], blanks=1), {False: "A2"})

        self.assertEqual(self._units("available").mapped("name"), ["A1", "A2"])
        self.assertAddsUp()

    def test_when_two_numbers_are_exchanged_then_both_are_renamed(self):
        receipt = self._receive(["A1", "A2"])
        first, second = self._units()

        self._correct(receipt, {"A1": "A2", "A2": "A1"})

        self.assertEqual((first.name, second.name), ("A2", "A1"))
        self.assertAddsUp()

    def test_when_numbers_shift_along_then_a_sold_one_is_renamed_too(self):
        receipt = self._receive(["A1", "A2"])
        first, second = self._units()
        self._ship(["A2"])

        self._correct(receipt, {"A1": "A2", "A2": "A3"})

        self.assertRecordValues(first, [{"name": "A2", "status": "available"}])
        self.assertRecordValues(second, [{"name": "A3", "status": "sold"}])
        self.assertAddsUp()

    def test_when_the_number_is_an_expected_one_then_the_two_are_one(self):
        receipt = self._receive(["A1"])
        self.register.with_user(self.manager).create(
            {"name": "A7", "product_id": self.product.id, "status": "expected"}
        )

        self._correct(receipt, {"A1": "A7"})

        self.assertRecordValues(self._units(), [{"name": "A7", "status": "available"}])
        self.assertAddsUp()

    def test_when_not_the_expected_unit_came_then_it_is_expected_again(self):
        self.register.with_user(self.manager).create(
            {"name": "A1", "product_id": self.product.id, "status": "expected"}
        )

        self._correct(self._receive(["A1"]), {"A1": "A7"})

        self.assertRecordValues(
            self._units(), [{"name": "A1", "status": "expected"}, {"name": "A7", "status": "available"}]
        )
        self.assertAddsUp()

    def test_when_the_number_was_sold_before_then_the_two_are_one(self):
        self._receive(["A1"])
        self._ship(["A1"])
        receipt = self._receive(["B1"])

        self._correct(receipt, {"B1": "A1"})

        self.assertRecordValues(self._units(), [{"name": "A1", "status": "available"}])
        self.assertAddsUp()

    def test_when_the_number_was_in_stock_at_that_time_then_refused(self):
        self._receive(["A1"])
        receipt = self._receive(["B1"])
        self._ship(["A1"])

        with self.assertRaisesRegex(UserError, "A1 .*Phone.* came or left after .* was booked"):
            self._correct(receipt, {"B1": "A1"})

    def test_when_the_number_is_in_stock_already_then_refused(self):
        receipt = self._receive(["A1"])
        self._receive(["A2"])

        with self.assertRaisesRegex(UserError, "A2 .*Phone.* is in stock already"):
            self._correct(receipt, {"A1": "A2"})

    def test_when_the_number_has_the_wrong_format_then_refused(self):
        self.product.serial_format = "A[0-9]"

        with self.assertRaisesRegex(UserError, "B1 does not look like a serial number of.*Phone"):
            self._correct(self._receive(["A1"]), {"A1": "B1"})

    def test_when_another_unit_was_returned_then_the_first_is_the_customers_again(self):
        self._receive(["A1", "A2"])
        delivery = self._ship(["A1", "A2"])
        returned = self._return_of(delivery, 1, ["A1"])

        self._correct(returned, {"A1": "A2"})

        self.assertRecordValues(
            self._units(),
            [
                {"name": "A1", "status": "sold", "customer_id": self.customer.id},
                {"name": "A2", "status": "available", "customer_id": False},
            ],
        )
        self.assertEqual(returned.move_ids.serial_ids, self._unit("A2"))
        self.assertIn("A2", self._unit("A1").event_ids[0].note)
        self.assertAddsUp()

    def test_when_the_first_was_invoiced_then_it_stands_on_its_invoice_again(self):
        self.product.warranty_months = 12
        self._receive(["A1", "A2"])
        order = self._sell(2)
        with freeze_time(NOW):
            delivery = self._deliver(order, ["A1", "A2"])
        line = self._confirm(order._create_invoices()).invoice_line_ids.filtered("product_id")
        before = self._unit("A1").read(["delivery_move_id", "sale_line_id", "date_sold", "warranty_end"])
        returned = self._return_of(delivery, 1, ["A1"])

        self._correct(returned, {"A1": "A2"})

        self.assertEqual(
            self._unit("A1").read(["delivery_move_id", "sale_line_id", "date_sold", "warranty_end"]), before
        )
        self.assertEqual(self._unit("A1").invoice_line_id, line)
        self.assertAddsUp()

    def test_when_the_first_was_sold_by_an_invoice_of_last_month_then_it_is_sold_since_that_day(self):
        self._receive(["A1", "A2"])
        day = fields.Date.today() - timedelta(days=31)
        self._confirm(self._invoice(2, day=day), ["A1", "A2"])
        returned = self._return_of(self._ship(["A1", "A2"]), 1, ["A1"])

        self._correct(returned, {"A1": "A2"})

        self.assertEqual(self._unit("A1").date_sold, day)

    def test_when_another_unit_was_returned_on_hold_then_that_one_is_on_hold(self):
        self.warehouse.in_type_id.serial_return_status = "hold"
        self._receive(["A1", "A2"])
        returned = self._return_of(self._ship(["A1", "A2"]), 1, ["A1"])
        self.warehouse.in_type_id.serial_return_status = "available"

        self._correct(returned, {"A1": "A2"})

        self.assertRecordValues(self._units(), [{"name": "A1", "status": "sold"}, {"name": "A2", "status": "hold"}])
        self.assertAddsUp()

    def test_when_the_returned_unit_was_not_sold_here_then_refused(self):
        self._receive(["A1", "A2"])
        returned = self._return_of(self._ship(["A1"]), 1, ["A1"])

        with self.assertRaisesRegex(UserError, "A2 .*Phone.* was not sold to Customer"):
            self._correct(returned, {"A1": "A2"})

    def test_when_the_returned_unit_was_sold_again_then_refused(self):
        self._receive(["A1", "A2"])
        delivery = self._ship(["A1", "A2"])
        returned = self._return_of(delivery, 1, ["A1"])
        self._ship(["A1"], partner=self.other_customer)

        with self.assertRaisesRegex(UserError, "A1 .*is not where"):
            self._correct(returned, {"A1": "A2"})

    def test_when_another_unit_was_dropshipped_then_renamed(self):
        self._correct(self._dropship(["A1"]), {"A1": "A7"})

        self.assertRecordValues(self._units(), [{"name": "A7", "status": "sold"}])
        self.assertAddsUp()


@tagged("post_install", "-at_install")
class TestNotMoved(CorrectCommon):
    """Units of a done transfer that did not move at all."""

    def test_when_a_named_unit_was_not_shipped_then_it_is_back_and_the_quantity_lower(self):
        self._receive(["A1", "A2"])
        delivery = self._ship(["A1", "A2"])

        self._correct(delivery, not_moved=["A1"])

        self.assertEqual(delivery.move_ids.quantity, 1)
        self.assertRecordValues(
            self._units(), [{"name": "A1", "status": "available"}, {"name": "A2", "status": "sold"}]
        )
        self.assertIn("Wrong box", self._unit("A1").event_ids[0].note)
        self.assertAddsUp()

    def test_when_a_named_unit_did_not_come_then_it_is_void(self):
        receipt = self._receive(["A1", "A2"], blanks=1)

        self._correct(receipt, not_moved=["A2"])

        self.assertEqual(receipt.move_ids.quantity, 2)
        self.assertEqual(self._units("void").mapped("name"), ["A2"])
        self.assertAddsUp()

    def test_when_a_unit_was_not_returned_then_it_is_the_customers_again(self):
        self._receive(["A1", "A2"])
        returned = self._return_of(self._ship(["A1", "A2"]), 2, ["A1", "A2"])

        self._correct(returned, not_moved=["A1"])

        self.assertRecordValues(
            self._units(), [{"name": "A1", "status": "sold"}, {"name": "A2", "status": "available"}]
        )
        self.assertEqual(self._unit("A1").customer_id, self.customer)
        self.assertAddsUp()

    def test_when_units_lie_at_two_places_then_each_leaves_its_own(self):
        receipt = self._transfer("in", 2)
        receipt.move_ids.move_line_ids.quantity = 1
        receipt.move_ids.move_line_ids.copy({"location_dest_id": self.shelf.id, "quantity": 1})
        self._validate(receipt, ["A1", "A2"])
        self._unit("A2").with_user(self.manager).location_id = self.shelf

        self._correct(receipt, not_moved=["A2"])

        self.assertEqual(
            {line.location_dest_id: line.quantity for line in receipt.move_ids.move_line_ids},
            {self.stock: 1, self.shelf: 0},
        )
        self.assertAddsUp()

    def test_when_one_of_a_dozen_did_not_come_then_eleven_pieces_are_left(self):
        receipt = self._transfer("in", 1, product_uom=self.env.ref("uom.product_uom_dozen").id)
        self._validate(receipt, [f"A{number}" for number in range(12)])

        self._correct(receipt, not_moved=["A3"])

        self.assertEqual(receipt.move_ids._serial_quantity(), 11)
        self.assertEqual(self._on_hand(), 11)
        self.assertAddsUp()

    def test_when_one_did_not_move_and_another_left_for_the_second_then_both_are_right(self):
        self._receive(["A1", "A2"])
        delivery = self._ship(["A1", "A2"])

        self._correct(delivery, {"A2": "A1"}, not_moved=["A1"])

        self.assertEqual(self._units("sold").mapped("name"), ["A1"])
        self.assertEqual(self._on_hand(), 1)
        self.assertAddsUp()

    def test_when_a_unit_did_not_move_within_stock_then_it_is_where_it_was(self):
        self._receive(["A1", "A2", "A3"])
        picking = self._transfer("int", 2)
        self._validate(picking, ["A1", "A2"])

        self._correct(picking, not_moved=["A1"])

        self.assertEqual(self._unit("A1").location_id, self.stock)
        self.assertEqual(self._unit("A2").location_id, self.shelf)
        self.assertAddsUp()

    def test_when_the_unit_has_moved_on_then_refused(self):
        receipt = self._receive(["A1", "A2"])
        self._ship(["A1"])

        with self.assertRaisesRegex(UserError, "Phone.*A1"):
            self._correct(receipt, not_moved=["A1"])

    def test_when_the_window_opens_then_blanks_of_a_grown_quantity_come_first(self):
        receipt = self._receive(["A1"])
        receipt.with_user(self.manager).move_ids.move_line_ids.quantity = 2

        correct = self._open_correct(receipt)

        self.assertEqual(correct.line_ids.mapped("booked_name"), [False, "A1"])

    def test_when_the_form_is_used_then_it_corrects(self):
        self._receive(["A1", "A2"])
        with Form(self._open_correct(self._ship(["A1"]))) as form:
            form.reason = "Wrong box"
            with form.line_ids.edit(0) as line:
                line.name = "A2"

        form.record.action_apply()

        self.assertEqual(self._unit("A2").status, "sold")
        self.assertAddsUp()
