"""Labels for units: Code 128 and QR on sheets and rolls, and ZPL for label printers."""

import pypdfium2
import zxingcpp
from lxml import html
from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, HttpCase, tagged

from ..tools import code_drawing, data_matrix, label_code, label_sheet, label_zpl
from ..tools.label import read
from .common.base import HOSTILE_NAMES, PaperCommon

PLAIN = zxingcpp.TextMode.Plain


@tagged("post_install", "-at_install")
class TestLabelFormat(BaseCase):
    def test_when_a_scanner_can_read_it_then_the_number_gets_bars(self):
        for name, width, fits in (
            ("IMEI350000000490", 43, True),
            ("L" * 40, 43, False),
            ("1" * 30, 43, True),
            ("\n", 97, False),
            ("L" * 128, 97, False),
            ("\u0631\u0642\u0645", 97, False),
            ("\u5e8f\u5217", 97, False),
        ):
            with self.subTest(name=name, width=width):
                self.assertEqual(bool(label_sheet.measure_bars(code_drawing.make_bars(name), width)), fits)

    def test_when_small_print_is_long_then_whole_lines_fit_above_the_number(self):
        for name, sheet in label_sheet.SHEETS.items():
            for number in ("A1", "L" * 40):
                with self.subTest(sheet=name, number=number):
                    place = label_sheet.lay_out(sheet, number, label_code.make_code(number))
                    self.assertLessEqual(place.lines * sheet.line * label_sheet.PIXEL, place.text_box[3])
                    self.assertGreaterEqual(sheet.line * label_sheet.PIXEL, sheet.text)

    def test_when_printed_in_zpl_then_special_characters_are_hexadecimal(self):
        self.assertEqual(
            label_zpl.make_zpl('A^1~_\\<&>"', "Tom & Co", "Phone ^XZ"),
            "^XA^CI28\n"
            "^FO20,15^A0N,24,24^FH^FDTom _26 Co^FS\n"
            "^FO20,45^A0N,24,24^FH^FDPhone _5EXZ^FS\n"
            "^FO20,75^A0N,24,24^FB290,6,0,L^FH^FDA_5E1_7E_5F_5C_3C_26_3E_22^FS\n"
            "^FO330,10^BQN,2,4^FH^FDMA,A_5E1_7E_5F_5C_3C_26_3E_22^FS\n"
            "^FO20,140^BY2^BCN,80,N,N,N^FH^FDA_5E1_7E_5F_5C_3C_26_3E0_22^FS\n"
            "^XZ",
        )

    def test_when_code_128_cannot_say_it_then_the_zpl_label_has_the_qr_code_alone(self):
        label = label_zpl.make_zpl("\u5e8f\u5217-1")

        self.assertIn("^FDMA,\u5e8f\u5217-1^FS", label)
        self.assertNotIn("^BC", label)

    def test_when_printed_in_zpl_as_gs1_then_both_codes_begin_with_fnc1(self):
        label = label_zpl.make_zpl("SN-1", code=label_code.make_code("SN-1", "04006381333931", "gs1"))

        self.assertIn("^BXN,4,200,,,,$^FH^FD$1010400638133393121SN-1^FS", label)
        self.assertIn("^FD_3E;_3E8010400638133393121_3E6SN-1^FS", label)

    def test_when_a_text_is_drawn_as_datamatrix_then_it_is_read(self):
        for length in (1, 3, 4, 11, 20, 35, 60, 128):
            text = ("a1B22-" * 22)[:length]
            with self.subTest(length=length):
                rows = data_matrix.make_rows(text)
                side = len(rows) + 4
                picture = Image.new("L", (side, side), 255)
                for down, row in enumerate(rows):
                    for right in (right for right, is_dark in enumerate(row) if is_dark):
                        picture.putpixel((right + 2, down + 2), 0)

                found = zxingcpp.read_barcodes(picture.resize((side * 5, side * 5), 0), text_mode=PLAIN)

                self.assertEqual([(code.symbology_identifier, code.text) for code in found], [("]d1", text)])

    def test_when_datamatrix_has_no_such_size_or_characters_then_none_is_drawn(self):
        self.assertIsNone(data_matrix.make_rows("x" * 175))
        self.assertIsNone(data_matrix.make_rows("\u5e8f"))


