from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common.tours import TourCommon

from .common import RepairCommon


@tagged("post_install", "-at_install")
class TestRepairTours(RepairCommon, TourCommon):
    """A repair from the return to the delivery, played in a real browser."""

    def test_unit_is_repaired_with_a_part_and_sent_back(self):
        self._receive(["A1"])
        self._receive(["B1"], product=self.part)
        self._ship(["A1"])
        self._return(["A1"])
        repair = self._make_repair(self._unit("A1"))
        self._add_line(repair)

        self._tour("serial_repair", repair, action="repair.action_repair_order_tree")

        self.assertEqual(self._unit("A1").status, "sold")
        self.assertEqual(self._unit("A1").part_ids.mapped("name"), ["B1"])
        self.assertAddsUp()
        self.assertAddsUp(self.part)

    def test_service_desk_takes_back_repairs_and_sends_back(self):
        self._receive(["A1"])
        self._ship(["A1"])

        self._tour("serial_repair_at_the_desk", action="serial_number_tracking.serial_return_desk_action")

        unit = self._unit("A1")
        self.assertRecordValues(unit, [{"status": "sold", "customer_id": self.customer.id, "repair_count": 1}])
        self.assertAddsUp()
