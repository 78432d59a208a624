from odoo.tests import HttpCase, tagged

from odoo.addons.point_of_sale.tests.common import archive_products
from odoo.addons.serial_number_tracking.tests.common.lots import LotCommon
from odoo.addons.serial_number_tracking.tests.common.tours import TourCommon

from .common import KitCommon, PosSerialCommon


class TillTourCommon(PosSerialCommon, HttpCase):
    """A till in a real browser, which shows these products alone."""

    @classmethod
    def _show(cls, *products):
        archive_products(cls.env)
        cls.env.invalidate_all()  # it writes past the cache
        cls.env["product.product"].union(*products).product_tmpl_id.active = True
        cls._open()

    def _tour(self, name):
        self.start_tour(f"/pos/ui/{self.config.id}", name, login="cashier")


@tagged("post_install", "-at_install")
class TestTours(TillTourCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.config.ship_later = True
        address = {"street": "Market 1", "zip": "1000", "city": "Brussels", "country_id": cls.env.ref("base.be").id}
        cls.customer.write({"name": "Paula", **address})
        cls._show(cls.product, cls.plain)

    def test_when_a_cashier_sells_by_number_then_the_units_are_sold(self):
        long = f"A4{'0' * 60}"
        self._receive(["A1", "A2", "A3", long, "A5"])
        self._ship(["A2"])
        self._unit("A3").action_hold("Scratched")
        self._tour("serial_pos_sale")
        self.assertEqual(self._statuses("A1", long, "A5"), ["sold", "sold", "available"])
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

    def test_when_quantities_change_and_a_product_is_on_two_lines_then_numbers_must_fit(self):
        self._receive(["A1", "A2", "A3"])
        self._tour("serial_pos_lines")
        self.assertEqual(self._statuses("A1", "A2", "A3"), ["sold", "available", "sold"])
        self.assertEqual(len(self._unit("A1").pos_order_id.lines), 2)

    def test_when_a_line_has_an_internal_note_then_its_numbers_are_its_own(self):
        self._receive(["A001", "A002", "A003"])
        self._tour("serial_pos_note")
        lines = self._unit("A001").pos_order_id.lines
        self.assertEqual([line.pack_lot_ids.mapped("lot_name") for line in lines], [["A001"], ["A002", "A003"]])

    def test_when_it_is_shipped_later_then_the_unit_is_promised_and_entered_on_its_delivery(self):
        self._receive(["A1", "A2"])
        self._tour("serial_pos_ship_later")
        self.assertRecordValues(self._unit("A2"), [{"status": "designated", "customer_id": self.customer.id}])
        move = self.env["stock.move"].search([("product_id", "=", self.product.id), ("state", "!=", "done")])
        self.assertEqual(move._serial_names(), ["A2"])


@tagged("post_install", "-at_install")
class TestKitTours(TillTourCommon, KitCommon):
    def test_when_a_kit_is_sold_then_the_till_asks_for_its_components(self):
        self._stock()
        self._show(self.kit, self.product, self.battery, self.plain)
        self._tour("serial_pos_kit")
        self.assertEqual(self._statuses("A1", "A2"), ["available", "sold"])
        self.assertEqual([self._battery(name).status for name in ("B1", "B2", "B3")], ["sold", "available", "sold"])


@tagged("post_install", "-at_install")
class TestLotTours(TillTourCommon, LotCommon):
    def test_when_lots_are_sold_then_their_holds_count(self):
        self.cashier.group_ids |= self.env.ref("stock.group_stock_user")  # Odoo's lots ask for it
        self.product.product_tmpl_id.write({"available_in_pos": True, "taxes_id": False, "list_price": 10})
        self._receive_lots("A1", "A3")
        self._unit("A3").action_hold("Scratched")
        self._show(self.product, self.plain)
        self._tour("serial_pos_lots")
        self.assertEqual(self._statuses("A1", "A3"), ["sold", "hold"])


@tagged("post_install", "-at_install")
class TestListTours(PosSerialCommon, TourCommon):
    def test_when_units_wait_for_their_numbers_then_the_worklist_fits_the_screen(self):
        for group in ("stock.group_tracking_owner", "point_of_sale.group_pos_user"):
            self.clerk.group_ids |= self.env.ref(group)
        self._receive(blanks=1)
        self._tour("serial_list_fits", action="serial_number_tracking.serial_number_action_worklist")
