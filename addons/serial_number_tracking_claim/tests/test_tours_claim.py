from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common.tours import TourCommon
from odoo.addons.serial_number_tracking_repair.tests.common import RepairCommon


@tagged("post_install", "-at_install")
class TestClaimTours(RepairCommon, TourCommon):
    """A claim from the repair order to the vendor's replacement, played in a real browser."""

    def test_claim_is_closed_only_once_the_replacement_came(self):
        self.product.vendor_warranty_months = 12
        self._receive(["A1"])
        repair = self._make_repair(self._unit("A1"))
        self._receive(["A2"])

        self._tour("serial_claim", repair, action="repair.action_repair_order_tree")

        claim = repair.claim_ids
        self.assertEqual((claim.state, claim.replacement_id), ("closed", self._unit("A2")))
        self.assertEqual((claim.description, claim.answer), ("Does not charge", "A new one comes"))
        self.assertTrue(claim.date_sent and claim.date_answered)
