from unittest.mock import patch

from odoo.tests import tagged

from ..engine import number_search
from .common.base import SerialCommon


@tagged("post_install", "-at_install")
class TestSearch(SerialCommon):
    """Finding units by their number, as the clerk does."""

    def _find(self, operator, value):
        found = self.register.with_user(self.clerk).search(
            [("name", operator, value), ("product_id", "=", self.product.id)]
        )
        return found.mapped("name")

    def test_when_a_part_is_typed_then_all_that_have_it_are_found(self):
        self._receive(["XAB12", "ab1", "zz"])

        self.assertEqual(set(self._find("ilike", "aB1")), {"XAB12", "ab1"})
        self.assertEqual(set(self._find("like", "aB1")), {"XAB12", "ab1"})
        self.assertEqual(self._find("not ilike", "aB1"), ["zz"])

    def test_when_thousands_have_the_part_then_all_are_found(self):
        self._receive(["XAB12", "ab1", "zz", "yab1"])
        with patch.object(number_search, "LIMIT", 2):
            self.assertEqual(set(self._find("ilike", "ab1")), {"XAB12", "ab1", "yab1"})

    def test_when_a_number_changes_then_it_is_found_by_parts_of_the_new_one(self):
        self._receive(["ab1"], blanks=1)

        self._unit("ab1").with_user(self.manager).name = "zz1"
        self._units("received").with_user(self.clerk).name = "yy1"

        self.assertEqual([self._find("ilike", part) for part in ("AB", "ZZ", "YY")], [[], ["zz1"], ["yy1"]])
        self.assertAddsUp()

    def test_when_parts_were_changed_past_the_register_then_they_are_mended_at_night(self):
        self._receive(["ab1", "ab2", "ab3"])
        self.env.flush_all()
        first, second, third = self._units().ids
        self.env.cr.execute("DELETE FROM serial_number_key WHERE id = %s", [first])
        self.env.cr.execute("UPDATE serial_number_key SET name_key = 'X' WHERE id = %s", [second])
        self.env.cr.execute("INSERT INTO serial_number_key (id, name_key) VALUES (%s, 'X')", [third + 1])

        with self.assertLogs("odoo.addons.serial_number_tracking.models.serial_number_key", "WARNING") as log:
            self.env["serial.number.key"]._gc_unlike_register()

        self.assertIn("rows did not have the numbers", log.output[0])
        self.assertAddsUp()
        self.assertEqual(len(self._find("ilike", "ab")), 3)
        self.env.cr.execute("SELECT 1 FROM serial_number_key WHERE id = %s", [third + 1])
        self.assertFalse(self.env.cr.fetchall())

    def test_when_the_exact_number_is_typed_then_it_comes_first(self):
        self._receive(["ab1", "ab12", "XAB1"])

        self.assertEqual(self._find("ilike", " AB1 ")[0], "ab1")

    def test_when_compared_for_equality_then_spelling_does_not_matter(self):
        self._receive(["ab 1", "ab1"])

        self.assertEqual(self._find("=", " AB   1"), ["ab 1"])
        self.assertEqual(self._find("!=", "AB 1"), ["ab1"])

    def test_when_searched_in_a_list_then_spelling_does_not_matter(self):
        self._receive(["ab1", "ab2", "ab3"])

        self.assertEqual(set(self._find("in", ["AB1", " ab2"])), {"ab1", "ab2"})
        self.assertEqual(self._find("not in", ["AB1", " ab2"]), ["ab3"])

    def test_when_a_number_has_a_wildcard_then_the_exact_one_is_still_first(self):
        self._receive(["A_1", "AB1", "A%1"])

        self.assertEqual(self._find("ilike", "A_1")[0], "A_1")
        self.assertEqual(self._find("ilike", "A%1")[0], "A%1")

    def test_when_a_pattern_is_given_as_such_then_its_wildcards_work(self):
        self._receive(["ab1", "ab2", "xb1"])

        self.assertEqual(set(self._find("=ilike", "ab%")), {"ab1", "ab2"})

    def test_when_searched_for_placeholders_then_those_without_number(self):
        self._receive(["A1"], blanks=2)

        self.assertEqual(self._find("=", False), [False, False])
        self.assertEqual(self._find("!=", False), ["A1"])

    def test_when_the_search_is_blank_then_everything_matches(self):
        self._receive(["A1"], blanks=1)

        self.assertEqual(len(self._find("ilike", "")), 2)

    def test_when_typed_into_a_field_then_suggestions_begin_with_the_exact_one(self):
        self._receive(["ab1", "ab12", "XAB1"])

        suggestions = self.register.with_user(self.clerk).name_search("AB1", [("product_id", "=", self.product.id)])

        self.assertEqual(len(suggestions), 3)
        self.assertEqual(suggestions[0][1], "ab1")

    def test_when_sorted_by_another_column_then_the_exact_one_is_still_first(self):
        self._receive(["ab1"])
        self._receive(["ab12"])

        found = self.register.search([("name", "ilike", "ab1"), ("product_id", "=", self.product.id)], order="id desc")

        self.assertEqual(found[0].name, "ab1")

    def test_when_counted_and_grouped_then_the_same_units(self):
        self._receive(["ab1", "ab12"], blanks=1)
        domain = [("name", "ilike", "AB1"), ("product_id", "=", self.product.id)]

        self.assertEqual(self.register.search_count(domain), 2)
        self.assertEqual(self.register._read_group(domain, ["status"], ["__count"]), [("available", 2)])

    def test_when_searched_from_another_model_then_spelling_does_not_matter(self):
        picking = self._receive(["ab1"])

        moves = self.env["stock.move"].search([("serial_ids.name", "=", "AB1"), ("product_id", "=", self.product.id)])

        self.assertEqual(moves, picking.move_ids)

    def test_when_a_control_character_is_searched_then_nothing_is_found(self):
        self._receive(["ab1"])

        self.assertEqual(self._find("ilike", "ab\x1d1"), [])

    def test_when_named_then_the_number_else_status_and_id(self):
        self._receive(["ab1"], blanks=1)
        named, blank = self._units().with_user(self.clerk)

        self.assertEqual(named.display_name, "ab1")
        self.assertEqual(blank.display_name, f"Received w/out Serial #{blank.id}")
