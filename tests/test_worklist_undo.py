from odoo.tests import tagged

from .common.base import QUERIES_ASIDE
from .common.series import SeriesCommon
from .common.worklist import WorklistCommon


@tagged("post_install", "-at_install")
class TestWorklistUndo(SeriesCommon, WorklistCommon):
    """Each act of the worklist can be taken back: the window, a row, a series."""

    def _undo(self):
        return self.env["serial.numbering"].with_user(self.clerk).action_undo_last()

    def test_when_rows_were_typed_then_the_last_one_is_taken_back_first(self):
        units = self._wait(2).with_user(self.clerk)
        units[0].name, units[1].name = "A1", "A2"

        self.assertEqual(self._undo(), {"count": 1, "kept": [], "known": []})

        self.assertRecordValues(units, [{"name": "A1", "status": "available"}, {"name": False, "status": "received"}])
        self.assertEqual(units[1].sudo().event_ids[0].note, "The number was taken back.")
        self.assertEqual(self._undo(), {"count": 1, "kept": [], "known": []})
        self.assertEqual(units.mapped("name"), [False, False])
        self.assertEqual(self._undo(), {"count": 0, "kept": [], "known": []})
        self.assertAddsUp()

    def test_when_a_row_was_typed_after_a_window_then_it_is_taken_back_alone(self):
        units = self._wait(2)
        entry, _checks = self._enter(units, ["A1"])
        entry.action_confirm()
        units.filtered("needs_number").with_user(self.clerk).name = "A2"

        self._undo()

        self.assertEqual(sorted(units.mapped("name"), key=bool), [False, "A1"])

    def test_when_somebody_else_typed_it_then_it_is_theirs_to_take_back(self):
        unit = self._wait(1)
        unit.with_user(self.manager).name = "A1"

        self.assertEqual(self._undo(), {"count": 0, "kept": [], "known": []})

    def test_when_the_unit_was_sold_since_then_its_number_stays(self):
        unit = self._wait(1)
        unit.with_user(self.clerk).name = "A1"
        self._ship(["A1"])

        self.assertEqual(self._undo(), {"count": 0, "kept": ["A1"], "known": []})
        self.assertEqual(unit.name, "A1")

    def test_when_the_number_was_known_then_the_two_stay_one(self):
        self._receive(["A1"])
        unit = self._ship(blanks=1).move_ids.serial_ids
        unit.with_user(self.clerk).name = "A1"

        self.assertEqual(self._undo(), {"count": 0, "kept": [], "known": ["A1"]})
        self.assertRecordValues(unit, [{"name": "A1", "status": "sold"}])
        self.assertAddsUp()

    def test_when_a_window_took_a_known_number_too_then_that_one_stays(self):
        self._receive(["A1"])
        self._ship(["A1"])
        units = self._wait(2)
        entry, _checks = self._enter(units, ["A1"], add=True)
        entry.line_ids.add_serials(["N1"])
        told = entry.action_confirm()

        self.assertEqual(told["params"]["count"], 2)
        self.assertEqual(self._undo(), {"count": 1, "kept": [], "known": ["A1"]})
        self.assertAddsUp()

    def test_when_a_window_is_undone_then_what_was_entered_beside_is_gone(self):
        template = self.product.product_tmpl_id
        template.serial_has_grade = True
        template.serial_ask_properties = "ask"
        unit = self._wait(1)
        entry, _action = self._open_window(unit)
        entry.line_ids.enter_text("Serial\tGrade\nA1\tB")
        entry.action_confirm()
        self.assertEqual(unit.attribute_text, "Grade: B")

        self._undo()

        self.assertRecordValues(unit, [{"name": False, "attribute_text": False}])

    def test_when_its_label_said_more_then_it_can_be_taken_back(self):
        self.product.barcode = "09521234543213"
        unit = self._wait(1)
        entry, _checks = self._enter(unit, ["010952123454321321A1\x1d17301231"])
        entry.action_confirm()
        self.assertEqual(unit.name, "A1")

        self.assertEqual(self._undo(), {"count": 1, "kept": [], "known": []})

    def test_when_numbers_were_generated_then_all_of_them_are_taken_back(self):
        units = self._wait(3)
        units.with_user(self.clerk).action_generate_numbers()

        self.assertEqual(self._undo(), {"count": 3, "kept": [], "known": []})

        self.assertEqual(set(units.mapped("status")), {"received"})

    def test_when_thousands_are_generated_then_no_query_more(self):
        def generate(count):
            units = self.register.with_user(self.clerk).browse(self._wait(count).ids)
            return self._count_queries(units.action_generate_numbers)

        generate(1)

        self.assertLessEqual(generate(200), generate(2) + QUERIES_ASIDE)
