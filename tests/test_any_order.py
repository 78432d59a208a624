"""What can be one piece becomes one, in whichever order its documents are booked."""

from contextlib import contextmanager
from itertools import permutations, product

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.invoices import InvoiceCommon
from .common.numbering import NumberingCommon


class OrderCommon(InvoiceCommon, NumberingCommon):
    def _number_blanks(self, name):
        """Type the number on every unit without one, until none takes it any more."""
        for _round in range(3):
            for unit in self._units().filtered(lambda unit: not unit.name).with_user(self.clerk):
                try:
                    with self.env.cr.savepoint():
                        unit.exists().name = name
                except UserError:
                    continue

    @contextmanager
    def _story(self):
        """Forget at the end what happened to the product: each story begins with one that is new."""
        with self.env.cr.savepoint() as savepoint:
            yield
            savepoint.rollback()

    def _book(self, kind, is_named):
        """Book a document of one piece, with the number A1 where the document takes it, else without."""
        document = self._invoice(1) if kind == "bill" else self._transfer(kind, 1)
        line = document.invoice_line_ids if kind == "bill" else document.move_ids
        names = ["A1"] if is_named and line.check_serials(["A1"])[0]["ok"] else []
        if kind == "bill":
            self._confirm(document, names)
        else:
            self._validate(document, names)


@tagged("post_install", "-at_install")
class TestAnyOrder(OrderCommon):
    def test_when_a_blank_left_before_its_receipt_was_booked_then_it_is_the_unit_received(self):
        delivery = self._ship(blanks=1).move_ids
        receipt = self._receive(["A1"]).move_ids

        self._blank().name = "A1"

        self.assertRecordValues(
            self._units(),
            [
                {
                    "name": "A1",
                    "status": "sold",
                    "uncovered": False,
                    "customer_id": self.customer.id,
                    "delivery_move_id": delivery.id,
                    "receipt_move_id": receipt.id,
                    "location_id": self.customer_location.id,
                }
            ],
        )
        self.assertAddsUp()

    def test_when_a_blank_is_numbered_before_its_receipt_is_booked_then_it_stays_sold(self):
        self._ship(blanks=1)
        self._blank().name = "A1"

        self._receive(["A1"])

        self.assertRecordValues(self._units(), [{"name": "A1", "status": "sold", "uncovered": False}])
        self.assertEqual(self._unit("A1").vendor_id, self.vendor)
        self.assertAddsUp()

    def test_when_an_invoiced_blank_is_received_and_then_delivered_with_its_number_then_one_unit(self):
        invoice = self._confirm(self._invoice(1))
        self._receive(["A1"])

        self._ship(["A1"])

        self.assertRecordValues(self._units(), [{"name": "A1", "status": "sold", "uncovered": False}])
        self.assertEqual(self._unit("A1").invoice_line_id, invoice.invoice_line_ids)
        self.assertAddsUp()

    def test_when_a_blank_left_before_a_third_came_then_it_can_be_the_third(self):
        self._receive(["A1", "A2"])
        self._ship(blanks=1)
        self._receive(["A3"])

        self._blank().name = "A3"

        self.assertEqual(self._units("available").mapped("name"), ["A1", "A2"])
        self.assertRecordValues(self._unit("A3"), [{"status": "sold", "uncovered": False}])
        self.assertEqual(len(self._units()), 3)
        self.assertAddsUp()

    def test_when_a_return_is_booked_before_its_delivery_then_the_unit_is_back(self):
        self._receive(["A1"])
        self._return()
        self._ship(["A1"])

        self._blank("received").name = "A1"

        self.assertRecordValues(self._units(), [{"name": "A1", "status": "available", "customer_id": False}])
        self.assertAddsUp()

    def test_when_two_left_on_one_delivery_then_they_are_two(self):
        self._receive(["A1"])
        delivery = self._ship(["A1"], blanks=1).move_ids
        self._return(["A1"])

        self._blank("issued").name = "A1"

        self.assertRecordValues(self._unit("A1"), [{"status": "sold", "uncovered": False}])
        self.assertEqual(len(delivery.serial_ids), 2)
        self.assertAddsUp()

    def test_when_a_number_on_hold_was_on_a_late_receipt_then_the_returned_blank_stays_on_hold(self):
        self._ship(blanks=1)
        self._return()
        self._receive(["A1"])
        self._unit("A1").with_user(self.clerk).action_hold("Broken")

        self._blank().name = "A1"

        self.assertRecordValues(self._units(), [{"name": "A1", "status": "hold", "uncovered": False}])
        self.assertAddsUp()

    def test_when_the_documents_of_a_piece_are_booked_in_any_order_then_it_is_one_unit(self):
        for order in permutations(("in", "out", "bill")):
            for named in product((True, False), repeat=3):
                with self.subTest(order=order, named=named), self._story():
                    for kind, is_named in zip(order, named, strict=True):
                        self._book(kind, is_named)
                    self._number_blanks("A1")
                    self.assertAddsUp()
                    self.assertRecordValues(self._units(), [{"name": "A1", "status": "sold", "uncovered": False}])
                    self.assertEqual(self._unit("A1").location_id, self.customer_location)
                    self.assertTrue(self._unit("A1").invoice_line_id)

    def test_when_a_piece_comes_back_in_any_order_then_it_is_one_unit_in_stock(self):
        for order in permutations(("in", "out", "back")):
            for named in product((True, False), repeat=3):
                if order == ("back", "in", "out") and not any(named[1:]):
                    continue  # of two without number in stock, nobody knows which one left
                with self.subTest(order=order, named=named), self._story():
                    for kind, is_named in zip(order, named, strict=True):
                        self._book(kind, is_named)
                    self._number_blanks("A1")
                    self.assertAddsUp()
                    self.assertRecordValues(self._units(), [{"name": "A1", "status": "available", "uncovered": False}])


