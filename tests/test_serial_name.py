import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools.naming import MAX_LENGTH, clean, count_range, find_fault, make_key, make_keys, make_range, split_text
from .common.work import LONG

quick = settings(max_examples=200)
ANYTHING = st.text(st.characters(exclude_categories=()))
NUMBERS = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=20)
SEPARATORS = st.sampled_from(["\n", "\r\n", "\r", "\t", ",", ";", " ; ", ",,", "\n\n"])


@tagged("post_install", "-at_install")
class TestMakeKey(BaseCase):
    def test_when_case_and_blanks_differ_then_the_key_is_one(self):
        for typed in ("ab1", "AB1", " ab1 ", "\tAb1", "\N{FULLWIDTH LATIN SMALL LETTER A}b1", "ab1\N{NO-BREAK SPACE}"):
            self.assertEqual(make_key(typed), "AB1", repr(typed))

    def test_when_blanks_stand_inside_then_a_run_counts_as_one(self):
        self.assertEqual(make_key("a \t  b"), make_key("A\N{NO-BREAK SPACE}B"))

    def test_when_it_is_blank_then_there_is_no_key(self):
        for typed in ("", " ", "\t\r\n", "\N{NO-BREAK SPACE}", "\N{IDEOGRAPHIC SPACE} "):
            self.assertEqual(make_key(typed), "", repr(typed))

    def test_when_upper_case_is_longer_then_the_key_grows(self):
        self.assertEqual(make_key("\N{LATIN SMALL LETTER SHARP S}"), "SS")
        self.assertEqual(make_key("\N{LATIN SMALL LIGATURE FFI}"), "FFI")

    def test_when_characters_differ_then_so_do_the_keys(self):
        self.assertEqual(len({make_key(name) for name in ("A1", "A-1", "A.1", "A 1", "A01", "Á1")}), 6)

    @quick
    @given(ANYTHING)
    @example("\N{LATIN SMALL LETTER DOTLESS I}\N{COMBINING DOT ABOVE}")
    @example("\N{COMBINING GREEK YPOGEGRAMMENI}\N{COMBINING ACUTE ACCENT}")
    def test_when_a_key_is_made_of_a_key_then_nothing_changes(self, typed):
        self.assertEqual(make_key(make_key(typed)), make_key(typed))

    @quick
    @given(ANYTHING)
    def test_when_it_is_cleaned_first_then_the_key_is_the_same(self, typed):
        self.assertEqual(make_key(clean(typed)), make_key(typed))

    @quick
    @given(ANYTHING)
    def test_when_composed_or_decomposed_then_the_key_is_the_same(self, typed):
        self.assertEqual(make_key(unicodedata.normalize("NFD", typed)), make_key(unicodedata.normalize("NFC", typed)))


@tagged("post_install", "-at_install")
class TestFindFault(BaseCase):
    def test_when_it_is_a_number_of_any_script_then_there_is_no_fault(self):
        for name in (
            "1",
            "A 1",
            "SN-0001/7#é",
            "序列号１２",
            "Серийный 5",
            "٠١٢",
            "\N{GRINNING FACE}",
            "x" * MAX_LENGTH,
        ):
            self.assertIsNone(find_fault(clean(name)), repr(name))

    def test_when_it_is_blank_then_it_is_empty(self):
        for name in ("", "   ", "\t", "\N{NO-BREAK SPACE}", "\r\n"):
            self.assertEqual(find_fault(clean(name)), "empty", repr(name))

    def test_when_it_is_no_text_then_it_is_empty(self):
        for name in (None, False, 5):
            self.assertEqual(find_fault(clean(name)), "empty", repr(name))

    def test_when_a_character_cannot_be_seen_then_it_is_refused(self):
        invisible = ("\0", "\x07", "\x1d", "\x7f", "\x9f", "\N{ZERO WIDTH JOINER}", "\N{ZERO WIDTH NO-BREAK SPACE}")
        for char in (*invisible, "\N{SOFT HYPHEN}", "\N{RIGHT-TO-LEFT OVERRIDE}", "\n", "\t", "\ud800"):
            self.assertEqual(find_fault(f"A{char}1"), "control", repr(char))

    def test_when_only_invisible_characters_are_left_then_it_is_refused(self):
        self.assertTrue(find_fault(clean("\N{ZERO WIDTH SPACE}")))

    def test_when_it_has_more_than_128_characters_then_it_is_too_long(self):
        self.assertEqual(find_fault("x" * (MAX_LENGTH + 1)), "too_long")

    def test_when_the_key_grows_beyond_128_then_it_is_too_long(self):
        self.assertIsNone(find_fault("\N{LATIN SMALL LETTER SHARP S}" * 64))
        self.assertEqual(find_fault("\N{LATIN SMALL LETTER SHARP S}" * 65), "too_long")
        self.assertEqual(find_fault("\N{LATIN SMALL LIGATURE FFI}" * 43), "too_long")

    @quick
    @given(ANYTHING)
    def test_when_there_is_no_fault_then_name_and_key_fit_the_database(self, typed):
        name = clean(typed)
        if find_fault(name) is None:
            self.assertTrue(0 < len(name) <= MAX_LENGTH and 0 < len(make_key(name)) <= MAX_LENGTH)
            self.assertNotIn("\0", name)
            name.encode()


