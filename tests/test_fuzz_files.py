import base64
import datetime
import io

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common.entry import EntryCommon
from .common.files import make_csv, make_ods, make_ods_row, make_raw_xlsx, make_xls
from .common.fuzz import ADDON, FuzzCommon
from .common.imports import OPTIONS, ImportCommon
from .common.length import shorten
from .common.work import count_calls

SETTINGS = settings(max_examples=shorten(60))
LARGE = 100_000
WORDS = st.sampled_from(
    [
        *("Serial Number", "Product", "Status", "Sold on", "Warranty until", "Customer", "Phone", "A1", "a1 ", "S1"),
        *("sold", "SOLD", " s", "TRUE", "8.9E+18", "03.04.2027", "13/04/2027", "0001-01-01", "=1+1", "' OR 1=1 --"),
        *("x" * 129, "1" * 19, "\N{ARABIC-INDIC DIGIT ONE}", "A\n1", "A\t1", "%s", "{}", "<b>", "&amp;"),
    ]
)
CELLS = st.one_of(
    WORDS,
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
    st.datetimes(datetime.datetime(1900, 1, 1), datetime.datetime(9999, 1, 1)),
)
ROWS = st.lists(st.lists(CELLS, max_size=5), max_size=6)


@st.composite
def make_books(draw):
    """Return the bytes of an XLSX file: sheets with formulas, errors, merged cells and cells far away."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "dd.mm.yyyy"}) as book:
        for number in range(draw(st.sampled_from([1, 1, 2, 30]))):
            sheet = book.add_worksheet()
            for row, cells in enumerate(draw(ROWS) if number < 2 else []):
                sheet.write_row(row, 0, cells)
            if draw(st.booleans()):
                sheet.merge_range(7, 0, draw(st.integers(8, 500)), draw(st.integers(1, 300)), draw(WORDS))
            if draw(st.booleans()):
                sheet.write_formula(6, 0, draw(st.sampled_from(["=A1", '=HYPERLINK("x")', "=1/0", "=cmd|' /C x'!A0"])))
                sheet.write_formula(6, 1, "=1/0", None, draw(st.sampled_from(["#DIV/0!", "A1", 7, True, "#N/A"])))
            if draw(st.integers(0, 3)) == 0:
                sheet.write(draw(st.integers(0, 1_048_575)), draw(st.integers(0, 16_383)), draw(WORDS))
    return content.getvalue()


@st.composite
def make_others(draw):
    """Return the bytes of a file of another kind: CSV, ODS or XLS."""
    rows = [["" if cell is None else cell for cell in row] for row in draw(ROWS)]
    kind = draw(st.sampled_from(["csv", "ods", "xls"]))
    if kind == "csv":
        encoding = draw(st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
        return make_csv(rows, draw(st.sampled_from(",;\t|")), encoding)
    texts = [["" if "<" in str(cell) or "&" in str(cell) else cell for cell in row] for row in rows]
    if kind == "ods":
        repeated = draw(st.sampled_from([1, 2, 2**20, 2**40]))
        return make_ods("".join(make_ods_row(*row, number_rows_repeated=repeated) for row in texts))
    return make_xls({(number, column): cell for number, row in enumerate(rows) for column, cell in enumerate(row)})


FILES = st.one_of(make_books(), make_others())


@tagged("post_install", "-at_install")
class TestFuzzFiles(FuzzCommon, EntryCommon, ImportCommon):
    """Whatever is in a file: it is entered or imported, or refused in words, in steps that its limits bound."""

    def test_when_any_file_is_entered_then_its_numbers_are_taken_or_refused_in_words(self):
        looker = new_test_user(self.env, "looker", f"stock.group_stock_user,{ADDON}.group_serial_number_lookup")
        picking = self._transfer("in", 2).with_user(looker)
        line = self._entry(picking.button_validate(), picking).line_ids.with_user(looker)

        @SETTINGS
        @given(FILES)
        def attempt(content):
            encoded = base64.b64encode(content).decode()
            calls = count_calls(lambda: self._attempt(lambda: line.enter_file("list", encoded)))
            self.assertLess(calls, LARGE)

        with mute_logger("odoo.sql_db"):
            attempt()

    def test_when_any_file_is_imported_then_its_rows_are_taken_or_named(self):
        columns = ["name", "product_id", "status", "date_sold"]

        def run(content, dryrun):
            screen = self._screen(content)
            preview = screen.parse_preview(dict(OPTIONS))
            used = [*columns, *[""] * len(preview.get("headers") or [])][: len(preview.get("headers") or columns)]
            result = screen.execute_import(used, used, dict(OPTIONS), dryrun=dryrun)
            for message in result["messages"]:
                self.assertTrue(message["message"])

        @SETTINGS
        @given(FILES, st.booleans())
        def attempt(content, dryrun):
            self.assertLess(count_calls(lambda: self._attempt(lambda: run(content, dryrun))), LARGE)

        with mute_logger("odoo.sql_db", "odoo.addons.base_import.models.base_import"):
            attempt()

    def test_when_a_file_has_a_million_rows_then_it_is_refused_at_its_limit(self):
        line = self._validate_and_open(self._transfer("in", 1)).line_ids
        content = base64.b64encode(make_raw_xlsx('<row><c t="str"><v>A</v></c></row>' * 2**20)).decode()

        with self.assertRaisesRegex(UserError, "more than 100000 rows"):
            line.enter_file("list", content)