@tagged("post_install", "-at_install")
class TestReturnedBlank(OrderCommon):
    """Who left without number may come back with it."""

    def test_when_one_of_two_blanks_comes_back_with_its_number_then_it_is_this_unit(self):
        self._receive(blanks=2)
        self._ship(blanks=2)

        back = self._return(["A1"])

        self.assertRecordValues(self._unit("A1"), [{"status": "available", "customer_id": False, "uncovered": False}])
        self.assertEqual(back.move_ids.serial_ids, self._unit("A1"))
        self.assertEqual(self._unit("A1").event_ids.sorted("id").mapped("kind")[-2:], ["numbered", "returned"])
        self.assertEqual(len(self._units()), 2)
        self.assertEqual(len(self._units("issued")), 1)
        self.assertAddsUp()

    def test_when_its_number_is_in_stock_in_the_register_then_it_is_this_unit(self):
        receipt = self._receive(["A1", "A2"])
        self._ship(blanks=2)

        self._return(["A2"])

        self.assertRecordValues(
            self._unit("A2"),
            [{"status": "available", "uncovered": False, "receipt_move_id": receipt.move_ids.id}],
        )
        self.assertEqual(self._unit("A2").event_ids[:1].kind, "returned")
        self.assertEqual(len(self._units("issued")), 1)
        self.assertAddsUp()

    def test_when_it_goes_on_hold_then_both_kinds_of_numbers_do(self):
        self._receive(["A1"], blanks=1)
        self._ship(blanks=2)
        back = self._open_return(self._units("issued").delivery_move_id.picking_id.with_user(self.clerk), 2)
        entry = self._entry(back.button_validate(), back)

        checks = entry.line_ids.add_serials(["A1", "B1"])
        entry.line_ids.set_return_status("hold")
        entry.action_confirm()

        self.assertEqual([check["code"] for check in checks], ["fills", "fills"])
        self.assertEqual(self._units("hold").sorted("name").mapped("name"), ["A1", "B1"])
        self.assertAddsUp()

    def test_when_more_come_back_than_left_without_number_then_the_rest_is_refused(self):
        self._receive(blanks=1)
        self._ship(blanks=1)
        back = self._transfer("back", 2)

        self.assertEqual(self._codes(back.move_ids, ["A1", "A2"]), ["fills", "not_sold_here"])

    def test_when_somebody_else_brings_it_then_refused(self):
        self._receive(blanks=1)
        self._ship(blanks=1)
        back = self._transfer("back", 1, partner=self.other_customer)

        self.assertEqual(self._codes(back.move_ids, ["A1"]), ["not_sold_here"])

    def test_when_a_dropshipped_blank_goes_back_to_the_vendor_with_its_number_then_it_is_this_unit(self):
        self._dropship(blanks=1)

        self._validate(self._transfer("back", 1, target=self.supplier_location), ["A1"])

        self.assertRecordValues(self._units(), [{"name": "A1", "status": "void"}])
        self.assertAddsUp()


