from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import SerialCommon

HOSTILE = "ح\"<script>&'1"


class RecallCommon(SerialCommon):
    """A recall of phones, some in stock, some with two customers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.email = "customer@example.com"
        cls.tablet = cls._make_product("Tablet")

    def _recall(self, names=(), user=None, **vals):
        """Return a draft recall, as the clerk makes it, with the units of these numbers."""
        recall = self.env["serial.recall"].with_user(user or self.clerk).create({"reason": "Battery", **vals})
        if names:
            self._add(recall, names="\n".join(names))
        return recall

    def _add(self, recall, **vals):
        """Find units by the window, and return the notification's text."""
        add = recall.env["serial.recall.add"].browse(recall.action_add()["res_id"])
        add.write(vals)
        return add.action_add()["params"]["message"]

    def _story(self):
        """Return a recall in progress: A1 and A2 in stock, A3 with the customer, A4 with the other one."""
        self._receive(["A1", "A2", "A3", "A4"])
        self._ship(["A3"])
        self._ship(["A4"], partner=self.other_customer)
        recall = self._recall(["A1", "A2", "A3", "A4"])
        recall.action_start()
        return recall

    def _names(self, recall):
        return recall.line_ids.serial_id.sorted("id").mapped("name")

    def _notice(self, recall, partner):
        return recall.notice_ids.filtered(lambda notice: notice.partner_id == partner)


@tagged("post_install", "-at_install")
class TestRecallUnits(RecallCommon):
    """Which units a recall is about."""

    def test_when_numbers_are_pasted_then_their_units_are_added_once(self):
        self._receive(["A1", "A2", "A3", HOSTILE])
        recall = self._recall()

        self._add(recall, names=f"a1, A2;A2\r\n{HOSTILE}\t")
        message = self._add(recall, names="A2\nA3")

        self.assertEqual(self._names(recall), ["A1", "A2", "A3", HOSTILE])
        self.assertRegex(message, "1 units added. 1 were on the recall already")
        self.assertEqual(recall.product_ids, self.product)

    def test_when_numbers_are_unknown_or_ambiguous_then_they_are_listed_and_kept(self):
        self._receive(["A1", "A2"])
        self._receive(["A1"], product=self.tablet)
        recall = self._recall()

        message = self._add(recall, names="A1\nA2\nX9")

        self.assertEqual(self._names(recall), ["A2"])
        self.assertIn("2 numbers were not added", message)
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
        self.assertLessEqual(counts[1], counts[0] + 5)


