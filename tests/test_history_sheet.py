from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common.base import ARABIC, HOSTILE_NAMES
from .common.report import SellerCommon

SHEET = "serial_number_tracking.report_serial_history"


@tagged("post_install", "-at_install")
class TestHistorySheet(HttpCase, SellerCommon):
    """Everything that happened to a unit, on one page."""

    report = SHEET

    def _facts(self, tree):
        """Return the head of the sheet as a dictionary."""
        labels = tree.xpath("//table[@name='facts']//th")
        texts = tree.xpath("//table[@name='facts']//td")
        return {th.text_content(): td.text_content().strip() for th, td in zip(labels, texts, strict=True)}

    def _event_rows(self, tree):
        rows = tree.xpath("//table[@name='events']/tbody/tr")
        return [[" ".join(cell.text_content().split()) for cell in row] for row in rows]

    def test_when_printed_then_the_head_says_what_is_known(self):
        self._receive(["A1"])
        self._ship(["A1"])
        unit = self._unit("A1")
        unit.date_sold, unit.warranty_end = "2026-03-14 12:00:00", "2028-03-14"

        tree = self._paper(unit)

        facts = self._facts(tree)
        for label, text in {
            "Product": "Phone",
            "Status": "Sold",
            "Vendor": "Vendor",
            "Customer": "Customer",
            "Sold on": "03/14/2026",
            "Warranty until": "03/14/2028",
        }.items():
            self.assertEqual(facts[label], text)
        self.assertNotIn("End User", facts)
        self.assertEqual(tree.xpath("//*[@name='number']")[0].text_content().strip(), "A1")

    def test_when_printed_then_every_event_in_order(self):
        receipt = self._receive(blanks=1)
        unit = self._units("received")
        unit.with_user(self.clerk).name = "A1"
        delivery = self._ship(["A1"])
        back = self._return_of(delivery, 1, ["A1"])
        unit.with_user(self.clerk).action_hold("damaged box")

        rows = self._event_rows(self._paper(unit))

        self.assertEqual([row[1] for row in rows], ["Received", "Numbered", "Shipped", "Returned", "Put on hold"])
        self.assertEqual([row[3] for row in rows], [receipt.name, "", delivery.name, back.name, ""])
        self.assertEqual(len(rows), len(unit.event_ids))
        self.assertIn("Customer", rows[2])
        self.assertEqual(rows[4][-1], "Warehouse Clerk damaged box")

    def test_when_the_number_is_plain_then_it_has_a_barcode(self):
        self._receive(HOSTILE_NAMES)
        self._receive(blanks=1)
        for unit, has in (
            (self._unit("=1+1"), True),
            (self._unit("L" * 128), False),
            (self._unit("\u5e8f\u5217-1"), False),
            (self._units("received"), False),
        ):
            with self.subTest(unit=unit.display_name):
                tree = self._paper(unit)
                self.assertEqual(bool(tree.xpath("//*[@name='barcode']//img")), has)

    def test_when_several_are_printed_then_one_sheet_each(self):
        self._receive(["A1", "A2"])
        tree = self._paper(self._unit("A1") | self._unit("A2"))
        numbers = [node.text_content().strip() for node in tree.xpath("//*[@name='number']")]
        self.assertEqual(numbers, ["A1", "A2"])

    def test_when_numbers_are_hostile_then_they_are_printed_as_they_are(self):
        self._receive(HOSTILE_NAMES)
        units = self._units("available")
        for lang, direction in (("en_US", "ltr"), (ARABIC, "rtl")):
            with self.subTest(lang=lang):
                tree = self._paper(units, lang)

                numbers = [node.text_content().strip() for node in tree.xpath("//*[@name='number']")]
                self.assertEqual(numbers, HOSTILE_NAMES)
                self.assertFalse(tree.xpath("//script[contains(., 'alert')]"))
                self.assertEqual(tree.xpath("//body/@dir"), [direction])

    def test_when_the_page_is_read_from_right_to_left_then_names_keep_their_order(self):
        self.vendor.name = "Meridian (vendor)"
        self._receive(["A1", "B1"])
        production = self.env["stock.location"].search([("usage", "=", "production")], limit=1)
        self._move(self.stock, production, 1, ["B1"])
        self._unit("B1")._build_in(self._unit("A1"))

        tree = self._paper(self._unit("A1"), ARABIC)

        names = {"B1", "Meridian (vendor)", self.product.display_name, self.stock.display_name}
        shown = [node for node in tree.xpath("//table//*[not(*)]") if node.text_content().strip() in names]
        self.assertGreater(len(shown), 5)
        self.assertEqual({node.xpath("ancestor-or-self::*[@dir]/@dir")[-1] for node in shown}, {"auto"})

    def test_when_a_pdf_is_made_then_each_sheet_is_one_page(self):
        self._receive(["A1", "L" * 128])
        units = self._units("available")
        for lang in ("en_US", ARABIC):
            with self.subTest(lang=lang):
                pages = self._pages(SHEET, units, lang)

                self.assertEqual(len(pages), 2)
                for name, page in zip(units.mapped("name"), pages, strict=True):
                    self.assertIn(name, page)

    def test_when_the_unit_is_another_companys_then_refused(self):
        self._receive(["A1"])
        self.reader = self._make_stranger("sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self._paper(self._unit("A1"))

    def test_when_it_is_looked_for_then_it_is_in_the_print_menu_of_the_register(self):
        bindings = self.env["ir.actions.actions"].with_user(self.seller).get_bindings("serial.number")
        self.assertIn("History Sheet", [action["name"] for action in bindings["report"]])
        self.assertIn("Serial Number Report", [action["name"] for action in bindings["report"]])
