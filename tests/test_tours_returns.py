from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged

from .common.invoices import InvoiceCommon
from .common.tours import TourCommon

INVOICES = "account.action_move_out_invoice_type"
REFUNDS = "account.action_move_out_refund_type"


@tagged("post_install", "-at_install")
class TestReturnTours(TourCommon):
    """Taking back in the browser what customers bought, and sending back what vendors sold."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.warranty_months = 12

    def _set_warranty(self, name, days):
        """Make a unit's warranty end so many days from today."""
        self._unit(name).warranty_end = fields.Date.context_today(self.register) + timedelta(days=days)

    def test_customer_return_with_a_status_by_keyboard_and_an_added_unit(self):
        self._receive(["A1", "A2"])
        delivery = self._ship(["A1", "A2"])
        self._set_warranty("A1", 70)
        self._set_warranty("A2", -12)
        returned = self._open_return(delivery, 3)

        self._tour("serial_return_story", returned)

        self.assertEqual(returned.state, "done")
        self.assertRecordValues(
            self._unit("A1") | self._unit("A2") | self._unit("X9"),
            [
                {"status": "hold", "customer_id": False},
                {"status": "available", "customer_id": False},
                {"status": "hold", "customer_id": False},
            ],
        )
        self.assertAddsUp()

    def test_status_for_all_is_for_later_scans_and_a_key_is_for_the_last_scan(self):
        tablet = self._make_product("Tablet")
        self._receive(["A1", "A2"])
        self._receive(["T1"], product=tablet)
        self._ship(["A1", "A2"])
        self._ship(["T1"], product=tablet)
        returned = self._transfer("back", 2)
        returned.move_ids.copy({"product_id": tablet.id, "product_uom_qty": 1, "picking_id": returned.id})
        returned.action_confirm()

        self._tour("serial_return_all_at_once", returned)

        self.assertRecordValues(
            self._unit("A1") | self._unit("A2") | self._unit("T1", tablet),
            [{"status": "void"}, {"status": "hold"}, {"status": "available"}],
        )

    def test_list_shows_what_the_customer_bought_newest_first_ready_for_typing(self):
        self._receive(["A1", "A2", "A3", "A4", "A5"])
        delivery = self._ship(["A1", "A2", "A3"])
        self._ship(["A4"], partner=self.other_customer)
        for name, days in (("A1", 9), ("A2", 1), ("A3", 5)):
            self._unit(name).date_sold = fields.Datetime.now() - timedelta(days=days)

        self._tour("serial_return_list", self._open_return(delivery, 1))

        self.assertEqual(self._unit("A1").status, "available")

    def test_return_to_vendor_keeps_the_reason(self):
        returned = self._open_return(self._receive(["A1"]), 1)

        self._tour("serial_return_vendor_reason", returned)

        self.assertRecordValues(
            self._unit("A1").event_ids[0], [{"kind": "returned_to_vendor", "note": "Dead on arrival"}]
        )

    def test_window_reads_from_right_to_left(self):
        self.env["res.lang"]._activate_lang("he_IL")
        self.clerk.lang = "he_IL"
        self._receive(["A1"])

        self._tour("serial_entry_right_to_left", self._open_return(self._ship(["A1"]), 1))

        self.assertEqual(self._unit("A1").status, "hold")


@tagged("post_install", "-at_install")
class TestInvoiceTours(TourCommon, InvoiceCommon):
    """Invoices without an order, as somebody who may send invoices and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.biller = new_test_user(cls.env, "biller", "account.group_account_invoice", name="Biller")

    def test_invoice_without_order_asks_and_is_posted(self):
        self._receive(["A1", "A2", "A4"])
        self._ship(["A2"])
        invoice = self._invoice(3)

        self._tour("serial_invoice_without_order", invoice, action=INVOICES, login="biller")

        self.assertEqual(invoice.state, "posted")
        self.assertEqual(set(invoice.invoice_line_ids.serial_ids.mapped("name")), {"A1", "A2", "A4"})
        self.assertRecordValues(self._unit("A1"), [{"status": "sold", "customer_id": self.customer.id}])
        self.assertAddsUp()

    def test_credit_note_asks_what_units_in_stock_go_back_as(self):
        self._receive(["A1", "A2"])
        self._confirm(self._invoice(2), ["A1", "A2"])
        self._ship(["A2"])
        refund = self._invoice(2, kind="out_refund")

        self._tour("serial_credit_note_statuses", refund, action=REFUNDS, login="biller")

        self.assertRecordValues(
            self._unit("A1") | self._unit("A2"),
            [{"status": "hold", "customer_id": False}, {"status": "sold", "customer_id": self.customer.id}],
        )
        self.assertAddsUp()

    def test_lowered_quantity_asks_which_units_stay_and_says_what_turned_bad(self):
        self._receive(["A1", "A2", "A3", "A4"])
        invoice = self._invoice(4)
        invoice.invoice_line_ids.assign_serials(["A1", "A2", "A3", "A4"])
        self._ship(["A4"], partner=self.other_customer)
        invoice.invoice_line_ids.quantity = 1

        self._tour("serial_invoice_lowered", invoice, action=INVOICES, login="biller")

        self.assertEqual(invoice.invoice_line_ids.serial_ids.mapped("name"), ["A1"])
        self.assertEqual(set(self._units("available").mapped("name")), {"A2", "A3"})


@tagged("post_install", "-at_install")
class TestDeliveryTours(TourCommon, InvoiceCommon):
    """Invoices that deliver, and credit notes that take back, as who makes invoices and sees transfers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.serial_invoice_delivers = True
        groups = "account.group_account_invoice,stock.group_stock_user"
        cls.biller = new_test_user(cls.env, "biller", groups, name="Biller")

    def test_invoice_delivers_its_goods_and_both_lead_to_each_other(self):
        self._receive(["A1", "A2", "A3"])
        invoice = self._invoice(2)

        self._tour("serial_invoice_delivers", invoice, action=INVOICES, login="biller")

        self.assertEqual(invoice._get_serial_deliveries().state, "done")
        self.assertEqual(sorted(self._units("sold").mapped("name")), ["A1", "A2"])
        self.assertAddsUp()

    def test_credit_note_takes_its_goods_back_with_the_status_that_was_chosen(self):
        self._receive(["A1"])
        self._ship(["A1"])
        refund = self._invoice(1, kind="out_refund")

        self._tour("serial_credit_note_takes_back", refund, action=REFUNDS, login="biller")

        self.assertRecordValues(self._unit("A1"), [{"status": "hold", "location_id": self.stock.id}])
        self.assertAddsUp()