@tagged("post_install", "-at_install")
class TestRecallProgress(RecallCommon):
    """How far a recall is, from the beginning to the end."""

    def test_when_created_then_each_has_the_next_number_of_its_company(self):
        first, second = self._recall(), self._recall()
        year = date.today().year
        self.assertRegex(first.name, rf"^RCL/{year}/\d{{4}}$")
        self.assertEqual(int(second.name[-4:]), int(first.name[-4:]) + 1)

    def test_when_started_then_it_says_who_has_what(self):
        recall = self._story()

        self.assertRecordValues(
            recall,
            [
                {
                    "state": "open",
                    "unit_count": 4,
                    "stock_count": 2,
                    "loose_count": 2,
                    "held_count": 0,
                    "out_count": 2,
                    "sold_count": 2,
                    "notified_count": 0,
                    "returned_count": 0,
                    "progress": 0,
                }
            ],
        )
        self.assertEqual(recall.notice_ids.partner_id, self.customer | self.other_customer)
        self.assertEqual(self._notice(recall, self.customer).serial_ids, self._unit("A3"))

    def test_when_started_without_units_then_refused(self):
        with self.assertRaisesRegex(UserError, "no units yet"):
            self._recall().action_start()

    def test_when_held_in_one_click_then_all_units_in_stock_are(self):
        self._receive(["A1", "A2", "A3", "A4"])
        self._unit("A2").with_user(self.clerk).action_designate(self.customer)
        self._unit("A3").with_user(self.clerk).action_hold("Packaging")
        self._unit("A4").with_user(self.manager).action_void("Broken")
        recall = self._recall(["A1", "A2", "A3", "A4"])

        recall.action_hold()

        self.assertEqual(self._units("hold").mapped("name"), ["A1", "A2", "A3"])
        self.assertRecordValues(
            self._unit("A2"), [{"hold_reason": f"Recall: {recall.name}: Battery", "customer_id": False}]
        )
        self.assertEqual(self._unit("A3").hold_reason, "Packaging")
        self.assertRecordValues(recall, [{"state": "open", "held_count": 3, "loose_count": 0, "progress": 100}])

    def test_when_a_unit_is_on_hold_until_a_day_then_the_recall_has_no_such_day(self):
        self._receive(["A1"])
        self._unit("A1").with_user(self.clerk).action_hold("Packaging", until="2999-01-01")
        recall = self._recall(["A1"])

        recall.action_hold()

        self.assertRecordValues(self._unit("A1"), [{"status": "hold", "hold_until": False}])
        recall.with_user(self.manager).action_cancel()
        self.assertEqual(self._unit("A1").status, "hold")

    def test_when_a_unit_is_sold_during_the_recall_then_its_customer_is_to_be_notified(self):
        recall = self._story()
        self._notice(recall, self.customer).action_mark_notified()

        self._ship(["A1"])

        self.assertFalse(self._notice(recall, self.customer).is_notified)
        self.assertEqual(self._notice(recall, self.customer).unit_count, 2)
        self.assertRecordValues(recall, [{"stock_count": 1, "out_count": 3, "notified_count": 0}])

    def test_when_an_end_user_is_registered_then_they_are_notified_apart(self):
        recall = self._story()
        self._notice(recall, self.customer).action_mark_notified()
        end_user = self.env["res.partner"].create({"name": "End User"})

        self._unit("A3").with_user(self.clerk).action_register(end_user)

        self.assertEqual(self._notice(recall, end_user).serial_ids, self._unit("A3"))
        self.assertTrue(self._notice(recall, self.customer).is_notified)
        self.assertEqual(recall.notified_count, 0)
        self._notice(recall, end_user).action_mark_notified()
        self.assertEqual(recall.notified_count, 1)

    def test_when_contacts_of_one_company_have_units_then_one_notice(self):
        company = self.env["res.partner"].create({"name": "Reseller", "is_company": True})
        shops = self.env["res.partner"].create(
            [
                {"name": name, "parent_id": company.id, "email": email}
                for name, email in (("S1", False), ("S2", "s2@x.y"))
            ]
        )
        self._receive(["A1", "A2"])
        for name, shop in zip(["A1", "A2"], shops, strict=True):
            self._ship([name], partner=shop)

        recall = self._recall(["A1", "A2"])

        self.assertRecordValues(
            recall.notice_ids, [{"partner_id": company.id, "contact_id": shops[1].id, "unit_count": 2}]
        )

    def test_when_a_recalled_unit_comes_back_then_it_goes_on_hold_and_counts_as_returned(self):
        recall = self._story()
        returned = self._transfer("back", 1)
        (check,) = returned.move_ids.check_serials(["A3"])
        self.assertIn(f"part of recall {recall.name}", check["message"])

        self._validate(returned, ["A3"])

        unit = self._unit("A3")
        self.assertRecordValues(
            unit,
            [
                {
                    "status": "hold",
                    "hold_reason_id": self.env.ref("serial_number_tracking.serial_hold_reason_recall").id,
                    "customer_id": False,
                }
            ],
        )
        self.assertIn(recall.name, unit.event_ids.sorted("id")[-1:].note)
        self.assertRecordValues(recall, [{"returned_count": 1, "out_count": 1, "held_count": 1, "progress": 25}])
        line = recall.line_ids.filtered(lambda line: line.serial_id == unit)
        self.assertRecordValues(line, [{"state": "returned", "customer_id": self.customer.id, "is_held": True}])
        self.assertEqual(self._notice(recall, self.customer).returned_count, 1)
        self.assertAddsUp()

    def test_when_the_window_returns_it_then_hold_is_proposed_and_another_choice_is_kept(self):
        self._story()
        self._receive(["B1"])
        self._ship(["B1"])
        picking = self._transfer("back", 2)
        entry = self._entry(picking.action_enter_serials(), picking)
        entry.line_ids.add_serials(["A3", "B1"])
        self.assertEqual(entry.line_ids.unit_ids.mapped("return_status"), ["hold", "available"])

        entry.line_ids.set_return_status("available", ["A3"])
        entry.action_confirm()
        entry = self._entry(picking.action_enter_serials(), picking)
        self.assertEqual(entry.line_ids.unit_ids.mapped("return_status"), ["available", "available"])
        entry.action_confirm()
        picking.button_validate()

        self.assertEqual((self._unit("A3") | self._unit("B1")).mapped("status"), ["available", "available"])

    def test_when_the_recall_has_ended_then_returns_are_as_usual(self):
        recall = self._story()
        recall.with_user(self.manager).action_cancel()

        self._return(["A3"])

        self.assertEqual(self._unit("A3").status, "available")

    def test_when_closed_then_it_shows_what_is_left_and_keeps_the_units_on_hold(self):
        recall = self._story().with_user(self.manager)
        recall.action_hold()
        close = self.env["serial.recall.close"].with_user(self.manager).browse(recall.action_close()["res_id"])
        self.assertEqual(
            close.remaining,
            "The customers of 2 units have not been notified.\n2 have not come back from customers.",
        )

        close.action_confirm()

        self.assertEqual(recall.state, "done")
        self.assertTrue(recall.date_end)
        self.assertIn("2 have not come back", recall.message_ids[:1].body)
        self.assertEqual(len(self._units("hold")), 2)

    def test_when_closed_with_release_then_the_units_that_it_held_are_available(self):
        self._receive(["A1", "A2"])
        self._unit("A2").with_user(self.clerk).action_hold("Packaging")
        recall = self._recall(["A1", "A2"]).with_user(self.manager)
        recall.action_hold()
        close = self.env["serial.recall.close"].with_user(self.manager).browse(recall.action_close()["res_id"])

        close.release = True
        close.action_confirm()

        self.assertEqual((self._unit("A1") | self._unit("A2")).mapped("status"), ["available", "hold"])

    def test_when_cancelled_then_only_what_it_still_holds_is_released(self):
        recall = self._story().with_user(self.manager)
        recall.action_hold()
        self._unit("A2").with_user(self.clerk).action_release()
        self._unit("A2").with_user(self.clerk).action_hold("Packaging")

        recall.action_cancel()

        self.assertEqual(recall.state, "cancel")
        self.assertEqual((self._unit("A1") | self._unit("A2")).mapped("status"), ["available", "hold"])

    def test_when_reopened_then_it_knows_what_happened_meanwhile(self):
        recall = self._story().with_user(self.manager)
        recall.action_cancel()
        self._ship(["A1"])

        recall.action_reopen()

        self.assertRecordValues(recall, [{"state": "open", "out_count": 3, "date_end": False}])
        self.assertIn(self._unit("A1"), self._notice(recall, self.customer).serial_ids)

    def test_when_a_step_does_not_fit_the_state_then_refused(self):
        recall = self._story().with_user(self.manager)
        recall.action_cancel()
        for act in (recall.action_start, recall.action_hold, recall.action_add, recall.action_close):
            with self.subTest(act=act.__name__), self.assertRaisesRegex(UserError, "is Cancelled"):
                act()
        with self.assertRaisesRegex(UserError, "in progress|In progress"):
            recall.notice_ids.action_mark_notified()

    def test_when_a_clerk_ends_a_recall_then_refused(self):
        recall = self._story()
        for act in (recall.action_close, recall.action_cancel, recall.action_reopen, recall.action_email):
            with self.subTest(act=act.__name__), self.assertRaises(AccessError):
                act()

    def test_when_the_state_is_written_by_hand_then_refused(self):
        recall = self._recall()
        for vals in ({"state": "done"}, {"name": "X"}, {"date_start": False}):
            with self.subTest(**vals), self.assertRaisesRegex(UserError, "buttons"):
                recall.write(vals)
        with self.assertRaisesRegex(UserError, "buttons"):
            recall.create({"reason": "x", "state": "open"})

    def test_when_a_started_recall_is_deleted_then_refused(self):
        recall = self._story()
        with self.assertRaisesRegex(UserError, "In progress"):
            recall.with_user(self.manager).unlink()

    def test_when_a_unit_is_opened_then_it_says_that_it_is_recalled(self):
        recall = self._story()
        unit = self._unit("A3").with_user(self.clerk)
        self.assertEqual(unit.open_recall_ids, recall)
        self.assertEqual(len(self.register.search([("recall_line_ids.recall_id.state", "=", "open")])), 4)

        recall.with_user(self.manager).action_cancel()

        self.assertFalse(unit.open_recall_ids)

    def test_when_a_figure_is_clicked_then_its_units(self):
        recall = self._story()
        recall.action_hold()
        for figure, names in (("stock", ["A1", "A2"]), ("held", ["A1", "A2"]), ("out", ["A3", "A4"]), ("returned", [])):
            action = recall.with_context(serial_number_tracking_figure=figure).action_view_lines()
            with self.subTest(figure=figure):
                lines = recall.line_ids.search(action["domain"])
                self.assertEqual(lines.serial_id.sorted("id").mapped("name"), names)
        action = recall.action_view_partners()
        self.assertEqual(recall.notice_ids.search(action["domain"]), recall.notice_ids)

    def test_when_another_company_looks_then_nothing_is_there(self):
        recall = self._story()
        stranger = self._make_stranger("stock.group_stock_manager")

        for model in ("serial.recall", "serial.recall.line", "serial.recall.partner"):
            self.assertFalse(self.env[model].with_user(stranger).search([]))
        for act in (
            recall.action_hold,
            recall.action_add,
            recall.action_print,
            recall.notice_ids.action_mark_notified,
        ):
            with self.subTest(act=act.__name__), self.assertRaises(AccessError):
                getattr(act.__self__.with_user(stranger), act.__name__)()

    def test_when_another_company_has_the_number_then_its_unit_stays_out(self):
        self._receive(["A1"])
        company = self.env["res.company"].create({"name": "Other"})
        self.clerk.company_ids += company
        recall = self._recall(["A1"], company_id=company.id)

        self.assertFalse(recall.line_ids)
        self.assertEqual(recall.leftover, "A1")

    def test_when_a_recall_with_units_changes_its_company_then_refused(self):
        recall = self._story()
        company = self.env["res.company"].create({"name": "Other"})
        with self.assertRaisesRegex(ValidationError, "another company"):
            recall.sudo().write({"company_id": company.id, "user_id": False})
