from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..engine import lots
from .common.lots import LotCommon


@tagged("post_install", "-at_install")
class TestLots(LotCommon):
    """Units follow the lots of done moves."""

    def test_when_lots_are_received_then_units_have_their_names_and_vendor(self):
        picking = self._receive_lots("A1", "A2")

        self.assertRecordValues(
            self._units(),
            [
                {
                    "name": name,
                    "status": "available",
                    "lot_id": self._lot(name).id,
                    "location_id": self.stock.id,
                    "vendor_id": self.vendor.id,
                    "receipt_move_id": picking.move_ids.id,
                }
                for name in ("A1", "A2")
            ],
        )
        self.assertAddsUp()

    def test_when_lot_is_shipped_then_its_unit_is_sold_to_the_customer(self):
        self._receive_lots("A1", "A2")

        picking = self._ship_lots("A2")

        self.assertRecordValues(
            self._units(),
            [
                {"name": "A1", "status": "available", "customer_id": False},
                {"name": "A2", "status": "sold", "customer_id": self.customer.id},
            ],
        )
        self.assertEqual(self._unit("A2").delivery_move_id, picking.move_ids)
        self.assertAddsUp()

    def test_when_lot_comes_back_then_its_unit_is_available(self):
        self._receive_lots("A1")
        self._ship_lots("A1")

        self._return_lots("A1")

        self.assertRecordValues(self._units(), [{"status": "available", "former_customer_id": self.customer.id}])
        self.assertEqual(self._unit("A1").event_ids.sorted("id").mapped("kind"), ["received", "shipped", "returned"])
        self.assertAddsUp()

    def test_when_lot_of_another_customer_comes_back_then_unit_follows_and_says_so(self):
        self._receive_lots("A1")
        self._ship_lots("A1", partner=self.other_customer)

        self._return_lots("A1")

        self.assertEqual(self._unit("A1").status, "available")
        self.assertEqual(
            self._unit("A1").event_ids.sorted("id").mapped("kind"), ["received", "shipped", "corrected", "returned"]
        )
        self.assertAddsUp()

    def test_when_unknown_lot_is_shipped_then_unit_is_sold_and_uncovered_until_it_is_received(self):
        self._make_lot("A1")
        self._ship_lots("A1")

        self.assertRecordValues(self._units(), [{"name": "A1", "status": "sold", "uncovered": True}])
        self.assertAddsUp()

        self._receive_lots("A1")

        self.assertRecordValues(self._units(), [{"name": "A1", "status": "sold", "uncovered": False}])
        self.assertAddsUp()

    def test_when_lot_moves_to_a_shelf_then_its_unit_does(self):
        self._receive_lots("A1", "A2")

        self._do_lots("int", ["A1"])

        self.assertEqual(self._unit("A1").location_id, self.shelf)
        self.assertEqual(self._unit("A2").location_id, self.stock)
        self.assertAddsUp()

    def test_when_lot_of_a_done_receipt_is_changed_then_the_wrong_unit_is_taken_back(self):
        picking = self._receive_lots("A1")

        picking.move_line_ids.lot_id = self._make_lot("B1")

        self.assertRecordValues(
            self._units(), [{"name": "A1", "status": "void"}, {"name": "B1", "status": "available"}]
        )
        self.assertAddsUp()

    def test_when_lot_of_a_done_delivery_is_changed_then_the_other_is_sold(self):
        self._receive_lots("A1", "A2")
        picking = self._ship_lots("A1")

        picking.move_line_ids.lot_id = self._lot("A2")

        self.assertRecordValues(
            self._units(), [{"name": "A1", "status": "available"}, {"name": "A2", "status": "sold"}]
        )
        self.assertEqual(self._unit("A1").customer_id.id, False)
        self.assertAddsUp()

    def test_when_done_operation_is_lowered_to_nothing_then_its_lot_is_back(self):
        self._receive_lots("A1", "A2")
        picking = self._ship_lots("A1", "A2")

        picking.move_line_ids[0].quantity = 0

        self.assertEqual(self._units().mapped("status"), ["available", "sold"])
        self.assertAddsUp()

    def test_when_operation_is_added_to_a_done_delivery_then_its_lot_is_sold(self):
        self._receive_lots("A1", "A2")
        picking = self._ship_lots("A1")

        picking.move_line_ids[:1].copy({"lot_id": self._lot("A2").id, "move_id": picking.move_ids.id, "quantity": 1})

        self.assertEqual(self._units().mapped("status"), ["sold", "sold"])
        self.assertAddsUp()

    def test_when_lot_is_counted_away_and_found_again_then_unit_is_void_and_available(self):
        self._receive_lots("A1")
        quant = self._lot("A1").quant_ids.filtered(lambda quant: quant.location_id == self.stock)
        quant.with_context(inventory_mode=True).inventory_quantity = 0

        quant.action_apply_inventory()

        self.assertEqual(self._unit("A1").status, "void")
        self.assertAddsUp()
        quant = self.env["stock.quant"].with_context(inventory_mode=True)
        quant = quant.create(
            {
                "product_id": self.product.id,
                "location_id": self.shelf.id,
                "lot_id": self._lot("A1").id,
                "inventory_quantity": 1,
            }
        )
        quant.action_apply_inventory()
        self.assertRecordValues(self._units(), [{"status": "available", "location_id": self.shelf.id}])
        self.assertAddsUp()

    def test_when_lot_is_scrapped_then_its_unit_is_void(self):
        self._receive_lots("A1")
        scrap = self.env["stock.scrap"].create(
            {"product_id": self.product.id, "scrap_qty": 1, "lot_id": self._lot("A1").id, "location_id": self.stock.id}
        )

        scrap.action_validate()

        self.assertEqual(self._unit("A1").status, "void")
        self.assertEqual(self._unit("A1").event_ids[:1].kind, "scrapped")
        self.assertAddsUp()

    def test_when_lot_is_relocated_from_its_form_then_its_unit_is_there(self):
        self._receive_lots("A1")

        self._lot("A1").location_id = self.shelf

        self.assertEqual(self._unit("A1").location_id, self.shelf)
        self.assertAddsUp()

    def test_when_stock_of_a_lot_went_between_companies_behind_all_moves_then_its_unit_is_shipped(self):
        between = self.env.ref("stock.stock_location_inter_company")
        self._receive_lots("A1")
        for location, quantity in ((self.stock, -1), (between, 1)):
            self.env["stock.quant"]._update_available_quantity(self.product, location, quantity, lot_id=self._lot("A1"))

        lots.settle(self.product, self.company, self._lot("A1"))

        self.assertRecordValues(self._unit("A1"), [{"status": "sold", "location_id": between.id}])
        self.assertAddsUp()

    def test_when_lot_is_received_twice_then_the_other_piece_is_blank(self):
        self._receive_lots("A1")

        self._receive_lots("A1", target=self.shelf)

        self.assertEqual(sorted(self._units().mapped("status")), ["available", "received"])
        self.assertAddsUp()

    def test_when_lot_is_renamed_then_its_unit_is(self):
        self._receive_lots("A1")

        self._lot("A1").name = "A9"

        self.assertEqual(self._units().name, "A9")
        self.assertEqual(self._units().event_ids[:1].kind, "renumbered")

    def test_when_unit_is_renamed_then_its_lot_is(self):
        self._receive_lots("A1")
        lot = self._lot("A1")

        self._units().name = "A9"

        self.assertEqual(lot.name, "A9")
        self.assertAddsUp()

    def test_when_lot_is_renamed_to_a_known_number_then_refused(self):
        self._receive_lots("A1", "A2")

        with self.assertRaisesRegex(ValidationError, "one serial number"):
            self._lot("A1").name = "a2"

    def test_when_a_unit_is_to_leave_its_lot_or_its_lots_place_by_hand_then_refused(self):
        self._receive_lots("A1", "A2")
        unit = self._unit("A1").with_user(self.manager)
        for vals in (
            {"lot_id": False},
            {"lot_id": self._lot("A2").id},
            {"lot_id": self._make_lot("A3").id},
            {"location_id": self.shelf.id},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError), self.env.cr.savepoint():
                unit.write(vals)
        unit.write({"location_id": self.stock.id, "note": "It stays"})
        self.assertEqual((unit.lot_id, unit.location_id), (self._lot("A1"), self.stock))
        self.assertAddsUp()

    def test_when_lot_differs_only_in_case_then_it_is_refused(self):
        self._receive_lots("A1")

        with self.assertRaisesRegex(ValidationError, "one serial number"):
            self._make_lot("a1")

    def test_when_lot_of_a_unit_gets_another_product_then_refused(self):
        self._receive_lots("A1")
        other = self._make_product("Other", tracking="serial")

        with self.assertRaises(UserError):
            self._lot("A1").product_id = other

    def test_when_type_lets_goods_move_without_lots_then_blanks_work(self):
        types = self.warehouse.in_type_id | self.warehouse.out_type_id
        types.write({"use_create_lots": False, "use_existing_lots": False})
        picking = self._transfer("in", 2)
        picking.button_validate()

        self.assertEqual(self._units().mapped("status"), ["received", "received"])
        self.assertAddsUp()

        types.write({"use_create_lots": True, "use_existing_lots": True})
        self._make_lot("A1")
        self._ship_lots("A1")

        self.assertEqual(sorted(self._units().mapped("status")), ["received", "sold"])
        self.assertAddsUp()

    def test_when_lot_is_given_to_a_blank_of_a_done_receipt_then_it_is_numbered(self):
        self.warehouse.in_type_id.write({"use_create_lots": False, "use_existing_lots": False})
        picking = self._transfer("in", 1)
        picking.button_validate()

        picking.move_line_ids.lot_id = self._make_lot("A1")

        self.assertRecordValues(self._units(), [{"name": "A1", "status": "available"}])
        self.assertAddsUp()

    def test_when_numbers_are_assigned_by_the_api_then_they_become_the_lots(self):
        picking = self._transfer("in", 2)

        picking.move_ids.assign_serials(["A1", "A2"])
        picking.button_validate()

        self.assertEqual(picking.move_line_ids.lot_id.mapped("name"), ["A1", "A2"])
        self.assertEqual(self._units().lot_id, picking.move_line_ids.lot_id)
        self.assertAddsUp()

    def test_when_lot_goes_back_to_the_vendor_and_comes_again_then_one_unit(self):
        self._receive_lots("A1")
        self._do_lots("out", ["A1"], target=self.supplier_location)
        self.assertEqual(self._unit("A1").status, "void")

        self._receive_lots("A1")

        self.assertRecordValues(self._units(), [{"name": "A1", "status": "available"}])
        self.assertAddsUp()

    def test_when_lot_is_dropshipped_then_its_unit_is_sold(self):
        self._make_lot("A1")

        self._do_lots("out", ["A1"], source=self.supplier_location)

        self.assertRecordValues(self._units(), [{"name": "A1", "status": "sold", "customer_id": self.customer.id}])
        self.assertAddsUp()

    def test_when_done_transfer_moved_lots_then_correcting_leads_to_its_operations(self):
        picking = self._receive_lots("A1")

        with self.assertRaisesRegex(UserError, "change the lot on its operation"):
            picking.with_user(self.manager).action_correct_serials()

    def test_when_reconciliation_closes_an_uncovered_unit_then_its_lot_is_gone(self):
        self._receive_lots("A1", "A2")
        self.warehouse.out_type_id.write({"use_create_lots": False, "use_existing_lots": False})
        picking = self._transfer("out", 1)
        picking.move_line_ids.lot_id = False
        picking.button_validate()
        self.assertEqual(len(self._units().filtered("uncovered")), 1)
        self.env.flush_all()
        row = self.env["serial.reconciliation"].search([("product_id", "=", self.product.id)])

        window = self.env["serial.reconcile"].browse(row.action_close_uncovered()["res_id"])
        window.write({"serial_ids": [(6, 0, self._unit("A1").ids)], "reason": "Counted"})
        window.action_apply()

        self.assertEqual(self._unit("A1").status, "void")
        self.assertFalse(self._units().filtered("uncovered"))
        self.assertAddsUp()
