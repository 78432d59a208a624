from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common import SerialCommon


@tagged("post_install", "-at_install")
class TestRefusal(SerialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.country_id = cls.env.ref("base.fr")

    def test_when_a_unit_is_not_for_the_customer_then_it_is_refused(self):
        self._receive(["A1", "A2"])
        self._unit("A1").country_id = self.env.ref("base.be")
        move = self._transfer("out", 1).move_ids

        checks = move.check_serials(["A1", "A2"])

        self.assertEqual([check["code"] for check in checks], ["refused", "ok"])
        self.assertEqual(checks[0]["message"], "A1 is licensed for Belgium alone. Choose another unit.")
        with self.assertRaises(UserError):
            move.assign_serials(["A1"])

    def test_when_the_licence_ends_while_the_number_is_entered_then_the_button_refuses(self):
        self._receive(["A1"])
        picking = self._transfer("out", 1)
        picking.move_ids.assign_serials(["A1"])
        self._unit("A1").country_id = self.env.ref("base.be")
        with self.assertRaisesRegex(UserError, "licensed for Belgium"):
            picking.button_validate()
