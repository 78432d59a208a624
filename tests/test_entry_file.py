import base64
import datetime

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from ..tools import columns
from ..tools.table.xml import ZIP
from .common.entry import EntryCommon
from .common.expected import ExpectedCommon
from .common.files import make_csv, make_xlsx


@tagged("post_install", "-at_install")
class TestFindNumbers(BaseCase):
    """Which cells of a table are serial numbers."""

    def _find(self, rows):
        is_number = lambda text: text.startswith("A")  # noqa: E731
        column, indexes = columns.find_numbers(rows, {"serial number", "hs-1"}, is_number)
        return [rows[index][column] for index in indexes]

    def test_when_a_column_has_the_heading_then_its_cells_are_taken(self):
        rows = [["Line", " SERIAL Number "], ["A8", "B1"], ["A9", ""], ["A7", "B2"]]
        self.assertEqual(self._find(rows), ["B1", "B2"])

    def test_when_each_product_has_a_column_then_its_own_is_taken(self):
        self.assertEqual(self._find([["LP-200", "HS-1"], ["A1", "B1"]]), ["B1"])

    def test_when_no_column_has_the_heading_then_the_first_with_numbers_is_taken(self):
        self.assertEqual(self._find([["1", "A1"], ["2", "A2"]]), ["A1", "A2"])

    def test_when_the_column_has_another_heading_then_it_is_no_number(self):
        self.assertEqual(self._find([["Numéro"], ["A1"], ["A2"]]), ["A1", "A2"])

    def test_when_numbers_have_no_digits_then_none_is_taken_for_a_heading(self):
        self.assertEqual(self._find([["AX"], ["AY"]]), ["AX", "AY"])

    def test_when_rows_differ_in_length_or_there_are_none_then_all_the_same(self):
        self.assertEqual(self._find([["A1"], ["A2", "x", "y"], []]), ["A1", "A2"])
        self.assertEqual(self._find([]), [])


