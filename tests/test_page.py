"""Columns of a list on paper."""

from odoo.tests import BaseCase, tagged

from ..tools import page
from ..tools.paper import measure

DAY = "29.11.2026"


@tagged("post_install", "-at_install")
class TestPage(BaseCase):
    def _fit(self, *columns):
        is_landscape, widths = page.fit(["Title"] * len(columns), [[text] * 3 for text in columns])
        self.assertAlmostEqual(sum(widths), 100, delta=0.1)
        return is_landscape, widths

    def test_when_names_need_more_than_a_page_then_days_stand_in_one_line(self):
        name = "Customer with a name that is as long as that, and longer, and longer"

        is_landscape, widths = self._fit("SN-000001", name, "Sold", name, name, DAY, name, DAY, name, DAY)

        self.assertTrue(is_landscape)
        for place in (5, 7, 9):
            self.assertAlmostEqual(widths[place] * page.LANDSCAPE / 100, measure(DAY) + page.GAP, delta=0.1)
        self.assertEqual(len({widths[place] for place in (1, 3, 4, 6, 8)}), 1)

    def test_when_all_fit_then_each_has_what_it_needs(self):
        is_landscape, widths = self._fit("SN-000001", "Phone", DAY)

        self.assertFalse(is_landscape)
        self.assertGreater(widths[0], widths[2])
        self.assertGreater(widths[2], widths[1])
