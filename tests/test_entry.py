from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common.entry import EntryCommon


@tagged("post_install", "-at_install")
class TestEntryConfirm(EntryCommon):
    """Confirming the window continues the document's button."""

    def test_when_confirmed_then_the_transfer_is_done_with_its_units(self):
        picking = self._transfer("in", 2)
        entry = self._validate_and_open(picking)
        entry.line_ids.add_serials(["A1", "A2"])

        result = entry.action_confirm()

        self.assertIs(result, True)
        self.assertEqual(picking.state, "done")
        self.assertEqual(set(picking.move_ids.serial_ids.mapped("name")), {"A1", "A2"})
        self.assertAddsUp()

    def test_when_numbers_are_missing_then_refused(self):
        picking = self._transfer("in", 2)
        entry = self._validate_and_open(picking)
        entry.line_ids.add_serials(["A1"])

        with self.assertRaisesRegex(UserError, "Phone: 1"):
            entry.action_confirm()
        self.assertEqual(picking.state, "assigned")

    def test_when_the_rest_is_left_blank_then_it_waits_for_its_numbers(self):
        picking = self._transfer("in", 3)
        entry = self._validate_and_open(picking)
        entry.line_ids.add_serials(["A1"])
        entry.line_ids.use_blanks()

        entry.action_confirm()

        self.assertEqual(picking.state, "done")
        self.assertEqual(self._units().mapped("status"), ["available", "received", "received"])

    def test_when_blanks_are_taken_back_then_numbers_are_missing_again(self):
        entry = self._validate_and_open(self._transfer("in", 1))
        entry.line_ids.use_blanks()
        entry.line_ids.keep_asking()

        with self.assertRaises(UserError):
            entry.action_confirm()

    def test_when_confirmed_twice_then_refused(self):
        picking = self._transfer("in", 1)
        entry = self._validate_and_open(picking)
        entry.line_ids.add_serials(["A1"])
        entry.action_confirm()

        for act in (
            entry.action_confirm,
            lambda: entry.line_ids.add_serials(["A2"]),
            lambda: entry.line_ids.remove_serials(["A1"]),
            entry.line_ids.use_blanks,
        ):
            with self.assertRaisesRegex(UserError, "confirmed already"):
                act()
        self.assertEqual(len(self._units()), 1)

    def test_when_the_transfer_was_done_meanwhile_then_confirming_books_nothing_more(self):
        picking = self._transfer("in", 1)
        entry = self._validate_and_open(picking)
        entry.line_ids.add_serials(["A1"])
        other = picking.with_user(self.manager)
        other.move_ids.assign_serials(["A2"])
        other.button_validate()

        with self.assertRaises(UserError):
            entry.action_confirm()
        self.assertEqual(self._units().mapped("name"), ["A2"])

    def test_when_a_number_was_taken_meanwhile_then_confirming_lists_it(self):
        picking = self._transfer("in", 1)
        entry = self._validate_and_open(picking)
        entry.line_ids.add_serials(["A1"])
        self._receive(["A1"])

        with self.assertRaisesRegex(UserError, r"A1 \(Phone\) is in stock already"):
            entry.action_confirm()

    def test_when_a_number_left_meanwhile_and_an_internal_transfer_names_it_then_confirming_lists_it(self):
        self.warehouse.int_type_id.serial_entry = "ask"
        self._receive(["A1", "A2"])
        picking = self._transfer("int", 1)
        entry = self._validate_and_open(picking)
        entry.line_ids.add_serials(["A1"])
        self._ship(["A1"])

        with self.assertRaisesRegex(UserError, r"A1 \(Phone\) was sold to Customer"):
            entry.action_confirm()

    def test_when_closed_then_all_is_there_when_it_is_opened_again(self):
        picking = self._transfer("in", 2)
        entry = self._validate_and_open(picking)
        entry.line_ids.add_serials(["A1"])

        entry.action_cancel()

        self.assertEqual(self._validate_and_open(picking), entry)
        self.assertEqual(entry.line_ids.unit_ids.mapped("name"), ["A1"])

    def test_when_discarded_then_the_document_is_as_it_was(self):
        picking = self._transfer("in", 1)
        entry = self._validate_and_open(picking)
        entry.line_ids.add_serials(["A1"])

        entry.action_discard()

        self.assertRecordValues(picking, [{"state": "assigned"}])
        self.assertRecordValues(picking.move_ids, [{"serial_draft": False, "quantity": 1}])
        self.assertFalse(entry.exists())
        self.assertFalse(self._units())

    def test_when_closed_and_validated_again_then_the_same_window_goes_on(self):
        picking = self._transfer("in", 2)
        first = self._validate_and_open(picking)
        first.line_ids.add_serials(["A1"])

        second = self._validate_and_open(picking)

        self.assertEqual(second, first)
        self.assertEqual(self._entered(second.line_ids), ["A1"])

    def test_when_the_quantity_was_raised_meanwhile_then_the_window_asks_for_the_rest(self):
        picking = self._transfer("in", 2)
        self._validate_and_open(picking).line_ids.add_serials(["A1", "A2"])
        picking.move_ids.quantity = 3

        line = self._validate_and_open(picking).line_ids

        self.assertRecordValues(line, [{"quantity": 3, "entered": 2, "missing": 1}])

    def test_when_the_quantity_was_lowered_below_the_entry_then_the_user_chooses_which_stay(self):
        picking = self._transfer("in", 3)
        picking.move_ids.assign_serials(["A1", "A2", "A3"])
        picking.move_ids.quantity = 2
        entry = self._validate_and_open(picking.with_context(skip_backorder=True))
        with self.assertRaisesRegex(UserError, "Phone: 3 numbers are entered for 2 units"):
            entry.action_confirm()
        entry.line_ids.remove_serials(["A2"])

        entry.action_confirm()

        self.assertEqual(set(self._units().mapped("name")), {"A1", "A3"})
        self.assertAddsUp()

    def test_when_some_were_assigned_before_then_the_window_begins_with_them(self):
        picking = self._transfer("in", 2)
        picking.move_ids.assign_serials(["A1"])

        line = self._validate_and_open(picking).line_ids

        self.assertEqual(self._entered(line), ["A1"])

    def test_when_a_number_turned_bad_since_then_the_window_says_so_at_once(self):
        picking = self._transfer("in", 2)
        picking.move_ids.assign_serials(["A1", "A2"])
        self._receive(["A2"])
        picking.move_ids.quantity = 3

        entry = self._validate_and_open(picking)

        self.assertEqual(self._entered(entry.line_ids), ["A1"])
        (line,) = entry.get_state()["lines"]
        (check,) = line["refused"]
        self.assertEqual((check["name"], check["code"]), ("A2", "in_stock"))
        self.assertIn("A2 (Phone) is in stock already", check["message"])

    def test_when_the_number_that_turned_bad_can_be_taken_again_then_it_is_not_refused(self):
        picking = self._transfer("in", 2)
        picking.move_ids.assign_serials(["A1", "A2"])
        receipt = self._receive(["A2"])
        picking.move_ids.quantity = 3
        entry = self._validate_and_open(picking)
        self._return_of(receipt, 1, ["A2"])
        entry.line_ids.add_serials(["A2"])

        self.assertEqual(entry.get_state()["lines"][0]["refused"], [])

    def test_when_kept_for_later_then_the_document_has_the_draft(self):
        picking = self._transfer("in", 2)
        entry = self._entry(picking.action_enter_serials(), picking)
        entry.line_ids.add_serials(["A1", "A2"])

        entry.action_confirm()

        self.assertEqual(picking.state, "assigned")
        self.assertEqual(picking.move_ids._serial_names(), ["A1", "A2"])
        self.assertIs(picking.button_validate(), True)

    def test_when_nothing_takes_serials_then_the_button_says_so(self):
        picking = self._receive(["A1"])
        with self.assertRaises(UserError):
            picking.action_enter_serials()


