from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common.walk import KeepingWalk, picks

from .common import ProduceCommon

numbers = st.lists(st.sampled_from([f"N{number}" for number in range(8)]), max_size=4, unique=True)


class Production(KeepingWalk):
    """Phones are produced of batteries and taken apart again, while both are bought, sold and kept back."""

    def __init__(self):
        super().__init__()
        self.case.product = self.case._make_product("Random Phone")
        self.case.part = self.case._make_product("Random Battery")
        line = {"product_id": self.case.part.id, "product_qty": 2}
        self.case.bom = self.case.env["mrp.bom"].create(
            {"product_tmpl_id": self.case.product.product_tmpl_id.id, "bom_line_ids": [(0, 0, line)]}
        )
        self.orders, self.unbuilds = [], []

    def _answer(self, action, typed, env):
        """Enter those of the numbers that can be taken, leave the rest blank, and confirm the window."""
        if not isinstance(action, dict) or action.get("res_model") != "serial.entry":
            return
        entry = env["serial.entry"].browse(action["res_id"])
        for line in entry.line_ids:
            line.add_serials(typed[: line.quantity])
            if line.missing:
                line.use_blanks()
        entry.action_confirm()

    @rule(typed=numbers, extra=st.integers(min_value=0, max_value=2))
    def buy_parts(self, typed, extra):
        if typed or extra:
            picking = self.case._transfer("in", len(typed) + extra, product=self.case.part)
            good = [check["name"] for check in picking.move_ids.check_serials(typed) if check["ok"]]
            self.case._validate(picking, good)

    @rule(typed=numbers)
    def sell(self, typed):
        picking = self.case._transfer("out", max(1, len(typed)))
        good = [check["name"] for check in picking.move_ids.check_serials(typed) if check["ok"]]
        self._try(lambda: self.case._validate(picking, good))

    @rule(typed=numbers, quantity=st.integers(min_value=1, max_value=2))
    def produce(self, typed, quantity):
        order = self.case._make_order(quantity)
        self._try(lambda: self._answer(order.button_mark_done(), typed, order.env))
        if order.state == "done":
            self.orders.append(order)

    @rule(pick=picks, typed=numbers, of_order=st.booleans())
    def take_apart(self, pick, typed, of_order):
        order = self.orders[pick % len(self.orders)] if self.orders and of_order else None
        vals = {"product_id": self.case.product.id, "bom_id": self.case.bom.id, "product_qty": 1}
        vals |= {"location_id": self.case.stock.id, "location_dest_id": self.case.stock.id}
        unbuild = self.case.env["mrp.unbuild"].create(vals | ({"mo_id": order.id} if order else {}))
        self._try(lambda: self._answer(unbuild.action_validate(), typed, unbuild.env))
        if unbuild.state == "done":
            self.unbuilds.append(unbuild)

    @rule(pick=picks, typed=numbers, take_off=st.booleans())
    def correct(self, pick, typed, take_off):
        documents = self.orders + self.unbuilds
        if documents:
            self._try(lambda: self._correct(documents[pick % len(documents)], typed, take_off))

    @rule(pick=picks)
    def number(self, pick):
        blanks = self.case._units().filtered("needs_number")
        if blanks:
            self._try(lambda: blanks[pick % len(blanks)].write({"name": f"L{pick}"}))

    @invariant()
    def everything_adds_up(self):
        self.case.assertAllAddUp()

    @invariant()
    def parts_are_not_in_stock(self):
        parts = self.case.env["serial.number"].search([("part_of_id", "!=", False)])
        self.case.assertFalse(parts.filtered(lambda part: part.location_id.is_serial_stock))


@tagged("post_install", "-at_install")
class TestProduceWalk(ProduceCommon):
    """The equation holds for what is produced and for what it is produced from."""

    def test_when_anything_is_produced_and_taken_apart_then_units_add_up_to_the_stock(self):
        Production.run(self, walks=5, steps=10)