@tagged("post_install", "-at_install")
class TestLongTexts(BaseCase):
    """The length comes first, then the work."""

    def test_when_a_text_has_a_megabyte_then_it_is_too_long_for_a_number(self):
        for text in LONG:
            with self.subTest(text=text[:4]):
                self.assertEqual(find_fault(text), "too_long")
                self.assertEqual(make_keys([text]), [])

    def test_when_a_text_is_too_long_then_it_equals_no_number(self):
        for text in LONG:
            with self.subTest(text=text[:4]):
                self.assertGreater(len(make_key(text)), MAX_LENGTH)

    def test_when_a_text_is_too_long_then_nothing_counts_up_from_it(self):
        for text in LONG:
            with self.subTest(text=text[:4]):
                self.assertRaises(ValueError, make_range, text, 2)
                self.assertFalse(count_range(text, text))
                self.assertFalse(count_range("A1", text))

    def test_when_a_text_of_a_megabyte_is_split_then_its_parts_are_its_own(self):
        self.assertEqual(split_text("\n" * 10**6), [])
        self.assertEqual(len(split_text("A\n" * 500_000)), 500_000)
        self.assertEqual(split_text(" " * 10**6 + "A"), ["A"])
        for text in LONG:
            self.assertLessEqual(sum(map(len, split_text(text))), len(text))


@tagged("post_install", "-at_install")
class TestSplitText(BaseCase):
    def test_when_lines_end_in_any_way_then_each_is_a_number(self):
        self.assertEqual(split_text("A1\r\nA2\nA3\rA4\tA5,A6;A7"), ["A1", "A2", "A3", "A4", "A5", "A6", "A7"])

    def test_when_lines_are_blank_then_they_are_passed_over(self):
        self.assertEqual(split_text("\n\n A1 ,, ;\t\r\nA2\n \n"), ["A1", "A2"])

    def test_when_a_number_holds_blanks_then_it_stays_whole(self):
        self.assertEqual(split_text("SN 12 34\nSN 56"), ["SN 12 34", "SN 56"])

    @quick
    @given(st.lists(NUMBERS, max_size=20), SEPARATORS)
    def test_when_numbers_are_joined_then_splitting_returns_them(self, numbers, separator):
        self.assertEqual(split_text(separator.join(numbers)), numbers)


@tagged("post_install", "-at_install")
class TestMakeRange(BaseCase):
    def test_when_counting_up_then_zeros_are_kept(self):
        self.assertEqual(make_range("A008", 4), ["A008", "A009", "A010", "A011"])

    def test_when_digits_run_over_then_the_number_grows(self):
        self.assertEqual(make_range("A99", 2), ["A99", "A100"])

    def test_when_several_runs_of_digits_then_the_last_counts(self):
        self.assertEqual(make_range(" 12-X07-B ", 2), ["12-X07-B", "12-X08-B"])

    def test_when_both_ends_are_given_then_what_lies_between_counts(self):
        self.assertEqual(count_range("A001", "a050"), 50)
        self.assertEqual(count_range("A98-B", "A101-B"), 4)
        self.assertEqual(count_range("A001", "A01"), 0)
        self.assertEqual(count_range("A2", "A1"), 0)
        self.assertEqual(count_range("A1", "B2"), 0)
        self.assertEqual(count_range("A", "A2"), 0)

    def test_when_there_is_no_digit_then_it_is_refused(self):
        for first in ("", "ABC", "٠", "²"):
            with self.assertRaises(ValueError):
                make_range(first, 2)

    @quick
    @given(NUMBERS, st.integers(0, 10**12), st.integers(1, 50))
    def test_when_a_range_is_made_then_it_counts_and_begins_with_the_first(self, prefix, number, count):
        names = make_range(f"{prefix}-{number:05d}", count)
        self.assertEqual(names[0], f"{prefix}-{number:05d}")
        self.assertEqual([int(name.rpartition("-")[2]) for name in names], list(range(number, number + count)))
        self.assertEqual(len(set(names)), count)
