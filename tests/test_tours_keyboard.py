from odoo.tests import new_test_user, tagged

from .common.tours import TourCommon


@tagged("post_install", "-at_install")
class TestToursKeyboard(TourCommon):
    """Screens without a mouse: what Tab reaches, in which order, and what Escape leads back to."""

    def test_when_screens_are_passed_by_tab_then_all_is_reached_as_it_reads_and_nothing_is_a_trap(self):
        new_test_user(self.env, "servant", "stock.group_stock_user,account.group_account_invoice")
        self._receive(["P-1", "P-2", "DESK-1"])
        self._ship(["DESK-1"])
        self.env["serial.count"].create({"location_id": self.stock.id, "product_ids": [(6, 0, self.product.ids)]})
        self._tour_by_keyboard("serial_tab_order", self._transfer("in", 3), login="servant")
