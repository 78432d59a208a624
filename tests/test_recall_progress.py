from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common.recall import RecallCommon


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

    def test_when_a_customer_who_was_notified_registers_the_unit_then_they_stay_notified(self):
        recall = self._story()
        notice = self._notice(recall, self.customer)
        notice.action_mark_notified()
        told = notice.date_notified
        contact = self.env["res.partner"].create({"name": "Their Contact", "parent_id": self.customer.id})

        for end_user in (self.customer, contact):
            self._unit("A3").with_user(self.clerk).action_register(end_user)

        self.assertRecordValues(notice, [{"is_notified": True, "date_notified": told}])
        self.assertEqual(recall.notified_count, 1)

    def test_when_somebody_has_the_unit_again_then_they_are_not_notified_of_it_twice(self):
        recall = self._story()
        first, second = self.env["res.partner"].create([{"name": "First User"}, {"name": "Second User"}])
        unit = self._unit("A3").with_user(self.clerk)
        unit.action_register(first)
        recall.notice_ids.action_mark_notified()

        unit.action_register(second)
        unit.action_register(first)

        self.assertTrue(self._notice(recall, first).is_notified)
        self.assertFalse(self._notice(recall, second).is_notified)

    def test_when_a_unit_is_sold_while_an_email_waits_then_it_is_sent_all_the_same(self):
        recall = self._story().with_user(self.manager)
        recall.action_email()

        self._ship(["A1"])

        self.assertEqual(self._notice(recall, self.customer).state, "queued")

    def test_when_who_has_a_unit_is_imported_then_they_are_to_be_notified(self):
        recall = self._story()
        buyer = self.env["res.partner"].create({"name": "Imported Buyer"})
        external = self._unit("A3").sudo().export_data(["id"])["datas"][0][0]

        result = self.register.with_user(self.manager).load(["id", "customer_id"], [[external, "Imported Buyer"]])

        self.assertFalse(result["messages"])
        self.assertEqual(self._notice(recall, buyer).serial_ids, self._unit("A3"))

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
            "Sold, and the customer is not notified: 2.\nNot back from customers: 2.",
        )

        close.action_confirm()

        self.assertEqual(recall.state, "done")
        self.assertTrue(recall.date_end)
        self.assertIn("Not back from customers: 2.", recall.message_ids[:1].body)
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
            with self.subTest(act=act.__name__), self.assertRaisesRegex(UserError, r"\(Cancelled\)"):
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