@tagged("post_install", "-at_install")
class TestEntryFile(EntryCommon, ExpectedCommon):
    """A file of numbers is entered in one request."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tablet = cls._make_product("Tablet", default_code="TB-1", barcode="4006381333931")

    def _upload(self, line, content, name="list.csv"):
        return line.enter_file(name, base64.b64encode(content).decode())

    def _receipt_line(self, quantity, **options):
        return self._validate_and_open(self._transfer("in", quantity, **options)).line_ids

    def test_when_a_csv_file_is_uploaded_then_its_numbers_are_entered(self):
        line = self._receipt_line(3)

        result = self._upload(line, make_csv([["No", "Serial Number"], [1, "00A1"], [2, 'A "2", x'], [3, "رقم 3"]]))

        self.assertEqual((result["added"], result["bad"]), (3, []))
        self.assertEqual(self._entered(line), ["00A1", 'A "2", x', "رقم 3"])

    def test_when_the_csv_file_comes_from_a_spreadsheet_then_its_separator_and_marks_are_understood(self):
        line = self._receipt_line(2)

        self._upload(line, make_csv([["Serial Number", "Box"], ["A1", "7"], ["A2", "8"]], ";", "utf-8-sig"))

        self.assertEqual(self._entered(line), ["A1", "A2"])

    def test_when_the_csv_file_has_an_old_encoding_then_it_is_read(self):
        line = self._receipt_line(2)
        rows = [["Bemerkung für später", "Serial Number"], ["größer und schöner", "A1"], ["über", "Ä2"]]

        self._upload(line, make_csv(rows, encoding="latin-1"))

        self.assertEqual(self._entered(line), ["A1", "Ä2"])

    def test_when_the_csv_file_is_unicode_text_of_a_spreadsheet_then_it_is_read(self):
        line = self._receipt_line(2)

        self._upload(line, make_csv([["Serial Number", "Box"], ["A1", "7"], ["序列2", "8"]], "\t", "utf-16"))

        self.assertEqual(self._entered(line), ["A1", "序列2"])

    def test_when_a_plain_list_is_uploaded_then_blanks_do_not_part_numbers(self):
        line = self._receipt_line(2)

        self._upload(line, b"AB 12\r\nAB 13\r\n", "list.txt")

        self.assertEqual(self._entered(line), ["AB 12", "AB 13"])

    def test_when_an_xlsx_file_is_uploaded_then_its_numbers_are_entered(self):
        line = self._receipt_line(3)

        self._upload(
            line, make_xlsx([["Line", "Serial Number"], [1, "00A1"], [2, 351756051523999], [3, "A3"]]), "a.xlsx"
        )

        self.assertEqual(self._entered(line), ["00A1", "351756051523999", "A3"])

    def test_when_each_product_has_a_column_then_its_own_is_found_by_its_reference(self):
        self.product.default_code = "PH-1"
        line = self._receipt_line(2)

        self._upload(line, make_csv([["TB-1", "ph-1"], ["T1", "A1"], ["T2", "A2"]]))

        self.assertEqual(self._entered(line), ["A1", "A2"])

    def test_when_the_product_has_a_format_then_its_column_is_found_by_it(self):
        product = self._make_product("Printer", serial_format="LP[0-9]{3}")
        line = self._receipt_line(2, product=product)

        self._upload(line, make_xlsx([[1, "Box 7", "LP001"], [2, "Box 7", "LP002"]]))

        self.assertEqual(self._entered(line), ["LP001", "LP002"])

    def _two_lines(self, kind="in"):
        """Open the window of a transfer of two phones and two tablets; return their lines."""
        picking = self._transfer(kind, 2)
        picking.move_ids.copy({"product_id": self.tablet.id, "picking_id": picking.id})
        picking.action_confirm()
        picking.action_assign()
        lines = self._validate_and_open(picking).line_ids
        return lines.sorted(lambda line: line.product_id != self.product)

    def test_when_the_file_has_a_column_of_products_then_each_row_goes_to_its_line(self):
        phones, tablets = self._two_lines()
        rows = [["Product", "Serial Number"], ["Phone", "A1"], ["[TB-1] tablet", "B1"], ["", "B2"], ["phone ", "A2"]]

        result = self._upload(phones, make_xlsx(rows))

        self.assertEqual((result["added"], result["bad"]), (4, []))
        self.assertEqual([part["names"] for part in result["elsewhere"]], [["B1", "B2"]])
        self.assertEqual((self._entered(phones), self._entered(tablets)), (["A1", "A2"], ["B1", "B2"]))

    def test_when_a_row_is_of_a_product_that_is_not_on_the_document_then_it_is_named(self):
        phones, tablets = self._two_lines()
        rows = [["Serial Number", "Product"], ["A1", "PHONE"], ["C1", "Watch"], ["B1", "4006381333931"]]

        result = self._upload(phones, make_csv(rows))

        self.assertEqual(self._result_codes(result["bad"]), ["other_product"])
        self.assertIn("Line 3: C1 is of Watch, which is not on this document", result["bad"][0]["message"])
        self.assertEqual((self._entered(phones), self._entered(tablets)), (["A1"], ["B1"]))

    def test_when_a_column_of_products_has_another_heading_or_none_then_each_row_goes_to_its_line(self):
        for heading in ([["Description", "Serial"]], [["Was kommt", "Nr."]], []):
            for turn in (1, -1):
                phones, tablets = self._two_lines()
                rows = [*heading, ["Phone", "A1"], ["TB-1", "B1"], ["", "B2"], ["phone ", "A2"]]
                with self.subTest(heading=heading, turn=turn):
                    result = self._upload(phones, make_csv([row[::turn] for row in rows]))
                    self.assertEqual(result["bad"], [])
                    self.assertEqual((self._entered(phones), self._entered(tablets)), (["A1", "A2"], ["B1", "B2"]))

    def test_when_the_headings_stand_below_a_title_then_they_are_found(self):
        phones, tablets = self._two_lines()
        rows = [["Delivery Note 17"], ["To", "Warehouse 1"], [], ["Product", "S/N"], ["Tablet", "B1"], ["Phone", "A1"]]

        result = self._upload(phones, make_xlsx(rows))

        self.assertEqual((result["added"], result["bad"]), (2, []))
        self.assertEqual((self._entered(phones), self._entered(tablets)), (["A1"], ["B1"]))

    def test_when_a_table_is_pasted_then_it_is_read_like_a_file(self):
        for text in (
            "Product\tSerial Number\nTablet\tB1\nPhone\tA1\nWatch\tC1\nPhone\t8.9E+18\n",
            "Tablet\tB1\r\nPhone\tA1\r\nWatch\tC1\r\nPhone\t8.9E+18\r\n",
        ):
            phones, tablets = self._two_lines()
            result = phones.enter_text(text)
            self.assertEqual((result["added"], self._result_codes(result["bad"])), (2, ["other_product", "bad_cell"]))
            self.assertEqual((self._entered(phones), self._entered(tablets)), (["A1"], ["B1"]))

    def test_when_pasted_numbers_have_lost_their_digits_then_they_are_refused_unless_known(self):
        self.register.with_user(self.manager).create(
            {"name": "1.2E+15", "product_id": self.product.id, "status": "expected"}
        )
        line = self._receipt_line(4)

        result = line.enter_text("A1\n8.9E+18\n1.2E+15\nA2")

        self.assertEqual(self._result_codes(result["bad"]), ["bad_cell"])
        self.assertIn("8.9E+18 is a number of more digits", result["bad"][0]["message"])
        self.assertEqual(self._entered(line), ["A1", "1.2E+15", "A2"])

    def test_when_rows_of_numbers_are_pasted_then_each_cell_is_one(self):
        phones, tablets = self._two_lines()
        phones.enter_text("A1\tA2")
        tablets.enter_text("B1\tB2\n")
        self.assertEqual((self._entered(phones), self._entered(tablets)), (["A1", "A2"], ["B1", "B2"]))

    def test_when_very_many_numbers_stand_in_one_row_then_each_is_entered(self):
        line = self._receipt_line(300)
        result = line.enter_text("\t".join(f"A{number}" for number in range(300)))
        self.assertEqual((result["added"], result["bad"]), (300, []))
        result = line.enter_text("B\ud8001\tB2")
        self.assertEqual(self._result_codes(result["bad"]), ["bad_format", "too_many"])

    def test_when_cells_may_have_lost_digits_then_they_are_refused_by_their_line(self):
        line = self._receipt_line(3)
        rows = [["Serial Number"], [7001], [1234567890123456789], ["8.9E+18"], [True], [1.5], ["A1"]]

        result = self._upload(line, make_xlsx(rows))

        self.assertEqual(self._entered(line), ["7001", "A1"])
        self.assertEqual(self._result_codes(result["bad"]), ["bad_cell"] * 4)
        for check, (number, words) in zip(
            result["bad"],
            [(3, "more digits"), (4, "more digits"), (5, "TRUE is no text"), (6, "otherwise")],
            strict=True,
        ):
            self.assertRegex(check["message"], f"^Line {number}: .*{words}")

    def test_when_numbers_were_made_dates_then_they_are_refused(self):
        line = self._receipt_line(1)

        result = self._upload(line, make_xlsx([["SN"], [datetime.date(2027, 4, 3)]], default_date_format="d.m.yy"))

        self.assertRegex(result["bad"][0]["message"], "^Line 2: 2027-04-03 is no text")

    def test_when_a_scanned_number_is_of_the_next_product_then_it_goes_there(self):
        self._receive(["A1", "A2"])
        self._receive(["B1", "B2"], product=self.tablet)
        phones, tablets = self._two_lines("out")

        result = phones.enter_text("B1\nA1\nB2\nX9")

        self.assertEqual((result["added"], self._result_codes(result["bad"])), (3, ["unknown"]))
        self.assertEqual(result["elsewhere"][0]["names"], ["B1", "B2"])
        self.assertEqual((self._entered(phones), self._entered(tablets)), (["A1"], ["B1", "B2"]))

    def test_when_a_number_of_the_next_product_cannot_be_taken_then_its_line_says_why(self):
        self._receive(["A1", "A2"])
        self._receive(["B1", "B2"], product=self.tablet)
        phones, _tablets = self._two_lines("out")
        self._unit("B1", product=self.tablet).with_user(self.manager).action_hold("broken")

        [check] = phones.add_serials(["B1"])

        self.assertEqual(check["code"], "hold")

    def test_when_a_number_fits_the_format_of_the_next_product_then_it_goes_there(self):
        phones, tablets = self._two_lines()
        self.product.serial_format, self.tablet.serial_format = "A[0-9]", "B[0-9]"

        checks = phones.add_serials(["A1", "B1", "C1"])

        self.assertEqual(self._result_codes(checks), ["new", "new", "bad_format"])
        self.assertEqual([check["line_id"] for check in checks], [phones.id, tablets.id, phones.id])

    def _two_announced_lines(self):
        """Announce numbers of two products on one order; open its receipt, return the lines of phones and tablets."""
        order = self._announce(["A1", "A2"], quantity=2).order_id
        second = order.order_line.copy({"order_id": order.id, "product_id": self.tablet.id, "product_qty": 2})
        second.announce_serials(["B1", "B2"])
        lines = self._validate_and_open(self._receipt(order.order_line[0])).line_ids
        return lines.sorted(lambda line: line.product_id != self.product)

    def test_when_the_vendor_announced_a_number_for_the_next_product_then_it_goes_there(self):
        phones, tablets = self._two_announced_lines()

        result = phones.enter_text("B1\nA1\nA9")

        self.assertEqual((result["added"], result["bad"]), (3, []))
        self.assertEqual([part["names"] for part in result["elsewhere"]], [["B1"]])
        self.assertEqual((self._entered(phones), self._entered(tablets)), (["A1", "A9"], ["B1"]))

    def test_when_a_number_was_announced_for_both_products_then_it_stays_where_it_was_entered(self):
        phones, tablets = self._two_announced_lines()
        tablets._get_source()._serial_purchase_line().announce_serials(["A1", "B2"])

        phones.enter_text("A1")

        self.assertEqual((self._entered(phones), self._entered(tablets)), (["A1"], []))

    def test_when_another_line_has_room_for_the_product_then_it_takes_the_rest(self):
        first, second = self._validate_and_open(self._transfer("in", 1) | self._transfer("in", 1)).line_ids

        self.assertEqual(self._result_codes(first.add_serials(["A1", "A2", "A3"])), ["new", "new", "too_many"])
        self.assertEqual((self._entered(first), self._entered(second)), (["A1"], ["A2"]))

    def test_when_the_file_has_bad_numbers_then_they_are_returned_and_the_others_kept(self):
        self._receive(["B1"])
        line = self._receipt_line(2)

        result = self._upload(line, make_csv([["A1"], ["B1"], ["a1"], ["A2"], ["A3"]]))

        self.assertEqual(self._result_codes(result["bad"]), ["in_stock", "duplicate", "too_many"])
        self.assertEqual(self._entered(line), ["A1", "A2"])

    def test_when_units_are_announced_by_a_file_then_they_are_expected(self):
        entry = self._open(self._order(2))

        self._upload(entry.line_ids, make_xlsx([["Serial Number"], ["A1"], ["A2"]]), "asn.xlsx")
        entry.action_confirm()

        self.assertEqual(self._statuses(["A1", "A2"]), ["expected", "expected"])

    def test_when_the_file_cannot_be_read_then_refused_with_what_to_do(self):
        line = self._receipt_line(1)
        damaged = make_xlsx([["A1"]])[:200]
        for content in (b"\x89PNG\r\n\x1a\n\x00\x01\xff\x00", damaged, ZIP, b"\x00\x01\x02"):
            with self.subTest(content=content[:8]), self.assertRaisesRegex(UserError, "list.csv cannot be read|has no"):
                self._upload(line, content)
        for content in ("%%%", 7, None, "é"):
            with self.subTest(content=content), self.assertRaisesRegex(UserError, "cannot be read|has no"):
                line.enter_file("list.csv", content)
        self.assertFalse(line.unit_ids)

    def test_when_the_file_has_no_numbers_then_refused(self):
        line = self._receipt_line(1)
        for content in (b"", b"\n\n", make_csv([["Serial Number"], [""]]), make_xlsx([])):
            with self.subTest(content=content[:8]), self.assertRaisesRegex(UserError, "has no serial numbers of Phone"):
                self._upload(line, content)

    def test_when_the_file_is_too_large_then_refused(self):
        line = self._receipt_line(1)
        with self.assertRaisesRegex(UserError, "more than 10 MB"):
            self._upload(line, b"A1\n" * 4 * 1024**2)

    def test_when_the_file_has_too_many_rows_then_refused(self):
        line = self._receipt_line(1)

        with self.assertRaisesRegex(UserError, "more than 100000 rows"):
            self._upload(line, b"A1\n" * 100_001)
