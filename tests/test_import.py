import datetime

from odoo.tests import new_test_user, tagged

from .common.imports import ImportCommon


@tagged("post_install", "-at_install")
class TestImport(ImportCommon):
    """Units that the register does not know."""

    def test_when_units_are_imported_then_they_take_placeholders(self):
        self._receive(blanks=2)
        placeholders = self._units()

        units = self._loads(["name", "product_id"], ["A1", "Phone"], ["A2", "Phone"])

        self.assertEqual(units, placeholders)
        self.assertRecordValues(units, [{"name": name, "status": "available"} for name in ("A1", "A2")])
        self.assertAddsUp()

    def test_when_a_number_is_a_label_then_its_expiry_and_lot_are_kept_unless_a_column_says_otherwise(self):
        self._receive(blanks=2)
        label = "0109521234543213{number}\x1d17271231\x1d10LOT7"
        columns = ["name", "product_id", "expiration_date"]

        units = self._loads(
            columns,
            [label.format(number="21A1"), "Phone", ""],
            [label.format(number="21A2"), "Phone", "2028-06-30"],
        )

        self.assertRecordValues(
            units,
            [
                {"name": "A1", "expiration_date": datetime.date(2027, 12, 31), "batch_name": "LOT7"},
                {"name": "A2", "expiration_date": datetime.date(2028, 6, 30), "batch_name": "LOT7"},
            ],
        )

    def test_when_units_of_each_status_are_imported_then_their_history_begins_with_imported(self):
        self._receive(blanks=3)
        columns = ["name", "product_id", "status", "customer_id", "hold_reason"]

        units = self._loads(
            columns,
            ["A1", "Phone", "Available", "", ""],
            ["H1", "Phone", "Hold", "", "recall"],
            ["D1", "Phone", "Designated", "Customer", ""],
            ["S1", "Phone", "Sold", "Customer", ""],
            ["E1", "Phone", "Ordered", "", ""],
            ["V1", "Phone", "Void", "", ""],
        )

        self.assertEqual(units.mapped("status"), ["available", "hold", "designated", "sold", "expected", "void"])
        for unit in units:
            first = next(event for event in unit.event_ids.sorted("id") if event.kind != "received")
            self.assertRecordValues(first, [{"kind": "imported", "user_id": self.manager.id}])
        self.assertEqual(self._kinds(units[3]), ["imported"])
        self.assertRecordValues(units[1], [{"hold_reason": "recall", "customer_id": False}])
        self.assertRecordValues(units[2], [{"customer_id": self.customer.id}])
        self.assertAddsUp()

    def test_when_dates_and_partners_are_given_then_they_are_kept(self):
        columns = ["name", "product_id", "status", "vendor_id", "customer_id", "end_user_id", "date_sold"]
        columns += ["warranty_end", "vendor_warranty_end", "note"]
        row = ["S1", "Phone", "Sold", "Vendor", "Customer", "Other Customer", "2025-02-03 04:05:06"]

        unit = self._loads(columns, [*row, "2031-01-31", "2030-01-31", "old stock"])

        self.assertRecordValues(
            unit,
            [
                {
                    "vendor_id": self.vendor.id,
                    "customer_id": self.customer.id,
                    "end_user_id": self.other_customer.id,
                    "date_sold": datetime.date(2025, 2, 3),
                    "warranty_end": datetime.date(2031, 1, 31),
                    "warranty_fixed": True,
                    "vendor_warranty_end": datetime.date(2030, 1, 31),
                    "note": "old stock",
                }
            ],
        )
        self.assertEqual(unit.event_ids.partner_id, self.customer)

    def test_when_dates_come_in_the_users_format_then_they_are_read_so(self):
        columns = ["name", "product_id", "status", "warranty_end"]

        self._import_csv(columns, ["S1", "Phone", "Sold", "31/01/2031"], date_format="%d/%m/%Y")

        self.assertEqual(self._unit("S1").warranty_end, datetime.date(2031, 1, 31))

    def test_when_the_product_is_given_by_name_reference_or_barcode_then_it_is_found(self):
        for number, product in enumerate(("Tablet", "T-1", "[T-1] Tablet", "4006381333931")):
            unit = self._loads(["name", "product_id", "status"], [f"E{number}", product, "Ordered"])
            self.assertEqual(unit.product_id, self.other_phone)

    def test_when_a_place_is_given_then_a_placeholder_there_is_taken_first(self):
        self._receive(blanks=2)
        self._receive(blanks=2, target=self.shelf)
        at_shelf = self._units()[2:]

        units = self._loads(
            ["name", "product_id", "location_id"],
            *([f"A{number}", "Phone", self.shelf.display_name if number % 2 else ""] for number in range(4)),
        )

        self.assertEqual(units[1] + units[3], at_shelf)
        self.assertAddsUp()

    def test_when_a_sold_units_customer_has_a_blank_then_it_gets_the_number(self):
        self._receive(blanks=2)
        self._ship(blanks=1)
        self._ship(blanks=1, partner=self.other_customer)
        contact = self.env["res.partner"].create({"name": "Contact", "parent_id": self.customer.id})
        blank = self._units("issued").filtered(lambda unit: unit.customer_id == self.customer)

        units = self._loads(
            ["name", "product_id", "status", "customer_id/.id"],
            *([name, "Phone", "Sold", str(contact.id)] for name in ("S1", "S2")),
        )

        self.assertEqual(units[0], blank)
        self.assertEqual(self._kinds(units[1]), ["imported"])
        self.assertRecordValues(units, [{"status": "sold", "customer_id": contact.id}] * 2)
        self.assertEqual(blank.delivery_move_id.state, "done")
        self.assertEqual(self._units("issued").customer_id, self.other_customer)
        self.assertAddsUp()

    def test_when_a_number_comes_for_a_unit_issued_without_and_there_is_none_then_refused(self):
        result = self._load(["name", "product_id", "status"], ["S1", "Phone", "Issued without serial"])
        self.assertIn("this customer has none", result["messages"][0]["message"])

    def test_when_no_piece_on_hand_waits_for_a_number_then_refused(self):
        self._receive(blanks=1)
        rows = [[name, "Phone", status] for name, status in (("A1", "Available"), ("A2", "Hold"), ("A3", "Designated"))]

        result = self._load(["name", "product_id", "status"], *rows)

        self.assertEqual([line for line, _text in self._lines(result)], [1, 2])
        self.assertIn("every piece of Phone on hand has its number", result["messages"][0]["message"])

    def test_when_properties_are_imported_then_they_are_kept(self):
        self.product.product_tmpl_id.serial_properties_definition = [
            {"name": "mac", "type": "char", "string": "MAC address"}
        ]
        columns = ["name", "product_id", "status", "serial_properties.mac"]

        unit = self._loads(columns, ["S1", "Phone", "Sold", "00:1B"])

        self.assertEqual(unit.serial_properties["mac"], "00:1B")

    def test_when_it_is_only_tried_then_nothing_stays(self):
        self._receive(blanks=1)

        result = self._import_csv(["name", "product_id"], ["A1", "Phone"], dryrun=True)

        self.assertFalse(result["messages"])
        self.assertEqual(self._units().mapped("status"), ["received"])
        self.assertEqual(self._kinds(self._units()), ["received"])

    def test_when_five_times_as_many_rows_are_imported_then_queries_hardly_grow(self):
        self._receive(blanks=1200)
        columns = ["name", "product_id", "status", "customer_id"]

        def load(count, prefix):
            rows = [
                [f"{prefix}{number}", "Phone", ("Available", "Sold")[number % 2], "Customer"] for number in range(count)
            ]
            return self._count_queries(lambda: self._loads(columns, *rows))

        load(2, "A")  # what Odoo keeps for the next file
        few = load(200, "B")
        self._assert_no_more_queries(load(1000, "C"), few)


