import contextlib
import datetime
import io
import tracemalloc

import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools.table import Limits, TableError, TableTooLarge, find_doubt, read_table
from ..tools.table.xlsx import find_kind
from .common.files import SHEET, make_far, make_ods, make_ods_row, make_raw_xlsx, make_xls, make_xlsx, repack
from .common.fuzz import SETTINGS

SMALL = Limits(size=200_000, unpacked=2_000_000, rows=100, columns=20, cells=300, length=50)
MUCH = 200_000  # of whatever costs something each
CELL = '<c t="str"><v>A</v></c>'
NOTHING = "<c/>"
LONG = "0" * 60
XLS = make_xls({(0, 0): "A1", (0, 1): 7, (2, 0): (46115, "DD.MM.YYYY"), (2, 2): True, (3, 0): 1.5, (4, 0): 12e17})


@tagged("post_install", "-at_install")
class TestTableLimits(BaseCase):
    """Whatever a file holds, reading it ends at a limit that was known before, in little memory."""

    # What it is: (the limit that stops it, the file)
    ATTACKS = {
        "a cell far to the right": ("columns", make_far(A1="A1", XFD2000="x")),
        "a cell a little too far": ("columns", make_far(A1="A1", U2="x")),
        "rows of different length": ("cells", make_raw_xlsx(f"<row>{CELL * 20}</row>" + f"<row>{CELL}</row>" * 90)),
        "many rows": ("rows", make_raw_xlsx(f"<row>{CELL}</row>" * 40_000)),
        "many cells": ("cells", make_raw_xlsx(f"<row>{CELL * 10}</row>" * 50)),
        "rows that hold nothing": ("cells", make_raw_xlsx("<row/>" * MUCH)),
        "cells that hold nothing": ("cells", make_raw_xlsx(f"<row>{NOTHING * MUCH}</row>")),
        "a long cell": ("length", make_raw_xlsx(f'<row><c t="str"><v>{LONG}</v></c></row>')),
        "texts that no cell needs": ("cells", make_raw_xlsx("", strings=f"<sst>{'<si/>' * MUCH}</sst>")),
        "a long text": ("length", make_raw_xlsx("", strings=f"<sst><si><t>{LONG}</t></si></sst>")),
        "styles that no cell needs": ("cells", make_raw_xlsx("", styles=f"<a>{'<xf/>' * MUCH}</a>")),
        "elements in each other": ("cells", make_raw_xlsx("<a>" * 200 + "</a>" * 200)),
        "a sheet that unpacks to much": ("unpacked", make_raw_xlsx(" " * 3_000_000)),
        "a tag that never ends": ("length", make_raw_xlsx(f'<row r="{"1" * 1_500_000}"/>')),
        "a remark that never ends": ("length", make_raw_xlsx(f"<!--{'1' * 1_500_000}-->")),
        "rows of ODS that are repeated": ("rows", make_ods(make_ods_row("A1", number_rows_repeated=2**40))),
        "cells of ODS that are repeated": (
            "columns",
            make_ods(
                '<table:table-row><table:table-cell table:number-columns-repeated="9999"><text:p>A</text:p>'
                "</table:table-cell></table:table-row>"
            ),
        ),
        "blanks of ODS that are repeated": ("length", make_ods(make_ods_row('A<text:s text:c="999999999"/>B'))),
        "a CSV file of separators": ("columns", b"," * 100_000 + b"A1"),
        "a CSV line that does not end": ("length", b"A" * 100_000),
        "a CSV cell that does not end": ("rows", b'"' + b"A\n" * 90_000),
        "CSV lines that hold nothing": ("rows", b"\n" * 100_000),
        "a cell of XLS too far to the right": ("columns", make_xls({(0, 0): "A1", (1, 255): "A2"})),
        "rows of XLS": ("rows", make_xls({(row, 0): 1 for row in range(200)})),
        "many bytes": ("size", b"A1\n" * 100_000),
    }

    def test_when_a_file_would_cost_much_then_it_is_refused_at_a_limit(self):
        for name, (limit, content) in self.ATTACKS.items():
            with self.subTest(name), self.assertRaises(TableTooLarge) as caught:
                read_table(content, SMALL)
            self.assertEqual(caught.exception.limit, limit, name)

    def test_when_a_file_would_cost_much_then_little_memory_is_taken(self):
        for name, (_limit, content) in self.ATTACKS.items():
            tracemalloc.start()
            with self.subTest(name), self.assertRaises(TableTooLarge):
                read_table(content, SMALL)
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            self.assertLess(peak, 8 * 1024**2, name)

    def test_when_a_number_format_has_a_megabyte_then_only_its_beginning_is_read(self):
        for code in ("[", "[h", '"', "_", "0", "\\"):
            self.assertIn(find_kind(code * 10**6), ("", "other", "date", "datetime", "time", "0" * 255))

    def test_when_a_file_defines_entities_then_it_is_refused(self):
        content = repack(make_xlsx([["A1"]]), {SHEET: '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'})
        with self.assertRaises(TableError):
            read_table(content, SMALL)

    def test_when_cells_that_hold_nothing_are_far_away_then_they_cost_nothing(self):
        blank = '<table:table-cell table:number-columns-repeated="16384"/>'
        rows = f'<table:table-row table:number-rows-repeated="1048570">{blank}</table:table-row>'
        content = make_ods(make_ods_row("A1") + rows + make_ods_row("A2"))

        table = read_table(content, SMALL)

        self.assertEqual((table.rows, table.lines), ([["A1"], ["A2"]], [1, 1048572]))

    @SETTINGS
    @given(
        st.lists(
            st.one_of(
                st.sampled_from(
                    ["<row>", "</row>", "<c>", "</c>", "<v>", "</v>", "<f/>", "<is>", "</is>", "<t>", "</t>", "<rPh>"]
                ),
                st.builds(
                    '<c r="{}" t="{}" s="{}"><v>{}</v></c>'.format,
                    st.sampled_from(["A1", "XFD9", "ZZZZ1", "", "1"]),
                    st.sampled_from(["n", "s", "b", "e", "d", "str", "inlineStr", "x"]),
                    st.sampled_from(["0", "1", "-1", "99", "x"]),
                    st.sampled_from(["", "1", "-1", "1e999", "nan", "99999999999", "2027-04-03", "x", "9" * 40]),
                ),
            ),
            max_size=12,
        )
    )
    def test_when_a_sheet_holds_anything_then_it_is_read_or_refused(self, pieces):
        content = make_raw_xlsx(
            "".join(pieces), styles='<a><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></a>'
        )
        with contextlib.suppress(TableError):
            read_table(content, SMALL)

    @SETTINGS
    @given(
        st.sampled_from([make_xlsx([["A1", 7]]), make_ods(make_ods_row("A1")), b"A1,B1\nA2,B2\n", XLS]),
        st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=9),
        st.integers(0, 10**6),
    )
    def test_when_a_file_is_damaged_then_it_is_read_or_refused(self, content, changes, length):
        damaged = bytearray(content)
        for place, byte in changes:
            damaged[place % len(damaged)] = byte
        with contextlib.suppress(TableError):
            read_table(bytes(damaged[: 1 + length % len(damaged)]), SMALL)


