import re
from io import BytesIO

from freezegun import freeze_time
from lxml import html
from openpyxl import load_workbook

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools.safe_eval import safe_eval

from ..wizards import serial_report
from .common.base import ARABIC, HOSTILE_NAMES
from .common.report import SellerCommon

REPORT = "serial_number_tracking.report_serial_report"


class SerialReportCommon(SellerCommon):
    report = REPORT

    def _report(self, user=None, **choices):
        return self.env["serial.report"].with_user(user or self.seller).create(choices)

    def _chosen(self, **choices):
        """Return the units that a report shows on screen, in their order there."""
        report = self._report(**choices)
        action = report.action_open()
        view = report.env["serial.number"].get_view(action["views"][0][0], "list")["arch"]
        order = html.fromstring(view).get("default_order")
        return report.env["serial.number"].search(action["domain"], order=order)

    def _numbers(self, **choices):
        return self._chosen(product_ids=self.product.ids, **choices).mapped("name")


@tagged("post_install", "-at_install")
class TestSerialReport(SerialReportCommon):
    """Which units the report chooses, and in what order."""

    def test_when_ordered_by_number_then_as_people_count(self):
        self._receive(["A10", "A2", "B1", "A1-10", "A1-9", "10", "9", "A", "A02X"], blanks=1)

        self.assertEqual(self._numbers(), ["9", "10", "A", "A1-9", "A1-10", "A2", "A02X", "A10", "B1", False])

    def test_when_digits_are_many_or_of_another_script_then_they_count_all_the_same(self):
        huge = "1" + "0" * 126
        self._receive([f"A{huge}", "A" + "9" * 126, "A٣", "A٢٠", "A४", "A12"])

        self.assertEqual(self._numbers(), ["A٣", "A४", "A12", "A٢٠", "A" + "9" * 126, f"A{huge}"])

    def test_when_the_register_is_sorted_by_number_downwards_then_blanks_still_come_last(self):
        self._receive(["A10", "A2"], blanks=1)

        units = self.register.search([("product_id", "=", self.product.id)], order="name DESC, id")

        self.assertEqual(units.mapped("name"), ["A10", "A2", False])

    def test_when_a_status_is_chosen_then_its_units_alone(self):
        self._receive(["A1", "S1", "H1", "V1"], blanks=2)
        self._ship(["S1"], blanks=1)
        self._unit("H1").action_hold("recall")
        self._unit("V1").with_user(self.manager).action_void("lost")
        for status, names in {
            "none": ["A1", "H1", "S1", "V1", False, False],
            "available": ["A1"],
            "received": [False],
            "issued": [False],
            "sold": ["S1"],
            "hold": ["H1"],
            "void": ["V1"],
            "expected": [],
            "designated": [],
        }.items():
            with self.subTest(status=status):
                self.assertEqual(self._numbers(status=status), names)

    def test_when_the_statuses_are_offered_then_in_the_reports_own_words(self):
        offered = dict(self.env["serial.report"]._fields["status"]._description_selection(self.env))

        self.assertEqual(
            [offered[code] for code in ("none", "available", "received", "issued")],
            ["No Restrictions", "Available in stock", "Received w/out Serial", "Issued w/out Serial"],
        )
        self.assertEqual(offered["in_stock"], "In Stock")
        self.assertEqual(set(offered) - {"none", "in_stock"}, set(dict(self.register._fields["status"].selection)))

    def test_when_all_in_stock_are_chosen_then_whatever_their_status(self):
        self._receive(["A1", "S1", "H1"], blanks=1)
        self._ship(["S1"])
        self._unit("H1").action_hold("recall")

        self.assertEqual(self._numbers(status="in_stock"), ["A1", "H1", False])

    def test_when_the_menu_opens_it_then_what_is_in_stock_is_chosen(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("serial_number_tracking.serial_report_action")
        context = safe_eval(action["context"])

        report = self.env["serial.report"].with_user(self.seller).with_context(context).create({})

        self.assertEqual(report.status, "in_stock")

    def test_when_products_categories_or_partners_are_chosen_then_their_units(self):
        parent = self.env["product.category"].create({"name": "Devices"})
        category = self.env["product.category"].create({"name": "Tablets", "parent_id": parent.id})
        tablet = self._make_product("Tablet", categ_id=category.id)
        other_vendor = self.env["res.partner"].create({"name": "Other Vendor"})
        contact = self.env["res.partner"].create({"name": "Contact", "parent_id": self.customer.id})
        self._receive(["T1"], product=tablet)
        self._receive(["A1", "A2", "A3"], partner=other_vendor)
        self._ship(["A1"], partner=contact)
        self._ship(["A2"], partner=self.other_customer)
        self._unit("A2").with_user(self.clerk).action_register(self.vendor)
        tablet.active = False
        for choices, names in (
            ({"product_ids": tablet.ids}, ["T1"]),
            ({"categ_ids": parent.ids}, ["T1"]),
            ({"vendor_ids": other_vendor.ids}, ["A1", "A2", "A3"]),
            ({"customer_ids": self.customer.ids}, ["A1"]),
            ({"customer_ids": contact.ids}, ["A1"]),
            ({"end_user_ids": self.vendor.ids}, ["A2"]),
            ({"vendor_ids": other_vendor.ids, "customer_ids": self.other_customer.ids}, ["A2"]),
        ):
            with self.subTest(choices=choices):
                self.assertEqual(self._chosen(**choices).mapped("name"), names)

    def test_when_days_are_chosen_then_from_the_first_to_the_last_in_the_users_own_time(self):
        self.clerk.tz = self.seller.tz = "America/New_York"
        for name, moment in (("A1", "2026-03-02 03:00:00"), ("A2", "2026-03-02 12:00:00"), ("A3", "2026-03-03 12:00")):
            with freeze_time(moment):  # three in the morning in London is the day before in New York
                self._receive([name])
        march_1, march_2, march_3 = "2026-03-01", "2026-03-02", "2026-03-03"

        self.assertEqual(self._numbers(date_from=march_2), ["A2", "A3"])
        self.assertEqual(self._numbers(date_to=march_2), ["A1", "A2"])
        self.assertEqual(self._numbers(date_from=march_1, date_to=march_1), ["A1"])
        self.assertEqual(self._numbers(date_from=march_3, date_field="date_sold"), [])

    def test_when_warranty_ends_are_chosen_then_by_their_days(self):
        self._receive(["A1", "A2"])
        self._ship(["A1", "A2"])
        self._unit("A1").warranty_end, self._unit("A2").warranty_end = "2027-01-31", "2027-02-01"

        self.assertEqual(self._numbers(date_field="warranty_end", date_from="2027-01-01", date_to="2027-01-31"), ["A1"])

    def test_when_opened_from_selected_units_then_these_alone(self):
        self._receive(["A1", "A2", "A3"])
        selected = self._unit("A1") | self._unit("A3")
        context = {"active_model": "serial.number", "active_ids": selected.ids}
        report = self.env["serial.report"].with_user(self.seller).with_context(**context).create({})

        self.assertEqual(list(report._get_domain()), [("id", "in", selected.ids)])
        self.assertRecordValues(report, [{"count": 2, "selected": 2}])

    def test_when_ordered_otherwise_then_the_screen_is_grouped_so(self):
        for order, group in {
            "serial": {},
            "product": {"group_by": "product_id"},
            "customer": {"group_by": "customer_id"},
            "vendor": {"group_by": "vendor_id"},
            "date": {"group_by": "date_received:day"},
        }.items():
            self.assertEqual(self._report(order_by=order).action_open()["context"], group)

    def test_when_another_company_has_units_then_they_are_not_counted(self):
        self._receive(["A1"])
        stranger = self._make_stranger("sales_team.group_sale_salesman")

        self.assertEqual(self._report(stranger, product_ids=self.product.ids).count, 0)

    def test_when_nothing_matches_then_it_says_so_before_printing(self):
        report = self._report(product_ids=self._make_product("New").ids)
        for act in (report.action_print, report.action_export_xlsx):
            with self.assertRaisesRegex(UserError, "No unit"):
                act()

    def test_when_there_are_too_many_for_a_pdf_then_it_says_so_before_starting(self):
        self._receive(["A1", "A2", "A3"])
        self.patch(serial_report, "PDF_LIMIT", 2)
        report = self._report(product_ids=self.product.ids)

        self.assertTrue(report.is_too_long)
        with self.assertRaisesRegex(UserError, "Excel"):
            report.action_print()
        self.assertEqual(report.action_export_xlsx()["type"], "ir.actions.act_url")

    def test_when_days_are_the_wrong_way_round_then_refused(self):
        with self.assertRaisesRegex(UserError, "first day"):
            self._report(date_from="2026-03-02", date_to="2026-03-01")

    def test_when_somebody_elses_report_is_asked_for_then_refused(self):
        self._receive(["A1"])
        report = self._report(product_ids=self.product.ids)
        for act in ("action_open", "action_print", "action_export_xlsx"):
            with self.assertRaises(UserError):
                getattr(report.with_user(self.clerk), act)()


@tagged("post_install", "-at_install")
class TestSerialReportOnPaper(HttpCase, SerialReportCommon):
    """The report as it is printed."""

    def _read(self, lang="en_US", **choices):
        return self._paper(self._report(product_ids=self.product.ids, **choices), lang)

    def _column(self, tree, table, column=1):
        """Return the texts of a column of a printed table, headings of groups left out."""
        cells = tree.xpath(f"//table[@name='{table}']/tbody/tr[not(@class='o_serial_group')]/td[{column}]")
        return [cell.text_content().strip() for cell in cells]

    def test_when_printed_then_the_action_prints_this_report(self):
        self._receive(["A1"])
        report = self._report(product_ids=self.product.ids)

        action = report.action_print()

        self.assertEqual((action["report_name"], action["context"]["active_ids"]), (REPORT, report.ids))

    def test_when_printed_then_units_in_order_with_what_is_known(self):
        self._receive(["A10", "A2"])
        self._ship(["A2"])
        self._unit("A2").date_sold, self._unit("A2").warranty_end = "2026-03-14 12:00:00", "2028-03-14"

        tree = self._read()

        self.assertEqual(self._column(tree, "units"), ["A2", "A10"])
        labels = [cell.text_content() for cell in tree.xpath("//table[@name='units']/thead//th")]
        sold = [cell.text_content() for cell in tree.xpath("//table[@name='units']/tbody/tr[1]/td")]
        row = dict(zip(labels, sold, strict=True))
        self.assertEqual(row["Customer"], "Customer")
        self.assertEqual((row["Sold on"], row["Warranty until"]), ("03/14/2026", "03/14/2028"))

    def test_when_a_fact_is_not_known_then_the_others_keep_their_columns(self):
        self._receive(["A1"])
        tree = self._read()
        cells = tree.xpath("//table[@name='units']/tbody/tr/td")
        self.assertEqual(len(cells), len(tree.xpath("//table[@name='units']/thead//th")))

    def _labels(self, **choices):
        return [cell.text_content() for cell in self._read(**choices).xpath("//table[@name='units']/thead//th")]

    def test_when_a_status_is_chosen_then_its_columns_alone_and_none_that_is_empty(self):
        self._receive(["A1", "A2", "S1", "H1"])
        self._ship(["S1"])
        self._unit("S1").warranty_end = "2028-03-14"
        self._unit("H1").action_hold("recall")
        stock = ["Serial Number", "Product", "Location", "Vendor", "Received on"]
        for status, labels in {
            "available": stock,
            "hold": [*stock, "Reason for Hold"],
            "in_stock": ["Serial Number", "Product", "Status", *stock[2:], "Reason for Hold"],
            "sold": ["Serial Number", "Product", "Customer", "Sold on", "Warranty until"],
        }.items():
            with self.subTest(status=status):
                self.assertEqual(self._labels(status=status), labels)

    def test_when_all_units_have_something_in_common_then_it_stands_above_them_and_the_page_upright(self):
        self.product.name = "Telephone with 256 GB, black, in a box with cable"
        self.customer.name = "Customer with a name that is as long as that, and longer, and longer"
        self._receive(["A1", "B1"])
        self._ship(["A1", "B1"])

        tree = self._read(status="none")

        self.assertFalse(tree.xpath("//@data-report-landscape"))
        labels = [cell.text_content() for cell in tree.xpath("//table[@name='units']/thead//th")]
        self.assertEqual(labels, ["Serial Number"])
        text = " ".join(tree.xpath("//p[@name='common']")[0].text_content().split())
        self.assertIn(f"Product: {self.product.name}", text)
        self.assertIn(f"Customer: {self.customer.name}", text)
        self.assertIn("Status: Sold", text)

    def test_when_columns_are_few_then_the_page_stands_upright_and_else_it_lies(self):
        tablet = self._make_product("Tablet")
        self._receive(["A1", "B1"])
        self._receive(["T1"], product=tablet, partner=self.other_customer)
        self._ship(["A1"])
        for status, lies in (("available", False), ("none", True)):
            with self.subTest(status=status):
                self.product.name = "Telephone-with-256-GB,-black,-in-a-box-with-cable" if lies else "Phone"
                self.customer.name = "Customer-with-a-name-that-is-as-long-as-that-and-longer" if lies else "Customer"
                self.vendor.name = "Vendor-with-a-name-that-is-as-long-as-this-one" if lies else "Vendor"
                tablet.name = "Tablet-with-512-GB,-white,-in-a-box-without-a-cable" if lies else "Tablet"

                tree = self._paper(self._report(product_ids=(self.product | tablet).ids, status=status))

                self.assertEqual(bool(tree.xpath("//@data-report-landscape")), lies)

    def _receive_long_names(self, count):
        """Receive and sell units of several products, all with long names; return the products."""
        names = (
            "Tablet with 512 GB, white, in a box without a cable",
            "Headset, noise cancelling, in a grey leather case",
        )
        self.product.name = "Telephone with 256 GB, black, in a box with cable"
        self.vendor.name = "Vendor with a name that is as long as this one"
        self.customer.name = "Customer with a name that is as long as that, and longer"
        self.other_customer.name = "Another customer with a long name, Purchasing"
        products = self.product.union(*map(self._make_product, names))
        buyers = (self.customer, self.other_customer)
        for letter, product in zip("ABC", products, strict=True):
            numbers = [f"{letter}{number:04}" for number in range(count)]
            self._receive(numbers, product=product, partner=self.vendor if letter != "B" else self.other_customer)
            for buyer in buyers:
                self._ship(numbers[buyers.index(buyer) :: 3], product=product, partner=buyer)
        return products

    def test_when_several_products_have_long_names_then_these_stand_above_their_units(self):
        products = self._receive_long_names(12)

        tree = self._paper(self._report(product_ids=products.ids, status="none"))

        self.assertFalse(tree.xpath("//@data-report-landscape"))
        headings = [" ".join(cell.text_content().split()) for cell in tree.xpath("//tr[@class='o_serial_group']")]
        self.assertEqual(headings, [f"Product: {product.name} (12)" for product in products])
        labels = [cell.text_content() for cell in tree.xpath("//table[@name='units']/thead//th")]
        self.assertEqual(labels, ["Serial Number", "Status", "Location", "Vendor", "Customer", "Sold on"])

    def test_when_their_numbers_are_mixed_then_the_names_take_two_lines(self):
        products = self._receive_long_names(3)
        for product in products:
            for unit in self._units(product=product):
                unit.with_user(self.manager).name = unit.name[::-1]

        tree = self._paper(self._report(product_ids=products.ids, status="none"))

        self.assertFalse(tree.xpath("//@data-report-landscape"))
        self.assertFalse(tree.xpath("//tr[@class='o_serial_group']"))
        labels = [cell.text_content() for cell in tree.xpath("//table[@name='units']/thead//th")]
        self.assertIn("Product", labels)

    def test_when_several_products_have_long_names_then_40_rows_stand_on_a_page_too(self):
        products = self._receive_long_names(40)

        pages = self._pages(REPORT, self._report(product_ids=products.ids, status="none"))

        rows = [len(re.findall(r"[ABC]00\d\d", page)) for page in pages]
        self.assertGreaterEqual(rows[0], 40)
        self.assertGreaterEqual(rows[1], 50)

    def test_when_ordered_by_customer_then_grouped_with_their_numbers_of_units(self):
        self._receive(["A1", "A2", "A3", "A4"])
        self._ship(["A1", "A2"])
        self._ship(["A3"], partner=self.other_customer)

        tree = self._read(order_by="customer")

        headings = [" ".join(cell.text_content().split()) for cell in tree.xpath("//tr[@class='o_serial_group']")]
        self.assertEqual(headings, ["Customer (2)", "Other Customer (1)", "None (1)"])
        self.assertEqual(self._column(tree, "units"), ["A1", "A2", "A3", "A4"])
        self.assertNotIn("Customer", [cell.text_content() for cell in tree.xpath("//table[@name='units']/thead//th")])

    def test_when_ordered_by_date_then_grouped_by_day(self):
        self._receive(["A1", "A2", "A3"])
        for name, moment in (("A1", "2026-03-03 12:00:00"), ("A2", "2026-03-02 13:00:00"), ("A3", "2026-03-02 12:00")):
            self._unit(name).date_received = moment

        tree = self._read(order_by="date")

        headings = [" ".join(cell.text_content().split()) for cell in tree.xpath("//tr[@class='o_serial_group']")]
        self.assertEqual(headings, ["03/02/2026 (2)", "03/03/2026 (1)"])

    def test_when_printed_then_totals_per_product_and_status(self):
        tablet = self._make_product("Tablet")
        self._receive(["A1", "A2"], blanks=1)
        self._ship(["A2"])
        self._receive(["T1"], product=tablet)

        tree = self._paper(self._report(product_ids=(self.product | tablet).ids))

        head = [cell.text_content() for cell in tree.xpath("//table[@name='totals']/thead//th")]
        rows = [[cell.text_content() for cell in row] for row in tree.xpath("//table[@name='totals']/tbody/tr")]
        self.assertEqual(head, ["Product", "Received w/out Serial", "Available", "Sold", "Total"])
        self.assertEqual(
            rows, [["Phone", "1", "1", "1", "3"], ["Tablet", "0", "1", "0", "1"], ["Total", "1", "2", "1", "4"]]
        )

    def test_when_printed_then_with_what_was_chosen(self):
        self._receive(["A1"])

        tree = self._read(status="available", vendor_ids=self.vendor.ids, date_from="2026-01-01", order_by="vendor")

        choices = " ".join(tree.xpath("//p[@name='choices']")[0].text_content().split())
        for text in (
            "Status: Available in stock",
            "Products: Phone",
            "Vendors: Vendor",
            "Received on: From: 01/01/2026",
            "Ordered by: Vendor",
        ):
            self.assertIn(text, choices)

    def test_when_numbers_are_hostile_then_they_are_printed_as_they_are(self):
        self._receive(HOSTILE_NAMES)
        for lang, direction in (("en_US", "ltr"), (ARABIC, "rtl")):
            with self.subTest(lang=lang):
                tree = self._read(lang)

                self.assertEqual(set(self._column(tree, "units")), set(HOSTILE_NAMES))
                self.assertFalse(tree.xpath("//script[contains(., 'alert')]"))
                self.assertEqual(tree.xpath("//body/@dir"), [direction])

    def test_when_a_pdf_is_made_then_it_holds_the_units_and_the_number_of_pages(self):
        names = [HOSTILE_NAMES[1], "9" * 128, *(f"N{number}" for number in range(60))]
        self._receive(names)
        report = self._report(product_ids=self.product.ids)
        for lang in ("en_US", ARABIC):
            with self.subTest(lang=lang):
                pages = self._pages(REPORT, report, lang)

                text = "".join(pages)
                for name in names:
                    self.assertIn("".join(name.split()), text)
                self.assertGreater(len(pages), 1)
                if lang == "en_US":
                    for number, page in enumerate(pages, 1):
                        self.assertIn(f"Page{number}/{len(pages)}", page)

    def test_when_what_is_in_stock_is_printed_then_40_rows_stand_on_a_page(self):
        self.product.name = "Telephone with 256 GB, black, boxed"
        self._receive([f"N{number:05}" for number in range(160)])

        pages = self._pages(REPORT, self._report(product_ids=self.product.ids, status="in_stock"))

        self.assertLessEqual(len(pages), 5)

    def test_when_there_are_many_units_then_no_more_queries(self):
        self._receive([f"A{number}" for number in range(5)])
        few = self._count_queries(self._read)
        self._receive([f"B{number}" for number in range(200)])
        self._assert_no_more_queries(self._count_queries(self._read), few)


@tagged("post_install", "-at_install")
class TestSerialReportInFiles(SerialReportCommon, HttpCase):
    """The report as a spreadsheet."""

    def _download(self, report):
        self.authenticate("seller", "seller")
        return self.url_open(report.action_export_xlsx()["url"])

    def _open_workbook(self, **choices):
        answer = self._download(self._report(product_ids=self.product.ids, **choices))
        answer.raise_for_status()
        return load_workbook(BytesIO(answer.content))

    def _table(self, sheet):
        """Return the rows of a sheet as dictionaries by the titles of its columns."""
        titles, *rows = sheet.values
        return [dict(zip(titles, row, strict=True)) for row in rows]

    def test_when_exported_then_units_in_order_with_dates_as_dates(self):
        self._receive(["A10", "A2"])
        self._ship(["A2"])
        self._unit("A2").warranty_end = "2028-03-14"

        sheet = self._open_workbook()["Units"]

        first, second = self._table(sheet)
        self.assertEqual((first["Serial Number"], second["Serial Number"]), ("A2", "A10"))
        self.assertEqual((first["Status"], first["Customer"]), ("Sold", "Customer"))
        self.assertEqual(str(first["Warranty until"].date()), "2028-03-14")
        self.assertEqual((sheet.freeze_panes, sheet.auto_filter.ref), ("B2", "A1:N3"))

    def test_when_numbers_are_hostile_then_they_are_texts_and_never_formulas(self):
        self._receive(HOSTILE_NAMES)
        for lang, rightward in (("en_US", False), (ARABIC, True)):
            self.seller.lang = lang
            book = self._open_workbook()
            sheet = book.worksheets[0]
            with self.subTest(right_to_left=rightward):
                cells = [row[0] for row in sheet.iter_rows(min_row=2)]
                self.assertEqual({cell.value for cell in cells}, set(HOSTILE_NAMES))
                self.assertNotIn("f", {cell.data_type for cell in cells})
                self.assertEqual(bool(sheet.sheet_view.rightToLeft), rightward)

    def test_when_exported_then_totals_and_choices_have_their_sheets(self):
        self._receive(["A1", "A2"])
        self._ship(["A2"])

        book = self._open_workbook(order_by="product")

        self.assertEqual(
            self._table(book["Totals"]),
            [
                {"Product": "Phone", "Available": 1, "Sold": 1, "Total": 2},
                {"Product": "Total", "Available": 1, "Sold": 1, "Total": 2},
            ],
        )
        self.assertEqual(
            list(book["Choices"].values),
            [("Status", "No Restrictions"), ("Products", "Phone"), ("Ordered by", "Product")],
        )

    def test_when_downloaded_then_the_file_has_a_name_with_the_day(self):
        self._receive(["A1"])
        answer = self._download(self._report(product_ids=self.product.ids))
        self.assertRegex(answer.headers["Content-Disposition"], r"Serial%20Number%20Report%20\d{4}-\d\d-\d\d\.xlsx")

    def test_when_somebody_elses_file_is_asked_for_then_there_is_none(self):
        self._receive(["A1"])
        url = self._report(self.clerk, product_ids=self.product.ids).action_export_xlsx()["url"]
        self.authenticate("seller", "seller")
        self.assertEqual(self.url_open(url).status_code, 404)

    def test_when_nobody_is_logged_in_then_no_file(self):
        self._receive(["A1"])
        url = self._report(product_ids=self.product.ids).action_export_xlsx()["url"]
        self.assertIn("/web/login", self.url_open(url).url)
