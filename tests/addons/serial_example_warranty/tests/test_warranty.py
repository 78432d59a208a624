from datetime import date

from dateutil.relativedelta import relativedelta

from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common import SerialCommon


@tagged("post_install", "-at_install")
class TestWarranty(SerialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.warranty_months = 12
        cls.customer.country_id = cls.env.ref("base.pt")
        cls.customer.country_id.has_long_warranty = True

    def _ends(self, name, months):
        unit = self._unit(name)
        self.assertEqual(unit.warranty_end, unit.date_sold + relativedelta(months=months))

    def test_when_a_unit_is_sold_there_then_three_years(self):
        self._receive(["A1", "A2"])
        self._ship(["A1"])
        self._ship(["A2"], partner=self.other_customer)

        self._ends("A1", 36)
        self._ends("A2", 12)

    def test_when_a_unit_is_invoiced_there_then_three_years(self):
        self._receive(["A1"])
        line = {"product_id": self.product.id, "quantity": 1}
        invoice = self.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": self.customer.id, "invoice_line_ids": [(0, 0, line)]}
        )
        invoice.invoice_line_ids.assign_serials(["A1"])
        invoice.action_post()
        self._ends("A1", 36)

    def test_when_a_sold_unit_is_imported_then_three_years(self):
        vals = {"name": "S1", "product_id": self.product.id, "status": "sold", "date_sold": date(2026, 1, 31)}
        self.register.with_user(self.manager).create(
            [{**vals, "customer_id": self.customer.id}, {**vals, "name": "S2", "customer_id": self.other_customer.id}]
        )
        self._ends("S1", 36)
        self._ends("S2", 12)

    def test_when_a_registration_begins_it_then_three_years(self):
        self.company.serial_warranty_start = "registration"
        self._receive(["A1"])
        self._ship(["A1"])
        unit = self._unit("A1")
        unit.with_user(self.clerk).action_register(self.other_customer)
        self.assertEqual(unit.warranty_end, unit.date_registered + relativedelta(months=36))

    def test_when_the_day_of_the_delivery_is_corrected_then_three_years_from_there(self):
        self._receive(["A1"])
        picking = self._ship(["A1"])
        picking.move_ids.date = "2026-02-01 12:00:00"
        self._ends("A1", 36)
        self.assertEqual(self._unit("A1").date_sold, date(2026, 2, 1))