class LabelCommon(PaperCommon):
    def _layout(self, units, print_format="4x7", user=None, **vals):
        layout = self.env["serial.label.layout"].with_user(user or self.clerk)
        return layout.with_context(active_model="serial.number", active_ids=units.ids).create(
            {"print_format": print_format, **vals}
        )

    def _print(self, units, print_format="4x7", lang="en_US", **vals):
        layout = self._layout(units, print_format, **vals)
        return html.fromstring(self._render(layout.action_print()["report_name"], layout, lang))


@tagged("post_install", "-at_install")
class TestLabels(LabelCommon):
    def test_when_printed_then_each_label_has_number_product_and_company(self):
        self._receive(HOSTILE_NAMES)
        for lang in ("en_US", "ar_001"):
            for print_format in label_sheet.SHEETS:
                with self.subTest(lang=lang, print_format=print_format):
                    paper = self._print(self._units(), print_format, lang)

                    self.assertEqual(self._printed(paper), HOSTILE_NAMES)
                    products = paper.xpath("//div[@name='serial_product']/text()")
                    self.assertEqual(products, ["Phone"] * len(HOSTILE_NAMES))
                    companies = paper.xpath("//div[@name='serial_company']/text()")
                    self.assertEqual(companies, [self.company.name] * len(HOSTILE_NAMES))

    def test_when_printed_then_code_128_and_qr_say_the_number(self):
        self._receive(["SN-1"])

        paper = self._print(self._unit("SN-1"))

        self.assertEqual(len(paper.xpath("//img[@alt='Barcode SN-1']")), 1)
        self.assertTrue(paper.xpath("//img[@alt='Barcode SN-1']/@src")[0].startswith("data:image/svg+xml;base64,"))
        self.assertEqual(paper.xpath("//img[@name='serial_square']/@alt"), ["SN-1"])
        self.assertTrue(paper.xpath("//img[@name='serial_square']/@src")[0].startswith("data:image/svg+xml;base64,"))

    def test_when_code_128_cannot_say_it_then_the_label_has_the_qr_code_alone(self):
        names = ["\u0631\u0642\u0645-1", "\u5e8f\u5217-1", "L" * 128]
        self._receive(names)

        paper = self._print(self._units())

        self.assertEqual(paper.xpath("//img[@name='serial_square']/@alt"), names)
        self.assertFalse(paper.xpath("//img[starts-with(@alt, 'Barcode')]"))

    def test_when_product_and_company_are_not_wanted_then_they_are_left_out(self):
        self._receive(["A1"])

        paper = self._print(self._unit("A1"), with_product=False, with_company=False)

        self.assertFalse(paper.xpath("//div[@name='serial_product' or @name='serial_company']"))

    def test_when_names_are_long_then_the_label_shows_whole_lines_of_them(self):
        self.product.name = "A telephone with a name that is far longer than a label is wide" * 2
        self._receive(["A1"])
        for print_format, kind in (("2x7", "line"), ("4x7", "product")):
            with self.subTest(print_format=print_format):
                (product,) = self._print(self._unit("A1"), print_format).xpath("//div[@name='serial_product']")

                self.assertIn(f"o_serial_label_{kind}", product.get("class"))
                styles = dict(part.split(": ") for part in product.get("style").rstrip(";").split("; "))
                height = int(styles["-webkit-line-clamp"]) * label_sheet.SHEETS[print_format].line
                self.assertEqual(styles["max-height"], f"{height}px")

    def test_when_copies_are_wanted_then_they_stand_beside_each_other(self):
        self._receive(["A1", "A2"])

        self.assertEqual(self._printed(self._print(self._units(), copies=2)), ["A1", "A1", "A2", "A2"])

    def test_when_a_unit_has_no_number_then_it_gets_no_label_and_the_window_says_so(self):
        self._receive(["A1"], blanks=2)
        layout = self._layout(self._units())

        self.assertRecordValues(layout, [{"label_count": 1, "blank_count": 2}])
        self.assertEqual(self._printed(self._print(self._units())), ["A1"])

    def test_when_no_unit_has_a_number_then_refused(self):
        self._receive(blanks=1)
        with self.assertRaisesRegex(UserError, "Enter the numbers"):
            self._layout(self._units()).action_print()

    def test_when_no_copy_is_wanted_then_refused(self):
        self._receive(["A1"])
        with self.assertRaisesRegex(UserError, "at least one"):
            self._layout(self._units(), copies=0).action_print()

    def test_when_more_labels_are_wanted_than_a_pdf_takes_then_refused_before_it_starts_and_zpl_takes_them(self):
        self._receive(["A1"])
        with self.assertRaisesRegex(UserError, "Choose ZPL"):
            self._layout(self._units(), copies=1_001).action_print()
        action = self._layout(self._units(), "zpl", copies=1_001).action_print()
        self.assertEqual(action["report_type"], "qweb-text")

    def test_when_more_labels_are_wanted_than_a_file_takes_then_refused_wherever_it_is_asked_for(self):
        self._receive(["A1"])
        layout = self._layout(self._units(), "zpl", copies=2**31 - 1)
        with self.assertRaisesRegex(UserError, "more than one file takes"):
            layout.action_print()
        with self.assertRaisesRegex(UserError, "more than one file takes"):
            layout._get_zpl()

    def test_when_zpl_is_chosen_then_the_file_has_a_label_for_each_unit(self):
        self._receive(HOSTILE_NAMES)
        layout = self._layout(self._units(), "zpl")

        text = self.env["ir.actions.report"]._render_qweb_text(layout.action_print()["report_name"], layout.ids)[0]

        labels = [label_zpl.make_zpl(name, self.company.name, "Phone") for name in HOSTILE_NAMES]
        self.assertEqual(text.decode().strip(), "\n".join(labels))

    def test_when_asked_from_a_transfer_then_its_units_are_chosen(self):
        self._receive(["B1"])
        picking = self._receive(["A1", "A2"])

        action = picking.action_print_serial_labels()

        layout = self.env[action["res_model"]].with_user(self.clerk).with_context(**action["context"]).create({})
        self.assertEqual(layout.serial_ids, self._unit("A1") | self._unit("A2"))

    def test_when_a_transfer_has_no_units_yet_then_refused_with_what_to_do(self):
        with self.assertRaisesRegex(UserError, "Validate"):
            self._transfer("in", 1).action_print_serial_labels()

    def test_when_a_unit_is_of_another_company_then_it_is_not_printed(self):
        self._receive(["A1"])
        stranger = self._make_stranger("stock.group_stock_user")
        with self.assertRaises(AccessError):
            self._layout(self._units(), user=stranger).action_print()


