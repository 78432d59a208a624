from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.invoices import InvoiceCommon
from .common.lots import LotCommon


@tagged("post_install", "-at_install")
class TestInvoiceDeliversLots(LotCommon, InvoiceCommon):
    """An invoice that delivers goods which Odoo tracks by unique serial number."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.serial_invoice_delivers = True

    def _deliveries(self, invoice):
        return invoice._get_serial_deliveries().sorted("id")

    def test_when_confirmed_then_the_lots_entered_leave(self):
        self._receive_lots("L1", "L2", "L3")

        invoice = self._confirm(self._invoice(2), ["L2", "L3"])

        operations = self._deliveries(invoice).move_line_ids
        self.assertEqual(sorted(operations.lot_id.mapped("name")), ["L2", "L3"])
        self.assertEqual([self._unit(name).status for name in ("L1", "L2", "L3")], ["available", "sold", "sold"])
        self.assertEqual(sorted(invoice.invoice_line_ids.serial_ids.mapped("name")), ["L2", "L3"])
        self.assertEqual(invoice.invoice_line_ids.serial_text, "L2\nL3")
        self.assertAddsUp()

    def test_when_credited_then_the_lots_come_back_with_the_status_that_was_asked(self):
        self._receive_lots("L1", "L2")
        invoice = self._confirm(self._invoice(2), ["L1", "L2"])
        refund = invoice._reverse_moves()
        refund.invoice_line_ids.quantity = 1
        line = self._entry(refund.with_context(serial_number_tracking_ask=True).action_post()).line_ids
        line.add_serials(["L2"])
        line.set_return_status("hold", ["L2"])

        line.entry_id.action_confirm()

        self.assertEqual([self._unit(name).status for name in ("L1", "L2")], ["sold", "hold"])
        self.assertEqual(self._deliveries(refund).move_line_ids.lot_id.mapped("name"), ["L2"])
        self.assertEqual(self._on_hand(), 1)
        self.assertAddsUp()

    def test_when_a_credit_note_has_no_invoice_then_its_lots_come_back(self):
        self._receive_lots("L1", "L2")
        self._ship_lots("L1", "L2")

        refund = self._confirm(self._invoice(1, kind="out_refund"), ["L2"])

        self.assertEqual(self._deliveries(refund).move_line_ids.lot_id.mapped("name"), ["L2"])
        self.assertEqual([self._unit(name).status for name in ("L1", "L2")], ["sold", "available"])
        self.assertEqual(refund.invoice_line_ids.serial_ids.mapped("name"), ["L2"])
        self.assertAddsUp()


@tagged("post_install", "-at_install")
class TestInvoiceDeliversMeasures(InvoiceCommon):
    """An invoice that delivers in another unit of measure, and in part."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.serial_invoice_delivers = True
        cls.dozen = cls.env.ref("uom.product_uom_dozen")

    def _dozens(self, quantity, product=None):
        invoice = self._invoice(1, product=product)
        invoice.invoice_line_ids.write({"product_uom_id": self.dozen.id, "quantity": quantity})
        return invoice

    def test_when_a_dozen_is_invoiced_then_twelve_units_leave(self):
        names = [f"D{number:02d}" for number in range(13)]
        self._receive(names)

        invoice = self._confirm(self._dozens(1), names[1:])

        self.assertEqual(invoice._get_serial_deliveries().move_ids.quantity, 12)
        self.assertEqual(self._units("available").mapped("name"), ["D00"])
        self.assertEqual(len(invoice.invoice_line_ids.serial_ids), 12)
        self.assertAddsUp()

    def test_when_a_part_of_a_dozen_comes_back_then_so_many_units_do(self):
        names = [f"D{number:02d}" for number in range(12)]
        self._receive(names)
        invoice = self._confirm(self._dozens(1), names)
        refund = invoice._reverse_moves()
        refund.invoice_line_ids.quantity = 0.25

        self._confirm(refund, names[:3])

        self.assertEqual(self._units("available").mapped("name"), names[:3])
        self.assertEqual(self._on_hand(), 3)
        self.assertAddsUp()

    def test_when_it_is_no_whole_number_of_units_then_it_is_refused_and_nothing_moves(self):
        self._receive(blanks=12)
        invoice = self._dozens(0.3)

        with self.assertRaisesRegex(UserError, "no whole number of units"), self.env.cr.savepoint():
            invoice.with_context(serial_number_tracking_ask=True).action_post()

        self.assertFalse(invoice._get_serial_deliveries())
        self.assertEqual(self._on_hand(), 12)

    def test_when_goods_are_measured_by_parts_then_the_part_leaves(self):
        self.env["stock.quant"]._update_available_quantity(self.plain, self.stock, 30)

        self._confirm(self._dozens(0.5, product=self.plain))

        self.assertEqual(self._on_hand(self.plain), 24)