@tagged("post_install", "-at_install")
class TestInvoicedByAnotherNumber(OrderCommon):
    """An invoice names one unit, the delivery brings another."""

    def _row(self):
        self.env.flush_all()
        self.env["serial.reconciliation"].invalidate_model()
        rows = self.env["serial.reconciliation"].with_user(self.manager)
        return rows.search([("product_id", "=", self.product.id), ("company_id", "=", self.company.id)])

    def _assert_exchanged(self, invoice):
        self.assertRecordValues(
            self._unit("Q1") | self._unit("Q2"),
            [
                {"status": "available", "customer_id": False, "invoice_line_id": False},
                {"status": "sold", "customer_id": self.customer.id, "invoice_line_id": invoice.invoice_line_ids.id},
            ],
        )
        self.assertEqual(invoice.invoice_line_ids.serial_ids, self._unit("Q2"))
        self.assertAddsUp()

    def test_when_the_delivery_brings_another_then_they_change_places_with_a_note(self):
        self._receive(["Q1", "Q2"])
        invoice = self._confirm(self._invoice(1), ["Q1"])

        self._ship(["Q2"])

        self._assert_exchanged(invoice)
        self.assertEqual(self._unit("Q1").event_ids[0].note, "Not this piece was sold but Q2.")
        self.assertEqual(self._unit("Q2").event_ids[0].note, "Not Q1 was sold but this piece.")
        self.assertIn("Q2 (Phone) was delivered, not Q1", invoice.message_ids[0].body)

    def test_when_the_delivery_was_blank_and_gets_another_number_then_they_change_places(self):
        self._receive(["Q1", "Q2"])
        invoice = self._confirm(self._invoice(1), ["Q1"])
        self._ship(blanks=1)

        self._blank().name = "Q2"

        self._assert_exchanged(invoice)

    def test_when_the_invoiced_one_comes_with_it_then_both_stay(self):
        self._receive(["Q1", "Q2"])
        invoice = self._confirm(self._invoice(1), ["Q1"])

        self._ship(["Q1", "Q2"])

        self.assertEqual(invoice.invoice_line_ids.serial_ids, self._unit("Q1"))
        self.assertEqual(self._units().mapped("status"), ["sold", "sold"])
        self.assertAddsUp()

    def test_when_somebody_else_gets_it_then_the_invoice_stays(self):
        self._receive(["Q1", "Q2"])
        invoice = self._confirm(self._invoice(1), ["Q1"])

        self._ship(["Q2"], partner=self.other_customer)

        self.assertEqual(invoice.invoice_line_ids.serial_ids, self._unit("Q1"))
        self.assertEqual(self._row().sold_in_stock, 0)

    def test_when_the_invoice_came_after_the_delivery_then_the_reconciliation_lets_them_change_places(self):
        self._receive(["Q1", "Q2"])
        self._ship(["Q2"])
        invoice = self._confirm(self._invoice(1), ["Q1"])

        self.assertEqual(self._row().sold_in_stock, 1)
        self.assertIn("1 are invoiced and still in stock", self._row().explanation)
        self._row().action_exchange_invoiced()

        self._assert_exchanged(invoice)
        self.assertEqual(self._row().explanation, "Units and stock on hand agree.")

    def test_when_it_left_without_number_came_back_and_went_to_somebody_else_then_it_is_theirs(self):
        self._receive(["Q1"])
        self._confirm(self._invoice(1), ["Q1"])
        self._ship(blanks=1)
        self._return()
        delivery = self._ship(blanks=1, partner=self.other_customer).move_ids

        self._blank("issued").name = "Q1"

        self.assertRecordValues(
            self._units(),
            [
                {
                    "name": "Q1",
                    "status": "sold",
                    "customer_id": self.other_customer.id,
                    "delivery_move_id": delivery.id,
                    "invoice_line_id": False,
                    "uncovered": False,
                }
            ],
        )
        self.assertAddsUp()

    def test_when_a_blank_gets_the_other_number_of_its_invoice_then_refused(self):
        self._receive(["Q1"])
        self._confirm(self._invoice(2), ["Q1"])

        with self.assertRaisesRegex(UserError, "Q1 .Phone. exists already"):
            self._blank("issued").name = "Q1"

    def test_when_it_only_waits_for_its_delivery_then_the_reconciliation_is_silent(self):
        self._receive(["Q1"])
        self._confirm(self._invoice(1), ["Q1"])

        self.assertEqual(self._row().explanation, "Units and stock on hand agree.")


