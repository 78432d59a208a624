from lxml import html

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..wizards.serial_report_rows import get_sheet_columns
from .common.recall import RecallCommon


@tagged("post_install", "-at_install")
class TestParts(RecallCommon):
    """Units that are parts of others: found both ways, on paper and in recalls."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.part = cls._make_product("Battery")
        cls.production = cls.env["stock.location"].search(
            [("usage", "=", "production"), ("company_id", "=", cls.company.id)], limit=1
        )

    def _make_parts(self, count):
        """Return consumed units, in the order of their numbers."""
        names = [f"B{number}" for number in range(1, count + 1)]
        self._receive(names, product=self.part)
        move = self._transfer("int", count, product=self.part, target=self.production).move_ids
        move.assign_serials(names)
        move.picked = True
        move._action_done()
        return move.serial_ids.sorted("id")

    def _make_wholes(self, *names):
        self._receive(names)
        return self._units().filtered("name").sorted("id")

    def test_when_built_in_then_in_their_order_and_the_history_says_so(self):
        parts, wholes = self._make_parts(4), self._make_wholes("A1", "A2")

        parts._build_in(wholes)

        self.assertEqual([part.part_of_id.name for part in parts], ["A1", "A1", "A2", "A2"])
        self.assertEqual(parts[0].event_ids[0].kind, "built_in")
        self.assertEqual(parts[0].event_ids[0].note, "Part of A1 (Phone)")

    def test_when_they_cannot_be_divided_then_the_first_have_one_more(self):
        parts, wholes = self._make_parts(3), self._make_wholes("A1", "A2")

        parts._build_in(wholes)

        self.assertEqual([part.part_of_id.name for part in parts], ["A1", "A1", "A2"])

    def test_when_a_part_comes_back_into_stock_then_it_is_no_part_any_more(self):
        part, whole = self._make_parts(1), self._make_wholes("A1")
        part._build_in(whole)

        move = self._transfer("int", 1, product=self.part, source=self.production, target=self.stock).move_ids
        move.assign_serials(["B1"])
        move.picked = True
        move._action_done()

        self.assertEqual(part.status, "available")
        self.assertFalse(part.part_of_id)
        self.assertFalse(whole.part_ids)

    def test_when_parts_have_parts_then_the_sheet_shows_the_tree(self):
        parts, whole = self._make_parts(2), self._make_wholes("A1")
        parts[1]._build_in(parts[0])
        parts[0]._build_in(whole)

        self.assertEqual([(level, part.name) for level, part in whole._get_part_tree()], [(0, "B1"), (1, "B2")])
        found = self.register.search(whole.action_view_parts()["domain"])
        self.assertEqual(found, parts.sorted("id", reverse=True))

    def test_when_a_manager_says_it_by_hand_then_checked(self):
        parts, (whole, other) = self._make_parts(2), self._make_wholes("A1", "A2")

        parts.with_user(self.manager).part_of_id = whole
        self.assertEqual(whole.part_ids, parts.sorted("id", reverse=True))
        self.assertEqual(parts[0].event_ids[0].kind, "corrected")

        with self.assertRaisesRegex(UserError, "lies in stock"):
            other.with_user(self.manager).part_of_id = whole
        parts[1].with_user(self.manager).part_of_id = parts[0]
        with self.assertRaisesRegex(UserError, "a part of itself"):
            parts[0].with_user(self.manager).part_of_id = parts[1]

    def test_when_a_recall_names_parts_then_it_finds_what_contains_them(self):
        parts, wholes = self._make_parts(3), self._make_wholes("A1", "A2")
        parts[1]._build_in(parts[0])
        parts[0]._build_in(wholes[0])
        recall = self._recall()

        wizard = self.env["serial.recall.add"].create(
            {"recall_id": recall.id, "way": "numbers", "names": "B2\nB3", "in_wholes": True}
        )
        wizard.action_add()

        self.assertEqual(recall.line_ids.serial_id, wholes[0] | parts[2])

    def test_when_a_recall_asks_by_receipt_then_it_counts_what_contains_them(self):
        parts, whole = self._make_parts(2), self._make_wholes("A1")
        parts._build_in(whole)
        receipt = parts.move_ids.picking_id.filtered(lambda picking: picking.picking_type_code == "incoming")
        recall = self._recall()

        wizard = self.env["serial.recall.add"].create(
            {"recall_id": recall.id, "way": "receipt", "picking_ids": receipt.ids, "in_wholes": True}
        )

        self.assertEqual(wizard.found, 1)
        wizard.action_add()
        self.assertEqual(recall.line_ids.serial_id, whole)

    def test_when_its_sheet_is_printed_then_it_lists_the_parts(self):
        part, whole = self._make_parts(1), self._make_wholes("A1")
        part._build_in(whole)

        page, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "serial_number_tracking.report_serial_history", whole.ids
        )

        rows = html.fromstring(page).xpath("//table[@name='parts']/tbody/tr/td[1]")
        self.assertEqual([row.text_content().strip() for row in rows], ["B1"])

    def test_when_exported_then_the_spreadsheet_says_what_a_unit_is_part_of(self):
        part, whole = self._make_parts(1), self._make_wholes("A1")
        report = self.env["serial.report"].create({"product_ids": self.part.ids})
        self.assertNotIn("part_of_id", get_sheet_columns(report))

        part._build_in(whole)

        self.assertIn("part_of_id", get_sheet_columns(report))
