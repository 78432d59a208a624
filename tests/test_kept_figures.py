from odoo import Command
from odoo.tests import tagged

from .common.base import SerialCommon
from .common.tours import TourCommon

FIGURES = ["serial_hold_count", "serial_void_count", "serial_designated_count"]


class KeptCommon(SerialCommon):
    def _keep_back(self):
        """Receive six units: two on hold, one void, one designated, and two that are free."""
        self._receive(["A1", "A2", "A3", "A4", "A5", "A6"])
        (self._unit("A1") | self._unit("A2")).action_hold("recall")
        self._unit("A3").action_void("broken")
        self._unit("A4").action_designate(self.customer)


@tagged("post_install", "-at_install")
class TestKeptFigures(KeptCommon):
    """The product and the forecast report say how much of the stock is on hold, void or promised."""

    def _report(self, product, model="product"):
        report = self.env[f"stock.forecasted_product_{model}"].with_user(self.clerk)
        warehouse = report.with_context(warehouse_id=self.warehouse.id)
        return warehouse.get_report_values([product.id])["docs"]

    def _quantities(self, product):
        return self._report(product)["product"][product.id]

    def test_when_units_are_kept_back_then_the_product_and_its_template_say_so(self):
        self._keep_back()
        for record in (self.product, self.product.product_tmpl_id):
            with self.subTest(record._name):
                self.assertRecordValues(record.with_user(self.clerk), [dict(zip(FIGURES, (2, 1, 1), strict=True))])

    def test_when_they_have_left_stock_then_they_do_not_count(self):
        self._receive(["A1"])
        self._unit("A1").action_hold("recall")
        self._do("out", ["A1"], 0, target=self.loss_location)
        self.assertRecordValues(self.product, [dict.fromkeys(FIGURES, 0)])

    def test_when_a_template_has_variants_then_their_units_are_added_up(self):
        values = [Command.create({"name": "S"}), Command.create({"name": "L"})]
        attribute = self.env["product.attribute"].create(
            {"name": "Size", "create_variant": "always", "value_ids": values}
        )
        line = {"attribute_id": attribute.id, "value_ids": [Command.set(attribute.value_ids.ids)]}
        vals = {
            "name": "Coat",
            "is_storable": True,
            "is_serialized": True,
            "attribute_line_ids": [Command.create(line)],
        }
        template = self.env["product.template"].create(vals)
        for product in template.product_variant_ids:
            self._receive(["A1"], product=product)
            self._unit("A1", product).action_hold("recall")
        self.assertEqual(template.serial_hold_count, 2)
        self.assertEqual(template.product_variant_ids.mapped("serial_hold_count"), [1, 1])

    def test_when_a_figure_is_pressed_then_it_leads_to_its_units(self):
        self._keep_back()
        for record in (self.product, self.product.product_tmpl_id):
            for figure, names in {"hold": ["A1", "A2"], "void": ["A3"], "designated": ["A4"]}.items():
                with self.subTest(f"{record._name} {figure}"):
                    button = record.with_user(self.clerk).with_context(serial_number_tracking_figure=figure)
                    action = button.action_view_kept_serials()
                    units = self.register.search(action["domain"])
                    self.assertEqual(sorted(units.mapped("name")), names)

    def test_when_no_figure_is_named_then_all_that_are_kept_back_are_opened(self):
        self._keep_back()
        action = self.product.with_user(self.clerk).action_view_kept_serials()
        self.assertEqual(self.register.search_count(action["domain"]), 4)

    def test_when_forecast_then_the_report_says_what_is_kept_back(self):
        self._keep_back()
        kept = {"hold": 2, "void": 1, "designated": 1}
        self.assertEqual(self._quantities(self.product)["serials_kept"], kept)
        docs = self._report(self.product.product_tmpl_id, "template")
        self.assertEqual(docs["product"][self.product.id]["serials_kept"], kept)
        self.assertEqual([row["status"] for row in docs["serial_statuses"]], list(kept))

    def test_when_forecast_then_free_stock_is_what_is_free(self):
        self._keep_back()
        lines = self._report(self.product)["lines"]
        self.assertEqual([line["quantity"] for line in lines], [2])

    def test_when_kept_back_in_another_warehouse_then_the_report_leaves_them_out(self):
        other = self.env["stock.warehouse"].create({"name": "Other", "code": "OTH"})
        self._receive(["A1"])
        self._receive(["B1"], target=other.lot_stock_id)
        self._unit("B1").action_hold("recall")
        self.assertNotIn("serials_kept", self._quantities(self.product))

    def test_when_nothing_is_kept_back_then_nothing_is_said(self):
        self._receive(["A1"])
        self.assertNotIn("serials_kept", self._quantities(self.product))

    def test_when_a_product_is_not_followed_then_nothing_is_said_and_nothing_asked(self):
        self._receive(blanks=3, product=self.plain)
        with self._record_queries() as queries:
            quantities = self._quantities(self.plain)
        self.assertNotIn("serials_kept", quantities)
        self.assertFalse([query for query in queries if 'FROM "serial_number"' in query])


@tagged("post_install", "-at_install")
class TestToursForecast(KeptCommon, TourCommon):
    def test_from_the_product_to_the_report_to_the_units(self):
        self._keep_back()
        self._tour("serial_forecast", self.product.product_tmpl_id, action="stock.product_template_action_product")
