from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common.base import NOW
from .common.numbering import NumberingCommon


@tagged("post_install", "-at_install")
class TestNumbering(NumberingCommon):
    """Typing the number of a placeholder that nobody has."""

    def test_when_a_received_placeholder_is_numbered_then_available(self):
        self._receive(blanks=1)
        unit = self._blank()

        unit.name = " ab1 "

        self.assertRecordValues(
            unit, [{"name": "ab1", "name_key": "AB1", "status": "available", "vendor_id": self.vendor.id}]
        )
        self.assertRecordValues(
            unit.event_ids[0],
            [{"kind": "numbered", "status_from": "received", "status_to": "available", "user_id": self.clerk.id}],
        )
        self.assertAddsUp()

    def test_when_an_issued_placeholder_is_numbered_then_sold(self):
        self._receive(blanks=1)
        self._ship(blanks=1)
        unit = self._blank()

        unit.name = "A1"

        self.assertRecordValues(unit, [{"name": "A1", "status": "sold", "customer_id": self.customer.id}])
        self.assertAddsUp()

    def test_when_an_uncovered_blank_gets_an_unknown_number_then_its_mark_stays(self):
        self._receive(["A1"])
        self._ship(blanks=1)
        unit = self._blank()

        unit.name = "X1"

        self.assertRecordValues(unit, [{"name": "X1", "status": "sold", "uncovered": True}])
        self.assertAddsUp()

    def test_when_a_void_blank_is_numbered_then_it_stays_void(self):
        self._receive(blanks=1)
        self._ship(blanks=1, target=self.loss_location)
        unit = self._blank()

        unit.name = "A1"

        self.assertRecordValues(unit, [{"name": "A1", "status": "void"}])

    def test_when_nothing_is_typed_on_a_placeholder_then_nothing_happens(self):
        self._receive(blanks=1)
        unit = self._blank()
        for nothing in ("", "   ", False):
            unit.name = nothing
        self.assertRecordValues(unit, [{"name": False, "status": "received"}])
        self.assertEqual(self._kinds(unit), ["received"])

    def test_when_the_number_is_bad_then_refused(self):
        self.product.serial_format = "[A-Z][0-9]"
        self._receive(blanks=1)
        for name in ("AA", "x" * 129, "A\N{ZERO WIDTH SPACE}1", "A\x001"):
            with self.assertRaises(UserError):
                self._blank().name = name

    def test_when_the_number_is_in_stock_then_refused(self):
        self._receive(["A1"], blanks=1)
        with self.assertRaisesRegex(UserError, r"A1 \(Phone\) exists already, .*\(Available at WH/Stock\)"):
            self._blank().name = "a1"

    def test_when_user_only_looks_up_then_refused(self):
        reader = new_test_user(self.env, "reader", "sales_team.group_sale_salesman")
        self._receive(blanks=1)
        with self.assertRaises(AccessError):
            self._blank().with_user(reader).name = "A1"

    def test_when_typed_in_the_worklist_then_numbered(self):
        self._receive(blanks=1)
        unit = self._blank()

        with Form(unit, view="serial_number_tracking.serial_number_view_list_worklist") as row:
            row.name = "A1"

        self.assertRecordValues(unit, [{"name": "A1", "status": "available"}])

    def test_when_typed_in_the_form_then_numbered(self):
        self._receive(blanks=1)
        unit = self._blank()

        with Form(unit) as form:
            form.name = "A1"

        self.assertRecordValues(unit, [{"name": "A1", "status": "available"}])


