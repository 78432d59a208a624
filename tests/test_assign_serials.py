from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common.base import SerialCommon


@tagged("post_install", "-at_install")
class TestAssignSerials(SerialCommon):
    """The entry without a window: what a scanner or another system calls."""

    def test_when_assigned_then_nothing_is_booked_before_the_document(self):
        move = self._transfer("in", 2).move_ids

        move.assign_serials(["A1", " a2 "])

        self.assertEqual(move._serial_names(), ["A1", "a2"])
        self.assertRecordValues(move, [{"serial_ids": [], "serial_missing": 0}])
        self.assertFalse(self._units())

    def test_when_some_are_assigned_then_the_others_are_missing(self):
        move = self._transfer("in", 3).move_ids

        move.assign_serials(["A1"])

        self.assertEqual(move.serial_missing, 2)

    def test_when_rows_are_bad_then_all_are_named_and_nothing_is_changed(self):
        self._receive(["A1"])
        move = self._transfer("in", 4).move_ids
        move.assign_serials(["B1"])

        with self.assertRaises(UserError) as refusal:
            move.assign_serials(["A1", "B2", "", "b2", "x" * 129])

        self.assertEqual(move._serial_names(), ["B1"])
        message = str(refusal.exception)
        for part in ("4 of 5", "1. A1", "in stock", "3. ", "4. b2", "already", "5. x", "Phone", move.picking_id.name):
            self.assertIn(part, message)
        self.assertNotIn("B2", message.replace("b2", ""))

    def test_when_assigned_twice_then_the_second_replaces_the_first(self):
        move = self._transfer("in", 2).move_ids
        move.assign_serials(["A1", "A2"])

        move.assign_serials(["A3", "A1"])

        self.assertEqual(move._serial_names(), ["A3", "A1"])

    def test_when_the_list_is_empty_then_the_entry_is_taken_back(self):
        move = self._transfer("in", 2).move_ids
        move.assign_serials(["A1"])

        move.assign_serials([])

        self.assertRecordValues(move, [{"serial_draft": False, "serial_missing": 2}])

    def test_when_there_are_more_than_the_line_takes_then_refused(self):
        move = self._transfer("in", 1).move_ids
        with self.assertRaisesRegex(UserError, "A2 is too many"):
            move.assign_serials(["A1", "A2"])

    def test_when_names_are_no_list_of_texts_then_refused(self):
        move = self._transfer("in", 1).move_ids
        for names in ("A1", [1], None):
            with self.assertRaises(UserError):
                move.assign_serials(names)

    def test_when_document_is_done_then_refused(self):
        move = self._receive(["A1"]).move_ids
        with self.assertRaisesRegex(UserError, "booked already"):
            move.assign_serials(["A2"])

    def test_when_document_is_cancelled_then_refused(self):
        picking = self._transfer("in", 1)
        picking.action_cancel()
        with self.assertRaises(UserError):
            picking.move_ids.assign_serials(["A2"])

    def test_when_product_is_not_serialized_then_refused(self):
        move = self._transfer("in", 1, product=self.plain).move_ids
        with self.assertRaisesRegex(UserError, "Cable"):
            move.assign_serials(["A1"])

    def test_when_user_may_only_look_up_then_refused(self):
        reader = new_test_user(self.env, "reader", "base.group_user,serial_number_tracking.group_serial_number_lookup")
        move = self._transfer("in", 1).move_ids
        with self.assertRaises(AccessError):
            move.with_user(reader).assign_serials(["A1"])

    def test_when_product_is_bought_by_the_dozen_then_a_dozen_is_twelve_units(self):
        picking = self._transfer("in", 1, product_uom=self.env.ref("uom.product_uom_dozen").id)

        picking.move_ids.assign_serials([f"A{number}" for number in range(12)])
        picking.button_validate()

        self.assertEqual(picking.state, "done")
        self.assertEqual(len(self._units("available")), 12)
        self.assertAddsUp()

    def test_when_part_of_a_dozen_comes_in_pieces_then_they_are_whole_units(self):
        picking = self._transfer("in", 1, product_uom=self.env.ref("uom.product_uom_dozen").id)
        picking.move_ids.move_line_ids.write({"product_uom_id": self.product.uom_id.id, "quantity": 5})
        self.assertEqual(picking.move_ids.serial_missing, 5)

        picking.move_ids.assign_serials([f"A{number}" for number in range(5)])
        picking.with_context(skip_backorder=True).button_validate()

        self.assertEqual(picking.state, "done")
        self.assertEqual(len(self._units("available")), 5)
        self.assertAddsUp()

    def test_when_quantity_is_a_fraction_then_refused_on_the_document(self):
        picking = self._transfer("in", 1)
        picking.move_ids.quantity = 1.5
        with self.assertRaisesRegex(UserError, "1.5 Units"):
            picking.move_ids.assign_serials(["A1"])
        with self.assertRaisesRegex(UserError, "1.5 Units"):
            picking.button_validate()

    def test_when_assigned_numbers_turn_bad_then_validating_lists_them(self):
        picking = self._transfer("in", 2)
        picking.move_ids.assign_serials(["A1", "A2"])
        self._receive(["a1"])

        with self.assertRaisesRegex(UserError, "(?s)1 of 2.*a1.*in stock"):
            picking.button_validate()
        self.assertEqual(picking.state, "assigned")

    def test_when_a_number_is_on_two_lines_then_validating_says_so_and_books_neither(self):
        picking = self._transfer("in", 1)
        second = picking.move_ids.copy({"picking_id": picking.id})
        second._action_confirm(merge=False)
        for move in picking.move_ids:
            move.assign_serials(["A1"])

        message = ""
        try:  # assertRaises would roll back what a script does not
            picking.button_validate()
        except UserError as error:
            message = str(error)

        self.assertIn("A1 is entered already.", message)
        self.assertFalse(self._unit("A1"))
        self.assertEqual(picking.move_ids.mapped("state"), ["assigned", "assigned"])
        self.assertEqual(self.product.qty_available, 0)

    def _open_two_lines(self, kind, **options):
        picking = self._transfer(kind, 1, **options)
        picking.move_ids.copy({"picking_id": picking.id})._action_confirm(merge=False)
        picking.action_assign()
        picking.move_ids.quantity = 1
        return picking

    def test_when_a_number_is_on_two_lines_that_would_each_take_it_then_refused(self):
        self._receive(["A1", "A2"])
        dropship = self._open_two_lines("out", source=self.supplier_location)
        internal = self._open_two_lines("int")
        for picking, name in ((dropship, "D1"), (internal, "A1")):
            for move in picking.move_ids:
                move.assign_serials([name])

            with self.subTest(picking=picking.name), self.assertRaisesRegex(UserError, f"{name} is entered already"):
                picking.button_validate()

    def test_when_a_number_of_the_window_is_on_a_complete_line_already_then_refused(self):
        picking = self._open_two_lines("out", source=self.supplier_location)
        picking.move_ids[0].assign_serials(["D1"])
        entry = self._entry(picking.button_validate(), picking)
        entry.line_ids.add_serials(["D1"])

        with self.assertRaisesRegex(UserError, "D1 is entered already"):
            entry.action_confirm()

    def test_when_all_are_assigned_then_validating_asks_nothing(self):
        picking = self._transfer("in", 2)
        picking.move_ids.assign_serials(["A1", "A2"])

        result = picking.button_validate()

        self.assertIs(result, True)
        self.assertRecordValues(picking, [{"state": "done"}])
        self.assertFalse(picking.move_ids.serial_draft)


