from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CorrectProduceCommon


@tagged("post_install", "-at_install")
class TestCorrectUnbuild(CorrectProduceCommon):
    """*Correct Serial Numbers* on a done unbuild order; the tree of parts follows."""

    def setUp(self):
        super().setUp()
        self._stock_parts("B1", "B2", "B3", "B4")
        order = self._make_order(2)
        self._press(order, 2, ["A1", "A2"], ["B1", "B2", "B3", "B4"])
        self.unbuild = self._prepare_unbuild()
        entry = self._entry(self.unbuild.action_validate(), self.unbuild)
        entry.line_ids.add_serials(["A1"])
        entry.action_confirm()

    def _prepare_unbuild(self):
        vals = {"product_id": self.product.id, "bom_id": self.bom.id, "product_qty": 1}
        unbuild = self.env["mrp.unbuild"].with_user(self.worker)
        return unbuild.create({**vals, "location_id": self.stock.id, "location_dest_id": self.stock.id})

    def _statuses(self, *names):
        return [self._unit(name, self.part).status for name in names]

    def test_when_it_is_done_then_it_leads_to_its_units(self):
        self.assertEqual(self.unbuild.serial_count, 3)
        units = self.register.search(self.unbuild.action_view_serials()["domain"])
        self.assertEqual(set(units.mapped("name")), {"A1", "B1", "B2"})

    def test_when_another_unit_was_taken_apart_then_its_parts_came_and_the_first_has_its_own(self):
        for changes in ({"A1": "A2"}, {"A1": "A2", "B1": "B3", "B2": "B4"}, {"A1": "A2", "B2": "B4"}):
            with self.subTest(changes=changes), self.env.cr.savepoint() as savepoint:
                self._correct(self.unbuild, changes)

                self.assertEqual((self._unit("A1").status, self._unit("A2").status), ("available", "void"))
                self.assertEqual((self._parts_of("A1"), self._parts_of("A2")), (["B1", "B2"], []))
                self.assertEqual(self._statuses("B1", "B2", "B3", "B4"), ["void", "void", "available", "available"])
                self.assertAllAddUp()
                savepoint.rollback()

    def test_when_another_part_came_out_then_the_first_is_where_that_was(self):
        self._correct(self.unbuild, {"B2": "B3"})

        self.assertEqual((self._parts_of("A1"), self._parts_of("A2")), ([], ["B2", "B4"]))
        self.assertEqual(self._statuses("B1", "B2", "B3", "B4"), ["available", "void", "available", "void"])
        self.assertAllAddUp()

    def test_when_a_part_did_not_come_out_then_it_is_not_in_stock(self):
        self._correct(self.unbuild, not_moved=["B2"])

        self.assertEqual(self._statuses("B1", "B2"), ["available", "void"])
        self.assertAllAddUp()

    def test_when_nothing_is_taken_apart_yet_then_there_is_nothing_to_correct(self):
        with self.assertRaisesRegex(UserError, "no booked units to correct"):
            self._prepare_unbuild().with_user(self.manager).action_correct_serials()
