from datetime import date, datetime

from odoo.tests import tagged

from .common.warranty import WarrantyCommon


@tagged("post_install", "-at_install")
class TestEffectiveDate(WarrantyCommon):
    """The effective date of a done transfer is corrected afterwards."""

    def _redate(self, transfer, day):
        transfer.with_user(self.manager).date_done = f"{day} 12:00:00"

    def test_when_a_receipt_is_redated_then_its_units_came_on_that_day(self):
        receipt = self._on("2026-01-10", self._receive, ["A1"], blanks=1)

        self._redate(receipt, "2026-01-03")

        facts = {"date_received": date(2026, 1, 3), "vendor_warranty_end": date(2028, 1, 3)}
        facts |= {"date_sold": False, "warranty_end": False}  # nobody bought them
        self.assertRecordValues(self._units(), [facts, facts])

    def test_when_a_delivery_is_redated_then_its_units_were_sold_on_that_day(self):
        unit = self._sell("A1")

        self._redate(unit.delivery_move_id.picking_id, "2026-01-20")

        facts = {"date_sold": date(2026, 1, 20), "warranty_end": date(2027, 1, 20)}
        self.assertRecordValues(unit, [facts | {"date_received": date(2026, 1, 10), "status": "sold"}])
        self.assertAddsUp()

    def test_when_a_delivery_is_redated_then_the_history_says_so(self):
        unit = self._sell("A1")
        delivery = unit.delivery_move_id.picking_id

        self._redate(delivery, "2026-01-20")

        event = unit.event_ids[0]
        self.assertEqual(
            (event.kind, event.move_id, event.note),
            ("corrected", delivery.move_ids, f"The date of {delivery.name} was corrected."),
        )

    def test_when_a_redated_delivery_is_lowered_then_its_unit_is_back_where_it_was(self):
        unit = self._sell("A1")
        self._redate(unit.delivery_move_id.picking_id, "2026-01-20")

        unit.delivery_move_id.move_line_ids.quantity = 0

        facts = {"status": "available", "location_id": self.stock.id, "date_sold": False, "customer_id": False}
        self.assertRecordValues(unit, [facts])
        self.assertAddsUp()

    def test_when_a_transfer_is_validated_then_nothing_is_corrected(self):
        unit = self._sell("A1")

        self.assertEqual(unit.event_ids.mapped("kind"), ["shipped", "received"])

    def test_when_ends_were_corrected_by_hand_then_they_stay(self):
        unit = self._sell("A1").with_user(self.manager)
        unit.write({"warranty_end": "2030-01-01", "vendor_warranty_end": "2031-01-01"})

        self._redate(unit.receipt_move_id.picking_id, "2026-01-03")
        self._redate(unit.delivery_move_id.picking_id, "2026-01-20")

        facts = {"warranty_end": date(2030, 1, 1), "vendor_warranty_end": date(2031, 1, 1)}
        self.assertRecordValues(unit, [facts | {"date_sold": date(2026, 1, 20)}])

    def test_when_it_was_registered_before_then_the_first_day_begins_the_warranty(self):
        self.company.serial_warranty_start = "first"
        unit = self._sell("A1")
        self._on("2026-03-14", unit.action_register, self.other_customer, "2026-01-15")

        self._redate(unit.delivery_move_id.picking_id, "2026-01-20")

        self.assertEqual(self._end(unit), "2027-01-15")

    def test_when_the_invoice_came_first_then_its_day_stays(self):
        self._receive(["A1"])
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_date": "2026-01-05",
                "invoice_line_ids": [(0, 0, {"product_id": self.product.id, "quantity": 1})],
            }
        )
        invoice.invoice_line_ids.assign_serials(["A1"])
        invoice.action_post()
        delivery = self._on("2026-01-10", self._ship, ["A1"])

        self._redate(delivery, "2026-01-20")

        self.assertRecordValues(self._unit("A1"), [{"date_sold": date(2026, 1, 5), "warranty_end": date(2027, 1, 5)}])

    def test_when_thousands_are_redated_then_queries_stay_the_same(self):
        def redate(count, day):
            delivery = self._sell(*(f"N{count}-{number}" for number in range(count))).delivery_move_id.picking_id
            self.env.invalidate_all()
            return self._count_queries(lambda: self._redate(delivery, day))

        redate(1, "2026-01-20")  # what Odoo reads once

        few = redate(2, "2026-01-20")
        self._assert_no_more_queries(redate(300, "2026-01-20"), few)


