from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common import SerialCommon


@tagged("post_install", "-at_install")
class TestOwnFields(SerialCommon):
    """Stored fields that somebody made in the settings, without an addon."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        code = "for unit in self: unit['x_status'] = unit.status"
        cls._add_field("serial.number", "x_status", compute=code, depends="status")
        cls._add_field("serial.number", "x_town", related="customer_id.city")
        code = "for unit in self: unit['x_last'] = unit.event_ids[:1].kind"
        cls._add_field("serial.number", "x_last", compute=code, depends="event_ids.kind")
        code = "for unit in self: unit['x_moves'] = str(len(unit.move_ids))"
        cls._add_field("serial.number", "x_moves", compute=code, depends="move_ids")
        cls._add_field("serial.number", "x_lot", related="lot_id.name")

    @classmethod
    def _add_field(cls, model, name, **vals):
        model = cls.env["ir.model"]._get(model)
        cls.env["ir.model.fields"].create(
            {"model_id": model.id, "name": name, "field_description": name, "ttype": "char", "store": True, **vals}
        )

    def _kept(self, name):
        self.env.flush_all()
        self.env.cr.execute("SELECT x_status, x_town, x_last FROM serial_number WHERE name = %s", [name])
        return self.env.cr.fetchone()

    def test_when_units_are_shipped_and_come_back_then_own_fields_follow(self):
        self.customer.city = "Mechelen"
        self._receive(["A1"])
        self.assertEqual(self._kept("A1"), ("available", None, "received"))
        self._ship(["A1"])
        self.assertEqual(self._kept("A1"), ("sold", "Mechelen", "shipped"))
        self._return(["A1"])
        self.assertEqual(self._kept("A1"), ("available", None, "returned"))

    def test_when_units_are_imported_then_own_fields_follow(self):
        vals = {"product_id": self.product.id, "status": "sold", "customer_id": self.customer.id}
        self.customer.city = "Mechelen"
        self.register.with_user(self.manager).create([{**vals, "name": "S1"}])
        self.assertEqual(self._kept("S1"), ("sold", "Mechelen", "imported"))

    def test_when_two_rows_become_one_then_own_fields_follow(self):
        self._receive(["A1"])
        self._ship(blanks=1)
        self._units("issued").with_user(self.clerk).name = "A1"
        self.assertEqual(self._kept("A1"), ("sold", None, "numbered"))

    def test_when_lots_are_received_or_adopted_then_own_fields_of_lots_and_documents_follow(self):
        for is_followed in (True, False):
            with self.subTest(is_followed=is_followed):
                product = self._make_product("Laptop", is_serialized=is_followed, tracking="serial")
                receipt = self._transfer("in", 1, product=product)
                receipt.move_ids.move_line_ids.write({"lot_name": "A1", "quantity": 1, "picked": True})
                receipt.button_validate()
                product.is_serialized = True
                self.env.flush_all()
                self.env.cr.execute("SELECT x_moves, x_lot FROM serial_number WHERE product_id = %s", [product.id])
                self.assertEqual(self.env.cr.fetchall(), [("1", "A1")])
