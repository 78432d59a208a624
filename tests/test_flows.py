from odoo import Command
from odoo.tests import new_test_user, tagged

from .common.base import SerialCommon


class FlowCommon(SerialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.seller_ids = [Command.create({"partner_id": cls.vendor.id, "price": 1})]
        cls.production = cls.env["stock.location"].search(
            [("usage", "=", "production"), ("company_id", "=", cls.company.id)], limit=1
        )
        cls.between = cls.env["stock.location"].create(
            {"name": "Between Companies", "usage": "transit", "company_id": False}
        )
        cls.on_the_way = cls.env["stock.location"].create(
            {"name": "On the Way", "usage": "transit", "company_id": cls.company.id}
        )


@tagged("post_install", "-at_install")
class TestAdjust(FlowCommon):
    """Inventory adjustments, however they are entered."""

    def test_when_more_is_counted_then_placeholders_with_the_first_vendor(self):
        self._adjust(2)

        self.assertRecordValues(
            self._units(),
            [{"name": False, "status": "received", "location_id": self.stock.id, "vendor_id": self.vendor.id}] * 2,
        )
        self.assertEqual(self._units().event_ids.mapped("kind"), ["adjusted", "adjusted"])
        self.assertAddsUp()

    def test_when_less_is_counted_then_placeholders_go_first(self):
        self._receive(["A1"], blanks=1)

        self._adjust(0)

        self.assertRecordValues(
            self._units(),
            [
                {"name": "A1", "status": "available", "uncovered": False},
                {"name": False, "status": "void", "uncovered": False},
                {"name": False, "status": "void", "uncovered": True},
            ],
        )
        self.assertAddsUp()

    def test_when_quantity_is_typed_into_the_quant_list_then_blanks(self):
        self._receive(["A1"])
        quant = self.env["stock.quant"].search(
            [("product_id", "=", self.product.id), ("location_id", "=", self.stock.id)]
        )

        quant.with_user(self.manager).with_context(inventory_mode=True).inventory_quantity_auto_apply = 3

        self.assertEqual(self._on_hand(), 3)
        self.assertEqual(self._units().mapped("status"), ["available", "received", "received"])
        self.assertAddsUp()

    def test_when_quantity_is_typed_on_the_product_then_blanks(self):
        groups = "stock.group_stock_manager,product.group_product_manager"
        user = new_test_user(self.env, "product manager", groups)

        self.product.with_user(user).with_context(inventory_mode=True).qty_available = 2

        self.assertEqual(self._on_hand(), 2)
        self.assertEqual(self._units().mapped("status"), ["received", "received"])
        self.assertAddsUp()

    def test_when_an_adjustment_is_reverted_then_its_units_go(self):
        self._adjust(2)
        lines = self.env["stock.move.line"].search([("product_id", "=", self.product.id)])

        lines.with_user(self.manager).action_revert_inventory()

        self.assertEqual(self._units().mapped("status"), ["void", "void"])
        self.assertAddsUp()

    def test_when_a_quant_is_relocated_then_units_follow(self):
        self._receive(["A1"], blanks=1)
        quant = self.env["stock.quant"].search(
            [("product_id", "=", self.product.id), ("location_id", "=", self.stock.id)]
        )

        quant.with_user(self.manager).move_quants(location_dest_id=self.shelf)

        self.assertEqual(self._units().location_id, self.shelf)
        self.assertAddsUp()


@tagged("post_install", "-at_install")
class TestLoss(FlowCommon):
    """What a transfer takes out of stock; scrap orders have their own file."""

    def test_when_a_named_unit_is_scrapped_by_a_transfer_then_void(self):
        self._receive(["A1", "D1"])
        self._unit("D1").with_user(self.clerk).action_designate(self.customer)

        self._ship(["D1"], target=self.loss_location)

        self.assertRecordValues(self._unit("D1"), [{"status": "void", "customer_id": False}])
        self.assertIn("designated", self._unit("D1").event_ids[0].note)
        self.assertAddsUp()


@tagged("post_install", "-at_install")
class TestOtherFlows(FlowCommon):
    """Production, transfers and the road between companies."""

    def test_when_produced_then_numbers_are_new_and_the_rest_waits(self):
        self._move(self.production, self.stock, 2, ["P1"])

        self.assertRecordValues(
            self._units(), [{"name": "P1", "status": "available"}, {"name": False, "status": "received"}]
        )
        self.assertAddsUp()

    def test_when_consumed_then_units_are_void(self):
        self._receive(["A1"], blanks=1)

        self._move(self.stock, self.production, 2, ["A1"])

        self.assertEqual(self._units().mapped("status"), ["void", "void"])
        self.assertEqual(self._units().location_id, self.production)
        self.assertAddsUp()

    def test_when_produced_for_a_customer_then_sold(self):
        self._move(self.production, self.customer_location, 2, ["P1"])

        self.assertEqual(self._units().mapped("status"), ["sold", "issued"])
        self.assertAddsUp()

    def test_when_returned_to_a_loss_then_void(self):
        self._receive(["A1"], blanks=1)
        self._ship(["A1"], blanks=1)

        self._ship(["A1"], blanks=1, source=self.customer_location, target=self.loss_location)

        self.assertEqual(self._units().mapped("status"), ["void", "void"])
        self.assertAddsUp()

    def test_when_all_of_a_place_is_moved_then_every_unit_follows(self):
        self._receive(["A1", "H1"], blanks=1)
        self._unit("H1").with_user(self.clerk).action_hold("recall")

        self._validate(self._transfer("int", 3))

        self.assertRecordValues(
            self._units(),
            [{"location_id": self.shelf.id, "status": status} for status in ("available", "hold", "received")],
        )
        self.assertAddsUp()

    def test_when_some_are_moved_then_the_named_ones_follow(self):
        self._receive(["A1", "A2"])

        picking = self._transfer("int", 1)
        self._validate(picking, ["A2"])

        self.assertEqual(picking.move_ids.serial_ids.mapped("name"), ["A2"])
        self.assertRecordValues(self._units(), [{"location_id": self.stock.id}, {"location_id": self.shelf.id}])
        self.assertAddsUp()

    def test_when_nobody_says_which_are_moved_then_places_stay_and_totals_hold(self):
        self._receive(["A1", "A2"])

        self._validate(self._transfer("int", 1))

        self.assertEqual(self._units().location_id, self.stock)
        self.assertAddsUp()

    def test_when_on_the_way_between_own_warehouses_then_in_stock(self):
        self._receive(["A1"])

        self._validate(self._transfer("int", 1, target=self.on_the_way), ["A1"])

        self.assertRecordValues(self._unit("A1"), [{"status": "available", "location_id": self.on_the_way.id}])
        self.assertAddsUp()

    def test_when_sent_between_companies_then_shipped_to_the_other(self):
        self._receive(["A1"], blanks=1)

        self._ship(["A1"], blanks=1, target=self.between)

        self.assertRecordValues(
            self._units(),
            [{"status": status, "location_id": self.between.id} for status in ("sold", "issued")],
        )
        self.assertAddsUp()

    def test_when_it_comes_from_between_companies_then_received(self):
        self._receive(["A1", "B1"], blanks=1, source=self.between)

        self.assertEqual(self._units().mapped("status"), ["available", "available", "received"])
        self.assertAddsUp()

    def test_when_it_comes_back_from_between_companies_then_it_is_the_same_unit(self):
        self._receive(["A1"])
        self._ship(["A1"], target=self.between)

        self._receive(["A1"], source=self.between)

        self.assertRecordValues(self._units(), [{"name": "A1", "status": "available", "customer_id": False}])
        self.assertAddsUp()

    def test_when_product_is_not_serialized_then_no_unit_is_made(self):
        self._receive(blanks=2, product=self.plain)

        self.assertFalse(self._units(product=self.plain))

    def test_when_a_move_is_booked_again_then_nothing_happens(self):
        moves = self._receive(["A1"], blanks=1).move_ids | self._ship(["A1"]).move_ids
        events = self._units().event_ids

        moves._book_serials()

        self.assertEqual(self._units().event_ids, events)
        self.assertAddsUp()


@tagged("post_install", "-at_install")
class TestProduction(FlowCommon):
    """What is made and used, without the Manufacturing app."""

    def test_when_units_are_made_then_they_are_available(self):
        self._move(self.production, self.stock, 2, ["M1"])

        self.assertRecordValues(
            self._units(),
            [
                {"name": "M1", "status": "available", "vendor_id": self.vendor.id},
                {"name": False, "status": "received", "vendor_id": self.vendor.id},
            ],
        )
        self.assertAddsUp()

    def test_when_a_used_unit_is_shipped_then_refused(self):
        self._receive(["A1"])
        self._move(self.stock, self.production, 1, ["A1"])

        self.assertEqual(self._codes(self._transfer("out", 1).move_ids, ["A1"]), ["void"])
