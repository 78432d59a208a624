"""The two webhooks of docs/integrate.md, as an administrator makes them on the screen."""

import re
from pathlib import Path

from odoo.tests import tagged
from odoo.tools import file_path

from odoo.addons.serial_number_tracking.tests.common import SerialCommon

CODE = re.compile(r"```python\n(.*?)\n```", re.DOTALL)


@tagged("post_install", "-at_install")
class TestWebhooks(SerialCommon):
    def test_when_another_system_reports_a_fault_then_the_unit_goes_on_hold(self):
        manifest = Path(file_path("serial_number_tracking/__manifest__.py")).resolve()
        getter, code = CODE.findall((manifest.parent / "docs" / "integrate.md").read_text())
        target = self.env["ir.model"]._get("serial.number")
        action = self.env["ir.actions.server"].create(
            {"name": "Hold", "model_id": target.id, "state": "code", "code": code}
        )
        rule = self.env["base.automation"].create(
            {
                "name": "A fault is reported",
                "model_id": target.id,
                "trigger": "on_webhook",
                "record_getter": getter,
                "action_server_ids": action.ids,
            }
        )
        self._receive(["A1"])

        rule._execute_webhook({"serial": "A1", "barcode": ""})

        unit = self._unit("A1")
        self.assertEqual((unit.status, unit.hold_reason), ("hold", "Reported by its own diagnosis"))
        self.assertEqual(unit.event_ids[0].kind, "held")
