from odoo.tests import tagged

from .common.lots import LotCommon


@tagged("post_install", "-at_install")
class TestLotsRoutes(LotCommon):
    """Lots on longer ways: in steps, in packages, in consignment, counted back, and to another company."""

    def test_when_a_delivery_has_two_steps_and_each_is_edited_then_units_are_where_lots_are(self):
        self.warehouse.delivery_steps = "pick_ship"
        self._receive_lots("A1", "A2", "A3")
        order = self._order(2)
        while ready := order.picking_ids.filtered(lambda picking: picking.state == "assigned"):
            ready.button_validate()
            self.assertAddsUp()
        self.assertEqual(self._units().mapped("status"), ["sold", "sold", "available"])
        ship = order.picking_ids.filtered(lambda picking: picking.location_dest_id.usage == "customer")

        (order.picking_ids - ship).move_line_ids[0].quantity = 0
        self.assertAddsUp()
        ship.move_line_ids[0].lot_id = self._lot("A3")
        self.assertAddsUp()

    def test_when_lots_of_an_owner_come_packed_and_one_is_relocated_then_its_unit_is_unpacked_there(self):
        owner = self.env["res.partner"].create({"name": "Owner"})
        package = self.env["stock.package"].create({"name": "P1"})
        picking = self._do_lots("in", ["A1", "A2"], validate=False)
        picking.owner_id = owner
        picking.move_line_ids.write({"owner_id": owner.id, "result_package_id": package.id})
        picking.button_validate()
        self.assertEqual(self._units().owner_id, owner)
        self.assertEqual(self._units().package_id, package)
        self.assertAddsUp()

        self._lot("A1").quant_ids.filtered("package_id").move_quants(location_dest_id=self.shelf, unpack=True)

        self.assertRecordValues(self._unit("A1"), [{"location_id": self.shelf.id, "package_id": False}])
        self.assertAddsUp()

    def test_when_a_count_is_reverted_then_its_unit_is_void(self):
        vals = {"product_id": self.product.id, "location_id": self.stock.id, "lot_id": self._make_lot("A1").id}
        counts = self.env["stock.quant"].with_context(inventory_mode=True)
        counts.create(vals | {"inventory_quantity": 1}).action_apply_inventory()
        self.assertEqual(self._unit("A1").status, "available")

        self.env["stock.move.line"].search([("lot_id", "=", vals["lot_id"])]).action_revert_inventory()

        self.assertEqual(self._unit("A1").status, "void")
        self.assertAddsUp()

    def test_when_a_lot_of_all_companies_comes_to_another_one_then_each_has_its_unit(self):
        other = self.env["res.company"].create({"name": "Other"})
        place = self.env["stock.warehouse"].search([("company_id", "=", other.id)], limit=1).lot_stock_id
        transit = self.env.ref("stock.stock_location_inter_company")
        transit.active = True
        self._receive_lots("A1")
        self._do_lots("out", ["A1"], target=transit, partner=other.partner_id)

        vals = {"product_id": self.product.id, "location_id": transit.id, "location_dest_id": place.id}
        vals |= {"company_id": other.id}
        move = self.env["stock.move"].create(vals | {"product_uom_qty": 1})
        move._action_confirm()
        move.move_line_ids.unlink()
        move.move_line_ids = [(0, 0, vals | {"lot_id": self._lot("A1").id, "quantity": 1, "picked": True})]
        move._action_done()

        units = self._unit("A1").sorted("id")
        self.assertEqual(units.company_id, self.company | other)
        self.assertEqual(units.mapped("status"), ["sold", "available"])
        self.assertEqual(units.lot_id, self._lot("A1"))
        self.assertAddsUp()
