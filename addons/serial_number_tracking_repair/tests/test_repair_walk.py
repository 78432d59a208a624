from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common.walk import KeepingWalk, picks

from .common import RepairCommon

numbers = st.lists(st.sampled_from([f"N{number}" for number in range(6)]), max_size=2, unique=True)


class Repairs(KeepingWalk):
    """Phones are repaired here and at customers, with parts in and out, while both are bought, sold and kept back."""

    def __init__(self):
        super().__init__()
        self.case.product = self.case._make_product("Random Phone")
        self.case.part = self.case._make_product("Random Battery")
        self.repairs = []

    def _book(self, kind, typed, **options):
        picking = self.case._transfer(kind, max(1, len(typed)), **options)
        good = [check["name"] for check in picking.move_ids.check_serials(typed) if check["ok"]]
        self._try(lambda: self.case._validate(picking, good))

    @rule(typed=numbers, of_parts=st.booleans())
    def buy(self, typed, of_parts):
        self._book("in", typed, product=self.case.part if of_parts else self.case.product)

    @rule(typed=numbers)
    def sell(self, typed):
        self._book("out", typed)

    @rule(typed=numbers)
    def take_back(self, typed):
        self._book("back", typed)

    @rule(pick=picks, kinds=st.lists(st.sampled_from(["add", "recycle", "remove"]), max_size=2), typed=numbers)
    def repair(self, pick, kinds, typed):
        units = self.case._units()
        if units:
            self._try(lambda: self._repair(units[pick % len(units)], kinds, typed))

    def _repair(self, unit, kinds, typed):
        repair = self.case._make_repair(unit)
        for kind in kinds:
            self.case._add_line(repair, kind)
        self.case._begin(repair)
        result = repair.action_repair_end()
        if isinstance(result, dict) and result.get("res_model") == "serial.entry":
            entry = repair.env["serial.entry"].browse(result["res_id"])
            for line in entry.line_ids:
                line.add_serials(typed[:1])
                if line.missing:
                    line.use_blanks()
            entry.action_confirm()
        assert repair.state == "done"
        self.repairs.append(repair)

    @rule(pick=picks, typed=numbers, take_off=st.booleans())
    def correct(self, pick, typed, take_off):
        if self.repairs:
            self._try(lambda: self._correct(self.repairs[pick % len(self.repairs)], typed, take_off))

    @invariant()
    def everything_adds_up(self):
        self.case.assertAddsUp(self.case.product)
        self.case.assertAddsUp(self.case.part)

    @invariant()
    def parts_are_not_in_stock(self):
        parts = self.case.env["serial.number"].search([("part_of_id", "!=", False)])
        self.case.assertFalse(parts.filtered(lambda part: part.location_id.is_serial_stock))


@tagged("post_install", "-at_install")
class TestRepairWalk(RepairCommon):
    """The equation holds for what is repaired and for its parts."""

    def test_when_anything_is_repaired_then_units_add_up_to_the_stock(self):
        Repairs.run(self, walks=5, steps=10)
