from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common.correct import CorrectCommon
from odoo.addons.serial_number_tracking.tests.common.job import JobCommon

from .common import RuleCommon


@tagged("post_install", "-at_install")
class TestEveryWay(RuleCommon, CorrectCommon, JobCommon):
    """Rules see units whichever way they change."""

    def test_when_a_unit_is_shipped_returned_held_and_released_then_the_rule_sees_each_status(self):
        self._watch()
        self._receive(["A1"])
        self._ship(["A1"])
        self._return(["A1"])
        unit = self._unit("A1").with_user(self.clerk)
        unit.action_hold("Check", until="2126-01-01")
        unit.action_release()
        unit.action_designate(self.customer)
        self.assertEqual(
            self._told(),
            [
                "A1 available -> sold",
                "A1 sold -> available",
                "A1 available -> hold",
                "A1 hold -> available",
                "A1 available -> designated",
            ],
        )

    def test_when_a_blank_is_numbered_or_joined_then_the_rule_sees_its_status(self):
        self._watch()
        self._receive(blanks=1)
        self._units().with_user(self.clerk).name = "A1"
        self._ship(blanks=1)
        self._units("issued").with_user(self.clerk).name = "A1"
        self.assertEqual(self._told(), ["A1 received -> available", "A1 issued -> sold"])

    def test_when_a_delivery_is_lowered_then_the_rule_sees_the_unit_come_back(self):
        self._receive(["A1"])
        picking = self._ship(["A1"])
        self._watch()
        picking.move_ids.quantity = 0
        self.assertEqual(self._told(), ["A1 sold -> available"])

    def test_when_a_count_a_scrap_and_a_restore_change_units_then_the_rule_sees_them(self):
        self._receive(["A1"])
        self._watch()
        self._move(self.stock, self.loss_location, 1, ["A1"])
        self.assertEqual(self._told(), ["A1 available -> void"])
        self._receive(["A1"])
        self.assertEqual(self._told(), ["A1 void -> available"])

    def test_when_numbers_are_corrected_then_the_rule_sees_the_old_ones(self):
        self._watch(field="name")
        picking = self._receive(["A1", "A2"])
        self._correct(picking, {"A1": "A2", "A2": "A1"})
        self.assertEqual(sorted(self._told()), ["A1 A2 -> A1", "A2 A1 -> A2"])

    def test_when_units_are_exchanged_then_the_rule_sees_both(self):
        picking = self._receive(["A1", "A2"])
        picking = self._ship(["A1"])
        self._watch()
        self._correct(picking, {"A1": "A2"})
        self.assertEqual(sorted(self._told()), ["A1 sold -> available", "A2 available -> sold"])

    def test_when_an_invoice_sells_a_unit_then_the_rule_sees_it(self):
        self._receive(["A1"])
        self._watch()
        self._confirm(self._invoice(1), ["A1"])
        self.assertEqual(self._told(), ["A1 available -> sold"])

    def test_when_units_are_imported_then_a_rule_for_new_ones_fires_once_each(self):
        self._watch("on_create")
        self._receive(["A1"])
        self.register.with_user(self.manager).create(
            {"name": "S1", "product_id": self.product.id, "status": "sold", "customer_id": self.customer.id}
        )
        self._load(["name", "product_id", "status"], ["S2", "Phone", "Sold"])
        self.assertEqual(self._told(), ["A1 None -> available", "S1 None -> sold", "S2 None -> sold"])

    def test_when_a_job_imports_units_then_a_rule_fires_for_each(self):
        self._receive(blanks=2)
        self._watch()
        self._import_job("J1", "J2")
        self._work()
        self.assertEqual(self._told(), ["J1 received -> available", "J2 received -> available"])

    def test_when_a_filter_speaks_of_before_then_the_rule_fires_only_from_there(self):
        self._watch(filter_pre_domain="[('status', '=', 'hold')]", filter_domain="[('status', '=', 'available')]")
        units = self._receive(["A1", "A2"]).move_ids.serial_ids.with_user(self.clerk)
        units.filtered(lambda unit: unit.name == "A1").action_hold("Check")
        units.filtered(lambda unit: unit.name == "A2").action_designate(self.customer)
        units.action_release()
        self.assertEqual(self._told(), ["A1 hold -> available"])

    def test_when_a_rule_acts_in_time_then_it_finds_units_by_their_days(self):
        self._receive(["A1", "A2"])
        self._ship(["A1"])
        self._unit("A1").with_user(self.manager).warranty_end = "2020-05-01"
        day = self.env["ir.model.fields"]._get("serial.number", "warranty_end")
        rule = self._watch("on_time", trg_date_id=day.id, trg_date_range=1, trg_date_range_type="day")
        rule.last_run = "2020-01-01"
        with self.enter_registry_test_mode():
            self.env.ref("base_automation.ir_cron_data_base_automation_check").method_direct_trigger()
        self.assertEqual(self._told(), ["A1 None -> sold"])

    def test_when_a_rule_calls_a_webhook_then_all_units_of_a_delivery_are_sent(self):
        target = self.env["ir.model"]._get("serial.number")
        action = self.env["ir.actions.server"].create(
            {
                "name": "Webhook",
                "model_id": target.id,
                "state": "webhook",
                "webhook_url": "http://example.test/units",
                "webhook_field_ids": [
                    (6, 0, [self.env["ir.model.fields"]._get("serial.number", name).id for name in ("name", "status")])
                ],
            }
        )
        self.env["base.automation"].create(
            {
                "name": "Rule",
                "model_id": target.id,
                "trigger": "on_write",
                "trigger_field_ids": self.env["ir.model.fields"]._get("serial.number", "status").ids,
                "filter_domain": "[('status', '=', 'sold')]",
                "action_server_ids": action.ids,
            }
        )
        self._receive(["A1", "A2"])
        waiting = len(self.env.cr.postcommit._funcs)
        self._ship(["A1", "A2"])
        self.assertEqual(len(self.env.cr.postcommit._funcs) - waiting, 2)
