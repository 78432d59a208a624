import datetime

from odoo.tests import tagged

from .common.files import make_xlsx
from .common.imports import OPTIONS, XLSX, ImportCommon


@tagged("post_install", "-at_install")
class TestImportWarranty(ImportCommon):
    """How long the warranty of imported units runs: by its end, by months, or as the product says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.warranty_months = 24

    COLUMNS = ["name", "product_id", "status", "date_sold", "warranty_months", "warranty_end"]

    def _load_sold(self, day="2026-01-31", months="", end="", status="Sold"):
        return self._load(self.COLUMNS, ["S1", "Phone", status, day, months, end])

    def _assert_end(self, expected, is_fixed, **vals):
        result = self._load_sold(**vals)
        self.assertFalse(result["messages"])
        unit = self.register.browse(result["ids"])
        self.assertRecordValues(
            unit, [{"warranty_end": expected and datetime.date(*expected), "warranty_fixed": is_fixed}]
        )

    def test_when_a_sold_unit_comes_with_its_day_then_it_gets_the_products_warranty(self):
        self._assert_end((2028, 1, 31), False)

    def test_when_a_sold_unit_comes_without_a_day_then_it_has_no_warranty(self):
        self._assert_end(False, False, day="")

    def test_when_months_are_given_then_the_warranty_runs_so_long(self):
        self._assert_end((2027, 1, 31), True, months="12")

    def test_when_the_months_are_the_products_then_the_end_is_not_fixed(self):
        self._assert_end((2028, 1, 31), False, months="24")

    def test_when_there_are_no_months_of_warranty_then_there_is_none(self):
        self._assert_end(False, True, months="0")

    def test_when_months_and_end_agree_then_the_end_is_taken(self):
        self._assert_end((2027, 1, 31), True, months="12", end="2027-01-31")

    def test_when_months_and_end_contradict_each_other_then_the_row_is_refused(self):
        result = self._load_sold(months="12", end="2027-02-28")
        self.assertIn("is not 12 months from", result["messages"][0]["message"])

    def test_when_months_have_no_day_to_begin_on_then_the_row_is_refused(self):
        for vals in ({"day": ""}, {"status": "Ordered"}):
            [message] = self._load_sold(months="12", **vals)["messages"]
            self.assertEqual((message["field"], message["rows"]["from"]), ("warranty_months", 0))

    def test_when_months_are_no_number_of_months_then_the_row_is_refused(self):
        for months in ("-1", "1201", "12.5", "two"):
            [message] = self._load_sold(months=months)["messages"]
            self.assertEqual(message["field"], "warranty_months")

    def test_when_the_registration_begins_the_warranty_then_months_run_from_it(self):
        self.company.serial_warranty_start = "registration"
        row = ["S1", "Phone", "Sold", "2026-01-31", "Other Customer", "2026-03-15", "12"]
        fields = ["name", "product_id", "status", "date_sold", "end_user_id", "date_registered", "warranty_months"]
        self.assertEqual(self._loads(fields, row).warranty_end, datetime.date(2027, 3, 15))

    def test_when_a_known_unit_comes_with_months_then_its_warranty_is_corrected(self):
        self._assert_end((2028, 1, 31), False)
        self._assert_end((2029, 1, 31), True, months="36")
        self.assertIn("2029", self._unit("S1").event_ids[0].note)

    def test_when_the_same_file_comes_again_then_nothing_happens(self):
        self._assert_end((2027, 1, 31), True, months="12")
        events = self._unit("S1").event_ids
        self._assert_end((2027, 1, 31), True, months="12")
        self.assertEqual(self._unit("S1").event_ids, events)

    def test_when_a_file_has_months_then_the_screen_knows_their_column(self):
        content = make_xlsx([["Serial Number", "Product", "Warranty (Months)"], ["S1", "Phone", 12]])
        preview = self._screen(content, XLSX).parse_preview({**OPTIONS, "quoting": '"'})
        self.assertEqual(preview["matches"][2], ["warranty_months"])
