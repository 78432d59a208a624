from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.serial_number_tracking_repair.tests.common import RepairCommon


@tagged("post_install", "-at_install")
class TestClaim(RepairCommon):
    """A claim is open until the vendor's money or his replacement came."""

    def setUp(self):
        super().setUp()
        self.product.vendor_warranty_months = 12
        self._receive(["A1"])
        self.repair = self._make_repair(self._unit("A1"))

    def _claim(self):
        return self.env["serial.claim"].with_user(self.clerk).browse(self.repair.action_claim()["res_id"])

    def test_when_begun_from_the_repair_then_the_vendor_and_his_warranty_are_known(self):
        claim = self._claim()

        self.assertEqual((claim.vendor_id, claim.warranty_end), (self.vendor, self._unit("A1").vendor_warranty_end))
        self.assertEqual(self._claim(), claim)

    def test_when_the_warranty_is_over_then_refused(self):
        self._unit("A1").with_user(self.manager).vendor_warranty_end = "2020-01-01"

        with self.assertRaisesRegex(UserError, "does not last"):
            self._claim()

    def test_when_nothing_came_then_it_cannot_be_closed(self):
        claim = self._claim()
        claim.action_send()
        claim.action_accept()
        with self.assertRaisesRegex(UserError, "neither the money nor the replacement"):
            claim.action_close()

        self._receive(["A2"])
        claim.replacement_id = self._unit("A2")
        claim.action_close()

        self.assertEqual(claim.state, "closed")

    def test_when_the_money_came_then_it_can_be_closed(self):
        claim = self._claim()
        claim.action_send()
        claim.action_accept()
        line = {"name": "Credit", "quantity": 1, "price_unit": 10, "tax_ids": False}
        refund = self.env["account.move"].create(
            {"move_type": "in_refund", "partner_id": self.vendor.id, "invoice_line_ids": [(0, 0, line)]}
        )
        refund.invoice_date = refund.date
        refund.action_post()
        claim.sudo().credit_id = refund
        self.assertEqual(claim.state, "credited")
        with self.assertRaises(UserError):
            claim.action_close()

        refund.payment_state = "paid"
        claim.action_close()

        self.assertEqual(claim.state, "closed")

    def test_when_it_is_closed_then_the_unit_still_leads_to_it(self):
        claim = self._claim()
        unit = self._unit("A1").with_user(self.clerk)

        self.assertEqual(unit.claim_count, 1)
        self.assertEqual(claim.search(unit.action_view_claims()["domain"]), claim)

    def test_when_refused_then_with_the_answer(self):
        claim = self._claim()
        claim.action_send()
        with self.assertRaisesRegex(UserError, "what the vendor answered"):
            claim.action_refuse()

        claim.answer = "Water"
        claim.action_refuse()
        claim.action_close()

        self.assertEqual(claim.state, "closed")