@tagged("post_install", "-at_install")
class TestJoining(NumberingCommon):
    """Typing a number that the register knows: the two are one piece, or change places."""

    @freeze_time(NOW)
    def test_when_an_uncovered_blank_gets_the_number_of_a_unit_in_stock_then_the_two_are_one(self):
        receipt = self._receive(["A1"]).move_ids
        other = self._unit("A1")
        delivery = self._ship(blanks=1).move_ids
        unit = self._blank()

        unit.name = "a1"

        self.assertFalse(other.exists())
        self.assertRecordValues(
            unit,
            [
                {
                    "name": "a1",
                    "status": "sold",
                    "uncovered": False,
                    "location_id": self.customer_location.id,
                    "customer_id": self.customer.id,
                    "delivery_move_id": delivery.id,
                    "vendor_id": self.vendor.id,
                    "receipt_move_id": receipt.id,
                    "date_received": receipt.date.date(),
                }
            ],
        )
        self.assertEqual(unit.move_ids, receipt | delivery)
        self.assertEqual(self._kinds(unit), ["received", "shipped", "numbered"])
        self.assertAddsUp()

    def test_when_an_uncovered_void_blank_gets_a_number_in_stock_then_the_two_are_one(self):
        self._receive(["A1"])
        self._ship(blanks=1, target=self.loss_location)
        unit = self._blank()

        unit.name = "A1"

        self.assertRecordValues(self._units(), [{"id": unit.id, "name": "A1", "status": "void", "uncovered": False}])
        self.assertAddsUp()

    @freeze_time(NOW)
    def test_when_a_covered_blank_gets_the_number_of_a_unit_in_stock_then_they_change_places(self):
        self._receive(["A1"], blanks=1)
        delivery = self._ship(blanks=1).move_ids
        unit = self._blank()

        unit.name = "A1"

        self.assertRecordValues(
            self._unit("A1"),
            [
                {
                    "status": "sold",
                    "location_id": self.customer_location.id,
                    "customer_id": self.customer.id,
                    "delivery_move_id": delivery.id,
                    "date_sold": delivery.date.date(),
                }
            ],
        )
        self.assertRecordValues(
            unit,
            [
                {
                    "name": False,
                    "status": "received",
                    "location_id": self.stock.id,
                    "customer_id": False,
                    "delivery_move_id": False,
                    "date_sold": False,
                }
            ],
        )
        self.assertEqual(delivery.serial_ids, self._unit("A1"))
        self.assertAddsUp()

    def test_when_a_covered_void_blank_gets_a_number_in_stock_then_they_change_places(self):
        self._receive(["A1"], blanks=1)
        self._ship(blanks=1, target=self.loss_location)
        unit = self._blank("void")

        unit.name = "A1"

        self.assertRecordValues(self._unit("A1") + unit, [{"status": "void"}, {"status": "received"}])
        self.assertAddsUp()

    def test_when_a_received_blank_gets_a_sold_number_then_it_is_a_trade_in(self):
        self._receive(["A1"])
        delivery = self._ship(["A1"]).move_ids
        receipt = self._receive(blanks=1).move_ids
        unit = self._blank()

        unit.name = "A1"

        self.assertRecordValues(
            self._units(),
            [{"id": unit.id, "name": "A1", "status": "available", "customer_id": False, "receipt_move_id": receipt.id}],
        )
        self.assertIn(delivery, unit.move_ids)
        self.assertIn("shipped", self._kinds(unit))
        self.assertAddsUp()

    def test_when_a_received_blank_gets_the_number_of_one_sold_afterwards_then_another_piece_was_sold(self):
        receipt = self._receive(["A1"], blanks=1).move_ids
        delivery = self._ship(["A1"]).move_ids
        unit = self._blank()

        unit.name = "A1"

        self.assertRecordValues(
            self._unit("A1") | unit,
            [
                {"name": "A1", "status": "available", "location_id": self.stock.id, "customer_id": False},
                {
                    "name": False,
                    "status": "issued",
                    "location_id": self.customer_location.id,
                    "customer_id": self.customer.id,
                },
            ],
        )
        self.assertEqual((len(receipt.serial_ids), delivery.serial_ids), (2, unit))
        self.assertIn("Not A1 left but this piece", unit.event_ids[0].note)
        self.assertAddsUp()

    def test_when_a_returned_blank_gets_the_number_of_one_shipped_beside_it_then_they_change_places(self):
        self._receive(["A1"], blanks=1)
        delivery = self._ship(["A1"], blanks=1)
        self._return()
        unit = self._blank()

        unit.name = "A1"

        self.assertRecordValues(
            self._unit("A1") | unit, [{"name": "A1", "status": "available"}, {"name": False, "status": "issued"}]
        )
        self.assertEqual(len(delivery.move_ids.serial_ids), 2)
        self.assertAddsUp()

    def test_when_an_uncovered_blank_gets_the_number_of_one_shipped_beside_it_then_they_change_places(self):
        self._receive(["A1", "A2", "A3"])
        delivery = self._ship(["A1"], blanks=1)
        self._return(["A1"])
        unit = self._blank("issued")

        unit.name = "A1"

        self.assertRecordValues(
            self._unit("A1") | unit, [{"status": "sold", "uncovered": False}, {"status": "received", "uncovered": True}]
        )
        self.assertEqual(len(delivery.move_ids.serial_ids), 2)
        self.assertAddsUp()

    def test_when_a_received_blank_gets_an_expected_number_then_the_two_are_one(self):
        self._create_unit("A1", "expected")
        self._receive(blanks=1)
        unit = self._blank()

        unit.name = "A1"

        self.assertRecordValues(self._units(), [{"id": unit.id, "name": "A1", "status": "available"}])
        self.assertAddsUp()

    def test_when_the_unit_is_designated_to_the_same_customer_then_the_two_are_one(self):
        self._receive(["A1"])
        self._unit("A1").with_user(self.clerk).action_designate(self.customer)
        self._ship(blanks=1)

        self._blank().name = "A1"

        self.assertRecordValues(self._units(), [{"name": "A1", "status": "sold", "uncovered": False}])

    def test_when_the_unit_cannot_have_been_sold_then_refused(self):
        self._receive(["H1", "D1", "S1", "V1"], blanks=1)
        self._unit("H1").with_user(self.clerk).action_hold("recall")
        self._unit("D1").with_user(self.clerk).action_designate(self.other_customer)
        self._unit("V1").with_user(self.manager).action_void("lost")
        self._ship(["S1"])
        self._ship(blanks=1)
        for name in ("H1", "D1", "S1", "V1"):
            with self.assertRaisesRegex(UserError, f"{name}.*Phone.*exists already"):
                self._blank().name = name

    def test_when_both_are_uncovered_then_one_mark_stays(self):
        self._receive(["A1", "A2"])
        self._ship(blanks=1)
        self._blank().name = "X1"
        self._return_of(self._unit("X1").delivery_move_id.picking_id.with_user(self.clerk), 1, ["X1"])
        self._ship(blanks=1)

        self._blank().name = "X1"

        self.assertRecordValues(self._unit("X1"), [{"status": "sold", "uncovered": True}])
        self.assertAddsUp()

    def test_when_a_unit_with_a_number_gets_anothers_then_refused(self):
        self._receive(["A1", "A2"])
        with self.assertRaisesRegex(UserError, "a2 exists already for Phone"):
            self._unit("A1").with_user(self.manager).name = "a2"

    def test_when_another_product_has_the_number_then_they_are_two(self):
        tablet = self._make_product("Tablet")
        self._receive(["A1"], product=tablet)
        self._receive(blanks=1)

        self._blank().name = "A1"

        self.assertEqual(self._unit("A1").status, "available")
        self.assertEqual(self._unit("A1", product=tablet).status, "available")
        self.assertAddsUp()


