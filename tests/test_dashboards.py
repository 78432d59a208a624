from ast import literal_eval
from datetime import datetime, timedelta

from lxml import etree

from odoo.tests import new_test_user, tagged

from ..engine.grouping import LINES, OWN
from ..models.reporting.serial_number import AGES
from .common.base import SerialCommon

ACTIONS = ("by_status", "ageing", "sales", "warranties")


@tagged("post_install", "-at_install")
class TestDashboards(SerialCommon):
    """Charts and tables of the register that open with something to see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(cls.env, "seller", "sales_team.group_sale_salesman", name="Seller")
        cls.units = cls.register.with_user(cls.seller)

    def _open(self, name):
        """Return what a dashboard opens with: pairs of the values that its chart groups by, and numbers of units."""
        action = self.env["ir.actions.act_window"]._for_xml_id(f"serial_number_tracking.serial_number_action_{name}")
        context = literal_eval(action["context"])
        domain = [*literal_eval(action["domain"] or "[]"), ("product_id", "=", self.product.id)]
        search = self.units.get_views([(False, "search")])["views"]["search"]["arch"]
        for key in context:
            if key.startswith("search_default_"):
                domain += self._get_filter(search, key.removeprefix("search_default_"))
        return self.units.formatted_read_group(domain, context["graph_groupbys"], ["__count"])

    def _get_filter(self, arch, name):
        return literal_eval(etree.fromstring(arch).xpath(f"//filter[@name='{name}']/@domain")[0])

    def test_when_units_by_status_are_opened_then_all_are_counted(self):
        self._receive(["A1", "A2"], blanks=1)
        self._ship(["A2"])

        groups = self._open("by_status")

        self.assertEqual(
            {group["status"]: group["__count"] for group in groups}, {"available": 1, "received": 1, "sold": 1}
        )

    def test_when_the_ageing_is_opened_then_units_in_stock_by_age(self):
        days = {"A1": 0, "A2": 29, "A3": 31, "A4": 100, "A5": 200, "A6": 800, "A7": 40}
        self._receive(list(days))
        self._receive(blanks=1)
        self._units("received").date_received = False
        for name, count in days.items():
            self._unit(name).date_received = datetime.now() - timedelta(days=count)
        self._ship(["A7"])

        groups = self._open("ageing")

        self.assertEqual(
            [(group["age"], group["__count"]) for group in groups],
            [("a", 2), ("b", 1), ("c", 1), ("d", 1), ("e", 1), (False, 1)],
        )

    def test_when_units_of_an_age_are_searched_then_those_whose_age_it_is(self):
        days = {"A1": 0, "A2": 30, "A3": 89, "A4": 91, "A5": 366}
        self._receive(list(days))
        for name, count in days.items():
            self._unit(name).date_received = datetime.now() - timedelta(days=count)
        units = self._units()
        for code in (*AGES, False):
            with self.subTest(age=code):
                found = self.units.search([("age", "=", code), ("product_id", "=", self.product.id)], order="id")
                self.assertEqual(found.sudo(), units.filtered(lambda unit, code=code: unit.age == code))
        self.assertEqual(units.mapped("age"), ["a", "a", "b", "c", "e"])
        self.assertEqual(self.units.search([("age", "!=", "a"), ("id", "in", units.ids)], order="id").sudo(), units[2:])

    def test_when_sales_are_opened_then_those_of_the_last_year_by_month(self):
        self._receive(["A1", "A2", "A3", "A4"])
        self._ship(["A1", "A2", "A3"])
        for name, days in (("A1", 1), ("A2", 1), ("A3", 800)):
            self._unit(name).date_sold = datetime.now() - timedelta(days=days)

        self.assertEqual([group["__count"] for group in self._open("sales")], [2])

    def test_when_warranties_are_opened_then_those_that_run_by_month(self):
        self._receive(["A1", "A2", "A3"])
        self._ship(["A1", "A2", "A3"])
        for name, days in (("A1", 400), ("A2", 800), ("A3", -1)):
            self._unit(name).warranty_end = datetime.now() + timedelta(days=days)

        self.assertEqual([group["__count"] for group in self._open("warranties")], [1, 1])

    def test_when_a_dashboard_is_empty_then_it_says_what_would_be_there(self):
        for name in ACTIONS:
            action = self.env.ref(f"serial_number_tracking.serial_number_action_{name}")
            self.assertIn("o_view_nocontent", action.help)
            self.assertTrue(action.view_mode.startswith("graph,pivot"))

    def test_when_grouped_or_sorted_by_status_then_in_the_order_of_a_unit_s_life(self):
        self._receive(["A1", "A2", "A3", "A4", "A5"], blanks=2)
        self._ship(["A1"], blanks=1)
        self._unit("A2").action_hold("Broken")
        self._unit("A3").action_designate(self.customer)
        self._unit("A4").action_void("Lost")
        life = ["received", "available", "designated", "hold", "issued", "sold", "void"]
        own = [("product_id", "=", self.product.id)]

        groups = self.units.formatted_read_group(own, ["status"], ["__count"])
        pivot = self.units.formatted_read_grouping_sets(own, [["status"], ["product_id", "status"]], ["__count"])
        columns = self.units.web_read_group(own, ["status"], ["__count"], order="product_id, status DESC")["groups"]
        listed = self.units.search(own, order="status, id desc")

        self.assertEqual([group["status"] for group in groups], life)
        for rows in pivot:
            self.assertEqual([row["status"] for row in rows], life)
        self.assertEqual(sorted(group["status"] for group in columns), sorted(life))
        self.assertEqual(list(dict.fromkeys(listed.mapped("status"))), life)

    def test_when_grouping_is_offered_then_no_technical_field(self):
        for model in (self.units, self.env["serial.event"].with_user(self.seller)):
            fields = model.fields_get(attributes=["groupable", "type"])
            offered = {name for name, field in fields.items() if field["groupable"]}
            lines = {name for name in offered if model._fields[name].comodel_name in LINES}
            with self.subTest(model=model._name):
                self.assertEqual(lines | offered & OWN, set())
                self.assertIn("product_id" if "product_id" in model._fields else "serial_id", offered)
