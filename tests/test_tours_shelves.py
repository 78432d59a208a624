from odoo.tests import tagged

from .common.shelves import ShelfCommon
from .common.tours import TourCommon


@tagged("post_install", "-at_install")
class TestToursShelves(ShelfCommon, TourCommon):
    """Receiving on two shelves, and shipping from another shelf than was reserved."""

    def test_received_on_two_shelves_and_shipped_from_the_one_that_was_not_reserved(self):
        receipt = self._transfer("in", 2)
        receipt.move_ids.move_line_ids.write({"quantity": 1, "location_dest_id": self.shelf.id})
        receipt.move_ids.move_line_ids = [
            (
                0,
                0,
                {
                    "picking_id": receipt.id,
                    "product_id": self.product.id,
                    "location_dest_id": self.shelf_b.id,
                    "quantity": 1,
                },
            )
        ]
        self._tour("serial_shelf_receive", receipt)
        self.assertEqual(self._unit("B1").location_id, self.shelf_b)

        delivery = self._reserved()
        self._tour("serial_shelf_ship", delivery)

        self.assertEqual(self._stocked(), {self.shelf: 1})
        self.assertLies()
