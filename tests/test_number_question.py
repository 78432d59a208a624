from odoo.tests import tagged

from .common.base import SerialCommon


@tagged("post_install", "-at_install")
class TestNumberQuestion(SerialCommon):
    """The worklist asks before a number that is known elsewhere makes one unit of two."""

    def _ask(self, unit, name):
        return unit.with_user(self.clerk).get_number_question(name)

    def test_when_the_number_was_sold_to_a_customer_then_it_is_asked_whether_it_came_back(self):
        self._receive(["A1"])
        self._ship(["A1"], partner=self.other_customer)
        blank = self._receive(blanks=1).move_ids.serial_ids

        question = self._ask(blank, "a1")

        self.assertIn("A1 was sold to Other Customer on ", question)
        self.assertIn("Did it come back?", question)

    def test_when_the_number_is_another_product_s_then_it_is_asked(self):
        tablet = self._make_product("Tablet")
        self._receive(["T1"], product=tablet)
        blank = self._receive(blanks=1).move_ids.serial_ids

        self.assertIn("T1 is a number of Tablet, not of Phone", self._ask(blank, "T1"))

    def test_when_nobody_knows_the_number_or_it_is_in_stock_then_nothing_is_asked(self):
        self._receive(["A1"])
        gone = self._ship(blanks=1).move_ids.serial_ids

        self.assertEqual([self._ask(gone, name) for name in ("A1", "N9", "")], ["", "", ""])
