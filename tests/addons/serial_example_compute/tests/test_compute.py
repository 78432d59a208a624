from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common import SerialCommon


@tagged("post_install", "-at_install")
class TestCompute(SerialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.be")
        cls.customer.country_id = cls.env.ref("base.fr")

    def _kept(self, field, table="serial_number"):
        """Return a column of all rows as it stands in the database, the oldest first."""
        self.env.flush_all()
        self.env.cr.execute(f"SELECT {field} FROM {table} ORDER BY id DESC LIMIT 2")
        return [value for (value,) in reversed(self.env.cr.fetchall())]

    def test_when_units_are_received_then_a_required_field_has_its_default(self):
        self._receive(["A1"], blanks=1)
        self.assertEqual(self._kept("warehouse_code"), ["MAIN", "MAIN"])

    def test_when_a_file_brings_units_then_a_required_field_has_its_default(self):
        vals = [
            {"name": "S1", "product_id": self.product.id, "status": "sold", "warehouse_code": "NORTH"},
            {"name": "S2", "product_id": self.product.id, "status": "sold"},
        ]
        self.register.with_user(self.manager).create(vals)
        self.assertEqual(self._kept("warehouse_code"), ["NORTH", "MAIN"])

    def test_when_units_are_shipped_then_stored_fields_follow(self):
        self._receive(["A1", "A2"])
        self._ship(["A1"])

        self.assertEqual(self._kept("is_abroad"), [True, False])
        self.assertEqual(self.product.serial_sold_count, 1)
        self.assertEqual(self.customer.serial_unit_count, 1)

    def test_when_a_unit_comes_back_then_stored_fields_follow(self):
        self._receive(["A1"])
        self._ship(["A1"])
        self.env.flush_all()
        self._return(["A1"])

        self.assertEqual(self._kept("is_abroad")[-1], False)
        self.assertEqual((self.product.serial_sold_count, self.customer.serial_unit_count), (0, 0))

    def test_when_units_are_imported_then_stored_fields_follow(self):
        self.register.with_user(self.manager).create(
            {"name": "S1", "product_id": self.product.id, "status": "sold", "customer_id": self.customer.id}
        )
        self.assertEqual(self._kept("is_abroad")[-1], True)
        self.assertEqual((self.product.serial_sold_count, self.customer.serial_unit_count), (1, 1))

    def test_when_two_rows_become_one_then_stored_fields_follow(self):
        self._receive(["A1"])
        self._ship(blanks=1)
        blank = self._units("issued")
        self.env.flush_all()
        blank.with_user(self.clerk).name = "A1"

        self.assertEqual(self._units(), blank)
        self.assertEqual((self.product.serial_sold_count, self.customer.serial_unit_count), (1, 1))

    def test_when_something_happens_then_fields_of_the_history_follow(self):
        self._receive(["A1"])
        self._ship(["A1"])
        self.assertEqual(self._kept("is_sale", "serial_event"), [False, True])
