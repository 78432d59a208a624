from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.serial_number_tracking.tests.common.access_methods import find_own_methods
from odoo.addons.serial_number_tracking.tests.common.access_records import AccessRecords

from .common import SubcontractCommon

ADDONS = ("serial_number_tracking", "serial_number_tracking_mrp")
# Odoo's own, and those that show what the user may see anyway, which is nothing.
OTHERS = ("pre_button_mark_done", "action_view_serial_invoices", "get_serial_setup_action")


@tagged("post_install", "-at_install")
class TestSubcontractor(AccessRecords, SubcontractCommon):
    """A subcontractor, whom Odoo lets see and change in the portal what they build for us."""

    def _make_records(self):
        """Return what a subcontractor sees."""
        self._send_parts("B1", "B2")
        receipt = self._purchase(1).picking_ids
        order = receipt.move_ids._get_subcontract_production()
        seen = (receipt, receipt.move_ids, order, order.move_raw_ids[0], self.part, self.part.product_tmpl_id)
        return dict(enumerate(seen)), {}

    def test_when_they_call_a_public_method_on_what_they_see_then_refused(self):
        user = new_test_user(self.env, "subcontractor", "base.group_portal")
        user.partner_id.parent_id = self.vendor
        for record in self.records.values():
            record = record.with_user(user)
            self.assertTrue(record.has_access("read"), record)
            own = set().union(*(find_own_methods(record, addon) for addon in ADDONS))
            for method in sorted(own.difference(OTHERS)):
                with self.subTest(method=f"{record._name}.{method}"), self.assertRaises(AccessError):
                    self._call_method(record, method, self._prepare_arguments(record, method))
