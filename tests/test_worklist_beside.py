from odoo.tests import tagged

from .common.identity import IMEI, IdentityCommon
from .common.worklist import WorklistCommon


@tagged("post_install", "-at_install")
class TestWorklistBeside(IdentityCommon, WorklistCommon):
    """What is entered beside a number on the worklist is the unit's that has the number, one that was known too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        template = cls.product.product_tmpl_id
        template.serial_has_grade = True
        template.serial_ask_properties = "ask"
        template.serial_identity_kind_ids = cls.kinds["imei"]

    def _paste(self, unit, add=False):
        """Enter A1 with its grade and its IMEI for a unit that waits, answer what is asked, and confirm."""
        entry, _action = self._open_window(unit)
        line = entry.line_ids
        answered = line.enter_text(f"Serial\tGrade\tIMEI\nA1\tB\t{IMEI}")
        self.assertEqual(bool(answered["bad"]), add)
        if add:
            line.add_serials(["A1"], add=True)
        return entry.action_confirm()

    def _assert_beside(self):
        unit = self.register.search([("name", "=", "A1"), ("product_id", "=", self.product.id)])
        self.assertEqual(unit.identity_ids.mapped("name"), [IMEI])
        self.assertEqual(unit.attribute_text, "Grade: B")
        return unit

    def test_when_the_number_is_new_then_its_unit_has_what_was_entered_beside_it(self):
        self._paste(self._wait(1))

        self._assert_beside()

    def test_when_a_sold_unit_came_back_then_it_has_what_was_entered_beside_it(self):
        self._receive(["A1"])
        self._ship(["A1"], partner=self.other_customer)
        units = self._wait(1)

        told = self._paste(units, add=True)

        unit = self._assert_beside()
        self.assertEqual(unit.status, "available")
        self.assertEqual(told["params"]["count"], 1)
        self.assertAddsUp()

    def test_when_a_unit_in_stock_is_the_one_that_left_then_it_has_what_was_entered_beside_it(self):
        self._receive(["A1", "A2"])

        self._paste(self._ship(blanks=1).move_ids.serial_ids)

        self.assertEqual(self._assert_beside().status, "sold")
        self.assertAddsUp()

    def test_when_two_change_places_then_the_one_with_the_number_has_what_was_entered_beside_it(self):
        self._receive(["A1"], blanks=1)
        unit = self._ship(blanks=1).move_ids.serial_ids

        self._paste(unit)

        self.assertEqual(self._assert_beside().status, "sold")
        self.assertRecordValues(unit, [{"name": False, "status": "received"}])

    def test_when_two_change_places_by_a_row_then_what_is_typed_beside_it_follows_the_number(self):
        self._receive(["A1"], blanks=1)
        self._ship(blanks=1)
        unit = self._blank()

        unit.write({"name": "A1", "identity_added": IMEI})

        self.assertFalse(unit.identity_ids)
        self.assertEqual(self._unit("A1").identity_ids.mapped("name"), [IMEI])
