from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common import SerialCommon


@tagged("post_install", "-at_install")
class TestListener(SerialCommon):
    def _automate(self, model, domain, trigger="on_create_or_write", **vals):
        """Let an automation rule write a note on what it fires for."""
        target = self.env["ir.model"]._get(model)
        field = {"serial.number": "note", "serial.event": "user_id.comment"}[model]
        action = self.env["ir.actions.server"].create(
            {
                "name": "Note",
                "model_id": target.id,
                "state": "object_write",
                "update_path": field,
                "evaluation_type": "equation",
                "value": f"(record.{field} or '') + 'fired'",
            }
        )
        return self.env["base.automation"].create(
            {
                "name": "Rule",
                "model_id": target.id,
                "trigger": trigger,
                "filter_domain": domain,
                "action_server_ids": action.ids,
                **vals,
            }
        )

    def test_when_units_are_shipped_then_it_is_told_once_for_all(self):
        self._receive(["A1", "A2", "A3"])
        self._ship(["A1", "A2"])
        self.assertEqual(self.customer.message_ids[0].preview, "Shipped: A1, A2")

    def test_when_a_rule_is_for_shipped_events_then_it_fires(self):
        self._automate("serial.event", "[('kind', '=', 'shipped')]", "on_create")
        self._receive(["A1"])
        self.assertFalse(self.clerk.comment)

        self._ship(["A1"])

        self.assertIn("fired", str(self.clerk.comment))

    def test_when_a_rule_is_for_sold_units_then_it_fires_once_for_each(self):
        self._automate("serial.number", "[('status', '=', 'sold')]", filter_pre_domain="[('status', '!=', 'sold')]")
        self._receive(["A1", "A2"])
        self._ship(["A1"])
        self.assertEqual(self._units().sorted("name").mapped(lambda unit: str(unit.note or "")), ["fired", ""])

    def test_when_a_rule_is_for_new_units_then_it_fires(self):
        self._automate("serial.number", "[('status', '=', 'available')]", "on_create")
        self._receive(["A1"])
        self.assertIn("fired", str(self._unit("A1").note))

    def test_when_a_unit_is_written_by_hand_then_a_rule_fires_once(self):
        self._receive(["A1"])
        self._automate("serial.number", "[('status', '=', 'hold')]")
        self._unit("A1").with_user(self.clerk).status = "hold"
        self.assertEqual(str(self._unit("A1").note).count("fired"), 1)

    def test_when_a_rule_watches_a_field_then_it_fires_where_that_changes(self):
        field = self.env["ir.model.fields"]._get("serial.number", "customer_id")
        self._receive(["A1"])
        self._automate("serial.number", "[]", "on_write", trigger_field_ids=field.ids)
        self._move(self.stock, self.shelf, 1, ["A1"])
        self.assertFalse(self._unit("A1").note)

        self._ship(["A1"], source=self.shelf)

        self.assertEqual(str(self._unit("A1").note), "fired")

    def test_when_no_rule_is_for_units_then_nobody_pays_for_those_of_others(self):
        self._receive(["A1", "A2", "A3"])
        self._ship(["A1"])
        before = self._count_queries(lambda: self._ship(["A2"]))
        target = self.env["ir.model"]._get("res.bank")
        self.env["base.automation"].create({"name": "Banks", "model_id": target.id, "trigger": "on_create_or_write"})
        self._assert_no_more_queries(self._count_queries(lambda: self._ship(["A3"])), before)
