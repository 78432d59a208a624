"""Whatever is done to lots: the equation holds, and each lot's unit is in stock where its quant is."""

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from odoo.fields import Domain
from odoo.tests import tagged

from .common.lots import LotCommon
from .common.walk import KeepingWalk, picks

NAMES = [f"N{number}" for number in range(8)]
names = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)


class Lots(KeepingWalk):
    """What may happen to lots; ``case`` is the test that lends its verbs."""

    def __init__(self):
        super().__init__()
        self.case.product = self.case._make_product("Random", tracking="serial")
        self.done = []

    def _book(self, kind, typed, **options):
        picking = self.case._do_lots(kind, typed, validate=False, **options)
        self._try(picking.button_validate)
        if picking.state == "done":
            self.done.append(picking.move_ids)
        else:
            picking.action_cancel()

    @rule(typed=names, shelf=st.booleans())
    def receive(self, typed, shelf):
        self._book("in", typed, target=self.case.shelf if shelf else None)

    @rule(typed=names, other=st.booleans())
    def ship(self, typed, other):
        self._book("out", typed, partner=self.case.other_customer if other else self.case.customer)

    @rule(typed=names)
    def return_(self, typed):
        self._book("back", typed)

    @rule(typed=names)
    def return_to_vendor(self, typed):
        self._book("out", typed, target=self.case.supplier_location)

    @rule(typed=names)
    def drop_ship(self, typed):
        self._book("out", typed, source=self.case.supplier_location)

    @rule(typed=names, back=st.booleans())
    def transfer(self, typed, back):
        places = (self.case.shelf, self.case.stock) if back else (self.case.stock, self.case.shelf)
        self._book("int", typed, source=places[0], target=places[1])

    @rule(kind=st.sampled_from(["in", "out"]), count=st.integers(1, 2))
    def move_without_lots(self, kind, count):
        """Types that ask for no lots let goods move without."""
        types = self.case.warehouse.in_type_id | self.case.warehouse.out_type_id
        types.write({"use_create_lots": False, "use_existing_lots": False})
        picking = self.case._transfer(kind, count)
        picking.move_ids.move_line_ids.lot_id = False
        self._try(picking.button_validate)
        types.write({"use_create_lots": True, "use_existing_lots": True})
        if picking.state == "done":
            self.done.append(picking.move_ids)
        else:
            picking.action_cancel()

    @rule(pick=picks, name=st.sampled_from(NAMES))
    def number(self, pick, name):
        units = self.case._units().filtered(lambda unit: not unit.name and unit.status in ("received", "issued"))
        if units:
            unit = units[pick % len(units)]
            self._try(lambda: unit.write({"name": name}))

    @rule(pick=picks, name=st.sampled_from(NAMES))
    def change_lot_of_done(self, pick, name):
        lines = self._lines()
        if lines:
            line = lines[pick % len(lines)]
            lot = self.case._lot(name, self.case.product) or self.case._make_lot(name)
            self._try(lambda: line.write({"lot_id": lot.id}))

    @rule(pick=picks)
    def take_off_done(self, pick):
        lines = self._lines()
        if lines:
            line = lines[pick % len(lines)]
            self._try(lambda: line.write({"quantity": 0}))

    @rule(pick=picks, place=st.booleans())
    def relocate_done(self, pick, place):
        lines = self._lines().filtered(lambda line: line.location_dest_id.is_serial_stock)
        if lines:
            target = self.case.shelf if place else self.case.stock
            self._try(lambda: lines[pick % len(lines)].write({"location_dest_id": target.id}))

    def _lines(self):
        lines = self.case.env["stock.move.line"].union(*(move.sudo().move_line_ids for move in self.done))
        return lines.exists().filtered(lambda line: line.quantity > 0)

    @rule(pick=picks, quantity=st.integers(0, 1))
    def count(self, pick, quantity):
        lots = self.case.lots.search([("product_id", "=", self.case.product.id)])
        if lots:
            quant = self.case.env["stock.quant"].with_context(inventory_mode=True)
            vals = {"lot_id": lots[pick % len(lots)].id, "inventory_quantity": quantity}
            vals |= {"product_id": self.case.product.id, "location_id": self.case.stock.id}
            self._try(lambda: quant.create(vals).action_apply_inventory())

    @rule(pick=picks)
    def scrap(self, pick):
        lots = self.case.lots.search(
            [("product_id", "=", self.case.product.id), ("location_id.usage", "=", "internal")]
        )
        if lots:
            lot = lots[pick % len(lots)]
            vals = {
                "product_id": lot.product_id.id,
                "lot_id": lot.id,
                "scrap_qty": 1,
                "location_id": lot.location_id.id,
            }
            self._try(lambda: self.case.env["stock.scrap"].create(vals).do_scrap())

    @rule(pick=picks, name=st.sampled_from(NAMES))
    def rename(self, pick, name):
        lots = self.case.lots.search([("product_id", "=", self.case.product.id)])
        if lots:
            self._try(lambda: lots[pick % len(lots)].write({"name": name}))

    @rule(pick=picks)
    def reconcile(self, pick):
        self.case.env.flush_all()
        row = self.case.env["serial.reconciliation"].search([("product_id", "=", self.case.product.id)])
        units = self.case._units().filtered(lambda unit: unit.name and unit.location_id.is_serial_stock)
        if row.uncovered and units:
            window = self.case.env["serial.reconcile"].browse(row.action_close_uncovered()["res_id"])
            window.write({"serial_ids": [(6, 0, units[pick % len(units)].ids)], "reason": "Counted"})
            self._try(window.action_apply)

    @rule(quantity=st.integers(1, 3), other=st.booleans())
    def reserve(self, quantity, other):
        self.case._order(quantity, partner=self.case.other_customer if other else self.case.customer)

    @rule(typed=names)
    def switch_off_and_on(self, typed):
        """What moves meanwhile is known afterwards."""
        self.case.product.is_serialized = False
        self._book("in", typed)
        self._book("out", typed[:1])
        self.case.product.is_serialized = True

    @invariant()
    def adds_up(self):
        self.case.assertAddsUp()

    @invariant()
    def nothing_kept_back_is_reserved(self):
        of_product = Domain("product_id", "=", self.case.product.id) & Domain("status", "in", ["hold", "void"])
        kept = self.case.register.search(of_product & self.case.register._get_in_stock_domain())
        lines = self.case.env["stock.move.line"].search(
            [("lot_id", "in", kept.lot_id.ids), ("state", "=", "assigned"), ("move_id.sale_line_id", "!=", False)]
        )
        assert not lines, lines.lot_id.mapped("name")


@tagged("post_install", "-at_install")
class TestLotsWalk(LotCommon):
    def test_when_anything_happens_to_lots_then_units_are_where_they_are(self):
        Lots.run(self, walks=8, steps=20)
