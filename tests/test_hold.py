from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..models import serial_number
from .common.base import SerialCommon

ADDON = "serial_number_tracking"


@tagged("post_install", "-at_install")
class TestHold(SerialCommon):
    """Units that are kept back: why, and until when."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.recall = cls.env.ref(f"{ADDON}.serial_hold_reason_recall")
        cls.other_company = cls.env["res.company"].create({"name": "Other Company"})

    def _available(self, *names):
        return self._receive(names).move_ids.serial_ids.with_user(self.clerk)

    def test_when_held_for_a_reason_of_the_list_then_its_name_and_the_detail_are_shown(self):
        unit = self._available("A1")

        unit.action_hold(self.recall, until="2100-05-01", detail="batch 7")

        day = fields.Date.to_date("2100-05-01")
        self.assertRecordValues(
            unit,
            [
                {
                    "status": "hold",
                    "hold_reason": "Recall: batch 7",
                    "hold_reason_id": self.recall.id,
                    "hold_until": day,
                }
            ],
        )
        self.assertRecordValues(
            unit.event_ids[0], [{"kind": "held", "note": "Recall: batch 7 (until 05/01/2100)", "status_to": "hold"}]
        )

    def test_when_held_by_the_id_of_a_reason_as_other_systems_do_then_it_is_kept(self):
        unit = self._available("A1")

        unit.action_hold(self.recall.id)

        self.assertRecordValues(
            unit, [{"hold_reason": "Recall", "hold_reason_id": self.recall.id, "hold_until": False}]
        )

    def test_when_held_by_writing_then_reason_day_and_detail_are_kept(self):
        unit = self._available("A1")

        unit.write(
            {
                "status": "hold",
                "hold_reason_id": self.recall.id,
                "hold_reason": "batch 7",
                "hold_until": "2100-05-01",
            }
        )

        self.assertRecordValues(unit, [{"hold_reason": "Recall: batch 7", "hold_reason_id": self.recall.id}])
        self.assertEqual(str(unit.hold_until), "2100-05-01")

    def test_when_on_hold_already_then_another_reason_takes_its_place(self):
        unit = self._available("A1")
        unit.action_hold("packaging", until="2100-05-01")

        unit.action_hold(self.recall)

        self.assertRecordValues(
            unit, [{"hold_reason": "Recall", "hold_reason_id": self.recall.id, "hold_until": False}]
        )

    def test_when_the_day_is_over_then_refused_and_nothing_changes(self):
        unit = self._available("A1")
        with self.assertRaisesRegex(UserError, "01/01/2001 is over"):
            unit.action_hold(self.recall, until="2001-01-01")
        self.assertEqual(unit.status, "available")

    def test_when_the_reason_belongs_to_another_company_then_refused(self):
        unit = self._available("A1")
        self.recall.company_id = self.other_company
        with self.assertRaisesRegex(UserError, "Recall belongs to Other Company"):
            unit.with_user(self.env.user).action_hold(self.recall)
        with self.assertRaises(AccessError):
            unit.action_hold(self.recall.id)
        self.assertEqual(unit.status, "available")

    def test_when_the_hold_ends_then_reason_and_day_are_forgotten(self):
        for end in (
            lambda unit: unit.action_release(),
            lambda unit: unit.with_user(self.manager).action_void("broken"),
            lambda unit: self._move(self.stock, self.loss_location, 1, unit.mapped("name")),
        ):
            unit = self._available(f"A{self.register.search_count([])}")
            unit.action_hold(self.recall, until="2100-05-01")

            end(unit)

            self.assertRecordValues(unit, [{"hold_reason": False, "hold_reason_id": False, "hold_until": False}])

    def test_when_returned_on_hold_then_the_reason_is_return(self):
        self._receive(["A1"])
        self._ship(["A1"])
        returned = self._transfer("back", 1)
        returned.move_ids.assign_serials(["A1"])
        self.warehouse.in_type_id.serial_return_status = "hold"

        returned.button_validate()

        reason = self.env.ref(f"{ADDON}.serial_hold_reason_return")
        self.assertRecordValues(
            self._unit("A1"),
            [{"status": "hold", "hold_reason": f"Returned with {returned.name}", "hold_reason_id": reason.id}],
        )

    def test_when_reasons_are_edited_then_by_managers_who_see_their_companies_and_the_shared_ones(self):
        reasons = self.env["serial.hold.reason"]
        foreign = reasons.create({"name": "Foreign", "company_id": self.other_company.id})
        own = reasons.with_user(self.manager).create({"name": "Own", "company_id": self.company.id})

        seen = reasons.with_user(self.clerk).search([])

        self.assertIn(own, seen)
        self.assertIn(self.recall, seen)
        self.assertNotIn(foreign, seen)
        with self.assertRaises(AccessError):
            reasons.with_user(self.clerk).create({"name": "Mine"})


@tagged("post_install", "-at_install")
class TestHoldOfDesignated(SerialCommon):
    """What becomes of an order whose units are put on hold."""

    def _change(self, units, **vals):
        context = {"active_model": "serial.number", "active_ids": units.ids}
        return units.env["serial.status.change"].with_context(**context).create(vals)

    def test_when_a_designated_unit_is_held_then_its_order_gets_a_note_by_whom_and_why(self):
        order = self._order(2)
        units = self._promise(order, "A1", "A2")

        units.action_hold(self.env.ref(f"{ADDON}.serial_hold_reason_recall"))

        note = order.message_ids[0]
        self.assertIn("taken from this order: Recall", note.body)
        self.assertIn("Phone: A1, A2", note.body)
        self.assertRecordValues(
            note, [{"author_id": self.clerk.partner_id.id, "subtype_id": self.env.ref("mail.mt_note").id}]
        )
        self.assertRecordValues(units, [{"sale_line_id": False, "customer_id": False}] * 2)

    def test_when_units_of_several_orders_are_held_then_each_gets_one_note_with_its_own(self):
        orders = self._order(), self._order(partner=self.other_customer), self._order()
        units = self._promise(orders[0], "A1") | self._promise(orders[1], "B1")
        before = [len(order.message_ids) for order in orders]

        units.action_hold("recall")

        self.assertEqual([len(order.message_ids) for order in orders], [before[0] + 1, before[1] + 1, before[2]])
        self.assertIn("B1", orders[1].message_ids[0].body)
        self.assertNotIn("A1", orders[1].message_ids[0].body)

    def test_when_a_number_looks_like_markup_then_the_note_shows_it_as_text(self):
        order = self._order()

        self._promise(order, "<script>alert(1)</script>").action_hold("<b>recall</b>")

        self.assertIn("&lt;script&gt;", order.message_ids[0].body)
        self.assertNotIn("<b>", order.message_ids[0].body)

    def test_when_the_window_is_opened_then_it_names_the_orders_that_lose_units(self):
        order = self._order()
        units = self._promise(order, "A1") | self._receive(["A2"]).move_ids.serial_ids

        change = self._change(units, action="hold")

        self.assertEqual(change.promises.splitlines()[0], f"{order.name} (Customer): Phone: A1")
        change.action = "release"
        self.assertFalse(change.promises)

    def test_when_the_window_is_confirmed_then_reason_detail_and_day_are_kept(self):
        units = self._receive(["A1", "A2"]).move_ids.serial_ids.with_user(self.clerk)
        reason = self.env.ref(f"{ADDON}.serial_hold_reason_other")

        form = Form(self._change(units))
        form.hold_reason_id, form.reason, form.hold_until = reason, "dented", "2100-05-01"
        form.save().action_apply()

        self.assertRecordValues(
            units, [{"hold_reason": "Other: dented", "hold_reason_id": reason.id, "status": "hold"}] * 2
        )

    def test_when_the_window_has_a_day_that_is_over_or_no_reason_then_refused(self):
        units = self._receive(["A1"]).move_ids.serial_ids.with_user(self.clerk)
        with self.assertRaisesRegex(UserError, "is over"):
            self._change(units, reason="x", hold_until="2001-01-01").action_apply()
        with self.assertRaisesRegex(UserError, "Enter the reason"):
            self._change(units).action_apply()
        self.assertEqual(units.status, "available")

    def test_when_a_designated_unit_is_voided_then_its_order_gets_a_note(self):
        order = self._order()
        self._promise(order, "A1").with_user(self.manager).action_void("broken")
        self.assertIn("voided and taken from this order: broken", order.message_ids[0].body)

    def test_when_more_units_of_more_orders_are_held_then_no_more_queries(self):
        def hold(prefix, count):
            orders = [self._order(count), self._order(count)]
            units = self.register
            for number, order in enumerate(orders):
                units |= self._promise(order, *[f"{prefix}{number}-{place}" for place in range(count)])
            self._change(units, action="hold")  # what the first window of a session computes
            reason = self.env.ref(f"{ADDON}.serial_hold_reason_recall")
            change = self._change(units, action="hold", hold_reason_id=reason.id)
            return self._count_queries(change.action_apply)

        few, many = hold("A", 5), hold("B", 550)

        self._assert_no_more_queries(many, few)
        self.assertLessEqual(many, 90)  # two deliveries lose what they had reserved


@tagged("post_install", "-at_install")
class TestHoldEnds(SerialCommon):
    """The daily job."""

    def _run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref(f"{ADDON}.ir_cron_release_due").method_direct_trigger()

    @freeze_time("2100-05-01 12:00:00")
    def _held(self, name, until):
        unit = self._receive([name]).move_ids.serial_ids.with_user(self.clerk)
        unit.action_hold("recall", until=until)
        return unit

    def test_when_the_last_day_is_over_then_released_and_the_history_says_so(self):
        due, later, forever = self._held("A1", "2100-05-02"), self._held("A2", "2100-05-03"), self._held("A3", None)

        with freeze_time("2100-05-03 06:00:00"):
            self._run_job()

        self.assertRecordValues(
            due | later | forever,
            [
                {"status": "available", "hold_reason": False},
                {"status": "hold", "hold_reason": "recall"},
                {"status": "hold", "hold_reason": "recall"},
            ],
        )
        self.assertRecordValues(due.event_ids[0], [{"kind": "released", "note": "Hold ended on 05/02/2100."}])
        self.assertFalse(due.hold_until)

    def test_when_several_days_are_due_then_each_unit_names_its_own(self):
        first, second = self._held("A1", "2100-05-02"), self._held("A2", "2100-05-03")

        with freeze_time("2100-06-01 06:00:00"):
            self._run_job()

        self.assertEqual(
            (first | second).event_ids.filtered(lambda event: event.kind == "released").sorted("id").mapped("note"),
            ["Hold ended on 05/02/2100.", "Hold ended on 05/03/2100."],
        )

    def test_when_there_are_more_than_a_batch_then_all_are_released(self):
        self.patch(serial_number, "RELEASE_BATCH", 2)
        units = self._receive([f"A{number}" for number in range(5)]).move_ids.serial_ids
        with freeze_time("2100-05-01 12:00:00"):
            units.action_hold("recall", until="2100-05-01")

        with freeze_time("2100-05-02 06:00:00"):
            self._run_job()

        self.assertEqual(set(units.mapped("status")), {"available"})

    def test_when_voided_or_scrapped_meanwhile_then_the_job_leaves_them_alone(self):
        void, scrapped = self._held("A1", "2100-05-02"), self._held("A2", "2100-05-02")
        void.with_user(self.manager).action_void("broken")
        self._move(self.stock, self.loss_location, 1, ["A2"])

        with freeze_time("2100-06-01 06:00:00"):
            self._run_job()

        self.assertEqual((void | scrapped).mapped("status"), ["void", "void"])
