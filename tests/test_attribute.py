import base64

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import tagged

from .common.base import QUERIES_ASIDE, SerialCommon

DEFINITION = [
    {"name": "colour", "string": "Colour", "type": "char"},
    {"name": "made", "string": "Made on", "type": "date"},
    {"name": "weight", "string": "Weight", "type": "float"},
]


@tagged("post_install", "-at_install")
class TestAttribute(SerialCommon):
    """Properties and the grade of units, entered with their numbers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        template = cls.product.product_tmpl_id
        template.serial_properties_definition = DEFINITION
        template.serial_has_grade = True
        template.serial_ask_properties = "ask"

    def _open(self, quantity=2):
        picking = self._transfer("in", quantity)
        return self._entry(picking.button_validate(), picking).line_ids

    def _properties(self, name):
        unit = self.register.search([("name", "=", name), ("product_id", "=", self.product.id)])
        return {item["name"]: item.get("value") for item in unit.read(["serial_properties"])[0]["serial_properties"]}

    def test_when_the_grade_is_ticked_then_units_have_one(self):
        template = self.product.product_tmpl_id

        self.assertIn("grade", [item["name"] for item in template.serial_properties_definition])
        template.serial_has_grade = False
        self.assertNotIn("grade", [item["name"] for item in template.serial_properties_definition])

    def test_when_a_table_has_columns_then_the_units_get_their_properties(self):
        line = self._open()

        result = line.enter_text("Serial\tColour\tGrade\tMade on\tWeight\nA1\tred\tb\t2026-02-28\t1.5\nA2\tblue\tA\t\t")
        line.entry_id.action_confirm()

        self.assertEqual(result["added"], 2)
        self.assertEqual(self._properties("A1"), {"colour": "red", "made": "2026-02-28", "weight": 1.5, "grade": "b"})
        self.assertEqual(self._properties("A2")["grade"], "a")
        unit = self.register.search([("name", "=", "A1")])
        self.assertIn("Colour: red", unit.attribute_text)
        self.assertIn("Grade: B", unit.attribute_text)
        self.assertIn("Colour: red", unit.event_ids[0].note)
        self.assertAddsUp()

    def test_when_a_file_has_columns_then_they_are_taken_too(self):
        line = self._open(1)
        content = base64.b64encode(b"Serial,Colour\nA1,red\n").decode()

        line.enter_file("list.csv", content)
        line.entry_id.action_confirm()

        self.assertEqual(self._properties("A1")["colour"], "red")

    def test_when_a_value_cannot_be_read_then_its_number_is_refused_with_the_reason(self):
        line = self._open(1)

        result = line.enter_text("Serial\tGrade\nA1\tZ")

        self.assertEqual([check["code"] for check in result["bad"]], ["bad_property"])
        self.assertIn("Z is no Grade. Choose one of these: A, B, C, D.", result["bad"][0]["message"])
        for column, text in (("Made on", "soon"), ("Weight", "heavy"), ("Weight", "inf")):
            with self.subTest(column=column, text=text):
                self.assertTrue(line.enter_text(f"Serial\t{column}\nA1\t{text}")["bad"])

    def test_when_details_are_entered_in_the_window_then_they_are_kept_and_shown(self):
        line = self._open(1)
        line.add_serials(["A1"])
        asked = {field["label"]: field for field in line.get_beside("A1")}

        line.set_beside("A1", {asked["Colour"]["code"]: ["red"], asked["Grade"]["code"]: ["C"]})

        self.assertEqual(asked["Grade"]["choices"], ["A", "B", "C", "D"])
        again = {field["label"]: field["value"] for field in line.get_beside("A1")}
        self.assertEqual((again["Colour"], again["Grade"], again["Weight"]), ("red", "C", ""))
        self.assertIn("Colour: red", line.get_units()["rows"][0]["beside_text"])
        line.entry_id.action_confirm()
        self.assertEqual(self._properties("A1")["grade"], "c")

    def test_when_a_detail_is_emptied_or_undone_then_it_follows(self):
        line = self._open(1)
        line.add_serials(["A1"])
        line.set_beside("A1", {"property:colour": ["red"]})
        line.set_beside("A1", {})
        self.assertFalse(line.get_units()["rows"][0]["beside_text"])

        line.entry_id.undo()

        self.assertIn("red", line.get_units()["rows"][0]["beside_text"])

    def test_when_a_detail_cannot_be_taken_then_it_is_refused(self):
        line = self._open(1)
        line.add_serials(["A1"])

        for values in ({"property:grade": ["Z"]}, {"property:size": ["XL"]}, {"size": ["XL"]}, ["red"]):
            with self.subTest(values=values):
                self.assertTrue(line.set_beside("A1", values)["fault"])
        self.assertIn("not entered", line.set_beside("A2", {})["fault"])
        self.assertEqual(line.get_beside("A2"), [])

    def test_when_they_are_required_then_the_window_says_which_are_missing(self):
        self.product.product_tmpl_id.serial_ask_properties = "require"
        line = self._open(1)
        line.enter_text("Serial\tColour\tMade on\tWeight\nA1\tred\t2026-02-28\t0")

        with self.assertRaisesRegex(UserError, "Phone, Grade: A1"):
            line.entry_id.action_confirm()
        line.enter_text("Serial\tGrade\nA1\tA")

    def test_when_the_product_does_not_ask_then_the_window_does_not(self):
        self.product.product_tmpl_id.serial_ask_properties = False
        line = self._open(1)

        self.assertFalse(line._get_state()["asks_beside"])

    def test_when_the_window_is_opened_again_then_they_are_still_there(self):
        picking = self._transfer("in", 2)
        line = self._entry(picking.button_validate(), picking).line_ids
        line.enter_text("Serial\tColour\nA1\tred")
        line.entry_id.action_cancel()

        again = self._entry(picking.button_validate(), picking).line_ids

        self.assertIn("red", again.get_units()["rows"][0]["beside_text"])

    def test_when_a_known_unit_comes_again_then_it_keeps_the_others(self):
        line = self._open(1)
        line.enter_text("Serial\tColour\tGrade\nA1\tred\tA")
        line.entry_id.action_confirm()
        self._ship(["A1"])
        line = self._open(1)

        line.enter_text("Serial\tGrade\nA1\tC")
        line.entry_id.action_confirm()

        self.assertEqual((self._properties("A1")["colour"], self._properties("A1")["grade"]), ("red", "c"))

    def test_when_the_report_is_exported_then_it_has_them(self):
        self._receive(["A1"])

        self.assertIn("attribute_text", self.register._get_more_columns(Domain("product_id", "=", self.product.id)))
        self.assertNotIn("attribute_text", self.register._get_more_columns(Domain("product_id", "=", self.plain.id)))

    def test_when_there_are_many_then_no_query_more(self):
        def confirm(count):
            line = self._open(count)
            line.enter_text("Serial\tColour\n" + "\n".join(f"Q{count}-{index}\tred" for index in range(count)))
            return self._count_queries(line.entry_id.action_confirm)

        confirm(1)

        self.assertLessEqual(confirm(200), confirm(2) + 2 * QUERIES_ASIDE)