@tagged("post_install", "-at_install")
class TestDocumentDay(WarrantyCommon):
    """Facts follow their document: its date changes, or it ends."""

    def _invoice(self, *names, day="2026-01-05"):
        """Return a posted invoice without order that names units."""
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_date": day,
                "invoice_line_ids": [(0, 0, {"product_id": self.product.id, "quantity": len(names)})],
            }
        )
        invoice.invoice_line_ids.assign_serials(list(names))
        invoice.action_post()
        return invoice

    def _invoiced_first(self):
        """Return an invoice of January, and its unit, which was delivered in March."""
        self._on("2026-01-02", self._receive, ["A1"])
        invoice = self._invoice("A1")
        self._on("2026-03-14", self._ship, ["A1"])
        return invoice, self._unit("A1")

    def assertSold(self, unit, day):
        """The unit was sold on a day, and its year of warranty began with it."""
        day = date.fromisoformat(day)
        self.assertRecordValues(unit, [{"date_sold": day, "warranty_end": day.replace(year=day.year + 1)}])

    def test_when_an_invoice_before_the_delivery_is_reset_then_sold_on_the_day_of_the_delivery(self):
        invoice, unit = self._invoiced_first()
        self.assertSold(unit, "2026-01-05")

        invoice.button_draft()
        invoice.button_cancel()

        self.assertSold(unit, "2026-03-14")

    def test_when_its_warranty_was_corrected_by_hand_then_that_stays(self):
        invoice, unit = self._invoiced_first()
        unit.with_user(self.manager).warranty_end = "2030-01-01"

        invoice.button_draft()

        self.assertRecordValues(unit, [{"date_sold": date(2026, 3, 14), "warranty_end": date(2030, 1, 1)}])

    def test_when_the_day_of_the_sale_was_corrected_by_hand_then_it_stays(self):
        invoice, unit = self._invoiced_first()
        unit.with_user(self.manager).date_sold = "2026-01-01"

        self._redate_delivery(unit, "2026-03-20")
        invoice.button_draft()

        self.assertEqual(unit.date_sold, date(2026, 1, 1))

    def test_when_a_reset_invoice_gets_another_date_then_sold_on_that_day(self):
        invoice, unit = self._invoiced_first()
        invoice.button_draft()
        invoice.invoice_date = "2026-02-10"

        invoice.action_post()

        self.assertSold(unit, "2026-02-10")

    def test_when_an_invoice_comes_after_the_delivery_then_the_delivery_counts(self):
        unit = self._sell("A1")

        invoice = self._invoice("A1", day="2026-01-31")
        self.assertSold(unit, "2026-01-10")
        invoice.button_draft()

        self.assertSold(unit, "2026-01-10")

    def test_when_an_invoice_of_a_day_to_come_is_delivered_before_then_the_delivery_counts(self):
        self._on("2026-01-02", self._receive, ["A1"])
        self._invoice("A1", day="2026-02-01")

        self._on("2026-01-10", self._ship, ["A1"])

        self.assertSold(self._unit("A1"), "2026-01-10")

    def test_when_another_addon_corrects_a_posted_invoices_date_then_its_units_follow(self):
        invoice, unit = self._invoiced_first()

        invoice.with_context(skip_readonly_check=True).write({"invoice_date": "2026-01-20"})
        self.assertSold(unit, "2026-01-20")
        invoice.with_context(skip_readonly_check=True).write({"invoice_date": "2026-05-01"})

        self.assertSold(unit, "2026-03-14")

    def test_when_the_delivery_is_redated_before_the_invoice_then_sold_on_its_day(self):
        invoice, unit = self._invoiced_first()

        self._redate_delivery(unit, "2026-01-03")
        self.assertSold(unit, "2026-01-03")
        self._redate_delivery(unit, "2026-04-03")
        self.assertSold(unit, "2026-01-05")
        invoice.button_draft()

        self.assertSold(unit, "2026-04-03")

    def _redate_delivery(self, unit, day):
        unit.delivery_move_id.with_user(self.manager).picking_id.date_done = f"{day} 12:00:00"

    def test_when_a_count_is_applied_with_a_past_date_then_its_units_came_then(self):
        quant = self.env["stock.quant"].with_context(inventory_mode=True)
        quant = quant.create({"product_id": self.product.id, "location_id": self.stock.id, "inventory_quantity": 2})

        self._on("2026-03-14", quant.action_apply_inventory, datetime(2026, 1, 3, 12))

        facts = {"date_received": date(2026, 1, 3), "vendor_warranty_end": date(2028, 1, 3)}
        self.assertRecordValues(self._units(), [facts, facts])

    def test_when_another_addon_writes_the_date_of_a_done_move_then_its_units_follow(self):
        unit = self._sell("A1")

        unit.delivery_move_id.write({"date": "2026-01-20 12:00:00"})
        unit.receipt_move_id.write({"date": "2026-01-03 12:00:00"})

        self.assertSold(unit, "2026-01-20")
        self.assertRecordValues(unit, [{"date_received": date(2026, 1, 3), "vendor_warranty_end": date(2028, 1, 3)}])

    def test_when_a_delivery_is_redated_after_its_return_then_the_next_warranty_resumes_from_its_day(self):
        unit = self._sell("A1")
        delivery = unit.delivery_move_id
        self._on("2026-02-01", self._return, ["A1"])

        delivery.write({"date": "2026-01-20 12:00:00"})
        self._on("2026-02-10", self._ship, ["A1"])

        self.assertRecordValues(unit, [{"date_sold": date(2026, 2, 10), "warranty_end": date(2027, 1, 20)}])

    def test_when_a_delivery_is_redated_after_the_unit_was_sent_back_then_its_warranty_follows(self):
        unit = self._sell("A1")
        delivery = unit.delivery_move_id
        self._on("2026-02-01", self._return, ["A1"])
        self._on("2026-02-10", self._ship, ["A1"])

        delivery.write({"date": "2026-01-20 12:00:00"})

        self.assertRecordValues(unit, [{"date_sold": date(2026, 2, 10), "warranty_end": date(2027, 1, 20)}])

    def test_when_a_warranty_corrected_by_hand_was_left_then_a_redated_delivery_does_not_change_it(self):
        unit = self._sell("A1")
        delivery = unit.delivery_move_id
        unit.with_user(self.manager).warranty_end = "2030-01-01"
        self._on("2026-02-01", self._return, ["A1"])

        delivery.write({"date": "2026-01-20 12:00:00"})

        self.assertEqual(unit.former_warranty_end, date(2030, 1, 1))

    def test_when_a_return_is_undone_then_the_unit_was_sold_and_registered_on_the_days_before(self):
        unit = self._sell("A1")
        self._on("2026-01-12", unit.action_register, self.other_customer)
        facts = ["date_sold", "warranty_end", "warranty_fixed", "date_registered", "end_user_id"]
        before = unit.read(facts)
        for _again in range(2):
            returned = self._on("2026-02-01", self._return, ["A1"])

            returned.with_user(self.manager).move_ids.move_line_ids.quantity = 0

            self.assertEqual(unit.read(facts), before)

    def test_when_a_receipt_is_undone_then_its_units_came_never(self):
        receipt = self._on("2026-01-10", self._receive, ["A1"])

        receipt.with_user(self.manager).move_ids.move_line_ids.quantity = 0

        facts = {"status": "void", "receipt_move_id": False, "date_received": False, "vendor_warranty_end": False}
        self.assertRecordValues(self._unit("A1"), [facts])

    def test_when_a_sold_unit_was_not_received_again_then_it_came_when_it_did_before(self):
        unit = self._sell("A1")
        receipt = unit.receipt_move_id
        again = self._on("2026-03-01", self._receive, ["A1"])
        self.assertEqual(unit.receipt_move_id, again.move_ids)

        again.with_user(self.manager).move_ids.move_line_ids.quantity = 0

        facts = {"date_received": date(2026, 1, 10), "vendor_warranty_end": date(2028, 1, 10)}
        self.assertRecordValues(unit, [{"status": "sold", "receipt_move_id": receipt.id, **facts}])
        self.assertSold(unit, "2026-01-10")

    def test_when_an_undone_scrap_was_on_hold_then_until_the_same_day(self):
        self._on("2026-01-10", self._receive, ["A1"])
        unit = self._unit("A1").with_user(self.clerk)
        unit.action_hold("Check", until="2100-05-01")
        scrapped = self._ship(["A1"], target=self.loss_location)

        scrapped.with_user(self.manager).move_ids.move_line_ids.quantity = 0

        self.assertRecordValues(unit, [{"status": "hold", "hold_reason": "Check", "hold_until": date(2100, 5, 1)}])
