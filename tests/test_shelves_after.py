"""Stock follows the named units afterwards too: corrected documents, numbered blanks, edited operations."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..engine.correction import Row, SerialCorrection
from .common.correct import CorrectCommon
from .common.shelves import ShelfCommon


class AfterCommon(ShelfCommon, CorrectCommon):
    def _blank(self, status="issued"):
        return self._units(status).filtered(lambda unit: not unit.name)[:1].with_user(self.clerk)

    def assertAt(self, **places):
        """Units with these numbers lie at these places."""
        self.assertEqual({name: self._unit(name).location_id for name in places}, places)
        self.assertLies()


@tagged("post_install", "-at_install")
class TestCorrectedShelf(AfterCommon):
    """Not this piece left but one of another shelf."""

    def test_when_another_shelf_s_unit_was_shipped_then_stock_left_there_and_the_first_lies_where_it_lay(self):
        self._fill()
        picking = self._reserved()
        self._validate(picking, ["A1"])

        self._correct(picking, {"A1": "B1"})

        self.assertEqual(self._stocked(), {self.shelf: 2, self.shelf_b: 1})
        self.assertEqual(picking.move_line_ids.location_id, self.shelf_b)
        self.assertAt(A1=self.shelf, B2=self.shelf_b, B1=self.customer_location)

    def test_when_one_of_two_was_another_shelf_s_then_the_operation_is_divided(self):
        self._fill()
        picking = self._reserved(quantity=2)
        self._validate(picking, ["A1", "A2"])

        self._correct(picking, {"A2": "B1"})

        self.assertEqual(self._stocked(), {self.shelf: 1, self.shelf_b: 1})
        self.assertEqual(picking.move_ids.quantity, 2)
        self.assertEqual(len(picking.move_ids.serial_ids), 2)
        self.assertAt(A2=self.shelf, B2=self.shelf_b)

    def test_when_another_warehouse_s_unit_was_shipped_then_stock_left_there(self):
        other = self.env["stock.warehouse"].create({"name": "Second", "code": "SEC"})
        self._receive(["A1"])
        self._receive(["B1"], target=other.lot_stock_id)
        picking = self._ship(["A1"])

        self._correct(picking, {"A1": "B1"})

        self.assertEqual(self._stocked(), {self.stock: 1})
        self.assertAt(A1=self.stock)

    def test_when_the_unit_lay_in_a_package_then_stock_left_the_package(self):
        package = self.env["stock.package"].create({"name": "P1"})
        self._receive(["A1"])
        picking = self._transfer("in", 1)
        picking.move_ids.move_line_ids.result_package_id = package
        self._validate(picking, ["B1"])
        delivery = self._transfer("out", 1)
        self._take_from(delivery.move_ids, self.stock)
        self._validate(delivery, ["A1"])

        self._correct(delivery, {"A1": "B1"})

        self.assertFalse(package.quant_ids.filtered("quantity"))
        self.assertFalse(self._unit("A1").package_id)
        self.assertLies()

    def test_when_another_shelf_s_unit_was_moved_within_stock_then_it_came_from_there(self):
        self._fill()
        target = self.env["stock.location"].create({"name": "Shelf C", "location_id": self.stock.id})
        picking = self._reserved("int", target=target)
        self._validate(picking, ["A1"])

        self._correct(picking, {"A1": "B1"})

        self.assertEqual(self._stocked(), {self.shelf: 2, self.shelf_b: 1, target: 1})
        self.assertAt(A1=self.shelf, B1=target)

    def test_when_another_shelf_s_unit_was_scrapped_then_it_is_gone_from_there(self):
        self._fill()
        move = self._move(self.shelf, self.loss_location, 1, ["A1"])

        self._correct_move(move, "A1", "B1")

        self.assertEqual(self._stocked(), {self.shelf: 2, self.shelf_b: 1})
        self.assertAt(A1=self.shelf)

    def _correct_move(self, move, booked, name):
        """Correct a move without a transfer, as the window does."""
        unit = self._unit(booked)
        SerialCorrection([Row(move.sudo(), unit.sudo(), name)]).run()

    def test_when_an_unknown_number_left_then_the_shelf_of_the_unit_without_number_gave_it(self):
        self._receive(["A1"], target=self.shelf)
        self._receive(blanks=1, target=self.shelf_b)
        picking = self._reserved()
        self._validate(picking, ["A1"])

        self._correct(picking, {"A1": "X1"})

        self.assertEqual(self._stocked(), {self.shelf: 1})
        self.assertAt(A1=self.shelf, X1=self.customer_location)

    def test_when_units_moved_without_being_named_then_the_operation_stands(self):
        self._receive(["A1", "A2", "A3"])
        self._validate(self._transfer("int", 1))  # one of them is on the shelf, nobody knows which
        picking = self._ship(["A1"], source=self.stock)

        self._correct(picking, {"A1": "A2"})

        self.assertEqual(self._stocked(), {self.stock: 1, self.shelf: 1})
        self.assertAddsUp()


@tagged("post_install", "-at_install")
class TestNumberedShelf(AfterCommon):
    """A blank left, and gets the number of a unit that lies on another shelf."""

    def test_when_no_placeholder_was_there_then_stock_left_the_other_shelf(self):
        self._fill()
        self._validate(self._reserved())

        self._blank().name = "B1"

        self.assertEqual(self._stocked(), {self.shelf: 2, self.shelf_b: 1})
        self.assertAt(A1=self.shelf, B2=self.shelf_b)

    def test_when_it_had_taken_a_placeholder_then_that_lies_where_it_lay(self):
        self._receive(["A1"], blanks=1, target=self.shelf)
        self._receive(["B1"], target=self.shelf_b)
        self._validate(self._reserved())

        self._blank().name = "B1"

        self.assertEqual(self._stocked(), {self.shelf: 2})
        self.assertEqual(self._blank("received").location_id, self.shelf)
        self.assertLies()

    def test_when_it_was_invoiced_and_not_delivered_then_nothing_has_moved(self):
        self._receive(blanks=1, target=self.shelf)
        self._receive(["B1"], target=self.shelf_b)
        self._confirm(self._invoice(1))

        self._blank().name = "B1"

        self.assertEqual(self._stocked(), {self.shelf: 1, self.shelf_b: 1})
        self.assertEqual(self._blank("received").location_id, self.shelf)
        self.assertAt(B1=self.shelf_b)

    def test_when_a_new_number_was_a_placeholder_of_another_shelf_then_stock_left_there(self):
        self._receive(blanks=2, target=self.shelf_b)
        self._validate(self._reserved(quantity=2))

        for number in ("X1", "X2"):
            self._blank().name = number

        self.assertFalse(self._stocked())
        self.assertLies()

    def test_when_it_was_invoiced_before_as_a_placeholder_of_another_shelf_then_stock_left_there(self):
        self._receive(blanks=1, target=self.shelf_b)
        self._confirm(self._invoice(1))
        self._validate(self._reserved())

        self._blank().name = "X1"

        self.assertFalse(self._stocked())
        self.assertLies()

    def test_when_an_invoiced_placeholder_leaves_with_its_number_then_stock_left_its_shelf(self):
        self._receive(blanks=1, target=self.shelf_b)
        self._confirm(self._invoice(1))
        self._receive(blanks=1, target=self.shelf)

        self._validate(self._reserved(), ["X1"])

        self.assertEqual(self._stocked(), {self.shelf: 1})
        self.assertLies()

    def test_when_its_receipt_is_booked_later_on_another_shelf_then_stock_left_there(self):
        self._validate(self._reserved())
        self._blank().name = "B1"

        self._receive(["B1"], target=self.shelf_b)

        self.assertFalse(self._stocked())
        self.assertAt(B1=self.customer_location)

    def test_when_it_was_only_invoiced_and_its_receipt_is_booked_later_then_it_lies_where_that_put_it(self):
        self._confirm(self._invoice(1))
        self._blank().name = "B1"

        self._receive(["B1"], target=self.shelf_b)

        self.assertEqual(self._unit("B1").status, "sold")
        self.assertAt(B1=self.shelf_b)

    def test_when_it_comes_back_with_the_number_of_another_shelf_then_that_shelf_had_given_it(self):
        self._fill()
        self._validate(self._reserved())

        self._return(["B1"])

        self.assertEqual(self._stocked(), {self.shelf: 2, self.shelf_b: 1, self.stock: 1})
        self.assertAt(B1=self.stock, A1=self.shelf)

    def test_when_it_came_back_without_it_and_moved_on_with_its_number_then_it_lies_there(self):
        self._receive(["B1"], target=self.shelf_b)
        self._validate(self._reserved())
        self._do("back", [], 1, target=self.shelf_b)
        self._validate(self._reserved("int", place=self.shelf_b, target=self.stock), ["B1"])

        self._blank("received").name = "B1"

        self.assertEqual(self._stocked(), {self.stock: 1})
        self.assertAt(B1=self.stock)

    def test_when_it_left_twice_without_it_then_both_documents_took_it_from_where_it_lay(self):
        self._receive(["B1"], target=self.shelf_b)
        self._validate(self._reserved())
        self._do("back", [], 1, target=self.shelf_b)
        self._validate(self._reserved())

        self._blank().name = "B1"

        self.assertFalse(self._stocked())
        self.assertAt(B1=self.customer_location)

    def test_when_a_count_lost_a_blank_then_the_other_shelf_is_not_touched(self):
        self._fill()
        self._adjust(1, location=self.shelf)

        self._units("void").filtered(lambda unit: not unit.name).with_user(self.clerk).name = "A1"

        self.assertEqual(self._stocked(), {self.shelf: 1, self.shelf_b: 2})
        self.assertAt(A2=self.shelf, B1=self.shelf_b, B2=self.shelf_b)


@tagged("post_install", "-at_install")
class TestEditedSource(AfterCommon):
    """A done operation is said to have taken from another shelf."""

    def test_when_all_of_the_other_shelf_goes_then_its_units_lie_where_stock_is(self):
        self._fill()
        picking = self._reserved(quantity=2)
        self._validate(picking, ["A1", "A2"])

        picking.move_line_ids.location_id = self.shelf_b

        self.assertEqual(self._stocked(), {self.shelf: 2})
        self.assertAt(B1=self.shelf, B2=self.shelf)

    def test_when_blanks_can_be_it_then_they_are(self):
        self._receive(["A1"], target=self.shelf)
        self._receive(["B1"], blanks=1, target=self.shelf_b)
        picking = self._reserved()
        self._validate(picking, ["A1"])

        picking.move_line_ids.location_id = self.shelf_b

        self.assertEqual(self._blank("received").location_id, self.shelf)
        self.assertAt(B1=self.shelf_b)

    def test_when_nobody_can_know_which_then_refused_with_the_way(self):
        self._fill()
        picking = self._reserved()
        self._validate(picking, ["A1"])

        with self.assertRaisesRegex(UserError, "B1, B2\n.*Correct Serial Numbers"), self.env.cr.savepoint():
            picking.move_line_ids.location_id = self.shelf_b

        self.assertEqual(self._stocked(), {self.shelf: 1, self.shelf_b: 2})
        self.assertLies()

    def test_when_the_register_has_nothing_there_then_the_quantity_alone_moves(self):
        self._fill()
        self._validate(self._reserved(), ["A1"])
        picking = self._reserved()
        self._validate(picking)  # the blank is A2

        picking.move_line_ids.location_id = self.shelf_b

        self.assertEqual(self._stocked(), {self.shelf: 1, self.shelf_b: 1})
        self.assertAddsUp()

    def test_when_a_transfer_came_from_another_shelf_then_what_lay_there_is_where_stock_is(self):
        self._receive(["A1"], target=self.shelf)
        self._receive(["B1"], target=self.shelf_b)
        picking = self._reserved("int", target=self.stock)
        self._validate(picking, ["A1"])

        picking.move_line_ids.location_id = self.shelf_b

        self.assertAt(A1=self.stock, B1=self.shelf)

    def test_when_where_a_transfer_went_was_corrected_and_then_it_did_not_move_then_it_is_where_it_was(self):
        self._receive(["A1"], target=self.shelf)
        picking = self._reserved("int", target=self.stock)
        self._validate(picking, ["A1"])
        picking.move_line_ids.location_dest_id = self.shelf_b

        picking.move_line_ids.quantity = 0

        self.assertAt(A1=self.shelf)