@tagged("post_install", "-at_install")
class TestImportRefused(ImportCommon):
    """Bad rows are named by their line, all of them, and nothing is imported."""

    def test_when_rows_are_bad_then_each_is_named_by_its_line_and_nothing_is_imported(self):
        self._receive(["B1"], blanks=50)
        rows = [[f"A{number}", "Phone", "Available", ""] for number in range(50)]
        rows[3][0] = "A\u200b3"
        rows[7][0] = "x" * 129
        rows[11][1] = "Nonsense"
        rows[13][1] = "Cable"
        rows[17][2] = "Broken"
        rows[19][3] = "Nobody"
        rows[23][0] = "a22"
        rows[29] = ["B1", "Phone", "Sold", "Customer"]
        rows[31][0] = ""

        result = self._load(["name", "product_id", "status", "customer_id"], *rows)

        self.assertFalse(result["ids"])
        lines = dict(self._lines(result))
        self.assertEqual(sorted(lines), [3, 7, 11, 13, 17, 19, 23, 29, 31])
        self.assertIn("characters that cannot be seen", lines[3])
        self.assertIn("too long", lines[7])
        self.assertIn("Cable is not serialized", lines[13])
        self.assertIn("a22 of Phone stands in an earlier row already", lines[23])
        self.assertIn("B1 becomes Sold by its document", lines[29])
        self.assertIn("There is no serial number here", lines[31])
        self.assertFalse(self._unit("A0"))
        self.assertEqual(len(self._units("received")), 50)

    def test_when_more_than_ten_rows_are_bad_then_all_of_them_are_named(self):
        rows = [[f"A\u200b{number}", "Phone"] for number in range(40)]
        result = self._load(["name", "product_id"], *rows)
        self.assertEqual([line for line, _text in self._lines(result)], list(range(40)))

    def test_when_rows_are_bad_then_it_takes_no_more_queries_than_when_they_are_good(self):
        self._receive(blanks=401)

        def load(fault):
            rows = [[f"A{number}", "Phone"] for number in range(400)]
            rows[200][0] += fault
            return self._count_queries(lambda: self._load(["name", "product_id"], *rows))

        self._load(["name", "product_id"], ["W1", "Phone"])  # what Odoo keeps for the next file
        bad = load("\u200b")
        self._assert_no_more_queries(bad, load(""))

    def test_when_a_clerk_imports_new_units_then_refused(self):
        self._receive(blanks=1)
        result = self._load(["name", "product_id"], ["A1", "Phone"], user=self.clerk)
        self.assertIn("not allowed to create", result["messages"][0]["message"])
        self.assertEqual(self._units().mapped("status"), ["received"])

    def test_when_a_clerk_corrects_facts_by_import_then_refused(self):
        self._receive(["A1"])
        unit = self._unit("A1")

        result = self._load([".id", "vendor_id"], [str(unit.id), "Customer"], user=self.clerk)

        self.assertIn("Only a Serial Numbers manager", result["messages"][0]["message"])
        self.assertEqual(unit.vendor_id, self.vendor)

    def test_when_the_unit_belongs_to_another_company_then_refused(self):
        self._receive(["A1"])
        unit = self._unit("A1")
        company = self.env["res.company"].create({"name": "Other"})
        groups = "serial_number_tracking.group_serial_number_manager"
        stranger = new_test_user(self.env, "stranger", groups, company_id=company.id)
        xml_id = unit.with_user(self.manager).export_data(["id"])["datas"][0][0]

        for columns, value in ((["id", "note"], xml_id), ([".id", "note"], str(unit.id))):
            self.assertTrue(self._load(columns, [value, "mine"], user=stranger)["messages"])
        self.assertFalse(unit.note)

    def test_when_the_place_belongs_to_another_company_then_refused(self):
        company = self.env["res.company"].create({"name": "Other"})
        place = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1).lot_stock_id
        self._receive(blanks=1)

        result = self._load(["name", "product_id", "location_id/.id"], ["A1", "Phone", str(place.id)])

        self.assertIn("you may not see it", result["messages"][0]["message"])
