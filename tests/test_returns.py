from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.base import NOW, SerialCommon


@tagged("post_install", "-at_install")
class TestReturn(SerialCommon):
    """What customers bring back, and what goes back to vendors."""

    @freeze_time(NOW)
    def test_when_a_named_unit_comes_back_then_it_is_available_and_nobodys(self):
        self.product.warranty_months = 12
        self._receive(["A1", "A2"])
        delivery = self._ship(["A1", "A2"])

        self._return_of(delivery, 1, ["a1"])

        self.assertRecordValues(
            self._units(),
            [
                {
                    "status": "available",
                    "location_id": self.stock.id,
                    "customer_id": False,
                    "delivery_move_id": False,
                    "date_sold": False,
                    "warranty_end": False,
                    "vendor_id": self.vendor.id,
                },
                {
                    "status": "sold",
                    "location_id": self.customer_location.id,
                    "customer_id": self.customer.id,
                    "delivery_move_id": delivery.move_ids.id,
                    "date_sold": delivery.move_ids.date.date(),
                    "warranty_end": self._unit("A2").warranty_end,
                    "vendor_id": self.vendor.id,
                },
            ],
        )
        self.assertAddsUp()

    def test_when_it_comes_back_then_history_keeps_the_customer(self):
        self._receive(["A1"])

        self._return_of(self._ship(["A1"]), 1, ["A1"])

        self.assertRecordValues(
            self._unit("A1").event_ids.sorted("id"),
            [
                {"kind": "received", "status_to": "available", "partner_id": self.vendor.id},
                {"kind": "shipped", "status_to": "sold", "partner_id": self.customer.id},
                {"kind": "returned", "status_to": "available", "partner_id": self.customer.id},
            ],
        )

    def test_when_it_is_sold_again_then_history_shows_both_customers(self):
        self._receive(["A1"])
        self._return_of(self._ship(["A1"]), 1, ["A1"])

        self._ship(["A1"], partner=self.other_customer)

        sales = self._unit("A1").event_ids.filtered(lambda event: event.kind == "shipped")
        self.assertEqual(sales.partner_id, self.customer | self.other_customer)
        self.assertEqual(self._unit("A1").customer_id, self.other_customer)
        self.assertAddsUp()

    def test_when_it_came_back_already_then_it_cannot_be_returned_again(self):
        self._receive(["A1", "A2"])
        delivery = self._ship(["A1", "A2"])
        self._return_of(delivery, 1, ["A1"])
        again = self._open_return(delivery, 1)

        with self.assertRaisesRegex(UserError, r"A1 \(Phone\) was not sold to Customer"):
            again.move_ids.assign_serials(["A1"])

    def test_when_another_contact_of_the_company_returns_it_then_it_is_the_customers(self):
        self._receive(["A1"])
        self._ship(["A1"])
        contact = self.env["res.partner"].create({"name": "Workshop", "parent_id": self.customer.id})
        picking = self._transfer("back", 1, partner=contact)

        self._validate(picking, ["A1"])

        self.assertEqual(self._unit("A1").status, "available")

    def test_when_registered_unit_comes_back_then_its_end_user_ends(self):
        self._receive(["A1"])
        delivery = self._ship(["A1"])
        self._unit("A1").with_user(self.clerk).action_register(self.other_customer, channel="web")

        self._return_of(delivery, 1, ["A1"])

        self.assertRecordValues(
            self._unit("A1"), [{"end_user_id": False, "date_registered": False, "registration_channel": False}]
        )

    def test_when_returned_blank_then_an_issued_blank_of_the_customer_comes_back(self):
        self._receive(blanks=2)
        self._ship(blanks=1, partner=self.other_customer)
        self._ship(blanks=1)
        other, own = self._units()

        self._return()

        self.assertRecordValues(
            other + own,
            [
                {"status": "issued", "customer_id": self.other_customer.id},
                {"status": "received", "customer_id": False},
            ],
        )
        self.assertAddsUp()

    def test_when_returned_blank_without_issued_ones_then_a_placeholder_is_made(self):
        self._receive(["A1"])
        self._ship(["A1"])

        self._return()

        self.assertEqual(self._units().mapped("status"), ["sold", "received"])
        self.assertAddsUp()

    def test_when_uncovered_blank_comes_back_then_its_mark_stays(self):
        self._receive(["A1"])
        self._ship(blanks=1)

        self._return()

        self.assertRecordValues(
            self._units(),
            [{"status": "available", "uncovered": False}, {"status": "received", "uncovered": True}],
        )
        self.assertAddsUp()

    def test_when_order_line_is_negative_then_it_is_a_return(self):
        self._receive(["A1"])
        self._ship(["A1"])
        picking = self._open_order_return()

        self._validate(picking, ["A1"])

        self.assertEqual(picking.state, "done")
        self.assertRecordValues(self._unit("A1"), [{"status": "available", "customer_id": False}])
        self.assertAddsUp()

    def test_when_sold_unit_is_received_from_a_vendor_then_it_is_a_trade_in_and_noted(self):
        self._receive(["A1"])
        self._ship(["A1"])

        picking = self._receive(["A1"], partner=self.other_customer)

        self.assertRecordValues(
            self._unit("A1"),
            [
                {
                    "status": "available",
                    "vendor_id": self.other_customer.id,
                    "receipt_move_id": picking.move_ids.id,
                    "customer_id": False,
                    "delivery_move_id": False,
                }
            ],
        )
        self.assertIn("sold", self._unit("A1").event_ids[0].note)
        self.assertAddsUp()


@tagged("post_install", "-at_install")
class TestReturnToVendor(SerialCommon):
    def test_when_a_receipt_is_returned_then_named_units_are_void_at_the_vendor(self):
        receipt = self._receive(["A1", "H1"])
        self._unit("H1").with_user(self.clerk).action_hold("broken")

        self._return_of(receipt, 2, ["A1", "H1"])

        self.assertRecordValues(
            self._units(),
            [{"name": name, "status": "void", "location_id": self.supplier_location.id} for name in ("A1", "H1")],
        )
        self.assertRecordValues(
            self._units().event_ids.sorted("id")[-2:],
            [{"kind": "returned_to_vendor", "partner_id": self.vendor.id, "status_to": "void"}] * 2,
        )
        self.assertAddsUp()

    def test_when_returned_blank_then_a_placeholder_goes(self):
        receipt = self._receive(["A1"], blanks=1)

        self._return_of(receipt, 1)

        self.assertRecordValues(
            self._units(), [{"name": "A1", "status": "available"}, {"name": False, "status": "void"}]
        )
        self.assertAddsUp()

    def test_when_every_unit_has_its_number_then_a_blank_is_uncovered(self):
        receipt = self._receive(["A1"])

        self._return_of(receipt, 1)

        self.assertRecordValues(
            self._units(),
            [
                {"name": "A1", "status": "available", "uncovered": False},
                {"name": False, "status": "void", "uncovered": True},
            ],
        )
        self.assertAddsUp()

    def test_when_an_unknown_number_goes_back_then_it_numbers_a_placeholder(self):
        receipt = self._receive(blanks=1)

        self._return_of(receipt, 1, ["X1"])

        self.assertRecordValues(self._units(), [{"name": "X1", "status": "void"}])
        self.assertAddsUp()
