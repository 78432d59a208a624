from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CorrectProduceCommon


@tagged("post_install", "-at_install")
class TestCorrectProduce(CorrectProduceCommon):
    """*Correct Serial Numbers* on a done manufacturing order; the tree of parts follows."""

    def setUp(self):
        super().setUp()
        self._stock_parts("B1", "B2", "B3", "B4", "B5")
        self.order = self._make_order(2)
        self._press(self.order, 2, ["A1", "A2"], ["B1", "B2", "B3", "B4"])

    def _battery(self, name):
        return self._unit(name, self.part)

    def test_when_a_made_unit_was_mistyped_then_it_keeps_its_parts(self):
        self._correct(self.order, {"A1": "A7"})

        self.assertFalse(self._unit("A1"))
        self.assertEqual((self._unit("A7").status, self._parts_of("A7")), ("available", ["B1", "B2"]))
        self.assertAllAddUp()

    def test_when_the_numbers_of_two_made_units_were_exchanged_then_their_parts_are(self):
        self._correct(self.order, {"A1": "A2", "A2": "A1"})

        self.assertEqual((self._parts_of("A1"), self._parts_of("A2")), (["B3", "B4"], ["B1", "B2"]))

    def test_when_another_part_was_built_in_then_it_is_in_the_unit_and_the_first_is_in_stock(self):
        self._correct(self.order, {"B1": "B5"})

        self.assertEqual(self._parts_of("A1"), ["B2", "B5"])
        self.assertRecordValues(
            self._battery("B1") | self._battery("B5"),
            [{"status": "available", "part_of_id": False}, {"status": "void", "part_of_id": self._unit("A1").id}],
        )
        self.assertAllAddUp()

    def test_when_parts_of_two_units_were_exchanged_then_each_is_in_the_other(self):
        self._correct(self.order, {"B1": "B3", "B3": "B1"})

        self.assertEqual((self._parts_of("A1"), self._parts_of("A2")), (["B2", "B3"], ["B1", "B4"]))
        self.assertAllAddUp()

    def test_when_one_moves_on_and_another_comes_then_each_is_where_it_was_typed(self):
        self._correct(self.order, {"B1": "B3", "B3": "B5"})

        self.assertEqual((self._parts_of("A1"), self._parts_of("A2")), (["B2", "B3"], ["B4", "B5"]))
        self.assertEqual(self._battery("B1").status, "available")
        self.assertAllAddUp()

    def test_when_parts_of_two_orders_were_exchanged_then_swapped(self):
        self._stock_parts("B6")
        other = self._make_order(1)
        self._press(other, 1, ["A3"], ["B5", "B6"])
        correct = self._open_correct(self.order)
        self._line(correct, "B1").name = "B5"
        with self.assertRaisesRegex(UserError, "Tick Swapped"):
            correct.action_apply()

        self._line(correct, "B1").swapped = True
        correct.action_apply()

        self.assertEqual((self._parts_of("A1"), self._parts_of("A3")), (["B2", "B5"], ["B1", "B6"]))
        self.assertIn(self._battery("B5"), self.order.move_raw_ids.serial_ids)
        self.assertIn(self._battery("B1"), other.move_raw_ids.serial_ids)
        self.assertAllAddUp()

    def test_when_a_unit_was_built_again_under_a_wrong_number_then_its_parts_go_to_the_right_one(self):
        unbuild = self.env["mrp.unbuild"].with_user(self.worker)
        vals = {"product_id": self.product.id, "bom_id": self.bom.id, "product_qty": 1, "mo_id": self.order.id}
        unbuild = unbuild.create({**vals, "location_id": self.stock.id, "location_dest_id": self.stock.id})
        entry = self._entry(unbuild.action_validate(), unbuild)
        entry.line_ids.add_serials(["A1"])
        entry.action_confirm()
        again = self._make_order(1)
        self._press(again, 1, ["A1"], ["B1", "B2"])

        self._correct(again, {"A1": "A9"})

        self.assertEqual((self._unit("A1").status, self._parts_of("A1")), ("void", []))
        self.assertEqual((self._unit("A9").status, self._parts_of("A9")), ("available", ["B1", "B2"]))
        self.assertAllAddUp()

    def test_when_a_part_was_not_built_in_then_it_is_back_in_stock(self):
        self._correct(self.order, not_moved=["B4"])

        self.assertRecordValues(self._battery("B4"), [{"status": "available", "part_of_id": False}])
        self.assertEqual(self._parts_of("A2"), ["B3"])
        self.assertAllAddUp()

    def test_when_a_blank_part_gets_its_number_in_the_window_then_it_is_in_the_unit(self):
        self._stock_parts(blanks=2)
        order = self._make_order(1)
        self._press(order, 1, ["A3"])

        correct = self._open_correct(order)
        correct.line_ids.filtered(lambda line: line.product_id == self.part)[0].name = "B5"
        correct.action_apply()

        self.assertEqual(self._parts_of("A3"), ["-", "B5"])
        self.assertAllAddUp()

    def test_when_nothing_is_produced_yet_then_there_is_nothing_to_correct(self):
        with self.assertRaisesRegex(UserError, "no booked units to correct"):
            self._make_order(1).with_user(self.manager).action_correct_serials()
