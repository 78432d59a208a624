from odoo.tests import HttpCase, tagged

from .common.base import SerialCommon

CALL = "/web/dataset/call_kw"


@tagged("post_install", "-at_install")
class TestReadonly(SerialCommon, HttpCase):
    """Look-ups can be answered by a replica of the database: Odoo opens it read-only, and nothing writes.

    A look-up that writes is asked once more with a cursor that may, and Odoo logs a warning.
    """

    def setUp(self):
        super().setUp()
        self.clerk.password = "clerk-password"
        self.authenticate(self.clerk.login, "clerk-password")

    def _look_up(self, model, method, *args, **kwargs):
        """Call a method as the web client does, and see that it neither wrote nor may write."""
        self.assertTrue(getattr(getattr(type(self.env[model]), method), "_readonly", False), f"{model}.{method}")
        self.env.flush_all()
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        with self.assertNoLogs("odoo.http", "WARNING"):
            return self.make_jsonrpc_request(f"{CALL}/{model}/{method}", params)

    def test_when_a_scanner_checks_numbers_then_nothing_is_written(self):
        self._receive(["A1"])
        picking = self._transfer("out", 1)

        checks = self._look_up("stock.move", "check_serials", picking.move_ids.ids, ["A1", "A2"])

        self.assertEqual([check["code"] for check in checks], ["ok", "unknown"])

    def test_when_a_number_is_searched_then_nothing_is_written(self):
        self._receive(["A1"])

        found = self._look_up("serial.number", "web_search_read", [("name", "ilike", "a1")], {"name": {}})

        self.assertEqual([row["name"] for row in found["records"]], ["A1"])

    def test_when_a_button_opens_units_then_nothing_is_written(self):
        self._receive(["A1"], blanks=1)

        for method in ("action_view_serials", "action_view_missing_serials"):
            with self.subTest(method=method):
                self.assertEqual(
                    self._look_up("product.product", method, self.product.ids)["res_model"], "serial.number"
                )

    def test_when_the_reconciliation_is_opened_then_nothing_is_written(self):
        self._receive(["A1"])

        rows = self._look_up(
            "serial.reconciliation",
            "web_search_read",
            [("product_id", "=", self.product.id)],
            {"on_hand": {}, "in_stock": {}},
        )

        self.assertEqual([(row["on_hand"], row["in_stock"]) for row in rows["records"]], [(1, 1)])

    def test_when_a_report_is_downloaded_then_nothing_is_written(self):
        self._receive(["A1"])
        report = self.env["serial.report"].with_user(self.clerk).create({"product_ids": self.product.ids})
        self.env.flush_all()

        with self.assertNoLogs("odoo.http", "WARNING"):
            answer = self.url_open(report.action_export_xlsx()["url"])

        self.assertEqual((answer.status_code, answer.content[:2]), (200, b"PK"))
