from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common.correct import CorrectCommon

from .common import RepairCommon


@tagged("post_install", "-at_install")
class TestCorrectRepair(RepairCommon, CorrectCommon):
    """*Correct Serial Numbers* on a done repair order; the parts of its unit follow."""

    def setUp(self):
        super().setUp()
        self._receive(["A1", "A2"])
        self._receive(["B1", "B2", "B3"], product=self.part)
        self._ship(["A1"])
        self.repair = self._repair(add=["B1", "B2"])

    def _repair(self, **names):
        """Repair the unit with parts in or out, by kind of line."""
        repair = self._make_repair(self._unit("A1"))
        for kind, parts in names.items():
            self._add_line(repair, kind, len(parts))
        self._begin(repair)
        self._end(repair, names)
        return repair

    def _parts(self):
        return sorted(self._unit("A1").part_ids.mapped("name"))

    def _battery(self, name):
        return self._unit(name, self.part)

    def test_when_another_part_was_built_in_then_it_is_in_the_unit_and_the_first_is_in_stock(self):
        self._correct(self.repair, {"B1": "B3"})

        self.assertEqual(self._parts(), ["B2", "B3"])
        self.assertRecordValues(self._battery("B1"), [{"status": "available", "part_of_id": False}])
        self.assertAddsUp(self.part)

    def test_when_a_part_was_not_built_in_then_it_is_back_in_stock(self):
        self._correct(self.repair, not_moved=["B1"])

        self.assertEqual(self._parts(), ["B2"])
        self.assertEqual(self._battery("B1").status, "available")
        self.assertAddsUp(self.part)

    def test_when_an_unknown_part_was_taken_out_under_a_wrong_number_then_it_has_the_right_one(self):
        repair = self._repair(recycle=["OLD1"])

        self._correct(repair, {"OLD1": "OLD2"})

        self.assertFalse(self._battery("OLD1"))
        self.assertEqual(self._battery("OLD2").status, "hold")
        self.assertAddsUp(self.part)

    def test_when_another_part_was_taken_out_then_the_first_is_in_the_unit_again(self):
        for kind, status in (("recycle", "hold"), ("remove", "void")):
            with self.subTest(kind=kind), self.env.cr.savepoint() as savepoint:
                repair = self._repair(**{kind: ["B1"]})
                self.assertEqual(self._parts(), ["B2"])

                self._correct(repair, {"B1": "B2"})

                self.assertEqual(self._parts(), ["B1"])
                self.assertRecordValues(self._battery("B2"), [{"status": status, "part_of_id": False}])
                self.assertAddsUp(self.part)
                savepoint.rollback()
