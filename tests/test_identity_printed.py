"""Other numbers of units stand on papers where their product says so, and in the report's spreadsheet."""

from odoo.tests import tagged

from ..wizards import serial_report_rows
from .common.base import PaperCommon
from .common.identity import IMEI, IdentityCommon


@tagged("post_install", "-at_install")
class TestIdentityPrinted(IdentityCommon, PaperCommon):
    def _make_printed(self):
        self.product.serial_identity_kind_ids = self.kinds["imei"] | self.kinds["asset"]
        self.product.serial_identity_printed_ids = self.kinds["imei"]
        return self._make_unit(imei=IMEI, asset="T1")

    def test_when_the_product_wants_them_printed_then_labels_have_them(self):
        unit = self._make_printed()
        layout = self.env["serial.label.layout"].with_user(self.clerk)
        layout = layout.with_context(active_model="serial.number", active_ids=unit.ids).create({})

        self.assertIn(f"IMEI: {IMEI}", self._render(layout.action_print()["report_name"], layout).decode())
        self.assertIn(f"IMEI: {IMEI}"[:24], layout._get_zpl())
        self.product.serial_identity_printed_ids = False
        self.assertNotIn(IMEI, self._render(layout.action_print()["report_name"], layout).decode())

    def test_when_the_product_wants_them_printed_then_slips_have_them_beside_the_number(self):
        self._make_printed()
        picking = self._ship(["N1"])

        self.assertEqual(picking.move_ids._get_serial_paper()[0].cells[0].first, f"N1 (IMEI: {IMEI})")
        self.product.serial_identity_printed_ids = False
        self.assertEqual(picking.move_ids._get_serial_paper()[0].cells[0].first, "N1")

    def test_when_units_have_some_then_the_spreadsheet_has_a_column(self):
        self._make_printed()
        report = self.env["serial.report"].with_user(self.clerk).create({"product_ids": self.product.ids})

        self.assertIn("identity_text", serial_report_rows.get_sheet_columns(report))
        rows = list(serial_report_rows.iterate(report, ["name", "identity_text"]))
        self.assertEqual(rows, [("N1", f"IMEI: {IMEI}, Asset Tag: T1")])

    def test_when_no_unit_has_some_then_the_spreadsheet_has_no_column(self):
        self._receive(["N1"])
        report = self.env["serial.report"].with_user(self.clerk).create({"product_ids": self.product.ids})
        self.assertNotIn("identity_text", serial_report_rows.get_sheet_columns(report))
