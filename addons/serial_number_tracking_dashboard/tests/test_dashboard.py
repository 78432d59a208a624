import json

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.spreadsheet.utils.validate_data import (
    fields_in_spreadsheet,
    menus_xml_ids_in_spreadsheet,
    odoo_charts,
)


@tagged("post_install", "-at_install")
class TestDashboard(HttpCase):
    """The dashboard asks for what there is, and shows it to who works in the warehouse."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dashboard = cls.env.ref("serial_number_tracking_dashboard.spreadsheet_dashboard_serial_number")
        cls.data = json.loads(cls.dashboard.spreadsheet_data)

    def test_when_it_is_opened_then_all_fields_that_it_asks_for_exist(self):
        [(model, names)] = fields_in_spreadsheet(self.data).items()
        for name in names:
            with self.subTest(name):
                field = self.env[model]._fields[name.partition(".")[0].partition(":")[0]]
                self.assertTrue(field.store or field.search, "it can be searched and grouped by")

    def test_when_a_figure_is_clicked_then_its_menu_exists(self):
        for xml_id in menus_xml_ids_in_spreadsheet(self.data):
            self.assertEqual(self.env.ref(xml_id)._name, "ir.ui.menu")

    def test_when_a_chart_or_a_pivot_is_read_then_its_question_has_an_answer(self):
        clerk = new_test_user(self.env, "clerk", "stock.group_stock_user")
        register = self.env["serial.number"].with_user(clerk)
        charts = [(chart["searchParams"]["domain"], chart["metaData"]["groupBy"]) for chart in odoo_charts(self.data)]
        pivots = [
            (pivot["domain"], [row["fieldName"] for row in pivot["rows"]]) for pivot in self.data["pivots"].values()
        ]
        for domain, groups in charts + pivots:
            with self.subTest(domain=domain, groups=groups):
                counts = register.formatted_read_group(domain, groups, ["__count"])
                self.assertEqual(sum(row["__count"] for row in counts), register.search_count(domain))

    def test_when_a_clerk_opens_it_then_he_gets_it_and_a_salesman_does_not(self):
        new_test_user(self.env, "clerk", "stock.group_stock_user", password="clerk-password")
        self.authenticate("clerk", "clerk-password")
        answer = self.url_open(f"/spreadsheet/dashboard/data/{self.dashboard.id}")
        self.assertEqual(answer.json()["snapshot"]["sheets"][0]["name"], "Dashboard")

        stranger = new_test_user(self.env, "stranger", "base.group_user")
        with self.assertRaises(AccessError):
            self.dashboard.with_user(stranger).read(["name"])
