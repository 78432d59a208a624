import unittest

from freezegun import freeze_time

from odoo.tests import tagged

from .common.base import NOW, SerialCommon


@tagged("post_install", "-at_install")
class TestDropship(SerialCommon):
    """From the vendor straight to the customer: both sides are known at once."""

    @freeze_time(NOW)
    def test_when_numbers_are_new_then_units_are_sold_with_both_sides(self):
        picking = self._dropship(["D1"], blanks=1)

        facts = {
            "location_id": self.customer_location.id,
            "customer_id": self.customer.id,
            "delivery_move_id": picking.move_ids.id,
            "receipt_move_id": picking.move_ids.id,
            "date_received": picking.move_ids.date.date(),
            "date_sold": picking.move_ids.date.date(),
        }
        self.assertRecordValues(
            self._units(), [{"name": "D1", "status": "sold", **facts}, {"name": False, "status": "issued", **facts}]
        )
        self.assertAddsUp()

    def test_when_unit_was_expected_then_it_is_the_one(self):
        unit = self.register.with_user(self.manager).create(
            {"name": "D1", "product_id": self.product.id, "status": "expected"}
        )

        self._dropship(["d1"])

        self.assertRecordValues(self._units(), [{"id": unit.id, "name": "D1", "status": "sold"}])

    def test_when_returned_to_the_vendor_then_units_are_void(self):
        self._dropship(["D1"], blanks=1)

        self._ship(["D1"], blanks=1, source=self.customer_location, target=self.supplier_location)

        self.assertEqual(self._units().mapped("status"), ["void", "void"])
        self.assertEqual(self._units().location_id, self.supplier_location)
        self.assertAddsUp()

    def test_when_blanks_of_nobody_go_back_to_the_vendor_then_no_unit_is_made(self):
        self._ship(blanks=1, source=self.customer_location, target=self.supplier_location)

        self.assertFalse(self._units())
        self.assertAddsUp()

    def test_when_an_order_is_dropshipped_then_vendor_and_customer_are_those_of_the_orders(self):
        route = self.env.ref("stock_dropshipping.route_drop_shipping", raise_if_not_found=False)
        if not route:
            raise unittest.SkipTest("stock_dropshipping is not installed")
        self.product.write(
            {"route_ids": [(4, route.id)], "seller_ids": [(0, 0, {"partner_id": self.vendor.id, "price": 1})]}
        )
        sale = self._order(2)
        purchase = sale._get_purchase_orders() if hasattr(sale, "_get_purchase_orders") else None
        purchase = purchase or self.env["purchase.order"].search([("partner_id", "=", self.vendor.id)])
        purchase.button_confirm()
        picking = purchase.picking_ids.with_user(self.clerk)
        self.assertEqual(picking.picking_type_id.serial_entry, "ask")
        action = picking.button_validate()
        entry = self._entry(action, picking)
        entry.line_ids.add_serials(["D1", "D2"])

        entry.action_confirm()

        facts = {
            "status": "sold",
            "vendor_id": self.vendor.id,
            "purchase_line_id": purchase.order_line.id,
            "customer_id": self.customer.id,
            "sale_line_id": sale.order_line.id,
            "receipt_move_id": picking.move_ids.id,
            "delivery_move_id": picking.move_ids.id,
        }
        self.assertEqual(picking.state, "done")
        self.assertRecordValues(self._units(), [{"name": "D1", **facts}, {"name": "D2", **facts}])
        self.assertAddsUp()

        returned = self._return_of(picking, 1, ["D1"])

        self.assertEqual(returned.move_ids.location_dest_id.usage, "supplier")
        self.assertRecordValues(self._units(), [{"status": "void"}, {"status": "sold"}])
