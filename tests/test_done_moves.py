from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.base import SerialCommon


@tagged("post_install", "-at_install")
class TestDoneMoves(SerialCommon):
    """Quantities of done transfers that are edited afterwards."""

    def _edit(self, picking, quantity):
        """Change the done quantity, as an inventory manager does on the unlocked transfer."""
        picking = picking.with_user(self.manager)
        picking.is_locked = False
        picking.move_ids.move_line_ids.quantity = quantity
        return picking.move_ids

    def test_when_a_receipt_grows_then_the_rest_is_blank(self):
        move = self._edit(self._receive(["A1"]), 3)

        self.assertEqual(len(move.serial_ids), 3)
        self.assertEqual(self._units().mapped("status"), ["available", "received", "received"])
        self.assertAddsUp()

    def test_when_a_delivery_grows_then_the_rest_is_issued(self):
        self._receive(["A1", "A2"], blanks=1)

        self._edit(self._ship(["A1"]), 3)

        self.assertRecordValues(
            self._units(),
            [
                {"name": "A1", "status": "sold", "uncovered": False},
                {"name": "A2", "status": "available", "uncovered": False},
                {"name": False, "status": "issued", "uncovered": False},
                {"name": False, "status": "issued", "uncovered": True},
            ],
        )
        self.assertAddsUp()

    def test_when_a_delivery_grows_whose_blank_came_back_then_each_piece_is_booked_once(self):
        self._receive(["A1"], blanks=1)
        delivery = self._ship(blanks=1)
        self._return_of(delivery, 1)

        move = self._edit(delivery, 2)
        move.move_line_ids.quantity = 3

        self.assertEqual(len(move.serial_ids), 3)
        self.assertAddsUp()

    def test_when_an_operation_is_added_to_a_done_transfer_then_it_is_booked(self):
        picking = self._receive(["A1"])

        self.env["stock.move.line"].with_user(self.manager).create(
            {
                "move_id": picking.move_ids.id,
                "picking_id": picking.id,
                "product_id": self.product.id,
                "quantity": 2,
                "location_id": self.supplier_location.id,
                "location_dest_id": self.stock.id,
            }
        )

        self.assertEqual(self._units().mapped("status"), ["available", "received", "received"])
        self.assertAddsUp()

    def test_when_a_receipt_shrinks_then_blanks_go_first(self):
        move = self._edit(self._receive(["A1"], blanks=2), 2)

        self.assertEqual(len(move.serial_ids), 2)
        self.assertEqual(self._units().mapped("status"), ["available", "received", "void"])
        self.assertEqual(self._units("void").event_ids[0].kind, "corrected")
        self.assertAddsUp()

    def test_when_a_delivery_shrinks_then_blanks_are_back(self):
        self._receive(["A1"], blanks=1)

        move = self._edit(self._ship(["A1"], blanks=1), 1)

        self.assertEqual(move.serial_ids.mapped("name"), ["A1"])
        self.assertRecordValues(
            self._units(),
            [
                {"name": "A1", "status": "sold", "location_id": self.customer_location.id},
                {"name": False, "status": "received", "location_id": self.stock.id},
            ],
        )
        self.assertFalse(self._units("received").customer_id)
        self.assertAddsUp()

    def test_when_a_delivery_shrinks_then_uncovered_blanks_go_before_others(self):
        self._receive(["A1"], blanks=1)

        self._edit(self._ship(blanks=2), 1)

        self.assertRecordValues(
            self._units(),
            [
                {"name": "A1", "status": "available", "uncovered": False},
                {"name": False, "status": "issued", "uncovered": False},
                {"name": False, "status": "void", "uncovered": False},
            ],
        )
        self.assertAddsUp()

    def test_when_it_is_open_which_named_units_go_then_refused_with_the_list(self):
        picking = self._receive(["A1", "A2"])

        with self.assertRaisesRegex(UserError, "(?s)Phone.*A2, A1|A1, A2"):
            self._edit(picking, 1)

    def test_when_all_named_units_go_then_they_go(self):
        self._receive(["A1", "A2"])

        move = self._edit(self._ship(["A1", "A2"]), 0)

        self.assertFalse(move.serial_ids)
        self.assertRecordValues(
            self._units(),
            [{"status": "available", "location_id": self.stock.id, "customer_id": False, "date_sold": False}] * 2,
        )
        self.assertAddsUp()

    def test_when_all_of_a_receipt_goes_then_its_units_are_void(self):
        self._edit(self._receive(["A1"], blanks=1), 0)

        self.assertEqual(self._units().mapped("status"), ["void", "void"])
        self.assertFalse(self._units().location_id.is_serial_stock)
        self.assertAddsUp()

    def test_when_a_return_shrinks_then_units_are_the_customers_again(self):
        self._receive(["A1"])
        delivery = self._ship(["A1"])

        self._edit(self._return_of(delivery, 1, ["A1"]), 0)

        self.assertRecordValues(
            self._unit("A1"),
            [{"status": "sold", "customer_id": self.customer.id, "location_id": self.customer_location.id}],
        )
        self.assertAddsUp()

    def test_when_a_return_of_a_blank_shrinks_then_the_blank_is_issued_again(self):
        self._receive(blanks=1)
        delivery = self._ship(blanks=1)

        self._edit(self._return_of(delivery, 1), 0)

        self.assertRecordValues(self._units(), [{"status": "issued", "customer_id": self.customer.id}])
        self.assertAddsUp()

    def test_when_a_return_of_an_uncovered_blank_shrinks_then_it_is_issued_again(self):
        self._receive(["A1"])
        delivery = self._ship(blanks=1)
        blank = self._units("issued")

        self._edit(self._return_of(delivery, 1), 0)

        self.assertRecordValues(blank, [{"status": "issued", "uncovered": True, "customer_id": self.customer.id}])
        self.assertAddsUp()

    def test_when_a_return_straight_to_the_vendor_shrinks_then_an_uncovered_blank_is_issued_again(self):
        self._receive(["A1"])
        self._ship(blanks=1)
        blank = self._units("issued")

        self._edit(self._return(target=self.supplier_location), 0)

        self.assertRecordValues(blank, [{"status": "issued", "uncovered": True, "customer_id": self.customer.id}])
        self.assertAddsUp()

    def test_when_a_scrap_shrinks_then_units_are_back(self):
        self._receive(["A1"], blanks=1)

        self._edit(self._ship(["A1"], blanks=1, target=self.loss_location), 0)

        self.assertEqual(self._units().mapped("status"), ["available", "received"])
        self.assertAddsUp()

    def test_when_a_trade_in_shrinks_then_the_unit_is_the_customers_again(self):
        self._receive(["A1"])
        self._ship(["A1"])

        self._edit(self._receive(["A1"]), 0)

        self.assertRecordValues(self._unit("A1"), [{"status": "sold", "location_id": self.customer_location.id}])
        self.assertAddsUp()

    def test_when_units_on_hold_or_designated_left_then_they_are_so_again(self):
        self._receive(["H1", "D1"])
        self._unit("H1").with_user(self.clerk).action_hold("recall")
        self._unit("D1").with_user(self.clerk).action_designate(self.other_customer)

        self._edit(self._ship(["H1", "D1"], target=self.loss_location), 0)

        self.assertRecordValues(
            self._units(),
            [
                {"name": "H1", "status": "hold", "hold_reason": "recall", "customer_id": False},
                {"name": "D1", "status": "designated", "hold_reason": False, "customer_id": self.other_customer.id},
            ],
        )
        self.assertAddsUp()

    def test_when_the_receipt_of_an_expected_unit_shrinks_then_it_is_expected_again(self):
        self.register.with_user(self.manager).create(
            {"name": "A1", "product_id": self.product.id, "status": "expected"}
        )

        self._edit(self._receive(["A1"]), 0)

        self.assertRecordValues(self._unit("A1"), [{"status": "expected"}])
        self.assertAddsUp()

    def test_when_a_blank_was_numbered_meanwhile_then_it_is_available(self):
        self._receive(blanks=1)
        delivery = self._ship(blanks=1)
        self._units().with_user(self.clerk).name = "A1"

        self._edit(delivery, 0)

        self.assertRecordValues(self._units(), [{"name": "A1", "status": "available", "customer_id": False}])
        self.assertAddsUp()

    def test_when_an_uncovered_blank_was_numbered_meanwhile_then_it_lies_in_stock(self):
        self._receive(["A1"])
        delivery = self._ship(blanks=1)
        self._units("issued").with_user(self.clerk).name = "B9"

        self._edit(delivery, 0)

        self.assertRecordValues(
            self._unit("B9"),
            [{"status": "available", "location_id": self.stock.id, "customer_id": False, "delivery_move_id": False}],
        )
        self.assertAddsUp()

    def test_when_a_blank_never_left_then_it_is_void_and_nobodys(self):
        self._receive(["A1"])

        self._edit(self._ship(blanks=1), 0)

        self.assertRecordValues(self._units("void"), [{"customer_id": False, "delivery_move_id": False}])
        self.assertAddsUp()

    def test_when_units_have_left_meanwhile_then_they_cannot_be_taken_back(self):
        receipt = self._receive(["A1"])
        self._ship(["A1"])

        with self.assertRaises(UserError):
            self._edit(receipt, 0)

    def test_when_some_have_left_meanwhile_then_what_is_left_can_go(self):
        receipt = self._receive(["A1", "A2"])
        self._ship(["A1"])

        self._edit(receipt, 1)

        self.assertRecordValues(self._units(), [{"name": "A1", "status": "sold"}, {"name": "A2", "status": "void"}])
        self.assertAddsUp()

    def test_when_a_quantity_is_written_that_it_has_then_nothing_happens(self):
        picking = self._receive(["A1"], blanks=1)
        events = self._units().event_ids

        self._edit(picking, 2)

        self.assertEqual(self._units().event_ids, events)

    def test_when_a_done_operation_is_moved_within_stock_then_totals_hold(self):
        picking = self._receive(["A1"])

        picking.with_user(self.manager).move_ids.move_line_ids.location_dest_id = self.shelf

        self.assertEqual(self._unit("A1").location_id, self.shelf)
        self.assertAddsUp()

    def test_when_a_done_operation_is_moved_out_of_stock_then_refused(self):
        picking = self._receive(["A1"])

        with self.assertRaisesRegex(UserError, "Phone"):
            picking.with_user(self.manager).move_ids.move_line_ids.location_dest_id = self.customer_location

    def test_when_a_done_operation_is_deleted_then_refused_by_odoo(self):
        picking = self._receive(["A1"])

        with self.assertRaises(UserError):
            picking.with_user(self.manager).move_ids.move_line_ids.unlink()
