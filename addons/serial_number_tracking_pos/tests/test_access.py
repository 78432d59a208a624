from odoo.tests import new_test_user, tagged

from odoo.addons.serial_number_tracking.tests.common import access_methods
from odoo.addons.serial_number_tracking.tests.common.access_table import GROUPS, TRANSFERS, WAREHOUSE

from .common import PosSerialCommon

CASHIER = "point_of_sale.group_pos_user"


@tagged("post_install", "-at_install")
class TestAccessMethods(access_methods.AccessMethods, PosSerialCommon):
    """Who may call the public methods of the till."""

    addon = "serial_number_tracking_pos"
    groups = GROUPS | {"cashier": CASHIER, "shopkeeper": f"{CASHIER},stock.group_stock_user"}
    insiders = ("manager", "cashier")
    calls = (
        ("pos.order", "order", (*WAREHOUSE, "shopkeeper"), "action_view_serials action_view_missing_serials"),
        ("pos.order.line", "line", ("cashier", "shopkeeper"), "check_serials find_products list_serials"),
    )

    def _make_records(self):
        self._receive(["A1", "A2"])
        order = self._sell(["A1"])
        return {"order": order, "line": order.lines}, {}

    def _prepare_arguments(self, record, method):
        given = {"config_id": self.config.id, "product_id": self.product.id, "number": "A1"}
        return super()._prepare_arguments(record, method, given)


@tagged("post_install", "-at_install")
class TestAccess(PosSerialCommon):
    """What others may do with what a till sold, who may not see tills."""

    def test_when_an_accountant_enters_numbers_on_an_invoice_then_they_need_not_see_tills(self):
        self._receive(["A1"])
        accountant = new_test_user(self.env, "accountant", "account.group_account_invoice")
        line = {"product_id": self.product.id, "quantity": 1}
        vals = {"move_type": "out_invoice", "partner_id": self.customer.id, "invoice_line_ids": [(0, 0, line)]}
        invoice = self.env["account.move"].with_user(accountant).create(vals)

        invoice.invoice_line_ids.assign_serials(["A1"])
        invoice.action_post()

        self.assertEqual(self._statuses("A1"), ["sold"])

    def test_when_others_enter_what_a_till_sold_to_ship_later_then_they_need_not_see_tills(self):
        self._receive(["A1", "A2"])
        move = self._sell(blanks=1, shipping_date="2026-12-24").picking_ids.move_ids
        for name in TRANSFERS:
            user = new_test_user(self.env, f"{name} user", GROUPS[name])
            self.env.invalidate_all()
            with self.subTest(user=name):
                self.assertTrue(move.with_user(user).check_serials(["A1"])[0]["ok"])
                move.with_user(user).assign_serials(["A1"])
                move.with_user(user).assign_serials([])
