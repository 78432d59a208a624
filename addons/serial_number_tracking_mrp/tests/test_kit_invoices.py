from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common.invoices import InvoiceCommon


@tagged("post_install", "-at_install")
class TestKitInvoices(InvoiceCommon):
    """An invoice without order that delivers kits of a phone and two batteries, and its credit note."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.serial_invoice_delivers = True
        cls.battery = cls.env["product.product"].create({"name": "Battery", "is_storable": True})
        cls.kit = cls.env["product.product"].create({"name": "Kit", "type": "consu"})
        lines = [(0, 0, {"product_id": cls.product.id}), (0, 0, {"product_id": cls.battery.id, "product_qty": 2})]
        bom = {"product_tmpl_id": cls.kit.product_tmpl_id.id, "type": "phantom", "bom_line_ids": lines}
        cls.env["mrp.bom"].create(bom)

    def setUp(self):
        super().setUp()
        self._receive(["P1", "P2", "P3"])
        self.env["stock.quant"]._update_available_quantity(self.battery, self.stock, 6)

    def _stock(self):
        return self._on_hand(), self._on_hand(self.battery)

    def test_when_kits_are_invoiced_then_their_components_leave_and_those_without_number_are_told(self):
        invoice = self._confirm(self._invoice(2, product=self.kit))

        self.assertEqual(self._stock(), (1, 2))
        self.assertEqual(len(self._units("issued")), 2)
        self.assertIn("2 of Phone left without serial", str(invoice.message_ids.mapped("body")))
        self.assertAddsUp()

    def test_when_their_numbers_are_required_then_it_is_refused_with_the_way(self):
        self.warehouse.out_type_id.serial_entry = "require"

        with self.assertRaisesRegex(UserError, "their components need their serial numbers: Phone"):
            self._invoice(1, product=self.kit).action_post()

    def test_when_they_are_credited_then_the_same_units_are_back_once(self):
        invoice = self._confirm(self._invoice(2, product=self.kit))
        gone = self._units("issued")
        gone[0].name, gone[1].name = "P1", "P2"

        refund = self._confirm(invoice._reverse_moves())
        refund.button_draft()
        self._confirm(refund)

        self.assertEqual(self._stock(), (3, 6))
        self.assertEqual(sorted(self._units("available").mapped("name")), ["P1", "P2", "P3"])
        self.assertAddsUp()

    def test_when_a_credit_note_has_no_invoice_then_its_kits_are_back_once(self):
        self._confirm(self._invoice(2, product=self.kit))

        refund = self._confirm(self._invoice(1, product=self.kit, kind="out_refund"))
        refund.button_draft()
        self._confirm(refund)

        self.assertEqual(self._stock(), (2, 4))
        self.assertEqual(len(self._units("issued")), 1)
        self.assertAddsUp()
