from odoo.tests import Form, tagged

from odoo.addons.serial_number_tracking.tests.common.base import SerialCommon


@tagged("post_install", "-at_install")
class TestProduce(SerialCommon):
    """*Produce* books the finished units, and the consumed ones."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.part = cls._make_product("Battery")
        line = {"product_id": cls.part.id, "product_qty": 1}
        vals = {"product_tmpl_id": cls.product.product_tmpl_id.id, "product_qty": 1, "bom_line_ids": [(0, 0, line)]}
        cls.bom = cls.env["mrp.bom"].create(vals)

    def _make_order(self, quantity):
        """Return a confirmed manufacturing order."""
        form = Form(self.env["mrp.production"])
        form.product_id, form.bom_id, form.product_qty = self.product, self.bom, quantity
        order = form.save()
        order.action_confirm()
        return order

    def test_when_produced_without_numbers_then_blanks_and_the_register_adds_up(self):
        self._receive(["B1", "B2"], product=self.part)
        order = self._make_order(2)

        order.qty_producing = 2
        order._set_qty_producing()
        order.button_mark_done()

        self.assertEqual(self._units().mapped("status"), ["received", "received"])
        self.assertAddsUp()
