import base64
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.entry import EntryCommon


@tagged("post_install", "-at_install")
class TestEntryLine(EntryCommon):
    """Entering numbers on one line of the window."""

    def test_when_validated_then_the_window_opens_and_nothing_is_booked(self):
        picking = self._transfer("in", 2)

        action = picking.button_validate()

        self.assertEqual((action["res_model"], action["target"]), ("serial.entry", "new"))
        self.assertRecordValues(
            self._entry(action, picking).line_ids,
            [
                {
                    "move_id": picking.move_ids.id,
                    "product_id": self.product.id,
                    "vendor_id": self.vendor.id,
                    "quantity": 2,
                    "entered": 0,
                    "missing": 2,
                    "blanks": False,
                }
            ],
        )
        self.assertEqual(picking.state, "assigned")
        self.assertFalse(self._units())

    def test_when_numbers_are_added_then_good_ones_are_kept_and_bad_ones_returned(self):
        self._receive(["B1"])
        line = self._validate_and_open(self._transfer("in", 3)).line_ids

        checks = line.add_serials(["A1", "B1", "", "a1", "A2"])

        self.assertEqual(self._result_codes(checks), ["new", "in_stock", "empty", "duplicate", "new"])
        self.assertEqual(self._entered(line), ["A1", "A2"])
        self.assertRecordValues(line, [{"entered": 2, "missing": 1}])

    def test_when_a_number_was_added_before_then_duplicate(self):
        line = self._validate_and_open(self._transfer("in", 3)).line_ids
        line.add_serials(["A1"])

        checks = line.add_serials([" a1 "])

        self.assertEqual(self._result_codes(checks), ["duplicate"])

    def test_when_the_line_is_full_then_too_many(self):
        line = self._validate_and_open(self._transfer("in", 2)).line_ids
        line.add_serials(["A1", "A2"])

        checks = line.add_serials(["A3"])

        self.assertEqual(self._result_codes(checks), ["too_many"])
        self.assertEqual(self._entered(line), ["A1", "A2"])

    def test_when_placeholders_are_filled_then_each_is_filled_once(self):
        self._receive(blanks=1)
        line = self._validate_and_open(self._transfer("out", 3)).line_ids
        line.add_serials(["X1"])

        checks = line.add_serials(["X2"])

        self.assertEqual(self._result_codes(checks), ["unknown"])

    def test_when_a_number_is_removed_then_it_can_be_entered_again(self):
        line = self._validate_and_open(self._transfer("in", 2)).line_ids
        line.add_serials(["A1", "A2"])

        state = line.remove_serials([" a1 ", "never entered"])

        self.assertEqual(self._entered(line), ["A2"])
        self.assertEqual(state["missing"], 1)
        self.assertEqual(self._result_codes(line.add_serials(["A1"])), ["new"])

    def test_when_text_is_pasted_then_each_number_is_entered(self):
        line = self._validate_and_open(self._transfer("in", 6)).line_ids

        result = line.enter_text("A1\r\nA2\tA3,A4;A5\n\n a5 \n")

        self.assertEqual(self._entered(line), ["A1", "A2", "A3", "A4", "A5"])
        self.assertEqual((result["added"], self._result_codes(result["bad"])), (5, ["duplicate"]))

    def test_when_an_answer_was_lost_then_the_same_key_enters_nothing_twice_and_tells_the_line_as_it_is(self):
        line = self._validate_and_open(self._transfer("in", 4)).line_ids
        first = line.enter_text("A1\nA1", False, True, "K1")
        line.enter_text("A2", False, True, "K2")

        again = line.enter_text("A1\nA1", False, True, "K1")

        self.assertEqual(self._entered(line), ["A1", "A2"])
        self.assertEqual((again["added"], self._result_codes(again["bad"])), (1, ["duplicate"]))
        self.assertEqual((first["line"]["entered"], again["line"]["entered"]), (1, 2))

    def test_when_the_answer_to_a_range_or_a_file_was_lost_then_the_same_key_enters_nothing_twice(self):
        line = self._validate_and_open(self._transfer("in", 4)).line_ids
        content = base64.b64encode(b"Serial Number\nB1\nB1\n").decode()
        for _time in range(2):
            entered = line.enter_range("A1", 2, "K1")
            read = line.enter_file("list.csv", content, "K2")

        self.assertEqual(self._entered(line), ["A1", "A2", "B1"])
        self.assertEqual((entered["added"], read["added"], self._result_codes(read["bad"])), (2, 1, ["duplicate"]))

    def test_when_the_window_was_confirmed_then_what_it_has_entered_is_answered_again_and_nothing_else(self):
        entry = self._validate_and_open(self._transfer("in", 1))
        entry.line_ids.enter_text("A1", False, True, "K1")
        entry.action_confirm()

        self.assertEqual(entry.line_ids.enter_text("A1", False, True, "K1")["added"], 1)
        with self.assertRaises(UserError):
            entry.line_ids.enter_text("A2", False, True, "K2")

    def test_when_days_have_passed_then_keys_of_scans_are_forgotten(self):
        line = self._validate_and_open(self._transfer("in", 1)).line_ids
        line.enter_text("A1", False, True, "K1")
        calls = self.env["serial.call"].search([("key", "=", "K1")])
        calls.date = fields.Datetime.now() - timedelta(days=8)

        calls._gc_calls()

        self.assertFalse(calls.exists())

    def test_when_nothing_is_pasted_then_nothing_happens(self):
        line = self._validate_and_open(self._transfer("in", 1)).line_ids

        result = line.enter_text(" \r\n ")

        self.assertEqual((result["added"], result["bad"]), (0, []))

    def test_when_a_range_is_entered_then_it_counts_up(self):
        line = self._validate_and_open(self._transfer("in", 3)).line_ids

        result = line.enter_range("A098", 3)

        self.assertEqual(self._entered(line), ["A098", "A099", "A100"])
        self.assertEqual(result["line"]["missing"], 0)

    def test_when_a_range_cannot_be_counted_then_refused(self):
        line = self._validate_and_open(self._transfer("in", 3)).line_ids
        for first, count in (("ABC", 2), ("", 2), ("A1", 0), ("A1", -1), ("A1", 10**9), ("A1", "2")):
            with self.assertRaises(UserError):
                line.enter_range(first, count)

    def test_when_names_are_no_list_of_texts_then_refused(self):
        line = self._validate_and_open(self._transfer("in", 3)).line_ids
        for names in ("A1", [1], None):
            for act in (line.add_serials, line.remove_serials):
                with self.assertRaises(UserError):
                    act(names)

    def test_when_a_number_holds_characters_that_cannot_be_seen_then_it_is_bad(self):
        line = self._validate_and_open(self._transfer("in", 3)).line_ids

        checks = line.add_serials(["A\x001", "A\N{ZERO WIDTH SPACE}1"])

        self.assertEqual(self._result_codes(checks), ["bad_format"] * 2)
        line.remove_serials(["A\x001"])

    def test_when_pages_are_read_then_the_newest_is_first(self):
        line = self._validate_and_open(self._transfer("in", 5)).line_ids
        line.add_serials(["A1", "A2", "A3"])

        page = line.get_units(offset=1, limit=1)

        self.assertEqual(page["total"], 3)
        self.assertEqual([row["name"] for row in page["rows"]], ["A2"])

    def test_when_listed_then_all_numbers_of_the_product(self):
        self._receive(["A1", "A2"], blanks=1)
        self._ship(["A2"])
        line = self._validate_and_open(self._transfer("out", 1)).line_ids

        found = self.register.with_user(self.clerk).search(line.get_list_domain())

        self.assertEqual(set(found.mapped("name")), {"A1", "A2"})

    def test_when_units_are_designated_to_the_order_then_they_are_proposed(self):
        self._receive(["A1", "A2"])
        order = self._order(2)
        self._unit("A2").with_user(self.clerk).action_designate(self.customer, order.order_line)
        line = self._validate_and_open(order.picking_ids.with_user(self.clerk)).line_ids

        result = line.enter_proposals()

        self.assertEqual(self._entered(line), ["A2"])
        self.assertEqual(result["added"], 1)

    def test_when_thousands_are_added_then_queries_stay_the_same(self):
        line = self._validate_and_open(self._transfer("in", 600)).line_ids
        self._count_queries(lambda: line.add_serials(["warm"]))

        few = self._count_queries(lambda: line.add_serials(["A1", "A2"]))
        many = self._count_queries(lambda: line.add_serials([f"B{number}" for number in range(500)]))

        self._assert_no_more_queries(many, few)
