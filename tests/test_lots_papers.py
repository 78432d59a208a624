from odoo.tests import tagged

from .common.base import PaperCommon
from .common.lots import LotCommon


@tagged("post_install", "-at_install")
class TestLotsOnPapers(LotCommon, PaperCommon):
    """Papers show each number once, whether Odoo prints lots or not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = cls.env.user
        cls.env.user.group_ids += cls.env.ref("stock_account.group_lot_on_invoice")
        cls.env.user.group_ids += cls.env.ref("stock.group_production_lot")

    def _deliver(self):
        self._receive_lots("A1", "A2")
        order = self._order(2)
        order.picking_ids.button_validate()
        self.assertEqual(order.picking_ids.state, "done")
        return order

    def test_when_lots_are_printed_on_invoices_then_each_number_stands_there_once(self):
        invoice = self._deliver()._create_invoices()
        invoice.action_post()

        self.assertEqual(sorted(invoice.invoice_line_ids.serial_ids.mapped("name")), ["A1", "A2"])
        self.report = "account.report_invoice"
        text = self._paper(invoice).text_content()
        self.assertEqual((text.count("A1"), text.count("A2")), (1, 1))

    def test_when_lots_are_printed_on_slips_then_each_number_stands_there_once(self):
        self.env.user.group_ids += self.env.ref("stock.group_lot_on_delivery_slip")
        picking = self._deliver().picking_ids

        self.report = "stock.report_deliveryslip"
        text = self._paper(picking).text_content()

        self.assertEqual((text.count("A1"), text.count("A2")), (1, 1))

    def test_when_lots_are_not_printed_on_slips_then_numbers_stand_under_their_product(self):
        picking = self._deliver().picking_ids

        self.report = "stock.report_deliveryslip"
        text = self._paper(picking).text_content()

        self.assertEqual((text.count("A1"), text.count("A2")), (1, 1))
