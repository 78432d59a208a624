import base64

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..tools import check_digit, series_shape
from .common.imports import ImportCommon
from .common.series import SeriesCommon


@tagged("post_install", "-at_install")
class TestSeriesMistyped(SeriesCommon):
    """Numbers that look like those of the product's series and have a wrong check digit."""

    def setUp(self):
        super().setUp()
        self.series.check_digit = "luhn"

    def _codes(self, result):
        return [check["code"] for check in result["bad"]]

    def test_when_a_pattern_is_made_then_it_knows_the_series_whatever_the_day(self):
        shape = series_shape.compile_shape("SN%(y)s-", "/E", 4, "luhn")

        for text, fits in (
            ("SN24-0001/E5", True),
            ("sn26-12345/e0", True),
            ("SN24-001/E5", False),
            ("SN24-0001/F5", False),
            ("SN24-0001/E", False),
        ):
            with self.subTest(text):
                self.assertEqual(bool(shape.fullmatch(text)), fits)
        self.assertIsNone(series_shape.compile_shape("", "", 5, "luhn"))
        self.assertIsNone(series_shape.compile_shape("%(year)s", False, 5, "luhn"))
        right = "SN24-0001/E"
        self.assertFalse(series_shape.is_mistyped(right + check_digit.make(right, "luhn"), shape, "luhn"))
        self.assertTrue(series_shape.is_mistyped("SN42-0001/E" + check_digit.make(right, "luhn"), shape, "luhn"))

    def test_when_it_is_scanned_then_refused_with_the_reason(self):
        line = self._open_line(2)

        result = line.enter_text("UX0019")

        self.assertEqual(self._codes(result), ["bad_check_digit"])
        self.assertIn("UX0019 looks like a number of the series Meters", result["bad"][0]["message"])
        self.assertEqual(line.enter_text("UX0018\nVendor-0019")["added"], 2)

    def test_when_a_file_has_it_then_it_is_told_by_its_line(self):
        line = self._open_line(2)

        result = line.enter_file("list.csv", base64.b64encode(b"Serial\nUX0018\nux0019\n").decode())

        self.assertEqual((result["added"], self._codes(result)), (1, ["bad_check_digit"]))
        self.assertIn("3", result["bad"][0]["message"])

    def test_when_another_system_sends_it_then_refused_too(self):
        move = self._transfer("in", 1).move_ids

        self.assertEqual(move.check_serials(["UX0019"])[0]["code"], "bad_check_digit")
        with self.assertRaisesRegex(UserError, "its check digit is wrong"):
            move.assign_serials(["UX0019"])

    def test_when_a_unit_that_waits_gets_it_then_refused(self):
        unit = self._receive(blanks=1).move_ids.serial_ids

        with self.assertRaisesRegex(UserError, "its check digit is wrong"):
            unit.name = "UX0019"
        unit.name = "UX0018"
        self.assertEqual(unit.status, "available")

    def test_when_it_would_number_a_unit_that_is_shipped_then_refused(self):
        self._receive(blanks=1)
        line = self._open_line(1, "out")

        self.assertEqual(self._codes(line.enter_text("UX0019")), ["bad_check_digit"])

    def test_when_a_unit_has_it_already_then_it_is_taken(self):
        self.series.check_digit = "none"
        self._receive(["UX0019"])
        self.series.check_digit = "luhn"
        line = self._open_line(1, "out")

        self.assertEqual(line.enter_text("UX0019")["added"], 1)

    def test_when_the_series_made_it_before_its_check_digit_changed_then_it_is_taken(self):
        self.series.write({"check_digit": "none", "padding": 4, "next_number": 19})
        first = self._open_line(1)
        first.generate_serials()
        first.remove_serials(["UX0019"])
        self.series.write({"check_digit": "luhn", "padding": 3})

        self.assertEqual(first.enter_text("UX0019")["added"], 1)

    def test_when_it_is_counted_then_the_count_says_so(self):
        vals = {"location_id": self.stock.id, "product_ids": [(6, 0, self.product.ids)]}
        count = self.env["serial.count"].with_user(self.clerk).create(vals)

        answers = count.add_serials(["UX0019", "UX0018"])["answers"]

        self.assertEqual([answer["code"] for answer in answers], ["bad", "unknown"])

    def test_when_the_series_lets_it_in_then_it_is_taken(self):
        self.series.refuses_mistyped = False
        line = self._open_line(1)

        self.assertEqual(line.enter_text("UX0019")["added"], 1)

    def test_when_numbers_are_scanned_then_the_next_of_the_series_is_not_read_again(self):
        line = self._open_line(3)
        self.assertEqual(line.entry_id.get_state()["lines"][0]["next_number"], "UX0018")

        self.assertNotIn("next_number", line.enter_text("X1")["line"])
        self.assertEqual(line.generate_serials(1)["line"]["next_number"], "UX0026")


@tagged("post_install", "-at_install")
class TestSeriesMistypedImport(SeriesCommon, ImportCommon):
    """An import takes no number that the window would not take."""

    def setUp(self):
        super().setUp()
        self.series.check_digit = "luhn"

    def _import(self, *names, status="Sold"):
        rows = [[name, self.product.name, status] for name in names]
        return self._import_csv(["name", "product_id", "status"], *rows)

    def test_when_a_file_has_unknown_numbers_then_the_mistyped_ones_are_told_by_their_lines(self):
        result = self._import("UX0018", "UX0019", "Vendor-0019", "ux0027")

        self.assertFalse(result["ids"])
        self.assertEqual([line for line, _message in self._lines(result)], [2, 4])
        self.assertIn("UX0019 looks like a number of the series Meters", self._lines(result)[0][1])

    def test_when_all_are_right_then_they_are_taken(self):
        self.assertEqual(len(self._import("UX0018", "Vendor-0019")["ids"]), 2)

    def test_when_the_product_has_a_format_then_others_are_told_by_their_lines(self):
        self.product.serial_format = "UX[0-9]+"

        result = self._import("UX0018", "Vendor-0019")

        self.assertEqual([line for line, _message in self._lines(result)], [2])

    def test_when_a_file_numbers_a_unit_that_waits_then_it_is_refused_too(self):
        self._receive(blanks=1)

        result = self._import("UX0019", status="Available")

        self.assertIn("its check digit is wrong", self._lines(result)[0][1])

    def test_when_a_file_gives_a_unit_another_number_then_it_is_refused_too(self):
        unit = self._receive(["UX0018"]).move_ids.serial_ids

        result = self._load([".id", "name"], [str(unit.id), "UX0019"])

        self.assertIn("its check digit is wrong", result["messages"][0]["message"])

    def test_when_a_unit_has_it_already_then_the_file_may_speak_of_it(self):
        self.series.check_digit = "none"
        self._receive(["UX0019"])
        self.series.check_digit = "luhn"

        result = self._import_csv(["name", "product_id", "note"], ["ux0019", self.product.name, "Blue"])

        self.assertFalse(result["messages"])
        self.assertEqual(self._unit("UX0019").note, "Blue")

    def test_when_another_system_creates_a_unit_then_it_is_refused_too(self):
        vals = {"product_id": self.product.id, "name": "UX0019", "status": "sold"}

        with self.assertRaisesRegex(UserError, "its check digit is wrong"):
            self.register.with_user(self.manager).create(vals)
