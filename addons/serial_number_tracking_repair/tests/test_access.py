from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common import access_methods
from odoo.addons.serial_number_tracking.tests.common.access_table import ODOO, WAREHOUSE

from .common import RepairCommon


@tagged("post_install", "-at_install")
class TestAccessMethods(access_methods.AccessMethods, RepairCommon):
    """Who may call the public methods of repairs."""

    addon = "serial_number_tracking_repair"
    extended = (*ODOO, "action_repair_cancel", "action_repair_done", "action_repair_end", "take_back")
    calls = (
        ("repair.order", "repair", WAREHOUSE, "action_send_back"),
        ("repair.order", "done", ("manager",), "action_correct_serials"),
        ("serial.number", "unit", WAREHOUSE, "action_repair action_view_repairs"),
    )

    def _make_records(self):
        self._receive(["A1", "A2"])
        self._receive(["B1"], product=self.part)
        repair, done = (self._make_repair(self._unit(name), partner_id=self.customer.id) for name in ("A1", "A2"))
        self._add_line(done)
        self._begin(done)
        self._end(done, {"add": ["B1"]})
        return {"repair": repair, "done": done, "unit": self._unit("A1")}, {}
