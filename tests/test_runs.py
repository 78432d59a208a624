"""Numbers that follow each other, as ranges on papers."""

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools import paper
from ..tools.runs import LEAST, fold
from .common.base import PaperCommon

# Few prefixes, digits and values, so that numbers often follow each other, repeat, and differ in width alone.
NUMBERS = st.builds(
    lambda prefix, value, width: f"{prefix}{value:0{width}}",
    *(
        st.sampled_from(["", "A", "a", "A1-", "SN 9/", "\u0661", "\u5e8f"]),
        st.integers(0, 25),
        st.integers(1, 3),
    ),
)
TEXTS = st.text("AZz019-. \u0661\u5e8f", min_size=1, max_size=6)


def unfold(run):
    """Return the numbers of a run, counted up from its first one by their digits alone."""
    if run.count == 1:
        return [run.first]
    digits = len(run.first) - len(run.first.rstrip("0123456789"))
    prefix, start = run.first[:-digits], int(run.first[-digits:])
    return [f"{prefix}{value:0{digits}}" for value in range(start, start + run.count)]


@tagged("post_install", "-at_install")
class TestRuns(BaseCase):
    def _show(self, names):
        return [(str(run), run.count) for run in fold(names)]

    @given(st.lists(NUMBERS | TEXTS, max_size=60))
    def test_when_folded_then_every_number_is_in_one_run_as_often_as_before(self, names):
        runs = fold(names)

        self.assertEqual(sorted(name for run in runs for name in unfold(run)), sorted(names))
        for run in runs:
            self.assertEqual(unfold(run)[-1], run.last)
            self.assertTrue(run.count == 1 or run.count >= LEAST)
            self.assertEqual(len(run.first), len(run.last))

    @given(st.lists(NUMBERS, max_size=60, unique=True))
    def test_when_folded_then_no_run_could_go_on(self, names):
        runs = fold(names)
        for run in runs:
            if run.count > 1:
                after = unfold(type(run)(run.first, run.last, run.count + 1))[-1]
                self.assertTrue(after not in names or len(after) != len(run.last))

    def test_when_numbers_follow_each_other_then_one_range_says_so(self):
        self.assertEqual(self._show([f"UXB{n:05}" for n in range(1, 1001)]), [("UXB00001 – UXB01000", 1000)])

    def test_when_one_is_missing_then_the_range_ends_before_it(self):
        names = ["A1", "A2", "A3", "A5", "A6", "A7"]
        self.assertEqual(self._show(names), [("A1 – A3", 3), ("A5 – A7", 3)])

    def test_when_prefix_or_width_differ_then_nothing_is_joined(self):
        for names in (
            ["A8", "A9", "A10"],
            ["A01", "A2", "A03"],
            ["A1", "B2", "A3"],
            ["A1X", "A2X", "A3X"],
            ["A1", "A2"],
        ):
            with self.subTest(names=names):
                self.assertEqual(self._show(names), [(name, 1) for name in names])

    def test_when_scanned_in_any_order_then_the_range_stands_where_its_earliest_stood(self):
        self.assertEqual(self._show(["X9", "A3", "B", "A1", "A2"]), [("X9", 1), ("A1 – A3", 3), ("B", 1)])

    def test_when_digits_are_a_hundred_then_they_still_count(self):
        names = ["9" * 99 + str(digit) for digit in range(5)]
        self.assertEqual(self._show(names), [(f"{names[0]} – {names[-1]}", 5)])

    def test_when_a_range_is_long_then_its_column_is_as_wide_with_its_count(self):
        names = [f"SERIAL-{n:08}" for n in range(1000)] + [f"OTHER-{n:09}" for n in range(5)]
        rows = paper.arrange([*names, None], folds=True)

        self.assertEqual(
            [[str(run) if run else None for run in row.cells] for row in rows],
            [
                ["SERIAL-00000000 – SERIAL-00000999", "OTHER-000000000 – OTHER-000000004"],
                [None],
            ],
        )


@tagged("post_install", "-at_install")
class TestRangesOnPaper(PaperCommon):
    report = "stock.report_deliveryslip"

    def _ranges(self, paper):
        return [
            " ".join(part.getparent().text_content().split()) for part in paper.xpath("//bdi[@name='serial_range']")
        ]

    def test_when_the_company_wants_ranges_then_slip_and_picking_list_have_them_with_their_counts(self):
        self.company.serial_paper_ranges = True
        picking = self._receive([f"UXB{n:03}" for n in range(1, 101)] + ["Z7"], blanks=1)
        for report in ("stock.report_deliveryslip", "stock.report_picking"):
            self.report = report
            for lang in ("en_US", "ar_001"):
                with self.subTest(report=report, lang=lang):
                    paper = self._paper(picking, lang)

                    self.assertEqual(self._ranges(paper), ["UXB001 – UXB100 (100)"])
                    self.assertEqual(self._printed(paper), ["Z7"])
                    self.assertEqual(self._count_places(paper), 1)

    def test_when_the_company_does_not_then_every_number_stands(self):
        names = [f"UXB{n:03}" for n in range(1, 11)]

        paper = self._paper(self._receive(names))

        self.assertEqual((self._ranges(paper), self._printed(paper)), ([], names))

    def test_when_numbers_are_printed_then_a_heading_says_what_they_are(self):
        for names, heading in ((["A1"], "Serial Number"), (["B1", "B2"], "Serial Numbers")):
            titles = self._paper(self._receive(names)).xpath("//*[@name='serial_title']/text()")

            self.assertEqual(titles, [heading])

    def test_when_the_company_wants_the_warranty_then_it_stands_above_the_numbers_it_is_for(self):
        self.company.serial_paper_warranty = True
        self._receive(["A1", "A2", "A3"])
        picking = self._ship(["A1", "A2", "A3"])
        (self._unit("A1") | self._unit("A3")).warranty_end, self._unit("A2").warranty_end = "2028-03-14", "2029-03-14"

        paper = self._paper(picking)

        parts = paper.xpath("//*[@name='serial_heading' or @name='serial_name']")
        self.assertEqual(
            [part.text_content().strip() for part in parts],
            ["Warranty until 03/14/2028", "A1", "A3", "Warranty until 03/14/2029", "A2"],
        )

    def test_when_sold_again_then_the_first_slip_does_not_promise_the_warranty_of_the_second_sale(self):
        self.company.serial_paper_warranty = True
        self.product.warranty_months = 12
        self._receive(["A1"])
        first = self._ship(["A1"])
        self._return(["A1"])
        self._ship(["A1"], partner=self.other_customer)

        self.assertFalse(self._paper(first).xpath("//*[@name='serial_heading']"))
