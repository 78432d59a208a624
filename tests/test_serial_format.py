import re

from hypothesis import given
from hypothesis import strategies as st

from odoo.exceptions import ValidationError
from odoo.tests import BaseCase, tagged

from ..tools.pattern import MAX_LENGTH, MAX_NESTING, find_fault, is_slow
from ..tools.pattern_parts import TooDeep
from .common.base import SerialCommon
from .common.work import count_calls

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
    "(?i)[a-z]+-[0-9]+-[a-z]+",
    r"[]A-Z\d-]+/[0-9]{2,}",
    r"\x41+\u0042+\N{LATIN CAPITAL LETTER C}",
    "(?#year)[0-9]{2}(?P<week>[0-9]{2})[A-Z]+?",
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
    r"(\x41+|A)+B",
    r"([\101-\x43]+B?)+D",
    "(?P<x>A{1,}){2,}B",
    ".*.*.*X",
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

    def test_when_it_has_what_no_format_takes_then_that_is_raised(self):
        for pattern in ("(?x)A B", "(A)?(?(1)B|C)"):
            with self.subTest(pattern=pattern), self.assertRaisesRegex(re.error, "does not take"):
                is_slow(pattern)

    def test_when_it_is_too_long_then_it_is_not_even_read(self):
        self.assertIsNone(find_fault("A" * MAX_LENGTH))
        for pattern in ("A" * (MAX_LENGTH + 1), "(" * 10**6, "(?:" * 10**5 + "A" + ")*" * 10**5):
            self.assertEqual(find_fault(pattern), "too_long")
            self.assertLess(count_calls(lambda pattern=pattern: find_fault(pattern)), 5)

    def test_when_it_is_nested_then_a_level_more_takes_a_few_steps_more(self):
        for repeat in ("", "*", "+", "?", "{2}", "{1,3}"):
            steps = [count_calls(lambda pattern=pattern: is_slow(pattern)) for pattern in self._nest(repeat)]
            self.assertLess(steps[-1], 3 * MAX_NESTING * max(1, steps[0]))

    def _nest(self, repeat):
        return [f"{'(' * depth}A{')' * depth}{repeat}" for depth in range(1, MAX_NESTING + 1)] + [
            "(" * MAX_NESTING + "A" + f"){repeat}" * MAX_NESTING
        ]

    def test_when_it_is_nested_too_deeply_then_refused(self):
        pattern = "(" * (MAX_NESTING + 1) + "A" + ")" * (MAX_NESTING + 1)
        self.assertEqual(find_fault(pattern), "too_deep")
        self.assertRaises(TooDeep, is_slow, pattern)

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

    def test_when_the_pattern_is_too_long_or_too_deep_then_refused(self):
        with self.assertRaisesRegex(ValidationError, "more than 200 characters"):
            self.product.serial_format = "A" * 10**6
        with self.assertRaisesRegex(ValidationError, "more than 8 parentheses"):
            self.product.serial_format = "(" * 20 + "A" + ")" * 20

    def test_when_it_is_no_pattern_then_refused(self):
        for pattern in ("(", "A{99999999999999999999}"):
            with self.assertRaisesRegex(ValidationError, "is no regular expression"):
                self.product.serial_format = pattern
