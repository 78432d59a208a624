from odoo.tests import tagged

from .common import KitCommon


@tagged("post_install", "-at_install")
class TestKits(KitCommon):
    def test_when_a_kit_is_sold_then_its_components_are(self):
        self._stock()
        order = self._sell_kit(["B3", "A2", "B1"])
        self.assertEqual(self._statuses("A1", "A2"), ["available", "sold"])
        self.assertEqual([self._battery(name).status for name in ("B1", "B2", "B3")], ["sold", "available", "sold"])
        self.assertEqual(self._battery("B1").pos_order_id, order)
        self.assertFalse(order.lines.serial_move_ids.serial_ids.activity_ids)

    def test_when_a_kit_has_a_wrong_number_then_one_blank_waits(self):
        self._stock()
        order = self._sell_kit(["A1", "B1", "X1"])
        units = order.lines.serial_move_ids.serial_ids
        self.assertEqual(sorted(unit.name or "" for unit in units), ["", "A1", "B1"])
        self.assertIn("X1", units.activity_ids.note)

    def test_when_a_kit_is_invoiced_then_its_numbers_stand_below_its_components(self):
        self._stock()
        line = self._sell_kit(["A1", "B1", "B2"], invoice=True).account_move.invoice_line_ids.filtered("product_id")
        self.assertEqual(line.serial_text.split("\n"), [" Phone", "A1", " Battery", "B1", "B2"])

    def test_when_a_kit_is_refunded_then_its_units_come_back(self):
        self._stock()
        order = self._sell_kit(["A1", "B1", "B2"])
        self._sync(self._prepare_line([], -1, self.kit, refunded=order.lines, price=30), partner=self.customer)
        self.assertEqual(self._statuses("A1", "A2"), ["available", "available"])
        self.assertEqual(self._battery("B1").status, "available")
        self.assertEqual(self.register.search_count([("product_id", "in", (self.product | self.battery).ids)]), 5)

    def test_when_the_till_asks_for_a_kit_then_its_components_answer(self):
        self._stock()
        lines = self.env["pos.order.line"].with_user(self.cashier)
        checks = lines.check_serials(self.config.id, self.kit.id, ["A1", "B1", "X1"])
        self.assertEqual([check["ok"] for check in checks], [True, True, False])
        self.assertEqual([check["component"] for check in checks[:2]], ["Phone", "Battery"])
        self.assertEqual(
            sorted(lines.list_serials(self.config.id, self.kit.id)["names"]), ["A1", "A2", "B1", "B2", "B3"]
        )
        read = self.env["product.template"]._load_pos_data_read(self.kit.product_tmpl_id, self.config)
        self.assertEqual(
            (read[0]["_asks_serials"], read[0]["_serial_pieces"], read[0]["tracking"]), (True, 3, "serial")
        )

    def test_when_lots_lead_a_component_of_a_kit_then_its_lot_leaves_and_stands_on_the_invoice(self):
        laptop = self._make_product("Laptop", tracking="serial")
        bom = self.env["mrp.bom"].search([("product_tmpl_id", "=", self.kit.product_tmpl_id.id)])
        bom.bom_line_ids = [(5,), (0, 0, {"product_id": laptop.id}), (0, 0, {"product_id": self.product.id})]
        self._receive(["A1"])
        for name in ("L1", "L2"):
            lot = self.env["stock.lot"].create({"name": name, "product_id": laptop.id})
            vals = {"product_id": laptop.id, "location_id": self.stock.id, "lot_id": lot.id, "inventory_quantity": 1}
            self.env["stock.quant"].with_context(inventory_mode=True).create(vals).action_apply_inventory()

        order = self._sell_kit(["A1", "L2"], invoice=True)

        self.assertEqual(order.picking_ids.state, "done")
        line = order.account_move.invoice_line_ids.filtered("product_id")
        self.assertEqual(order.picking_ids.move_line_ids.lot_id.name, "L2")
        self.assertEqual(line.serial_text.split("\n"), [" Phone", "A1", " Laptop", "L2"])