@tagged("post_install", "-at_install")
class TestTableCells(BaseCase):
    """What is in a cell, and whether it is what was typed."""

    def _read(self, rows, **options):
        return read_table(make_xlsx(rows, **options), SMALL).rows

    def test_when_a_sheet_has_texts_numbers_and_dates_then_they_are_read(self):
        rows = self._read(
            [["A1", 7, "", 351756051523999], [], [datetime.date(2027, 4, 3), datetime.datetime(2027, 4, 3, 10, 30)]],
            default_date_format="dd.mm.yyyy hh:mm",
        )

        self.assertEqual(rows[0], ["A1", "7", "", "351756051523999"])
        self.assertEqual(rows[1][1], datetime.datetime(2027, 4, 3, 10, 30))

    def test_when_rows_are_empty_then_the_others_keep_their_lines(self):
        table = read_table(make_xlsx([["A1"], [], [" "], ["A2"]]), SMALL)
        self.assertEqual((table.rows, table.lines), ([["A1"], ["A2"]], [1, 4]))

    def test_when_cells_are_merged_then_only_the_first_holds_something(self):
        merged = f'<sheetData><row>{CELL}</row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        content = repack(make_xlsx([["A1"]]), {SHEET: f"<worksheet>{merged}</worksheet>"})
        self.assertEqual(read_table(content, SMALL).rows, [["A"]])

    def test_when_there_are_many_sheets_then_the_chosen_one_is_read(self):
        content = io.BytesIO()
        with xlsxwriter.Workbook(content) as book:
            for name in ("One", "Two"):
                book.add_worksheet(name).write(0, 0, name)
        for name, rows in (("", [["One"]]), ("Two", [["Two"]]), ("Three", [["One"]])):
            table = read_table(content.getvalue(), SMALL, sheet=name)
            self.assertEqual((table.sheets, table.rows), (["One", "Two"], rows))

    def test_when_a_number_is_shown_with_zeros_then_they_belong_to_it(self):
        content = io.BytesIO()
        with xlsxwriter.Workbook(content) as book:
            book.add_worksheet().write(0, 0, 123, book.add_format({"num_format": "00000"}))
        self.assertEqual(read_table(content.getvalue(), SMALL).rows, [["00123"]])

    def test_when_a_cell_may_have_lost_something_then_it_is_told(self):
        cells = {
            "<c><v>1234567890123456789</v></c>": "digits",
            "<c><v>1.2345678901234567E+18</v></c>": "digits",
            '<c t="str"><v>8.9E+18</v></c>': "digits",
            "<c><v>12.5</v></c>": "number",
            '<c t="b"><v>1</v></c>': "boolean",
            '<c t="e"><v>#N/A</v></c>': "error",
            "<c><f>A1</f></c>": "formula",
            '<c s="1"><v>46000</v></c>': "date",
            '<c s="2"><v>0.5</v></c>': "time",
            '<c s="3"><v>7</v></c>': "number",
            "<c><v>123456789012345</v></c>": None,
            "<c><v>1.23456789012345E+14</v></c>": None,
            '<c t="str"><f>A1</f><v>A1</v></c>': None,
            '<c t="str"><v>1E5</v></c>': None,
        }
        styles = '<a><numFmts><numFmt numFmtId="164" formatCode="&quot;SN-&quot;0"/></numFmts><cellXfs>'
        styles += "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 21, 164)) + "</cellXfs></a>"

        table = read_table(make_raw_xlsx("".join(f"<row>{cell}</row>" for cell in cells), styles=styles), SMALL)

        self.assertEqual([find_doubt(row[0]) for row in table.rows], list(cells.values()))

    def test_when_an_ods_file_is_read_then_its_cells_are_as_those_of_xlsx(self):
        cells = {
            '<table:table-cell office:value-type="float" office:value="123"><text:p>00123</text:p>': ("00123", None),
            '<table:table-cell office:value-type="float" office:value="7"><text:p>7,00 €</text:p>': ("7", None),
            '<table:table-cell office:value-type="float" office:value="1.2E+18"><text:p>1</text:p>': (None, "digits"),
            '<table:table-cell office:value-type="date" office:date-value="2027-04-03"><text:p>3.4.27</text:p>': (
                datetime.date(2027, 4, 3),
                "date",
            ),
            '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>WAHR</text:p>': (
                "WAHR",
                "boolean",
            ),
            "<table:table-cell><text:p>A<text:s/>1</text:p>": ("A 1", None),
        }
        rows = "".join(f"<table:table-row>{cell}</table:table-cell></table:table-row>" for cell in cells)

        table = read_table(make_ods(rows), SMALL)

        for (cell,), (value, doubt) in zip(table.rows, cells.values(), strict=True):
            self.assertEqual(find_doubt(cell), doubt)
            self.assertEqual(cell, value or cell)

    def test_when_an_xls_file_is_read_then_its_cells_are_as_those_of_xlsx(self):
        table = read_table(XLS, SMALL)

        self.assertEqual((table.sheets, table.lines), (["Sheet1"], [1, 3, 4, 5]))
        self.assertEqual(table.rows[0], ["A1", "7"])
        self.assertEqual(table.rows[1], [datetime.date(2026, 4, 3), "", "TRUE"])
        doubts = [find_doubt(cell) for row in table.rows for cell in row]
        self.assertEqual(doubts, [None, None, "date", None, "boolean", "number", "digits"])