@tagged("post_install", "-at_install")
class TestRenaming(NumberingCommon):
    def test_when_a_manager_changes_a_number_then_history_says_so(self):
        self._receive(["A1"])
        unit = self._unit("A1").with_user(self.manager)

        unit.name = "A2"

        self.assertRecordValues(unit, [{"name": "A2", "name_key": "A2", "status": "available"}])
        self.assertRecordValues(unit.event_ids[0], [{"kind": "renumbered", "note": "A1 → A2"}])

    def test_when_only_the_spelling_changes_then_the_key_stays(self):
        self._receive(["ab1"])
        unit = self._unit("ab1").with_user(self.manager)

        unit.name = "AB1"

        self.assertRecordValues(unit, [{"name": "AB1", "name_key": "AB1"}])

    def test_when_a_clerk_changes_a_number_then_refused(self):
        self._receive(["A1"])
        with self.assertRaises(AccessError):
            self._unit("A1").with_user(self.clerk).name = "A2"

    def test_when_a_number_is_taken_away_then_refused(self):
        self._receive(["A1"])
        for nothing in (False, "", "  "):
            with self.assertRaises(UserError):
                self._unit("A1").with_user(self.manager).name = nothing

    def test_when_several_get_one_number_then_refused(self):
        self._receive(blanks=2)
        with self.assertRaises(UserError):
            self._units().with_user(self.clerk).write({"name": "A1"})
