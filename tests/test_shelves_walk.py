"""Whatever is named, and wherever it is taken from: the register's places are where stock is."""

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from odoo.tests import tagged

from .common.shelves import ShelfCommon
from .common.walk import Walk

NAMES = [f"N{number}" for number in range(10)]
names = st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True)
places = st.integers(min_value=0, max_value=4)
owners = st.sampled_from([0, 0, 1])
packages = st.sampled_from([0, 0, 1, 2])


class Shelves(Walk):
    """Moves of named units; ``case`` is the test that lends its verbs."""

    def __init__(self):
        super().__init__()
        case = self.case
        case.product = case._make_product("Random", tracking="none")
        other = case.env["stock.warehouse"].create({"name": "Second", "code": "SEC"})
        self.places = [case.stock, case.shelf, case.shelf_b, other.lot_stock_id, case.warehouse.wh_output_stock_loc_id]
        self.places[4].active = True
        self.owners = [case.env["res.partner"], case.consignor]
        package = case.env["stock.package"]
        self.packages = [package, *package.create([{"name": "P1"}, {"name": "P2"}])]

    def _book(self, kind, typed, lines, owner=0, **options):
        """Do a transfer with those of the numbers that can be taken, on these operations, and only with them."""
        picking = self.case._transfer(kind, len(typed), **options)
        picking.owner_id = self.owners[owner]
        move = picking.move_ids
        good = [check["name"] for check in move.check_serials(typed) if check["ok"]]
        move.move_line_ids.unlink()
        vals = {"picking_id": picking.id, "product_id": self.case.product.id}
        share = max(1, len(good) // len(lines))
        counts = [share] * (len(lines) - 1) + [len(good) - share * (len(lines) - 1)]
        move.move_line_ids = [
            (0, 0, vals | line | {"quantity": count}) for line, count in zip(lines, counts, strict=True) if count > 0
        ]
        good = [check["name"] for check in move.check_serials(good) if check["ok"]]
        quantity = sum(move.move_line_ids.mapped("quantity"))
        if not good or len(good) != quantity:
            picking.action_cancel()
            return
        move.product_uom_qty = quantity
        self._try(lambda: self.case._validate(picking, good, blanks=False))

    @rule(typed=names, place=places, other=places, package=packages, owner=owners)
    def receive(self, typed, place, other, package, owner):
        lines = [
            {"location_dest_id": self.places[place].id, "result_package_id": self.packages[package].id},
            {"location_dest_id": self.places[other].id},
        ]
        self._book("in", typed, lines, owner)

    @rule(typed=names, place=places, other=places, package=packages)
    def ship(self, typed, place, other, package):
        self._book("out", typed, self._sources(place, other, package))

    @rule(typed=names, place=places)
    def ship_of_owner(self, typed, place):
        lines = [{"location_id": self.places[place].id, "owner_id": self.case.consignor.id}]
        self._book("out", typed, lines, owner=1)

    @rule(typed=names, place=places)
    def return_to_vendor(self, typed, place):
        target = self.case.supplier_location
        lines = [{"location_id": self.places[place].id, "location_dest_id": target.id}]
        self._book("out", typed, lines, target=target)

    @rule(typed=names, place=places, other=places, owner=owners)
    def return_(self, typed, place, other, owner):
        lines = [{"location_dest_id": self.places[place].id}, {"location_dest_id": self.places[other].id}]
        self._book("back", typed, lines, owner)

    @rule(typed=names, place=places, other=places, package=packages, goal=places, into=packages)
    def transfer(self, typed, place, other, package, goal, into):
        more = {"location_dest_id": self.places[goal].id, "result_package_id": self.packages[into].id}
        lines = [line | more for line in self._sources(place, other, package)]
        self._book("int", typed, lines, target=self.places[goal])

    def _sources(self, place, other, package):
        return [
            {"location_id": self.places[place].id, "package_id": self.packages[package].id},
            {"location_id": self.places[other].id},
        ]

    @rule(typed=names, place=places)
    def scrap(self, typed, place):
        vals = {"product_id": self.case.product.id, "scrap_qty": 1, "location_id": self.places[place].id}
        scrap = self.case.env["stock.scrap"].with_user(self.case.clerk).create(vals)
        entry = self.case._entry(scrap.action_validate(), scrap)
        for name in typed:
            entry.line_ids.add_serials([name])
        if entry.line_ids.missing:
            entry.action_discard()
        else:
            entry.action_confirm()
            if scrap.state != "done":  # more than there is at that place
                scrap.do_scrap()

    @rule(typed=names)
    def lose(self, typed):
        unit = self.case._unit(typed[0])
        if not unit or not unit.location_id.is_serial_stock:
            return
        quant = self.case.env["stock.quant"].search(
            [
                ("product_id", "=", unit.product_id.id),
                ("location_id", "=", unit.location_id.id),
                ("owner_id", "=", unit.owner_id.id),
                ("package_id", "=", unit.package_id.id),
            ]
        )
        quant = quant.with_user(self.case.clerk).with_context(inventory_mode=True, serial_number_tracking_ask=True)
        quant.inventory_quantity = quant.quantity - 1
        entry = self.case._entry(quant.action_apply_inventory(), quant)
        if entry.line_ids.add_serials(typed[:1])[0]["ok"]:
            entry.action_confirm()
        else:
            entry.action_discard()

    @rule(package=packages)
    def unpack(self, package):
        if self.packages[package].quant_ids:
            self.packages[package].unpack()

    @invariant()
    def lies_where_stock_is(self):
        self.case.assertLies()


@tagged("post_install", "-at_install")
class TestShelvesWalk(ShelfCommon):
    def test_when_anything_is_named_then_the_register_and_stock_agree_on_every_place(self):
        Shelves.run(self, walks=15, steps=25)