@tagged("post_install", "-at_install")
class TestKeptFields(SerialCommon):
    """Draft and booked units are nobody's to write, and no copy takes them along."""

    def test_when_written_from_outside_then_refused(self):
        self._receive(["A1"])
        move = self._transfer("in", 2).move_ids
        for vals in ({"serial_draft": {"names": ["A1"]}}, {"serial_ids": [Command.link(self._unit("A1").id)]}):
            for user in (self.clerk, self.manager):
                with self.assertRaises(UserError):
                    move.with_user(user).write(vals)
            with self.assertRaises(UserError):
                move.sudo().write(vals)

    def test_when_created_with_them_then_refused(self):
        self._receive(["A1"])
        vals = {
            "product_id": self.product.id,
            "product_uom_qty": 1,
            "location_id": self.supplier_location.id,
            "location_dest_id": self.stock.id,
        }
        for extra in ({"serial_draft": {"names": ["A1"]}}, {"serial_ids": [Command.link(self._unit("A1").id)]}):
            with self.assertRaises(UserError):
                self.env["stock.move"].with_user(self.clerk).create(vals | extra)

    def test_when_transfer_is_copied_then_numbers_are_not(self):
        picking = self._transfer("in", 1)
        picking.move_ids.assign_serials(["A1"])

        copy = picking.copy()

        self.assertRecordValues(copy.move_ids, [{"serial_draft": False, "serial_ids": []}])

    def test_when_done_transfer_is_copied_then_units_are_not(self):
        copy = self._receive(["A1"]).copy()

        self.assertFalse(copy.move_ids.serial_ids)

    def test_when_backorder_is_split_then_numbers_stay_on_what_is_processed(self):
        picking = self._transfer("in", 3)
        picking.move_ids.quantity = 2
        picking.move_ids.assign_serials(["A1", "A2"])

        picking.with_context(skip_backorder=True).button_validate()

        self.assertEqual(picking.move_ids.serial_ids.mapped("name"), ["A2", "A1"])
        backorder = picking.backorder_ids
        self.assertRecordValues(backorder.move_ids, [{"serial_draft": False, "serial_ids": [], "product_uom_qty": 1}])
        self.assertAddsUp()
