from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common import SerialCommon


@tagged("post_install", "-at_install")
class TestUninstall(SerialCommon):
    def test_when_the_addon_goes_then_its_units_are_available(self):
        self.product.is_checked = True
        self._receive(["A1"])
        field = self.env["ir.model.fields"]._get("serial.number", "status")
        choice = field.selection_ids.filtered(lambda choice: choice.value == "quality")
        self.assertEqual(
            choice.get_external_id()[choice.id], "serial_example_status.selection__serial_number__status__quality"
        )

        choice._process_ondelete()

        self.assertEqual(self._unit("A1").status, "available")
        self.assertEqual(self._unit("A1").event_ids[0].kind, "corrected")
