from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common import SerialCommon
from odoo.addons.serial_number_tracking.wizards import serial_report_rows


@tagged("post_install", "-at_install")
class TestFact(SerialCommon):
    def _receive_batch(self, names, batch, blanks=0):
        picking = self._transfer("in", len(names) + blanks)
        picking.batch_code = batch
        self._validate(picking, names)
        return picking

    def test_when_a_batch_is_received_then_its_units_and_their_history_say_so(self):
        self._receive_batch(["A1"], "B7", blanks=1)
        self.assertEqual(self._units().mapped("batch_code"), ["B7", "B7"])
        self.assertEqual(self._unit("A1").event_ids.note, "Batch: B7")

    def test_when_the_unit_is_sold_and_comes_back_then_it_keeps_its_batch(self):
        self._receive_batch(["A1"], "B7")
        self._ship(["A1"])
        self._return(["A1"])
        self.assertEqual(self._unit("A1").batch_code, "B7")

    def test_when_the_receipt_was_of_other_units_then_the_batch_goes_with_it(self):
        picking = self._receive_batch(["A1"], "B7")
        picking.move_ids._undo_serials(self._unit("A1"), "Wrong")
        self.assertFalse(self._unit("A1").batch_code)

    def test_when_two_rows_become_one_then_the_batch_stays(self):
        self._receive_batch(["A1"], "B7")
        self._ship(blanks=1)
        self._units("issued").with_user(self.clerk).name = "A1"
        self.assertEqual((self._units().name, self._units().batch_code), ("A1", "B7"))

    def test_when_a_unit_is_imported_then_a_file_may_say_its_batch(self):
        self.register.with_user(self.manager).load(
            ["name", "product_id/.id", "status", "batch_code"], [["S1", str(self.product.id), "Sold", "B8"]]
        )
        self.assertEqual(self._unit("S1").batch_code, "B8")

    def test_when_units_are_reported_then_the_batch_is_a_column(self):
        self._receive_batch(["A1"], "B7")
        report = self.env["serial.report"].create({"product_ids": self.product.ids})
        self.assertIn("batch_code", serial_report_rows.get_sheet_columns(report))
        [(_heading, rows)] = serial_report_rows.prepare_paper(report)["groups"]
        self.assertIn("B7", next(iter(rows)))
