import re

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import ValidationError
from odoo.tests import BaseCase, tagged

from ..models.serial_format import is_slow
from .common import SerialCommon

GOOD = (
    "",
    "[A-Z]{2}[0-9]{6}",
    "[A-Z]+",
    ".*",
    ".+",
    "SN[0-9]+",
    r"\d{4}-\d{4}-\d{4}",
    "[A-Z]+-[0-9]+-[A-Z]+-[0-9]+",
    "([A-Z]{2}-)*[0-9]+",
    "([0-9A-F]{2}:){5}[0-9A-F]{2}",
    "(?:[A-Z]+-)+[0-9]+",
    "(?:-[A-Z]+)+",
    "(SN|PN)[0-9]{4,12}",
    "(?:ab|cd|ef)+",
    "[A-Z]?[0-9]{4,8}-?[A-Z]*",
    r"\w+\s\w+",
    ".*A.*B.*",
    "(?i)sn[0-9]{6}",
    r"(?=.*[0-9])[A-Z0-9]{8}",
    "[\u0600-\u06ff]+[0-9]{3}",
    r"([A-Z])\1[0-9]+",
)
EVIL = (
    "(A+)+",
    "(A+)+B",
    "([A-Z]+)*",
    "(A*)*",
    "(A?)*",
    "(A|A)*B",
    "(A|AB|B)*C",
    "(AB|A|B)+[0-9]",
    "(?i)(A|aB|b)+C",
    "(?i:(A|aB|b)+)C",
    "([A-Z]{1,3})+X",
    "(.*)*",
    "(.*A){20}",
    ".*.*.*.*X",
    r"\w+\w+\w+\w+X",
    "A?" * 30 + "A" * 30,
    "(A?){30}A{30}",
    "(?:(?:(?:){9999}){9999}){9999}",
    r"(\d+|[0-9]+)+X",
    "(?=(A+)+B)A*",
    r"([^-]+[A-Z]*)+-",
    "(\u0600+|[\u0600-\u06ff]+)+X",
)

REPEATS = st.sampled_from(["*", "+", "?", "{2}", "{1,3}"])
PATTERNS = st.recursive(
    st.sampled_from(["A", "[AB]", "B", ".", r"\d"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map("(?:{0[0]}|{0[1]})".format),
        st.tuples(inner, REPEATS).map("(?:{0[0]}){0[1]}".format),
    ),
    max_leaves=12,
)


@tagged("post_install", "-at_install")
class TestSerialFormat(BaseCase):
    """Patterns that take forever on a wrong number are found before they are kept."""

    def test_when_parts_are_told_apart_then_quick(self):
        for pattern in GOOD:
            with self.subTest(pattern=pattern):
                self.assertFalse(is_slow(pattern))

    def test_when_one_text_divides_in_many_ways_then_slow(self):
        for pattern in EVIL:
            with self.subTest(pattern=pattern):
                self.assertTrue(is_slow(pattern))

    def test_when_it_is_no_pattern_then_that_is_raised(self):
        for pattern in ("(", "[A-", "*A", "(?P<x"):
            with self.subTest(pattern=pattern), self.assertRaises(re.error):
                is_slow(pattern)

    @settings(deadline=None)
    @given(PATTERNS)
    def test_when_a_pattern_passes_then_the_worst_numbers_are_refused_in_a_moment(self, pattern):
        if not is_slow(pattern):
            for wrong in ("A" * 127 + "-", "B" * 127 + "-", "AB" * 63 + "-", "1" * 127 + "-"):
                re.fullmatch(pattern, wrong)  # hangs when the judgement is wrong


@tagged("post_install", "-at_install")
class TestFormatOfProduct(SerialCommon):
    """Who types such a pattern is told."""

    def test_when_the_pattern_of_a_product_would_take_forever_then_refused(self):
        with self.assertRaisesRegex(ValidationError, "could take forever"):
            self.product.serial_format = "([A-Z]+)+[0-9]"

    def test_when_it_is_no_pattern_then_refused(self):
        for pattern in ("(", "A{99999999999999999999}"):
            with self.assertRaisesRegex(ValidationError, "is no regular expression"):
                self.product.serial_format = pattern
