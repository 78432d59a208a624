from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common.tours import TourCommon

from .common import SubcontractCommon


@tagged("post_install", "-at_install")
class TestSubcontractTours(SubcontractCommon, TourCommon):
    """A receipt from a subcontractor, played in a real browser."""

    def test_receipt_takes_numbers_as_any_receipt(self):
        self._send_parts("B1", "B2", "B3", "B4")
        picking = self._purchase(2).picking_ids
        picking.move_ids.quantity = 2

        self._tour("serial_subcontract_receipt", picking)

        self.assertEqual(picking.state, "done")
        self.assertEqual(self._units().mapped("status"), ["available", "available"])
        self.assertEqual(len(self._unit("A1").part_ids), 2)
        self.assertAllAddUp()
