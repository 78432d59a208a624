import csv
import datetime
import io
import json

from openpyxl import load_workbook

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import file_open

from .common.imports import CSV, OPTIONS, XLSX, ImportCommon

TEMPLATE = "serial_number_tracking/static/import/serial_number_import_template.xlsx"
HOSTILE = (
    "=1+1",
    "+A1",
    "-A1",
    "@A1",
    "'=A1",
    "''=A1",
    "'A1",
    '=HYPERLINK("x")',
    "<script>alert(1)</script>",
    "سيريال'1",
)


@tagged("post_install", "-at_install")
class TestImportFiles(ImportCommon, HttpCase):
    """The files themselves: what Odoo's export writes, and the template."""

    def _export_file(self, file_type, units, columns):
        params = {
            "model": "serial.number",
            "fields": [{"name": name, "label": name, "type": "char"} for name in columns],
            "ids": units.ids,
            "domain": [],
            "import_compat": True,
        }
        data = {"data": json.dumps(params), "csrf_token": http.Request.csrf_token(self)}
        return self.url_open(f"/web/export/{file_type}", data=data).content

    def test_when_numbers_look_like_formulas_then_files_carry_none_and_come_back_unchanged(self):
        self.manager.password = "serial manager"
        self.authenticate(self.manager.login, "serial manager")
        columns = ["name", "product_id", "status", "note"]
        rows = [{"name": name, "note": name, "product_id": self.product.id, "status": "expected"} for name in HOSTILE]
        units = self.register.with_user(self.manager).create(rows)
        for identity in (["id"], []):
            for file_type, mime in (("csv", CSV), ("xlsx", XLSX)):
                with self.subTest(file_type=file_type, identity=identity):
                    content = self._export_file(file_type, units, [*identity, *columns])
                    self._check_no_formula(file_type, content)
                    screen = self._screen(content, mime)
                    result = screen.execute_import([*identity, *columns], [*identity, *columns], dict(OPTIONS))
                    self.assertFalse(result["messages"])
                    self.assertEqual(result["ids"], units.ids)
        self.assertEqual(tuple(units.mapped("name")), HOSTILE)
        self.assertEqual(units.event_ids.mapped("kind"), ["imported"] * len(HOSTILE))

    def _check_no_formula(self, file_type, content):
        if file_type == "csv":
            cells = [cell for row in csv.reader(io.StringIO(content.decode())) for cell in row]
        else:
            book = load_workbook(io.BytesIO(content))
            cells = [cell.value or "" for row in book.active.rows for cell in row]
            self.assertNotIn("f", [cell.data_type for row in book.active.rows for cell in row])
        self.assertFalse([cell for cell in cells if cell[:1] in tuple("=+-@")])

    def test_when_a_clerk_opens_the_template_then_every_column_is_known(self):
        self.assertEqual(self.register.get_import_templates()[0]["template"], f"/{TEMPLATE}")
        with file_open(TEMPLATE, "rb") as file:
            content = file.read()

        preview = self._screen(content, XLSX).parse_preview({**OPTIONS, "quoting": '"'})

        self.assertFalse(preview.get("error"))
        self.assertEqual(set(preview["matches"]), set(range(len(preview["headers"]))))

    def test_when_the_template_is_imported_as_it_is_then_its_rows_are_units(self):
        phone = self._make_product("Phone X", default_code="PHONE-X")
        self.env["res.partner"].create([{"name": name} for name in ("Acme Supplies", "Corner Shop", "Jane Doe")])
        self._adjust(2, product=phone)
        with file_open(TEMPLATE, "rb") as file:
            screen = self._screen(file.read(), XLSX)
        preview = screen.parse_preview(dict(OPTIONS))
        fields = [preview["matches"][index][0] for index in range(len(preview["headers"]))]

        result = screen.execute_import(fields, preview["headers"], {**OPTIONS, **preview["options"]})

        self.assertFalse(result["messages"])
        units = self._units(product=phone)
        self.assertEqual(set(units.mapped("status")), {"sold", "available", "hold", "expected"})
        sold = units.filtered(lambda unit: unit.status == "sold")
        self.assertRecordValues(
            sold, [{"date_registered": datetime.date(2026, 2, 10), "warranty_end": datetime.date(2028, 2, 3)}]
        )
        self.assertAddsUp(phone)
