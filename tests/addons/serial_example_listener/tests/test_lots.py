from odoo.tests import tagged

from odoo.addons.serial_number_tracking.engine.adopt import Adoption
from odoo.addons.serial_number_tracking.tests.common.lots import LotCommon

from .common import RuleCommon


@tagged("post_install", "-at_install")
class TestRulesOfLots(RuleCommon, LotCommon):
    """Rules tell what they see of units that follow Odoo's lots, once for each change."""

    def _watch_history(self):
        """Make a rule for new lines of the history that notes what happened."""
        target = self.env["ir.model"]._get("serial.event")
        code = "env['res.partner'].create({'name': record.kind, 'ref': 'rule'})"
        action = self.env["ir.actions.server"].create(
            {"name": "Tell", "model_id": target.id, "state": "code", "code": code}
        )
        self.env["base.automation"].create(
            {"name": "Rule", "model_id": target.id, "trigger": "on_create", "action_server_ids": action.ids}
        )

    def test_when_lots_move_then_the_rule_sees_each_status_once(self):
        self._watch()
        self._receive_lots("A1")
        delivery = self._ship_lots("A1")
        self._return_lots("A1")
        self.assertEqual(self._told(), ["A1 available -> sold", "A1 sold -> available"])
        delivery = self._ship_lots("A1")
        self._told()
        delivery.move_ids.move_line_ids.quantity = 0
        self.assertEqual(self._told(), ["A1 sold -> available"])

    def test_when_lots_are_received_then_each_line_of_the_history_is_told_once(self):
        self._watch_history()
        self._receive_lots("A1", "A2")
        self._ship_lots("A1")
        self.assertEqual(self._told(), ["received", "received", "shipped"])

    def test_when_a_unit_has_its_other_numbers_already_then_no_line_of_its_history_is_told_again(self):
        kind = self.env["serial.identity.kind"].search([("code", "=", "mac")])
        phone = self._make_product("Phone with MAC")
        numbers = [{"name": "P1", "identities": {"mac": ["00:1A:2B:3C:4D:5E"]}}, {"name": "P2"}]
        self.assertTrue(kind)
        self._watch_history()
        self._do("in", numbers, 0, product=phone)
        self._do("out", numbers[:1], 0, product=phone)
        self.assertEqual(sorted(self._told()), ["identified", "received", "received", "shipped"])

    def test_when_a_unit_gets_its_lot_then_the_rule_sees_none_before(self):
        self._watch(field="lot_id")
        self._receive_lots("A1")
        self.assertEqual(self._told(), [f"A1 {self.lots.browse()} -> {self._lot('A1')}"])

    def test_when_lots_are_adopted_then_the_rule_for_new_units_fires_once_each(self):
        self.product.is_serialized = False
        self._receive_lots("A1", "A2")
        self._watch(trigger="on_create")
        self.product.is_serialized = True
        self.assertEqual(sorted(self._told()), ["A1 None -> available", "A2 None -> available"])
        Adoption(self.product).run()
        self.assertEqual(self._told(), [])

    def test_when_a_lot_is_renamed_counted_and_scrapped_then_the_rule_sees_it(self):
        self._receive_lots("A1", "A2")
        self._watch(field="name")
        self._lot("A1").name = "B1"
        self.assertEqual(self._told(), ["B1 A1 -> B1"])
        self._watch()
        quant = self._lot("B1").quant_ids.filtered(lambda quant: quant.location_id == self.stock)
        quant.with_context(inventory_mode=True).inventory_quantity = 0
        quant.action_apply_inventory()
        self.assertEqual(self._told(), ["B1 available -> void"])
