from odoo.tests import tagged

from .common.portal import URL, PortalCommon


@tagged("post_install", "-at_install")
class TestPortalTours(PortalCommon):
    """A reseller registers what it sold on, in the browser."""

    def test_a_reseller_registers_what_it_sold_and_asks(self):
        units = self._sell("RES-1", "RES-2")

        self.start_tour(URL, "serial_reseller_registers", login="buyer")

        self.env.invalidate_all()
        self.assertEqual(units.end_user_id.mapped("name"), ["Ada End"])
        self.assertIn("Where is the number?", self.buyer.partner_id.message_ids[0].body)
