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

    def test_when_a_unit_is_promised_to_the_wrong_customer_then_it_is_refused(self):
        self._receive(["A1"])
        self._unit("A1").country_id = self.env.ref("base.be")
        with self.assertRaisesRegex(UserError, "A1 is licensed for Belgium"):
            self._unit("A1").action_designate(self.customer)

    def test_when_a_blank_is_not_for_the_customer_then_another_one_leaves(self):
        self._receive(blanks=2)
        first, second = self._units().sorted("id")
        first.country_id = self.env.ref("base.be")

        self._ship(blanks=1)

        self.assertEqual((first.status, second.status), ("received", "issued"))

    def test_when_no_other_blank_is_there_then_the_delivery_says_why(self):
        self._receive(blanks=1)
        self._units().country_id = self.env.ref("base.be")
        with self.assertRaisesRegex(UserError, "licensed for Belgium"):
            self._ship(blanks=1)

    def test_when_a_blank_turns_out_to_be_a_unit_that_its_customer_must_not_have_then_it_is_refused(self):
        self._receive(["A1"], blanks=1)
        self._unit("A1").country_id = self.env.ref("base.be")
        self._ship(blanks=1)
        with self.assertRaisesRegex(UserError, "A1 is licensed for Belgium"):
            self._units().filtered(lambda unit: unit.status == "issued").name = "A1"

    def test_when_an_import_says_that_the_wrong_customer_has_a_unit_then_its_row_is_refused(self):
        columns = ["name", "product_id/.id", "status", "customer_id/.id", "country_id/.id"]
        rows = [
            [name, str(self.product.id), "sold", str(self.customer.id), str(self.env.ref(country).id)]
            for name, country in (("A1", "base.fr"), ("A2", "base.be"))
        ]

        result = self.env["serial.number"].load(columns, rows)

        self.assertEqual([message["rows"]["from"] for message in result["messages"]], [1])
        self.assertIn("A2 is licensed for Belgium", result["messages"][0]["message"])
