import base64
from contextlib import contextmanager
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..engine import upload
from ..tools.table import Limits
from .common.entry import EntryCommon
from .common.expected import ExpectedCommon
from .common.files import make_far, make_ods, make_ods_row, make_raw_xlsx, make_xls, make_xlsx
from .common.imports import OPTIONS
from .common.job import JOBS, JobCommon

SMALL = Limits(size=200_000, unpacked=1_000_000, rows=10, columns=20, cells=300, length=50)
ROW = '<row><c t="str"><v>A</v></c></row>'
# What is uploaded: (what the user is told, the file)
FILES = {
    "a cell far away": ("beyond column 20 on line 2000", make_far(A1="A1", XFD2000="x")),
    "a cell far away in XLS": ("beyond column 20 on line 2000", make_xls({(0, 0): "A1", (1999, 255): "x"})),
    "repeated rows in ODS": ("more than 10 rows", make_ods(make_ods_row("A1", number_rows_repeated=2**30))),
    "many rows": ("more than 10 rows", make_raw_xlsx(ROW * 1000)),
    "many lines": ("more than 10 rows", b"A1\n" * 1000),
    "a line without end": ("more than 50 characters", b"A" * 190_000),
    "many columns": ("beyond column 20 on line 1", b",".join([b"A1"] * 21)),
    "empty cells": ("more than 300 cells", make_raw_xlsx("<row/>" * 100_000)),
    "many bytes": ("MB. Split it", b"A1\n" * 100_000),
}


@tagged("post_install", "-at_install")
class TestUploads(JobCommon, EntryCommon, ExpectedCommon):
    """Each upload refuses a file at a limit, in words; see ``UPLOADS``."""

    def _try_receipt(self, content):
        entry = self._validate_and_open(self._transfer("in", 1))
        self._try_entry(entry, content)

    def _try_announcement(self, content):
        self._try_entry(self._open(self._order(1)), content)

    def _try_entry(self, entry, content):
        entry.line_ids.enter_file("list", base64.b64encode(content).decode())

    def _try_preview(self, content):
        result = self._screen(content).parse_preview(dict(OPTIONS))
        raise UserError(result["error"])

    def _try_import(self, content):
        for dryrun in (True, False):
            result = self._screen(content).execute_import(["name"], ["name"], dict(OPTIONS), dryrun=dryrun)
        raise UserError(result["messages"][0]["message"])

    def _try_import_of_reasons(self, content):
        screen = self._screen(content)
        screen.res_model = "serial.hold.reason"
        raise UserError(screen.parse_preview(dict(OPTIONS))["error"])

    def _try_background(self, content):
        job = self._job(self._screen(content).action_import_in_background(["name"], OPTIONS))
        with mute_logger(JOBS):
            self._work()
        self.assertEqual(job.state, "failed")
        raise UserError(job.problem)

    def _try_portal(self, content):
        upload.read_upload(self.env, "portal", "list", content[: SMALL.size + 1])

    # Every place where a user may upload a file, and the limits of ``UPLOADS`` that hold there.
    PLACES = {
        "receipt": ("entry", _try_receipt),
        "announcement": ("entry", _try_announcement),
        "preview of the import": ("import", _try_preview),
        "import": ("import", _try_import),
        "import of another model": ("import", _try_import_of_reasons),
        "import in the background": ("import", _try_background),
        "portal": ("portal", _try_portal),
    }

    @contextmanager
    def _limit(self):
        with patch.dict(upload.UPLOADS, dict.fromkeys(upload.UPLOADS, SMALL)):
            yield

    def test_when_a_file_is_too_large_then_each_upload_says_why(self):
        for place, (_upload, attempt) in self.PLACES.items():
            for name, (words, content) in FILES.items():
                with self.subTest(f"{place}: {name}"), self._limit(), self.assertRaisesRegex(UserError, words):
                    attempt(self, content)

    def test_when_limits_are_set_then_each_is_of_an_upload_and_bounds_all_that_costs(self):
        self.assertEqual({upload for upload, _attempt in self.PLACES.values()}, set(upload.UPLOADS))
        for limits in upload.UPLOADS.values():
            self.assertLessEqual(limits.size, 20 * 1024**2)
            self.assertLessEqual(limits.unpacked, 200 * 1024**2)
            self.assertLessEqual(limits.rows, 100_000)
            self.assertLessEqual(limits.columns, 256)
            self.assertLessEqual(limits.cells, 1_500_000)
            self.assertLessEqual(limits.length, 32_767)

    def test_when_a_file_has_headings_alone_then_the_import_says_so(self):
        for content in (b"Serial Number,Product\n", make_xlsx([["Serial Number", "Product"]]), b"\n"):
            with self.subTest(content[:8]):
                screen = self._screen(content)
                self.assertIn("no rows below its headings", screen.parse_preview(dict(OPTIONS))["error"])
                columns = ["name", "product_id"]
                result = screen.execute_import(columns, columns, dict(OPTIONS), dryrun=True)
                self.assertIn("no rows below its headings", result["messages"][0]["message"])

    def test_when_ods_is_imported_then_its_sheets_are_offered(self):
        content = make_ods(make_ods_row("Serial Number", "Product") + make_ods_row("A1", "Phone"))

        preview = self._screen(content).parse_preview(dict(OPTIONS))

        self.assertEqual((preview["headers"], preview["num_rows"]), (["Serial Number", "Product"], 2))
        self.assertEqual(preview["options"]["sheets"], ["Sheet1"])
