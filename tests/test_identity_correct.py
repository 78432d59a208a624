"""Other numbers of units are corrected where serial numbers are: in the window's rows, and by a table."""

import base64

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common.correct import CorrectCommon
from .common.identity import IMEI, SECOND, THIRD, IdentityCommon


@tagged("post_install", "-at_install")
class TestIdentityCorrect(IdentityCommon, CorrectCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.serial_identity_kind_ids = cls.kinds["imei"] | cls.kinds["asset"]

    def _receive_two(self):
        picking = self._receive(["N1", "N2"])
        self._identify(self._unit("N1"), imei=IMEI, asset="T1")
        self._identify(self._unit("N2"), imei=SECOND)
        return self._open_correct(picking)

    def _numbers(self, name):
        return self._unit(name).identity_ids.mapped("display_name")

    def test_when_the_window_opens_then_it_shows_the_other_numbers_of_each_unit(self):
        correct = self._receive_two()
        self.assertTrue(correct.has_beside)
        self.assertEqual(correct.line_ids.mapped("beside"), [f"IMEI: {IMEI}, Asset Tag: T1", f"IMEI: {SECOND}"])

    def test_when_nothing_wants_other_numbers_then_the_window_has_no_column(self):
        self.product.serial_identity_kind_ids = False
        self.assertFalse(self._open_correct(self._receive(["N1"])).has_beside)

    def test_when_one_is_corrected_then_the_unit_has_it_and_its_history_says_what_it_was(self):
        correct = self._receive_two()
        correct.reason = "Misread"
        self._line(correct, "N1").beside = f"IMEI: {THIRD}"

        correct.action_apply()

        self.assertEqual(self._numbers("N1"), [f"IMEI: {THIRD}"])
        event = self._unit("N1").event_ids[0]
        self.assertEqual(event.kind, "identified")
        self.assertIn(f"IMEI: {IMEI} → IMEI: {THIRD}; Removed: Asset Tag: T1", event.note)
        self.assertIn("Misread", event.note)
        self.assertEqual(len(self._unit("N2").event_ids.filtered(lambda each: each.kind == "identified")), 1)

    def test_when_two_units_have_each_others_then_they_are_exchanged_at_once(self):
        correct = self._receive_two()
        self._line(correct, "N1").beside = f"{SECOND}, Asset Tag: T1"
        self._line(correct, "N2").beside = IMEI

        correct.action_apply()

        self.assertEqual(self._numbers("N1"), [f"IMEI: {SECOND}", "Asset Tag: T1"])
        self.assertEqual(self._numbers("N2"), [f"IMEI: {IMEI}"])

    def test_when_the_number_is_corrected_too_then_the_piece_keeps_its_other_numbers(self):
        correct = self._receive_two()
        with Form(correct) as form, form.line_ids.edit(0) as line:
            line.name = "N7"
            self.assertEqual(line.beside, f"IMEI: {IMEI}, Asset Tag: T1")
            line.beside = f"IMEI: {THIRD}, Asset Tag: T1"

        correct.action_apply()

        self.assertEqual(self._numbers("N7"), [f"IMEI: {THIRD}", "Asset Tag: T1"])

    def test_when_another_unit_really_left_then_its_own_numbers_are_shown_and_corrected(self):
        self._receive_two()
        correct = self._open_correct(self._ship(["N1"]))
        with Form(correct) as form, form.line_ids.edit(0) as line:
            line.name = "N2"
            self.assertEqual(line.beside, f"IMEI: {SECOND}")
            line.beside = f"IMEI: {SECOND}, Asset Tag: T2"

        correct.action_apply()

        self.assertEqual(self._numbers("N2"), [f"IMEI: {SECOND}", "Asset Tag: T2"])
        self.assertEqual(self._numbers("N1"), [f"IMEI: {IMEI}", "Asset Tag: T1"])

    def test_when_it_is_bad_then_refused_and_nothing_changes(self):
        self._make_unit("K1", imei=THIRD)
        correct = self._receive_two()
        for text, why in (
            ("IMEI: 356938035643808", "check digit"),
            (THIRD, "is a number of K1"),
            (f"IMEI: {IMEI}, IMEI: {SECOND}, IMEI: 354178036859797", "check digit|is a number of N2"),
            ("Asset Tag: A, Asset Tag: B", "at most 1"),
            (f"IMEI: {IMEI}, {IMEI}", "is a number of N1"),
        ):
            with self.subTest(text=text), self.assertRaisesRegex(UserError, why), self.env.cr.savepoint():
                self._line(correct, "N1").beside = text
                correct.action_apply()
        self.assertEqual(self._numbers("N1"), [f"IMEI: {IMEI}", "Asset Tag: T1"])

    def test_when_its_kind_cannot_be_known_then_the_kind_is_asked_for(self):
        self.product.serial_identity_kind_ids = self.kinds["imei"]
        correct = self._receive_two()
        self._line(correct, "N1").beside = "abc"
        with self.assertRaisesRegex(UserError, "N1: write the kind before abc"):
            correct.action_apply()

    def test_when_somebody_changed_them_meanwhile_then_refused(self):
        correct = self._receive_two()
        self._line(correct, "N1").beside = f"IMEI: {THIRD}"
        self._unit("N1").identity_ids[0].with_user(self.clerk).unlink()
        with self.assertRaisesRegex(UserError, "has just changed N1"):
            correct.action_apply()

    # By a table

    def _read(self, correct, text):
        correct.write({"table": base64.b64encode(text.encode()), "table_name": "list.csv"})
        return correct.action_read_table()

    def test_when_a_table_has_columns_then_the_rows_are_filled_in_and_the_user_corrects(self):
        correct = self._receive_two()
        action = self._read(correct, f"Serial Number,IMEI 1,IMEI 2,Really Moved\nn1,{SECOND},{THIRD},\nN2,{IMEI},,N9\n")

        self.assertEqual((action["res_id"], correct.table), (correct.id, False))
        self.assertEqual(
            correct.line_ids.mapped("beside"),
            [f"Asset Tag: T1, IMEI: {SECOND}, IMEI: {THIRD}", f"IMEI: {IMEI}"],
        )
        self.assertEqual(correct.line_ids.mapped("name"), ["N1", "N9"])
        self.assertEqual(self._numbers("N2"), [f"IMEI: {SECOND}"])
        correct.action_apply()
        self.assertEqual(self._numbers("N9"), [f"IMEI: {IMEI}"])

    def test_when_a_table_cannot_be_used_then_refused_with_what_to_do(self):
        correct = self._receive_two()
        for text, why in (
            ("Name,Color\nN1,red\n", "row of headings"),
            ("Serial Number,Color\nN1,red\n", "row of headings"),
            (f"Serial Number,IMEI\nN8,{IMEI}\n", "not on .*N8"),
        ):
            with self.subTest(text=text), self.assertRaisesRegex(UserError, why):
                self._read(correct, text)
