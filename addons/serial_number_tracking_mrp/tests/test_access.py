from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common import access_methods
from odoo.addons.serial_number_tracking.tests.common.access_table import GROUPS, ODOO, WAREHOUSE

from .common import ProduceCommon

PRODUCER = "mrp.group_mrp_user"
MAKERS = ("producer", "foreman", "salesman")  # Odoo lets salesmen change manufacturing orders


@tagged("post_install", "-at_install")
class TestAccessMethods(access_methods.AccessMethods, ProduceCommon):
    """Who may call the public methods of production."""

    addon = "serial_number_tracking_mrp"
    groups = GROUPS | {"producer": PRODUCER, "foreman": f"{PRODUCER},{GROUPS['serials']}"}
    insiders = ("manager", "producer")
    extended = (*ODOO, "pre_button_mark_done")
    calls = (
        ("mrp.production", "order", MAKERS, "action_enter_serials"),
        ("mrp.production", "order", (*MAKERS, *WAREHOUSE), "action_view_serials action_view_missing_serials"),
        ("mrp.production", "done", ("manager", "foreman"), "action_correct_serials"),
        ("mrp.unbuild", "unbuild", ("producer", "foreman"), "action_view_serials action_view_missing_serials"),
        ("mrp.unbuild", "unbuild", ("foreman",), "action_correct_serials"),
    )

    def _make_records(self):
        self._stock_parts("B1", "B2", "B3", "B4")
        done = self._make_order(1)
        self._press(done, 1, ["A1"], ["B1", "B2"])
        vals = {"product_id": self.product.id, "bom_id": self.bom.id, "product_qty": 1, "mo_id": done.id}
        places = {"location_id": self.stock.id, "location_dest_id": self.stock.id}
        unbuild = self.env["mrp.unbuild"].create({**vals, **places})
        unbuild.action_unbuild()
        return {"order": self._make_order(1), "done": done, "unbuild": unbuild}, {}
