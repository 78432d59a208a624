from odoo.tests import tagged

from ..tools.nearest import make_neighbours
from .common.entry import EntryCommon


@tagged("post_install", "-at_install")
class TestNearest(EntryCommon):
    """What can be mended beside a refused number: known numbers that it was meant to be, and a release."""

    def setUp(self):
        super().setUp()
        self._receive([*(f"UXS052{digit}" for digit in range(10)), "QA77", "QB88"])
        self.line = self._validate_and_open(self._transfer("out", 3)).line_ids

    def _refuse(self, name):
        return self.line.enter_text(name)["bad"][0]

    def test_when_one_character_is_missing_then_the_known_numbers_are_asked_about_and_none_is_taken(self):
        check = self._refuse("UXS052")

        self.assertEqual(check["nearest"], [f"UXS052{digit}" for digit in range(10)])
        self.assertIn("Did you mean UXS0520 ... UXS0529?", check["message"])
        self.assertFalse(self.line.entered)

    def test_when_two_characters_are_exchanged_or_one_is_wrong_then_it_is_found(self):
        self.assertEqual(self._refuse("AQ77")["nearest"], ["QA77"])
        self.assertEqual(self._refuse("qa78")["nearest"], ["QA77"])
        self.assertEqual(self._refuse("QA777")["nearest"], ["QA77"])

    def test_when_the_line_cannot_take_a_near_number_then_it_is_not_proposed(self):
        self._unit("QA77").action_hold("Broken")

        self.assertNotIn("nearest", self._refuse("QA7"))

    def test_when_many_are_refused_then_nothing_is_looked_for(self):
        bad = self.line.enter_text("\n".join(f"QA7{letter}" for letter in "WXYZ"))["bad"]

        self.assertFalse([check for check in bad if "nearest" in check])

    def test_when_a_number_is_long_then_its_neighbours_are_bounded(self):
        self.assertLess(len(make_neighbours("A1" * 20)), 3_100)
        self.assertFalse(make_neighbours("A" * 41))

    def test_when_a_held_unit_is_released_in_the_window_then_it_is_entered(self):
        unit = self._unit("QB88")
        unit.action_hold("Broken")
        check = self._refuse("QB88")
        self.assertTrue(check["can_release"])

        result = self.line.with_user(self.clerk).release_serial("qb88")

        self.assertEqual((result["added"], unit.status), (1, "available"))
        self.assertEqual(self._entered(self.line), ["QB88"])

    def test_when_a_number_is_unknown_then_there_is_nothing_to_release(self):
        self.assertFalse(self._refuse("ZZ99")["can_release"])

    def test_when_many_held_units_are_refused_then_their_rights_are_asked_once(self):
        many, few = [[f"H{count}-{each}" for each in range(count)] for count in (40, 4)]
        self._receive([*many, *few])
        for name in (*many, *few):
            self._unit(name).action_hold("Broken")
        line = self.line.with_user(self.clerk)
        line.add_serials(["QB88"])

        taken = [self._count_queries(lambda names=names: line.add_serials(names)) for names in (many, few)]

        self.assertTrue(all(check["can_release"] for check in line.add_serials(many)))
        self._assert_no_more_queries(*taken)
