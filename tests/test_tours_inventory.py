"""What is done by hand in the inventory, played in a real browser."""

from odoo.tests import tagged

from .test_tours import TourCommon


@tagged("post_install", "-at_install")
class TestInventoryTours(TourCommon):
    def test_scrap_order_asks_which_unit_and_voids_it(self):
        self._receive(["A1", "A2"])
        scrap = self.env["stock.scrap"].create(
            {"product_id": self.product.id, "scrap_qty": 1, "location_id": self.stock.id}
        )

        self._tour("serial_scrap_asks_which_unit", scrap, action="stock.action_stock_scrap")

        self.assertEqual(scrap.state, "done")
        self.assertRecordValues(self._unit("A1") | self._unit("A2"), [{"status": "available"}, {"status": "void"}])
        self.assertAddsUp()
