from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common.base import PaperCommon


@tagged("post_install", "-at_install")
class TestKitPapers(PaperCommon):
    """A kit of a phone and two batteries: papers say the numbers of each component."""

    report = "stock.report_deliveryslip"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.part = cls._make_product("Battery")
        cls.kit = cls.env["product.product"].create({"name": "Kit", "type": "consu"})
        lines = [(0, 0, {"product_id": cls.product.id}), (0, 0, {"product_id": cls.part.id, "product_qty": 2})]
        bom = {"product_tmpl_id": cls.kit.product_tmpl_id.id, "type": "phantom", "bom_line_ids": lines}
        cls.env["mrp.bom"].create(bom)

    def _make_delivery(self):
        """Return the open delivery of a kit that was sold, with its numbers entered."""
        self._receive(["P1"])
        self._receive(["B1", "B2"], product=self.part)
        picking = self._order(product=self.kit).picking_ids.with_user(self.clerk)
        for move in picking.move_ids:
            names = ["P1"] if move.product_id == self.product else ["B1", "B2"]
            move.quantity = len(names)
            move.assign_serials(names)
        return picking

    def _deliver(self):
        picking = self._make_delivery()
        picking.button_validate()
        self.assertEqual(picking.state, "done")
        return picking

    def test_when_the_delivery_slip_is_printed_then_numbers_stand_by_component(self):
        picking = self._make_delivery()
        self.assertEqual(sorted(self._printed(self._paper(picking))), ["B1", "B2", "P1"])

        picking.button_validate()

        self.assertEqual(sorted(self._printed(self._paper(picking))), ["B1", "B2", "P1"])

    def test_when_operations_are_printed_then_numbers_stand_by_component(self):
        self.report = "stock.report_picking"

        self.assertEqual(sorted(self._printed(self._paper(self._make_delivery()))), ["B1", "B2", "P1"])

    def test_when_the_return_slip_is_printed_then_numbers_stand_by_component(self):
        self.report = "stock.return_label_report"

        self.assertEqual(sorted(self._printed(self._paper(self._deliver()))), ["B1", "B2", "P1"])

    def test_when_it_comes_back_then_each_component_by_its_number(self):
        delivery = self._deliver()
        back = self._open_return(delivery, 1)
        for move in back.move_ids:
            names = ["P1"] if move.product_id == self.product else ["B1", "B2"]
            move.quantity = len(names)
            move.assign_serials(names)
        back.button_validate()

        units = self._units() | self._units(product=self.part)
        self.assertEqual(set(units.mapped("status")), {"available"})
