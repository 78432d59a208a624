from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.base import SerialCommon


@tagged("post_install", "-at_install")
class TestScanToReturn(SerialCommon):
    def _scan(self, *names):
        wizard = self.env["serial.return"].with_user(self.clerk).create({"text": "\n".join(names)})
        wizard.action_find()
        return wizard

    def test_when_units_of_two_deliveries_are_scanned_then_one_return_each(self):
        self._receive(["A1", "A2", "A3"])
        first = self._ship(["A1", "A2"])
        second = self._ship(["A3"], partner=self.other_customer)

        action = self._scan("a3", "A1").action_create()

        returns = self.env["stock.picking"].search(action["domain"])
        self.assertEqual(returns.return_id, first | second)
        self.assertEqual(
            {(one.return_id, tuple(one.move_ids._serial_names())) for one in returns},
            {(first, ("A1",)), (second, ("A3",))},
        )

    def test_when_units_of_two_orders_are_scanned_then_each_return_belongs_to_its_order(self):
        self._receive(["A1", "A2"])
        orders = [self._order(), self._order()]
        for order, name in zip(orders, ["A1", "A2"], strict=True):
            self._validate(order.picking_ids.with_user(self.clerk), [name])

        action = self._scan("A1", "A2").action_create()

        returns = self.env["stock.picking"].search(action["domain"])
        self.assertEqual(
            {(one.move_ids.sale_line_id.order_id, *one.move_ids._serial_names()) for one in returns},
            {(orders[0], "A1"), (orders[1], "A2")},
        )

    def test_when_the_return_is_validated_then_the_unit_is_back(self):
        self._receive(["A1"])
        self._ship(["A1"])
        picking = self.env["stock.picking"].browse(self._scan("A1").action_create()["res_id"])

        picking.with_user(self.clerk).button_validate()

        self.assertEqual((picking.state, self._unit("A1").status), ("done", "available"))
        self.assertAddsUp()

    def test_when_two_products_have_the_number_then_the_user_chooses(self):
        other = self._make_product("Tablet")
        for product in (self.product, other):
            self._receive(["A1"], product=product)
            self._ship(["A1"], product=product)

        wizard = self._scan("A1")

        self.assertEqual(wizard.line_ids.product_id, self.product | other)
        self.assertEqual(wizard.line_ids.mapped("is_selected"), [False, False])

    def test_when_a_number_is_unknown_then_it_says_so(self):
        self.assertIn("Nobody knows", self._scan("X9").line_ids.message)

    def test_when_the_unit_is_in_stock_then_it_says_where(self):
        self._receive(["A1"])

        self.assertIn("Available at", self._scan("A1").line_ids.message)

    def test_when_nothing_is_scanned_then_refused(self):
        with self.assertRaisesRegex(UserError, "at least one serial number"):
            self._scan(" ")

    def test_when_nothing_is_selected_then_refused(self):
        with self.assertRaisesRegex(UserError, "at least one unit"):
            self._scan("X9").action_create()
