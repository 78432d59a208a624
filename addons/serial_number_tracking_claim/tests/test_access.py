from odoo.tests import new_test_user, tagged

from odoo.addons.serial_number_tracking.tests.common import access_methods
from odoo.addons.serial_number_tracking.tests.common.access_table import (
    CLERKS,
    LOOKERS,
    MANAGERS,
    OPERATIONS,
    WAREHOUSE,
)
from odoo.addons.serial_number_tracking_repair.tests.common import RepairCommon

MAY = {
    **dict.fromkeys(LOOKERS, "read"),
    **dict.fromkeys(CLERKS, "read write create"),
    **dict.fromkeys(MANAGERS, " ".join(OPERATIONS)),
}


@tagged("post_install", "-at_install")
class TestAccessMethods(access_methods.AccessMethods, RepairCommon):
    """Who may do what with claims against vendors."""

    addon = "serial_number_tracking_claim"
    calls = (
        ("repair.order", "repair", WAREHOUSE, "action_claim"),
        ("serial.number", "unit", LOOKERS, "action_view_claims"),
        ("serial.claim", "new", CLERKS, "action_send"),
        ("serial.claim", "sent", CLERKS, "action_accept action_refuse"),
        ("serial.claim", "accepted", CLERKS, "action_close"),
    )

    def _make_records(self):
        self.product.vendor_warranty_months = 12
        self._receive(["A1", "A2"])
        unit, other = self._unit("A1"), self._unit("A2")
        repair = self._make_repair(unit)
        new, sent, accepted = claims = self.env["serial.claim"].create([{"serial_id": unit.id} for _claim in range(3)])
        (sent | accepted).action_send()
        accepted.action_accept()
        claims.write({"answer": "No", "replacement_id": other.id})
        return {"repair": repair, "unit": unit, "new": new, "sent": sent, "accepted": accepted}, {}

    def test_when_a_group_does_something_then_the_table_says_whether_it_may(self):
        for name, groups in self.groups.items():
            claims = self.env["serial.claim"].with_user(new_test_user(self.env, f"{name} user", groups))
            for operation in OPERATIONS:
                with self.subTest(user=name, operation=operation):
                    self.assertEqual(claims.has_access(operation), operation in MAY.get(name, ""))
