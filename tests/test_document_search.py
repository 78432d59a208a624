from odoo.tests import new_test_user, tagged

from .common.base import SerialCommon


@tagged("post_install", "-at_install")
class TestDocumentSearch(SerialCommon):
    """Transfers, orders and invoices are found by the number of a unit on them, in their own search boxes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "stock.group_stock_user,sales_team.group_sale_salesman_all_leads,account.group_account_invoice"
        cls.seller = new_test_user(cls.env, "seller", f"{groups},purchase.group_purchase_user")

    def _find(self, model, text, operator="ilike"):
        return self.env[model].with_user(self.seller).search([("serial_search", operator, text)])

    def _sell(self):
        purchase = self._purchase(2)
        self._validate(purchase.picking_ids, ["A1", "A2"])
        self._receive(["B1"])
        order = self._order()
        self._validate(order.picking_ids.with_user(self.clerk), ["A1"])
        invoice = order._create_invoices()
        invoice.action_post()
        return purchase, order, invoice

    def test_when_a_number_is_typed_then_all_its_documents_are_found(self):
        purchase, order, invoice = self._sell()

        self.assertEqual(self._find("stock.picking", "a1"), purchase.picking_ids | order.picking_ids)
        self.assertEqual(self._find("purchase.order", "A1"), purchase)
        self.assertEqual(self._find("sale.order", "A1"), order)
        self.assertEqual(self._find("account.move", "S/N: A1"), invoice)

    def test_when_the_unit_is_on_no_document_then_none_is_found(self):
        self._sell()
        for model in ("sale.order", "account.move", "purchase.order"):
            with self.subTest(model=model):
                self.assertFalse(self._find(model, "B1"))

    def test_when_a_unit_is_promised_or_announced_then_its_order_is_found(self):
        order, purchase = self._order(), self._purchase()
        self._promise(order, "A1")
        purchase.order_line.announce_serials(["N1"])

        self.assertEqual(self._find("sale.order", "A1"), order)
        self.assertEqual(self._find("purchase.order", "N1", "="), purchase)

    def test_when_a_unit_came_back_then_its_order_is_still_found(self):
        _purchase, order, _invoice = self._sell()
        self._return(["A1"])
        self.assertEqual(self._find("sale.order", "A1"), order)

    def test_when_a_stranger_searches_then_units_of_other_companies_find_nothing(self):
        self._sell()
        stranger = self._make_stranger("stock.group_stock_user")
        self.assertFalse(self.env["stock.picking"].with_user(stranger).search([("serial_search", "ilike", "A1")]))
