from odoo.tests import tagged

from .common.lots import LotCommon
from .common.tours import TourCommon


@tagged("post_install", "-at_install")
class TestToursLots(TourCommon, LotCommon):
    """A product with lots: adopted, one held, and refused when it is to be shipped all the same."""

    def test_lots_are_adopted_held_and_refused(self):
        self.product.is_serialized = False
        self._receive_lots("A1", "A2", "A3")
        self._ship_lots("A3")
        self.env["serial.hold.reason"].create({"name": "Broken glass"})
        self.manager.group_ids += self.env.ref("product.group_product_manager") + self.env.ref(
            "stock.group_production_lot"
        )

        action = "stock.product_template_action_product"
        self._tour("serial_lots_adopt", self.product.product_tmpl_id, action=action, login="manager")
        self.assertEqual(self._units().mapped("status"), ["available", "available", "sold"])

        self._tour("serial_lots_hold", self._lot("A1"), action="stock.action_production_lot_form", login="manager")
        self.assertEqual(self._unit("A1").status, "hold")

        picking = self._do_lots("out", ["A1"], validate=False)
        self._tour("serial_lots_ship", picking)
        self.assertEqual(picking.state, "assigned")

        self._unit("A1").action_release()
        picking.button_validate()
        self.assertEqual(self._unit("A1").status, "sold")
        self.assertAddsUp()
