from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common.recall import HOSTILE, RecallCommon


@tagged("post_install", "-at_install")
class TestRecallUnits(RecallCommon):
    """Which units a recall is about."""

    def test_when_numbers_are_pasted_then_their_units_are_added_once(self):
        self._receive(["A1", "A2", "A3", HOSTILE])
        recall = self._recall()

        self._add(recall, names=f"a1, A2;A2\r\n{HOSTILE}\t")
        message = self._add(recall, names="A2\nA3")

        self.assertEqual(self._names(recall), ["A1", "A2", "A3", HOSTILE])
        self.assertRegex(message, "Units added: 1. On the recall already: 1.")
        self.assertEqual(recall.product_ids, self.product)

    def test_when_numbers_are_unknown_or_ambiguous_then_they_are_listed_and_kept(self):
        self._receive(["A1", "A2"])
        self._receive(["A1"], product=self.tablet)
        recall = self._recall()

        message = self._add(recall, names="A1\nA2\nX9")

        self.assertEqual(self._names(recall), ["A2"])
        self.assertIn("Not added, see Not Found: 2.", message)
        self.assertEqual(recall.leftover, "A1\nX9")
        self.assertIn("X9: no unit has this number", recall.leftover_reasons)

    def test_when_an_ambiguous_number_is_added_with_its_product_then_it_is_left_over_no_more(self):
        self._receive(["A1"])
        self._receive(["A1"], product=self.tablet)
        recall = self._recall(["A1", "X9"])
        self.assertIn("A1: several products have it (Phone, Tablet)", recall.leftover_reasons)

        self._add(recall, names="A1", product_ids=self.tablet.ids)

        self.assertEqual(recall.line_ids.serial_id, self._unit("A1", self.tablet))
        self.assertEqual(recall.leftover, "X9")

    def test_when_a_left_over_number_is_received_then_it_is_found_by_looking_up_again(self):
        recall = self._recall(["A1", "X9"])
        self._receive(["A1"])
        recall.invalidate_recordset()
        self.assertIn("A1: a unit has this number now", recall.leftover_reasons)

        recall.action_find_leftover()

        self.assertEqual(self._names(recall), ["A1"])
        self.assertEqual(recall.leftover, "X9")

    def test_when_nothing_is_left_over_then_looking_up_again_is_refused(self):
        with self.assertRaisesRegex(UserError, "No number"):
            self._recall().action_find_leftover()

    def test_when_a_range_is_given_then_the_units_in_it(self):
        self._receive(["A009", "A010", "A049", "A051", "B010"])
        recall = self._recall()

        self._add(recall, way="range", first="a009", last="A050")

        self.assertEqual(self._names(recall), ["A009", "A010", "A049"])
        self.assertFalse(recall.leftover)

    def test_when_a_range_cannot_be_counted_up_then_refused(self):
        recall = self._recall()
        for first, last in (("A2", "A1"), ("A1", "B5"), ("A", "B"), ("", "A1"), ("A1", "A999999")):
            with self.subTest(first=first, last=last), self.assertRaisesRegex(UserError, "counting up"):
                self._add(recall, way="range", first=first, last=last)

    def test_when_a_receipt_is_chosen_then_its_units_wherever_they_are_now(self):
        receipt = self._receive(["A1", "A2"], blanks=1)
        self._receive(["A3"])
        self._ship(["A1"])
        recall = self._recall()

        self._add(recall, way="receipt", picking_ids=receipt.ids)

        self.assertEqual(self._names(recall), ["A1", "A2"])

    def test_when_a_receipt_has_blanks_then_the_window_and_the_recall_say_how_many(self):
        receipt = self._receive(["A1", "A2"], blanks=3)
        recall = self._recall(product_ids=self.product.ids)
        add = self.env["serial.recall.add"].with_user(self.clerk).browse(recall.action_add()["res_id"])

        with Form(add) as form:
            form.way = "receipt"
            form.picking_ids.add(receipt)
            self.assertEqual((form.found, form.blanks), (2, 3))
        self.assertEqual(recall.blank_count, 3)
        action = recall.action_view_blanks()
        self.assertEqual(self.register.search(action["domain"]), self._units("received"))

    def test_when_a_purchase_order_is_chosen_then_its_units(self):
        order = self._purchase()
        self._validate(order.picking_ids.with_user(self.clerk), ["A1"])
        self._receive(["A2"])
        recall = self._recall()

        self._add(recall, way="purchase", purchase_ids=order.ids)

        self.assertEqual(self._names(recall), ["A1"])

    def test_when_a_period_of_receipt_is_chosen_then_its_days_where_the_user_is(self):
        self.clerk.tz = "Asia/Tokyo"  # nine hours ahead
        for name, moment in (
            ("A1", "2026-03-13 14:59:59"),
            ("A2", "2026-03-13 15:00:00"),
            ("A3", "2026-03-14 15:00:00"),
        ):
            with freeze_time(moment):
                self._receive([name])
        self._receive(["A4"], partner=self.customer)
        recall = self._recall()

        self._add(recall, way="received", date_from=date(2026, 3, 14), date_to=date(2026, 3, 14))

        self.assertEqual(self._names(recall), ["A2"])

    def test_when_a_day_is_at_the_end_of_the_calendar_then_nothing_is_found(self):
        self.clerk.tz = "Asia/Tokyo"
        recall = self._recall()
        for day in ({"date_from": date.max}, {"date_to": date.min}):
            with self.subTest(day), self.assertRaisesRegex(UserError, "Choose something else"):
                self._add(recall, way="received", **day)

    def test_when_a_period_of_sale_and_a_vendor_are_chosen_then_their_units(self):
        other = self.env["res.partner"].create({"name": "Other Vendor"})
        self._receive(["A1", "A2"])
        self._receive(["A3"], partner=other)
        with freeze_time("2026-03-14 12:00:00"):
            self._ship(["A1", "A3"])
        recall = self._recall()

        self._add(recall, way="sold", date_from=date(2026, 3, 1), vendor_id=self.vendor.id)

        self.assertEqual(self._names(recall), ["A1"])

    def test_when_nothing_was_found_or_chosen_then_refused(self):
        recall = self._recall()
        for vals, message in (
            ({"way": "numbers", "names": " \n"}, "at least one"),
            ({"way": "received"}, "No unit"),
            ({"way": "receipt"}, "No unit"),
        ):
            with self.subTest(**vals), self.assertRaisesRegex(UserError, message):
                self._add(recall, **vals)

    def test_when_a_unit_is_taken_off_a_draft_then_its_customer_too(self):
        self._receive(["A1", "A2"])
        self._ship(["A1"])
        recall = self._recall(["A1", "A2"])
        self.assertEqual(recall.notice_ids.partner_id, self.customer)

        recall.line_ids.filtered(lambda line: line.serial_id.name == "A1").unlink()

        self.assertEqual(self._names(recall), ["A2"])
        self.assertFalse(recall.notice_ids)

    def test_when_a_unit_is_taken_off_a_started_recall_then_refused(self):
        recall = self._story()
        with self.assertRaisesRegex(UserError, "before it starts"):
            recall.line_ids[:1].unlink()

    def test_when_a_unit_turns_out_to_be_another_then_the_recall_keeps_it(self):
        self._receive(["A1"])
        self._ship(["A1"])
        recall = self._recall(["A1"])
        self._ship(blanks=1)
        self._receive(["A2"])
        self._add(recall, names="A2")

        self._units("issued").with_user(self.clerk).name = "A2"

        self.assertEqual(self._names(recall), ["A1", "A2"])

    def test_when_a_thousand_units_are_recalled_then_a_fixed_number_of_queries(self):
        counts = []
        for first, quantity in ((1, 10), (1001, 1000)):
            names = [f"A{number}" for number in range(first, first + quantity)]
            self._receive(names)
            self._ship(names[::2])
            recall = self._recall()

            def play(recall=recall, names=names):
                self._add(recall, names="\n".join(names))
                recall.action_hold()
                recall.read(["progress", "remaining", "blank_count"])

            counts.append(self._count_queries(play))
            self.assertEqual(recall.held_count, quantity / 2)
        self._assert_no_more_queries(counts[1], counts[0])
