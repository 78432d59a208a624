"""Labels for units: Code 128 and QR on sheets and rolls, and ZPL for label printers."""

from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, HttpCase, tagged

from ..tools import label_sheet
from .common.base import HOSTILE_NAMES, PaperCommon


@tagged("post_install", "-at_install")
class TestLabelFormat(BaseCase):
    def test_when_a_scanner_can_read_it_then_the_number_gets_bars(self):
        for name, width, fits in (
            ("IMEI350000000490", 43, True),
            ("L" * 40, 43, False),
            ("1" * 30, 43, True),
            ("L" * 128, 97, False),
            ("\u0631\u0642\u0645", 97, False),
            ("\u5e8f\u5217", 97, False),
        ):
            with self.subTest(name=name, width=width):
                self.assertEqual(bool(label_sheet.measure_bars(name, width)), fits)

    def test_when_printed_in_zpl_then_special_characters_are_hexadecimal(self):
        self.assertEqual(
            label_sheet.make_zpl('A^1~_\\<&>"', "Tom & Co", "Phone ^XZ"),
            "^XA^CI28\n"
            "^FO20,15^A0N,24,24^FH^FDTom _26 Co^FS\n"
            "^FO20,45^A0N,24,24^FH^FDPhone _5EXZ^FS\n"
            "^FO20,75^A0N,24,24^FB290,6,0,L^FH^FDA_5E1_7E_5F_5C_3C_26_3E_22^FS\n"
            "^FO330,10^BQN,2,4^FH^FDMA,A_5E1_7E_5F_5C_3C_26_3E_22^FS\n"
            "^FO20,140^BY2^BCN,80,N,N,N^FH^FDA_5E1_7E_5F_5C_3C_26_3E0_22^FS\n"
            "^XZ",
        )

    def test_when_code_128_cannot_say_it_then_the_zpl_label_has_the_qr_code_alone(self):
        label = label_sheet.make_zpl("\u5e8f\u5217-1")

        self.assertIn("^FDMA,\u5e8f\u5217-1^FS", label)
        self.assertNotIn("^BC", label)


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
        self.assertTrue(paper.xpath("//img[@alt='Barcode SN-1']/@src")[0].startswith("data:image/png;base64,"))
        self.assertEqual(paper.xpath("//img[@name='serial_qr']/@alt"), ["SN-1"])
        self.assertTrue(paper.xpath("//img[@name='serial_qr']/@src")[0].startswith("data:image/png;base64,"))

    def test_when_code_128_cannot_say_it_then_the_label_has_the_qr_code_alone(self):
        names = ["\u0631\u0642\u0645-1", "\u5e8f\u5217-1", "L" * 128]
        self._receive(names)

        paper = self._print(self._units())

        self.assertEqual(paper.xpath("//img[@name='serial_qr']/@alt"), names)
        self.assertFalse(paper.xpath("//img[starts-with(@alt, 'Barcode')]"))

    def test_when_product_and_company_are_not_wanted_then_they_are_left_out(self):
        self._receive(["A1"])

        paper = self._print(self._unit("A1"), with_product=False, with_company=False)

        self.assertFalse(paper.xpath("//div[@name='serial_product' or @name='serial_company']"))

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

        labels = [label_sheet.make_zpl(name, self.company.name, "Phone") for name in HOSTILE_NAMES]
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
