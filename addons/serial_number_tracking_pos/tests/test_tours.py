from odoo.tests import HttpCase, tagged

from odoo.addons.point_of_sale.tests.common import archive_products

from .common import PosSerialCommon


@tagged("post_install", "-at_install")
class TestTours(PosSerialCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        archive_products(cls.env)
        (cls.product | cls.plain).product_tmpl_id.active = True
        cls._open()

    def _tour(self, name):
        self.start_tour(f"/pos/ui/{self.config.id}", name, login="cashier")

    def test_when_a_cashier_sells_by_number_then_the_units_are_sold(self):
        self._receive(["A1", "A2", "A3", "A4", "A5"])
        self._ship(["A2"])
        self._unit("A3").action_hold("Scratched")
        self._tour("serial_pos_sale")
        self.assertEqual(self._statuses("A1", "A4", "A5"), ["sold", "sold", "available"])
        self.assertEqual(len(self._units("issued")), 1)

    def test_when_a_number_is_scanned_first_then_its_product_is_sold_with_it(self):
        tablet = self._make_product("Tablet", available_in_pos=True)
        self._receive(["A001", "A002", "A003", "B001"])
        self._receive(["B001"], product=tablet)
        self._unit("A003").action_hold("Scratched")
        self._tour("serial_pos_scan")
        self.assertEqual(self._statuses("A001", "A002", "A003", "B001"), ["sold", "sold", "hold", "available"])

    def test_when_one_of_three_is_refunded_then_it_comes_back_on_hold(self):
        self._receive(["A1", "A2", "A3", "B1"])
        self._sell(["B1"])
        self._sell(["A1", "A2", "A3"])
        self._tour("serial_pos_refund")
        self.assertEqual(self._statuses("A1", "A2", "A3", "B1"), ["sold", "hold", "sold", "sold"])
        self.assertEqual(len(self._units()), 4)

    def test_when_there_is_no_connection_then_the_conflict_waits_with_its_order(self):
        self._receive(["A1", "A2", "A3"])
        self._unit("A2").action_hold("Scratched")
        self._tour("serial_pos_offline")
        self.assertEqual(self._statuses("A1", "A2"), ["sold", "hold"])
        blank = self._units("issued")
        self.assertTrue(blank.pos_order_id)
        self.assertIn("A2", blank.activity_ids.note)
