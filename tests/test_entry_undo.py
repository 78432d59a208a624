from odoo.tests import tagged

from .common.entry import EntryCommon


@tagged("post_install", "-at_install")
class TestEntryUndo(EntryCommon):
    """What was scanned, pasted or removed last can be taken back, step by step."""

    def setUp(self):
        super().setUp()
        self.picking = self._transfer("in", 5)
        self.entry = self._validate_and_open(self.picking)
        self.line = self.entry.line_ids

    def test_when_a_scan_is_taken_back_then_the_one_before_stays(self):
        self.line.enter_text("A1")
        self.line.enter_text("A2")

        undone = self.entry.undo()

        self.assertEqual((undone["undone"], undone["names"], undone["count"]), ("added", ["A2"], 1))
        self.assertEqual(undone["lines"][0]["entered"], 1)
        self.assertEqual(self._entered(self.line), ["A1"])

    def test_when_a_paste_is_taken_back_then_all_of_it_goes(self):
        self.line.enter_text("A1")
        self.line.enter_text("B1\nB2\nB3")

        self.assertEqual(self.entry.undo()["names"], ["B1", "B2", "B3"])
        self.assertEqual(self._entered(self.line), ["A1"])

    def test_when_a_removal_is_taken_back_then_the_unit_is_as_it_was_in_its_old_place(self):
        self.line.enter_text("A1\nA2\nA3")
        before = self.line.unit_ids.filtered(lambda unit: unit.name == "A2").read()
        self.line.remove_serials(["a2"])

        undone = self.entry.undo()

        self.assertEqual((undone["undone"], undone["names"]), ("removed", ["A2"]))
        self.assertEqual(self._entered(self.line), ["A1", "A2", "A3"])
        self.assertEqual(self.line.unit_ids.filtered(lambda unit: unit.name == "A2").read(), before)

    def test_when_all_is_taken_back_then_nothing_more_happens(self):
        self.line.enter_text("A1")
        self.line.remove_serials(["A1"])

        kinds = [self.entry.undo()["undone"] for _time in range(3)]

        self.assertEqual(kinds, ["removed", "added", ""])
        self.assertFalse(self.line.unit_ids)

    def test_when_a_number_was_refused_then_the_one_before_is_taken_back(self):
        self.line.enter_text("A1")
        self.line.enter_text("A1")

        self.assertEqual(self.entry.undo()["names"], ["A1"])

    def test_when_numbers_went_to_two_products_then_both_are_taken_back(self):
        tablet = self._make_product("Tablet")
        other = self._transfer("in", 1)
        other.move_ids.copy({"product_id": tablet.id, "product_uom_qty": 1, "picking_id": other.id})
        other.action_confirm()
        entry = self._validate_and_open(other)
        rows = f"Product\tSerial Number\n{tablet.name}\tT1\n{self.product.name}\tP1"
        entry.line_ids[0].enter_text(rows)
        self.assertEqual(entry.line_ids.mapped("entered"), [1, 1])

        entry.undo()

        self.assertEqual(entry.line_ids.mapped("entered"), [0, 0])

    def test_when_what_was_entered_before_is_all_there_is_then_nothing_is_taken_back(self):
        picking = self._transfer("in", 2)
        picking.move_ids.assign_serials(["A1"])
        entry = self._validate_and_open(picking)

        self.assertEqual(entry.undo()["undone"], "")
        self.assertEqual(self._entered(entry.line_ids), ["A1"])

    def test_when_the_rest_of_all_lines_is_left_blank_then_required_ones_still_ask(self):
        state = self.entry.use_all_blanks()

        self.assertTrue(state["lines"][0]["blanks"])