@tagged("post_install", "-at_install")
class TestEntryOwner(EntryCommon):
    """A window belongs to the user who opened it, as long as they work in it."""

    def test_when_another_user_comes_then_the_window_is_closed_to_them(self):
        colleague = new_test_user(self.env, "colleague", "stock.group_stock_user")
        entry = self._validate_and_open(self._transfer("in", 1))
        theirs = entry.with_user(colleague)
        for act in (
            theirs.get_state,
            theirs.action_confirm,
            theirs.action_cancel,
            theirs.action_discard,
            theirs.undo,
            theirs.use_all_blanks,
            lambda: theirs.line_ids.add_serials(["A1"]),
            lambda: entry.line_ids.with_user(colleague).add_serials(["A1"]),
            lambda: entry.line_ids.with_user(colleague).remove_serials(["A1"]),
            lambda: entry.line_ids.with_user(colleague).use_blanks(),
            lambda: entry.line_ids.with_user(colleague).get_units(),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_when_another_user_validates_then_they_get_their_own_window(self):
        colleague = new_test_user(self.env, "colleague", "stock.group_stock_user")
        picking = self._transfer("in", 1)
        entry = self._validate_and_open(picking)

        other = self._validate_and_open(picking.with_user(colleague))

        self.assertNotEqual(other, entry)

    def _age(self, *tables):
        self.env.flush_all()
        for table in tables:
            self.env.cr.execute(f"UPDATE {table} SET write_date = write_date - interval '8 days'")
        self.env.invalidate_all()

    def _vacuum(self):
        for model in ("serial.entry", "serial.entry.line", "serial.entry.unit"):
            self.env[model]._transient_vacuum()

    def test_when_somebody_works_in_it_then_the_vacuum_takes_nothing(self):
        entry = self._validate_and_open(self._transfer("in", 2))
        entry.line_ids.add_serials(["A1"])
        self._age("serial_entry", "serial_entry_line", "serial_entry_unit")
        entry.line_ids.add_serials(["A2"])
        self.env.flush_all()

        self._vacuum()

        self.assertEqual(self._entered(entry.line_ids), ["A1", "A2"])

    def test_when_it_was_left_for_days_then_the_vacuum_takes_all_of_it(self):
        entry = self._validate_and_open(self._transfer("in", 2))
        entry.line_ids.add_serials(["A1"])
        lines, units = entry.line_ids, entry.line_ids.unit_ids
        self._age("serial_entry", "serial_entry_line", "serial_entry_unit")

        self._vacuum()

        self.assertFalse(entry.exists() or lines.exists() or units.exists())