@tagged("post_install", "-at_install")
class TestPrintedLabels(HttpCase, LabelCommon):
    def test_when_30_units_are_printed_4_by_7_then_the_other_two_stand_on_a_second_sheet(self):
        names = [f"SN-{count:05}" for count in range(30)]
        self._receive(names)
        for lang in ("en_US", "ar_001"):
            with self.subTest(lang=lang):
                layout = self._layout(self._units())

                pages = self._pages(layout.action_print()["report_name"], layout, lang)

                found = [[name for name in names if name in page] for page in pages]
                self.assertEqual(found, [names[:28], names[28:]])


@tagged("post_install", "-at_install")
class TestReadLabels(HttpCase, LabelCommon):
    """What stands on the page is read from its picture, as a scanner reads it from the paper."""

    def _scan(self, print_format, names, **vals):
        """Return what was printed as ``{symbology identifier: texts}`` on the pages of these units."""
        self._receive(names)
        layout = self._layout(self._units(), print_format, **vals)
        reports = self._reports(layout, "en_US").with_context(force_report_rendering=True)
        content, _type = reports._render_qweb_pdf(layout.action_print()["report_name"], layout.ids)
        found = {}
        for page in pypdfium2.PdfDocument(content):
            for code in zxingcpp.read_barcodes(page.render(scale=400 / 72).to_pil().convert("L"), text_mode=PLAIN):
                found.setdefault(code.symbology_identifier, []).append(code.text)
        return {symbology: sorted(texts) for symbology, texts in found.items()}

    def test_when_printed_on_any_sheet_then_every_code_of_4_to_40_characters_is_read(self):
        names = [("SN7K-" + "2X9" * 20)[: length - 2] + f"{length:02}" for length in range(4, 41)]
        for print_format in label_sheet.SHEETS:
            with self.subTest(print_format=print_format), self.env.cr.savepoint() as savepoint:
                wide = label_sheet.SHEETS[print_format].width
                barred = [name for name in names if label_sheet.measure_bars(code_drawing.make_bars(name), wide)]

                found = self._scan(print_format, names)

                self.assertEqual(found, {"]Q1": sorted(names), "]C0": sorted(barred)})
                self.assertGreaterEqual(max(map(len, barred)), 14)
                savepoint.rollback()

    def test_when_a_long_number_is_printed_then_no_letter_is_cut_at_the_edge_of_its_box(self):
        name = "L" * 60
        self._receive([name])
        for print_format in label_sheet.SHEETS:
            with self.subTest(print_format=print_format):
                layout = self._layout(self._unit(name), print_format, with_company=False, with_product=False)
                reports = self._reports(layout, "en_US").with_context(force_report_rendering=True)
                content, _type = reports._render_qweb_pdf(layout.action_print()["report_name"], layout.ids)
                text = pypdfium2.PdfDocument(content)[0].get_textpage()
                boxes = [text.get_charbox(index) for index in range(text.count_chars())]
                drawn = max(right for _l, _b, right, _t in boxes) - min(left for left, _b, _r, _t in boxes)

                self.assertLessEqual(drawn / 72 * 25.4, layout._lay_out(self._unit(name)).number_box[2])

    def test_when_gs1_is_chosen_then_the_codes_say_so_with_fnc1_and_other_numbers_are_said_alone(self):
        self.product.barcode = "4006381333931"
        found = self._scan("2x7", ["SN-1", "SN 2", "L" * 21], code="gs1")

        text = "010400638133393121SN-1"
        self.assertEqual(found, {"]d2": [text], "]C1": [text], "]Q1": ["L" * 21, "SN 2"], "]C0": ["L" * 21, "SN 2"]})

    def test_when_the_digital_link_is_chosen_then_the_qr_code_is_a_link_with_gtin_and_number(self):
        self.product.barcode = "4006381333931"
        found = self._scan("4x7", ["SN/1"], code="link", resolver="https://id.example.com/")

        self.assertEqual(found, {"]Q1": ["https://id.example.com/01/04006381333931/21/SN%2F1"], "]C0": ["SN/1"]})
        label = read("https://id.example.com/01/04006381333931/21/SN%2F1")
        self.assertEqual((label.gtin, label.serials), ("04006381333931", ["SN/1"]))

    def test_when_codes_cannot_be_printed_as_chosen_then_the_window_says_so(self):
        self._receive(["SN-1", "L" * 40])

        self.assertFalse(self._layout(self._unit("SN-1")).notice)
        self.assertIn("1 of the numbers are too long", self._layout(self._units(), "4x12").notice)
        self.assertIn("2 of the units get codes of the number alone", self._layout(self._units(), code="gs1").notice)

    def test_when_a_product_has_a_long_name_then_it_ends_in_an_ellipsis_or_wraps_within_its_box(self):
        self.product.name = "Telephone with a very long name that no label has room for, in black, 256 GB, " * 3
        self.assertIn("]Q1", self._scan("4x12", ["SN-1"]))
