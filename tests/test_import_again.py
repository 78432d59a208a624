from odoo.tests import tagged

from .common.imports import ImportCommon


@tagged("post_install", "-at_install")
class TestImportAgain(ImportCommon):
    """Units that the register knows: by their id, or by their number."""

    def setUp(self):
        super().setUp()
        self._receive(["A1", "A2", "S1", "H1", "D1"], blanks=2)
        self._ship(["S1"])
        self._ship(blanks=1)
        self._unit("H1").action_hold("recall")
        self._unit("D1").action_designate(self.customer)

    def _export(self, columns):
        """Return the rows of an export of all units, as a CSV file has them."""
        rows = self._units().with_user(self.manager).export_data(columns)["datas"]
        return [["" if cell in (False, None) else str(cell) for cell in row] for row in rows]

    def _states(self):
        return [
            (unit.name, unit.status, unit.customer_id, unit.vendor_id, unit.hold_reason, unit.event_ids)
            for unit in self._units()
        ]

    def test_when_an_export_comes_back_unchanged_then_nothing_happens(self):
        facts = [
            "name",
            "product_id",
            "status",
            "location_id",
            "vendor_id",
            "customer_id",
            "date_received",
            "date_sold",
        ]
        facts += ["warranty_end", "end_user_id", "hold_reason", "hold_until", "note", "company_id"]
        before = self._states()
        for identity in (["id"], [".id"], []):
            with self.subTest(identity=identity):
                units = self._loads([*identity, *facts], *self._export([*identity, *facts]))
                self.assertEqual(units.sorted("id"), self._units())
                self.assertEqual(self._states(), before)

    def test_when_an_export_comes_into_an_empty_register_then_it_is_the_same(self):
        facts = ["name", "product_id", "status", "vendor_id", "customer_id", "hold_reason"]
        rows = [row for row in self._export(facts) if row[0]]
        self._adjust(4, product=self.other_phone)

        units = self._loads(facts, *([row[0], "Tablet", *row[2:]] for row in rows))

        for unit in units:
            known = self._unit(unit.name)
            self.assertRecordValues(
                unit,
                [{"status": known.status, "customer_id": known.customer_id.id, "hold_reason": known.hold_reason}],
            )
        self.assertAddsUp(self.other_phone)

    def test_when_placeholders_are_numbered_by_id_then_they_are(self):
        received, issued = self._units("received"), self._units("issued")

        self._loads(
            [".id", "name", "status"],
            [str(received.id), "N1", "Received w/out Serial"],
            [str(issued.id), "N2", "Issued w/out Serial"],
            user=self.clerk,
        )

        self.assertRecordValues(
            received + issued, [{"name": "N1", "status": "available"}, {"name": "N2", "status": "sold"}]
        )
        self.assertEqual(self._kinds(received), ["received", "imported"])
        self.assertAddsUp()

    def test_when_a_placeholder_is_numbered_by_external_id_then_available(self):
        unit = self._units("received")
        xml_id = unit.with_user(self.manager).export_data(["id"])["datas"][0][0]
        self._loads(["id", "name"], [xml_id, "N1"])
        self.assertRecordValues(unit, [{"name": "N1", "status": "available"}])

    def test_when_an_external_id_is_new_then_the_unit_keeps_it(self):
        unit = self._loads(["id", "name", "product_id", "status"], ["old.unit_1", "E1", "Phone", "Ordered"])
        self.assertEqual(self.env.ref("old.unit_1"), unit)
        self.assertEqual(self._loads(["id", "note"], ["old.unit_1", "again"]).note, "again")

    def test_when_a_placeholder_gets_a_number_that_is_known_then_the_two_are_one(self):
        self._loads(["name", "product_id", "status"], ["E1", "Phone", "Ordered"])
        blank = self._units("received")

        unit = self._loads([".id", "name"], [str(blank.id), "E1"])

        self.assertRecordValues(unit, [{"id": blank.id, "name": "E1", "status": "available"}])
        self.assertEqual(len(self._unit("E1")), 1)

    def test_when_facts_of_a_known_number_differ_then_they_are_corrected(self):
        unit = self._unit("S1")

        self._loads(
            ["name", "product_id", "status", "vendor_id", "end_user_id", "warranty_end"],
            ["s1", "Phone", "Sold", "", "Other Customer", "2031-01-31"],
        )

        self.assertRecordValues(
            unit, [{"name": "S1", "end_user_id": self.other_customer.id, "vendor_id": self.vendor.id}]
        )
        event = unit.event_ids[0]
        self.assertRecordValues(event, [{"kind": "imported", "status_from": "sold", "status_to": "sold"}])
        self.assertIn("End User: - → Other Customer", event.note)
        self.assertNotIn("Vendor", event.note)

    def test_when_a_cell_is_emptied_beside_an_id_then_the_fact_is_cleared(self):
        unit = self._unit("A1")
        self._loads([".id", "vendor_id"], [str(unit.id), ""])
        self.assertFalse(unit.vendor_id)

    def test_when_a_number_is_corrected_by_id_then_history_says_what_it_was(self):
        unit = self._unit("A1")
        self._loads([".id", "name"], [str(unit.id), "A9"])
        self.assertRecordValues(unit, [{"name": "A9", "name_key": "A9", "status": "available"}])
        self.assertIn("A1 → A9", unit.event_ids[0].note)

    def test_when_the_status_changes_as_by_hand_then_it_takes_that_road(self):
        units = self._loads(
            ["name", "product_id", "status", "hold_reason", "customer_id"],
            ["A1", "Phone", "Hold", "inspection", ""],
            ["H1", "Phone", "Available", "", ""],
            ["A2", "Phone", "Designated", "", "Customer"],
        )

        self.assertRecordValues(
            units,
            [
                {"status": "hold", "hold_reason": "inspection", "customer_id": False},
                {"status": "available", "hold_reason": False, "customer_id": False},
                {"status": "designated", "hold_reason": False, "customer_id": self.customer.id},
            ],
        )
        self.assertEqual([unit.event_ids[0].kind for unit in units], ["held", "released", "designated"])

    def test_when_the_status_changes_as_only_documents_do_then_refused(self):
        rows = [["A1", "Phone", "Available"], ["A2", "Phone", "Sold"], ["S1", "Phone", "Available"]]

        result = self._load(["name", "product_id", "status"], *rows)

        self.assertEqual([line for line, _text in self._lines(result)], [1, 2])
        self.assertIn("A2 becomes Sold by its document", result["messages"][0]["message"])
        self.assertIn("S1 (Phone): Sold", result["messages"][1]["message"])

    def test_when_the_product_of_a_unit_is_changed_then_refused(self):
        result = self._load([".id", "product_id"], [str(self._unit("A1").id), "Tablet"])
        self.assertIn("A1 is a unit of Phone", result["messages"][0]["message"])

    def test_when_a_unit_stands_in_two_rows_then_the_second_is_refused(self):
        unit = self._unit("A1")
        result = self._load([".id", "name", "product_id"], [str(unit.id), "", ""], ["", "A1", "Phone"])
        self.assertEqual([line for line, _text in self._lines(result)][-1], 1)

    def test_when_more_rows_without_number_come_than_there_are_placeholders_then_refused(self):
        rows = [["", "Phone", "Received w/out Serial"]] * 2
        result = self._load(["name", "product_id", "status"], *rows)
        self.assertEqual([line for line, _text in self._lines(result)], [1])

    def test_when_five_times_as_many_units_are_corrected_then_queries_hardly_grow(self):
        self._receive([f"C{number}" for number in range(1000)])

        def load(count):
            rows = [[f"C{number}", "Phone", f"note {count} {number}"] for number in range(count)]
            return self._count_queries(lambda: self._loads(["name", "product_id", "note"], *rows))

        load(2)  # what Odoo keeps for the next file
        few = load(200)
        self._assert_no_more_queries(load(1000), few)

    def test_when_a_caller_says_who_made_a_unit_and_when_then_it_is_not_believed(self):
        root = self.env.ref("base.user_root")
        vals = {"create_uid": root.id, "create_date": "2001-01-01 00:00:00", "write_uid": root.id}
        sold = {"name": "Z1", "product_id": self.product.id, "status": "sold"}
        unit = self.register.with_user(self.manager).create(sold | vals)
        row = {
            "name": "Z1",
            "product_id": "Phone",
            "create_uid/.id": str(root.id),
            "create_date": "2001-01-01 00:00:00",
        }
        for act in (lambda: self._loads([*row], [*row.values()]), lambda: unit.write(vals)):
            act()
            self.env.invalidate_all()
            self.assertEqual((unit.create_uid, unit.write_uid), (self.manager, self.manager))
            self.assertGreater(unit.create_date.year, 2001)
