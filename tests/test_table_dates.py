import datetime

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools.table import DateFormats, describe_format
from ..tools.table.dates import FORMATS
from .common.fuzz import SETTINGS

DAY = datetime.date(2027, 4, 3)
DAYS = st.dates(datetime.date(1970, 1, 1), datetime.date(2068, 12, 31))


@tagged("post_install", "-at_install")
class TestDateFormats(BaseCase):
    """Texts that are dates: what the whole file says, and nothing by guess."""

    def _read(self, *texts, chosen=""):
        """Return the dates that the first of some texts may be."""
        return set(DateFormats(texts, chosen).read(texts[0]))

    def test_when_a_text_has_one_reading_then_it_is_read(self):
        for text in ("2027-04-03", "2027/4/3", "20270403", "3 Apr 2027", "3. April 2027", "Apr 3, 2027", "03-apr-27"):
            self.assertEqual(self._read(text), {DAY}, text)

    def test_when_a_time_stands_behind_then_it_does_not_count(self):
        for text in ("2027-04-03 10:20:30", "2027-04-03T10:20:30Z", "2027-04-03 10:20 PM", " 2027-04-03 "):
            self.assertEqual(self._read(text), {DAY}, text)

    def test_when_a_text_has_two_readings_then_both_are_told(self):
        for text in ("03.04.2027", "03/04/27", "3-4-2027", "03042027"):
            self.assertEqual(self._read(text), {DAY, datetime.date(2027, 3, 4)}, text)

    def test_when_both_readings_are_the_same_day_then_it_is_read(self):
        self.assertEqual(self._read("04.04.2027"), {datetime.date(2027, 4, 4)})

    def test_when_another_row_excludes_a_reading_then_the_other_one_is_taken(self):
        self.assertEqual(self._read("03.04.2027", "31.12.2027", "no date"), {DAY})
        self.assertEqual(self._read("04.03.2027", "12.31.2027"), {DAY})

    def test_when_a_row_is_written_otherwise_then_it_tells_nothing(self):
        self.assertEqual(len(self._read("03/04/2027", "31.12.2027")), 2)

    def test_when_rows_contradict_each_other_then_nothing_is_told(self):
        self.assertEqual(len(self._read("03.04.2027", "31.12.2027", "12.31.2027")), 2)

    def test_when_it_is_no_date_then_it_has_no_reading(self):
        for text in ("31.02.2027", "46115", "soon", "03.04.", "03.04.0027", "2027-04-03 and more", "9" * 100):
            self.assertFalse(self._read(text), text)

    def test_when_a_format_is_chosen_then_no_other_one_counts(self):
        self.assertEqual(self._read("03.04.2027", chosen="%d.%m.%Y"), {DAY})
        self.assertFalse(self._read("2027-04-03", chosen="%d.%m.%Y"))
        for chosen in ("%", "%Q", "x", "%d%d"):
            self.assertFalse(self._read("03.04.2027", chosen=chosen))

    def test_when_all_rows_have_one_format_then_it_is_told(self):
        self.assertEqual(DateFormats(["03.04.2027", "31.12.2027"]).find_common(), "%d.%m.%Y")
        for texts in (["03.04.2027"], ["2027-04-03", "31.12.2027"], []):
            self.assertEqual(DateFormats(texts).find_common(), "")
        self.assertEqual(describe_format("%d.%m.%Y"), "DD.MM.YYYY")

    @SETTINGS
    @given(days=st.lists(DAYS, min_size=1, max_size=5), form=st.sampled_from(FORMATS))
    def test_when_dates_are_written_in_any_format_then_none_is_read_as_another_day(self, days, form):
        texts = [day.strftime(form) for day in days]
        formats = DateFormats(texts)
        for day, text in zip(days, texts, strict=True):
            found = formats.read(text)
            self.assertIn(day, found)
            self.assertTrue(len(found) > 1 or set(found) == {day})

    @SETTINGS
    @given(st.lists(st.text(max_size=30), max_size=5))
    def test_when_anything_stands_there_then_it_is_a_date_or_none(self, texts):
        formats = DateFormats(texts)
        for text in texts:
            self.assertTrue(all(isinstance(day, datetime.date) for day in formats.read(text)))
