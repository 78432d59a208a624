"""What is done by hand in the inventory, played in a real browser."""

from odoo import Command
from odoo.tests import tagged

from .common.tours import TourCommon


@tagged("post_install", "-at_install")
class TestInventoryTours(TourCommon):
    def test_scrap_order_asks_which_unit_and_voids_it(self):
        self._receive(["A1", "A2"])
        scrap = self.env["stock.scrap"].create(
            {"product_id": self.product.id, "scrap_qty": 1, "location_id": self.stock.id}
        )

        self._tour("serial_scrap_asks_which_unit", scrap, action="stock.action_stock_scrap")

        self.assertEqual(scrap.state, "done")
        self.assertRecordValues(self._unit("A1") | self._unit("A2"), [{"status": "available"}, {"status": "void"}])
        self.assertAddsUp()

    def test_all_counts_ask_in_one_window_with_their_vendors(self):
        tablet = self._make_product("Tablet", seller_ids=[Command.create({"partner_id": self.vendor.id})])
        self.product.seller_ids = [Command.create({"partner_id": self.other_customer.id})]
        counts = self.env["stock.quant"].with_user(self.clerk).with_context(inventory_mode=True)
        for product, quantity in ((self.product, 2), (tablet, 1)):
            counts.create({"product_id": product.id, "location_id": self.stock.id, "inventory_quantity": quantity})

        self._tour("serial_count_apply_all", action="stock.action_view_inventory_tree")

        self.assertRecordValues(
            self._units() | self._units(product=tablet),
            [
                {"name": "P-1", "status": "available", "vendor_id": self.other_customer.id},
                {"name": "P-2", "status": "available", "vendor_id": self.other_customer.id},
                {"name": "T-1", "status": "available", "vendor_id": self.vendor.id},
            ],
        )
        self.assertAddsUp()
        self.assertAddsUp(tablet)

    def test_delivery_is_corrected_and_both_histories_say_so(self):
        self._receive(["A1", "A2"])
        delivery = self._ship(["A1"])

        self._tour("serial_correct_delivery", delivery, login="manager")

        back, gone = self._unit("A1"), self._unit("A2")
        self.assertRecordValues(
            back | gone,
            [{"status": "available", "customer_id": False}, {"status": "sold", "customer_id": self.customer.id}],
        )
        for unit, other in ((back, gone), (gone, back)):
            self.assertRegex(unit.event_ids[0].note, f"{other.name}.*Wrong box")
        self.assertAddsUp()

    def test_reconciliation_closes_what_lacks_and_what_is_too_many(self):
        tablet = self._make_product("Tablet")
        self._receive(["T-1", "T-2"], product=tablet)
        change = self.env["stock.quant"]._update_available_quantity
        change(self.product, self.stock, 2)
        change(tablet, self.stock, -1)

        self._tour(
            "serial_reconciliation", action="serial_number_tracking.serial_reconciliation_action", login="manager"
        )

        self.assertEqual(len(self._units("received")), 2)
        self.assertRecordValues(
            self._unit("T-1", tablet) | self._unit("T-2", tablet), [{"status": "available"}, {"status": "void"}]
        )
        self.assertAddsUp()
        self.assertAddsUp(tablet)
