from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common.correct import CorrectCommon


@tagged("post_install", "-at_install")
class TestCorrectDelivery(CorrectCommon):
    """This one was shipped, not that one."""

    def test_when_another_unit_was_shipped_then_it_is_sold_and_the_first_is_back(self):
        self._receive(["A1", "A2"])
        delivery = self._ship(["A1"])

        self._correct(delivery, {"A1": "A2"})

        self.assertRecordValues(
            self._units(),
            [
                {
                    "name": "A1",
                    "status": "available",
                    "location_id": self.stock.id,
                    "customer_id": False,
                    "delivery_move_id": False,
                },
                {
                    "name": "A2",
                    "status": "sold",
                    "location_id": self.customer_location.id,
                    "customer_id": self.customer.id,
                    "delivery_move_id": delivery.move_ids.id,
                },
            ],
        )
        self.assertEqual(delivery.move_ids.serial_ids, self._unit("A2"))
        self.assertAddsUp()

    def test_when_another_unit_was_shipped_then_both_histories_say_so(self):
        self._receive(["A1", "A2"])

        self._correct(self._ship(["A1"]), {"A1": "A2"}, reason="Wrong box")

        back, gone = self._unit("A1").event_ids[0], self._unit("A2").event_ids[0]
        self.assertEqual((back.kind, back.user_id), ("corrected", self.manager))
        self.assertIn("A2", back.note)
        self.assertIn("Wrong box", back.note)
        self.assertEqual(gone.kind, "shipped")
        self.assertIn("A1", gone.note)
        self.assertIn("Wrong box", gone.note)

    def test_when_several_were_wrong_then_all_are_corrected(self):
        self._receive(["A1", "A2", "A3", "A4"])

        self._correct(self._ship(["A1", "A2"]), {"A1": "A3", "A2": "A4"})

        self.assertEqual(set(self._units("sold").mapped("name")), {"A3", "A4"})
        self.assertAddsUp()

    def test_when_two_numbers_are_exchanged_then_nothing_changes(self):
        self._receive(["A1", "A2"])
        delivery = self._ship(["A1", "A2"])
        events = self._units().event_ids

        self._correct(delivery, {"A1": "A2", "A2": "A1"})

        self.assertEqual(self._units().event_ids, events)
        self.assertAddsUp()

    def test_when_numbers_shift_along_then_the_first_is_back(self):
        self._receive(["A1", "A2", "A3"])

        self._correct(self._ship(["A1", "A2"]), {"A1": "A2", "A2": "A3"})

        self.assertEqual(self._units("available").mapped("name"), ["A1"])
        self.assertEqual(self._kinds("A2"), ["received", "shipped"])
        self.assertAddsUp()

    def test_when_units_of_two_lines_are_exchanged_then_their_orders_are(self):
        self._receive(["A1", "A2"])
        delivery = self._transfer("out", 1)
        other = delivery.move_ids.copy({"picking_id": delivery.id})
        other._action_confirm(merge=False)
        other.quantity = 1
        (delivery.move_ids - other).assign_serials(["A1"])
        other.assign_serials(["A2"])
        delivery.button_validate()

        self._correct(delivery, {"A1": "A2", "A2": "A1"})

        self.assertEqual(other.serial_ids, self._unit("A1"))
        self.assertEqual(self._unit("A1").delivery_move_id, other)
        self.assertEqual(self._unit("A2").delivery_move_id, delivery.move_ids - other)
        self.assertAddsUp()

    def test_when_only_its_writing_was_wrong_then_renamed(self):
        self._receive(["a1"])

        self._correct(self._ship(["a1"]), {"a1": "A1"})

        self.assertRecordValues(self._units(), [{"name": "A1", "status": "sold"}])
        self.assertAddsUp()

    def test_when_a_blank_gets_its_number_then_they_change_places(self):
        self._receive(["A1"], blanks=1)

        self._correct(self._ship(blanks=1), {False: "A1"})

        self.assertRecordValues(
            self._units(), [{"name": "A1", "status": "sold"}, {"name": False, "status": "received"}]
        )
        self.assertAddsUp()

    def test_when_an_unknown_number_left_then_a_unit_without_number_was_it(self):
        self._receive(["A1"], blanks=1)

        self._correct(self._ship(["A1"]), {"A1": "B9"})

        self.assertRecordValues(
            self._units(), [{"name": "A1", "status": "available"}, {"name": "B9", "status": "sold"}]
        )
        self.assertAddsUp()

    def test_when_an_uncovered_unit_was_another_then_the_two_are_one(self):
        self._receive(["A1"])
        delivery = self._ship(blanks=1)
        self._units("issued").with_user(self.clerk).name = "B9"

        self._correct(delivery, {"B9": "A1"})

        self.assertRecordValues(self._units(), [{"name": "A1", "status": "sold", "uncovered": False}])
        self.assertAddsUp()

    def test_when_the_number_of_an_uncovered_unit_was_mistyped_then_it_is_renamed(self):
        self._receive(["A1"])
        delivery = self._ship(blanks=1)
        self._units("issued").with_user(self.clerk).name = "B9"

        self._correct(delivery, {"B9": "B8"})

        self.assertEqual(self._kinds("B8")[-1], "renumbered")
        self.assertAddsUp()

    def test_when_a_unit_was_designated_to_the_customer_then_it_can_have_left(self):
        self._receive(["A1", "A2"])
        self._unit("A2").action_designate(self.customer)

        self._correct(self._ship(["A1"]), {"A1": "A2"})

        self.assertEqual(self._units("available").mapped("name"), ["A1"])
        self.assertAddsUp()

    def test_when_the_unit_was_invoiced_then_the_invoice_goes_with_the_delivery(self):
        self._receive(["A1", "A2"])
        order = self._sell(1)
        delivery = self._deliver(order, ["A1"])
        line = self._confirm(order._create_invoices()).invoice_line_ids.filtered("product_id")

        self._correct(delivery, {"A1": "A2"})

        self.assertEqual(self._unit("A2").invoice_line_id, line)
        self.assertFalse(self._unit("A1").invoice_line_id)
        self.assertEqual(line.serial_ids, self._unit("A2"))
        self.assertAddsUp()

    def test_when_another_unit_was_scrapped_then_the_first_is_on_hold_again(self):
        self._receive(["A1", "A2"])
        self._unit("A1").action_hold("recall")

        self._correct(self._ship(["A1"], target=self.loss_location), {"A1": "A2"})

        self.assertRecordValues(
            self._units(),
            [
                {"name": "A1", "status": "hold", "hold_reason": "recall", "location_id": self.stock.id},
                {"name": "A2", "status": "void", "hold_reason": False, "location_id": self.loss_location.id},
            ],
        )
        self.assertAddsUp()

    def test_when_another_unit_was_moved_within_stock_then_they_change_locations(self):
        self._receive(["A1", "A2"])
        picking = self._transfer("int", 1)
        self._validate(picking, ["A1"])

        self._correct(picking, {"A1": "A2"})

        self.assertEqual(self._unit("A1").location_id, self.stock)
        self.assertEqual(self._unit("A2").location_id, self.shelf)
        self.assertEqual(picking.move_ids.serial_ids, self._unit("A2"))
        self.assertAddsUp()

    # Refusals

    def _refused(self, picking, changes, message):
        units = self._units()
        before = units.read(["name", "status", "location_id", "customer_id", "event_ids"])
        with self.assertRaisesRegex(UserError, message):
            self._correct(picking, changes)
        self.assertEqual(units.read(["name", "status", "location_id", "customer_id", "event_ids"]), before)
        self.assertAddsUp()

    def test_when_the_number_was_sold_to_somebody_then_refused(self):
        self._receive(["A1", "A2"])
        self._ship(["A2"], partner=self.other_customer)

        self._refused(self._ship(["A1"]), {"A1": "A2"}, "A2 .*Phone.* sold to Other Customer")

    def test_when_the_unit_is_on_hold_then_refused(self):
        self._receive(["A1", "A2"])
        self._unit("A2").action_hold("recall")

        self._refused(self._ship(["A1"]), {"A1": "A2"}, "A2 .*Phone.*hold.*recall")

    def test_when_the_unit_is_designated_to_somebody_else_then_refused(self):
        self._receive(["A1", "A2"])
        self._unit("A2").action_designate(self.other_customer)

        self._refused(self._ship(["A1"]), {"A1": "A2"}, "A2 .*Phone.*designated to Other Customer")

    def test_when_the_number_is_unknown_then_refused(self):
        self._receive(["A1"])

        self._refused(self._ship(["A1"]), {"A1": "B9"}, "B9 is not known for.*Phone")

    def test_when_one_of_several_is_bad_then_none_is_corrected(self):
        self._receive(["A1", "A2", "A3"])

        self._refused(self._ship(["A1", "A2"]), {"A1": "A3", "A2": "B9"}, "(?s)1 of 2 .*B9")

    def test_when_a_number_is_typed_twice_then_refused(self):
        self._receive(["A1", "A2", "A3"])

        self._refused(self._ship(["A1", "A2"]), {"A1": "A3", "A2": "a3"}, "a3 is entered already")

    def test_when_the_number_of_an_unchanged_line_is_typed_then_refused(self):
        self._receive(["A1", "A2"])

        self._refused(self._ship(["A1", "A2"]), {"A1": "A2"}, "A2 is entered already")

    def test_when_a_number_is_removed_then_refused(self):
        self._receive(["A1"])

        self._refused(self._ship(["A1"]), {"A1": False}, "A1: type the number")

    def test_when_the_unit_came_back_meanwhile_then_refused(self):
        self._receive(["A1", "A2"])
        delivery = self._ship(["A1"])
        self._return_of(delivery, 1, ["A1"])

        self._refused(delivery, {"A1": "A2"}, "A1 .*Phone.*is not where")

    def test_when_somebody_else_changed_the_unit_meanwhile_then_refused(self):
        self._receive(["A1", "A2"])
        delivery = self._ship(["A1"])
        correct = self._open_correct(delivery)
        self._line(correct, "A1").name = "A2"
        self._unit("A1").with_user(self.manager).name = "A9"

        with self.assertRaisesRegex(UserError, "changed A9"):
            correct.action_apply()

    def test_when_the_user_is_no_manager_then_refused(self):
        self._receive(["A1"])
        delivery = self._ship(["A1"])

        with self.assertRaises(AccessError):
            delivery.with_user(self.clerk).action_correct_serials()

    def test_when_the_transfer_is_not_done_then_refused(self):
        self._receive(["A1"])

        with self.assertRaisesRegex(UserError, "no booked units"):
            self._transfer("out", 1).with_user(self.manager).action_correct_serials()

    def test_when_a_line_is_about_another_transfer_then_refused(self):
        other = self._receive(["A1"])
        correct = self._open_correct(self._receive(["A2"]))

        correct.write({"line_ids": [(0, 0, {"move_id": other.move_ids.id, "serial_id": self._unit("A1").id})]})

        with self.assertRaisesRegex(UserError, "changed A1"):
            correct.action_apply()
