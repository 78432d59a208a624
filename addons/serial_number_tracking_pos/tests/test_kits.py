from odoo.tests import tagged

from .common import PosSerialCommon


@tagged("post_install", "-at_install")
class TestKits(PosSerialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "mrp.bom" not in cls.env:
            cls.skipTest(cls, "Manufacturing is not installed")
        cls.cashier.group_ids |= cls.env.ref("stock.group_stock_user")  # Odoo's kits and lots ask for it
        cls.battery = cls._make_product("Battery")
        cls.kit = cls.env["product.product"].create(
            {"name": "Set", "is_storable": True, "available_in_pos": True, "taxes_id": False, "list_price": 30}
        )
        parts = [(cls.product, 1), (cls.battery, 2), (cls.plain, 1)]
        cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.kit.product_tmpl_id.id,
                "type": "phantom",
                "bom_line_ids": [(0, 0, {"product_id": part.id, "product_qty": count}) for part, count in parts],
            }
        )

    def _stock(self):
        self._receive(["A1", "A2"])
        self._receive(["B1", "B2", "B3"], product=self.battery)

    def _sell_kit(self, names, **options):
        return self._sync(self._prepare_line(names, 1, self.kit, price=30), partner=self.customer, **options)

    def _battery(self, name):
        return self.register.search([("product_id", "=", self.battery.id), ("name", "=", name)])

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
        self.assertEqual(
            sorted(lines.list_serials(self.config.id, self.kit.id)["names"]), ["A1", "A2", "B1", "B2", "B3"]
        )
        read = self.env["product.template"]._load_pos_data_read(self.kit.product_tmpl_id, self.config)
        self.assertEqual(
            (read[0]["_asks_serials"], read[0]["_serial_pieces"], read[0]["tracking"]), (True, 3, "serial")
        )