@tagged("post_install", "-at_install")
class TestSentBack(OrderCommon):
    """What goes back to the vendor and comes again is the same unit."""

    def test_when_a_blank_comes_again_from_its_vendor_then_it_is_the_same_unit(self):
        receipt = self._receive(blanks=1)
        self._return_of(receipt, 1)

        self._receive(blanks=1)

        self.assertRecordValues(self._units(), [{"status": "received", "vendor_id": self.vendor.id}])
        self.assertAddsUp()

    def test_when_its_return_is_returned_with_a_number_then_it_is_the_same_unit(self):
        receipt = self._receive(blanks=2)
        sent = self._return_of(receipt, 1)

        self._return_of(sent, 1, ["A1"])

        self.assertEqual(len(self._units()), 2)
        self.assertEqual(self._unit("A1").status, "available")
        self.assertAddsUp()

    def test_when_another_vendor_brings_one_then_it_is_another_unit(self):
        self._return_of(self._receive(blanks=1), 1)

        self._receive(blanks=1, partner=self.other_customer)

        self.assertEqual(self._units().mapped("status"), ["void", "received"])
        self.assertAddsUp()

    def test_when_two_companies_receive_the_same_number_at_once_then_both_can(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.env.user.company_ids |= company
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        pickings = self.env["stock.picking"]
        for house in (self.warehouse, warehouse):
            picking = pickings.with_company(house.company_id).create(
                {
                    "picking_type_id": house.in_type_id.id,
                    "partner_id": self.vendor.id,
                    "location_id": self.supplier_location.id,
                    "location_dest_id": house.lot_stock_id.id,
                    "move_ids": [
                        (
                            0,
                            0,
                            {
                                "product_id": self.product.id,
                                "product_uom_qty": 1,
                                "location_id": self.supplier_location.id,
                                "location_dest_id": house.lot_stock_id.id,
                            },
                        )
                    ],
                }
            )
            picking.action_confirm()
            pickings |= picking
        pickings = pickings.with_context(allowed_company_ids=(self.company | company).ids)
        pickings.move_ids.write({"quantity": 1, "picked": True})
        entry = self._entry(pickings.button_validate(), pickings)

        for line in entry.line_ids:
            self.assertEqual([check["code"] for check in line.add_serials(["A1"])], ["new"])
        entry.action_confirm()

        self.assertEqual(self.register.search([("name", "=", "A1")]).company_id, self.company | company)
