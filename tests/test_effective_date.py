from datetime import date

from odoo.tests import tagged

from .test_warranty import WarrantyCommon


@tagged("post_install", "-at_install")
class TestEffectiveDate(WarrantyCommon):
    """The effective date of a done transfer is corrected afterwards."""

    def _redate(self, transfer, day):
        transfer.with_user(self.manager).date_done = f"{day} 12:00:00"

    def test_when_a_receipt_is_redated_then_its_units_came_on_that_day(self):
        receipt = self._on("2026-01-10", self._receive, ["A1"], blanks=1)

        self._redate(receipt, "2026-01-03")

        facts = {"date_received": date(2026, 1, 3), "vendor_warranty_end": date(2028, 1, 3)}
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

        self.assertLessEqual(redate(300, "2026-01-20"), redate(2, "2026-01-20") + 4)
