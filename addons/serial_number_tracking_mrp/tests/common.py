from odoo.tests import Form, new_test_user

from odoo.addons.serial_number_tracking.tests.common.base import SerialCommon
from odoo.addons.serial_number_tracking.tests.common.correct import CorrectCommon


class ProduceCommon(SerialCommon):
    """A phone that is built from two batteries and a cable that is not followed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.part = cls._make_product("Battery")
        cls.worker = new_test_user(cls.env, "worker", "mrp.group_mrp_user", name="Worker")
        cls.bom = cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.product.product_tmpl_id.id,
                "product_qty": 1,
                "bom_line_ids": [
                    (0, 0, {"product_id": cls.part.id, "product_qty": 2}),
                    (0, 0, {"product_id": cls.plain.id, "product_qty": 1}),
                ],
            }
        )
        cls.type = cls.warehouse.manu_type_id

    def _stock_parts(self, *names, blanks=0):
        """Receive batteries, and cables enough."""
        self._receive(names, blanks, product=self.part)
        self.env["stock.quant"]._update_available_quantity(self.plain, self.stock, 100)

    def _make_order(self, quantity, **vals):
        """Return a confirmed manufacturing order, as the worker makes it."""
        form = Form(self.env["mrp.production"].with_user(self.worker))
        form.product_id, form.bom_id, form.product_qty = self.product, self.bom, quantity
        order = form.save()
        order.write(vals)
        order.action_confirm()
        order.action_assign()
        return order

    def _press(self, order, quantity=None, names=(), parts=(), blanks=True, **context):
        """Produce, enter numbers in the window where it opens, and return what the button returns at last."""
        if quantity is not None:
            order.qty_producing = quantity
            order._set_qty_producing()
        result = order.with_context(**context).button_mark_done()
        if not isinstance(result, dict) or result.get("res_model") != "serial.entry":
            return result
        entry = self._entry(result, order)
        for line in entry.line_ids:
            line.add_serials(list(names if line.product_id == self.product else parts))
            if blanks and line.missing:
                line.use_blanks()
        return entry.action_confirm()

    def _parts_of(self, name):
        return sorted(part.name or "-" for part in self._unit(name).part_ids)

    def assertAllAddUp(self):
        for product in (self.product, self.part):
            self.assertAddsUp(product)


class CorrectProduceCommon(ProduceCommon, CorrectCommon):
    """A manager who corrects what was produced, or taken apart."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.group_ids |= cls.env.ref("mrp.group_mrp_user")
