from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SerialCommon

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
            unit.event_ids[0], [{"kind": "held", "note": "Recall: batch 7 (until 2100-05-01)", "status_to": "hold"}]
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
        with self.assertRaisesRegex(UserError, "2001-01-01 is over"):
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
        returned = self._transfer("in", 1, partner=self.customer, source=self.customer_location)
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
