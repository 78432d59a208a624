import csv
import io

from .register import RegisterCommon

CSV = "text/csv"
OPTIONS = {
    "has_headers": True,
    "quoting": '"',
    "separator": ",",
    "encoding": "utf-8",
    "date_format": "%Y-%m-%d",
    "datetime_format": "%Y-%m-%d %H:%M:%S",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
    "advanced": True,
    "skip": 0,
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportCommon(RegisterCommon):
    """Files with one row per unit, as the import screen reads them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_phone = cls._make_product("Tablet", default_code="T-1", barcode="4006381333931")

    def _load(self, fields, *rows, user=None):
        return self.register.with_user(user or self.manager).load(fields, list(rows))

    def _loads(self, fields, *rows, user=None):
        """Import rows that are all good; return their units."""
        result = self._load(fields, *rows, user=user)
        self.assertFalse(result["messages"])
        return self.register.browse(result["ids"])

    def _screen(self, content, file_type=CSV):
        """Return Odoo's import screen with a file in it."""
        vals = {"res_model": "serial.number", "file": content, "file_name": "units", "file_type": file_type}
        return self.env["base_import.import"].with_user(self.manager).create(vals)

    def _import_csv(self, fields, *rows, dryrun=False, **options):
        text = io.StringIO()
        csv.writer(text).writerows([fields, *rows])
        return self._screen(text.getvalue().encode()).execute_import(fields, fields, OPTIONS | options, dryrun=dryrun)

    def _kinds(self, unit):
        return unit.event_ids.sorted("id").mapped("kind")

    def _lines(self, result):
        return [(message["rows"]["from"], message["message"]) for message in result["messages"]]
