from datetime import date

from freezegun import freeze_time

from odoo.tests import Form, tagged

from .common.warranty import WarrantyCommon


@tagged("post_install", "-at_install")
class TestWarrantyOfRepaired(WarrantyCommon):
    """Units that come back and go out again."""

    def _repair(self, *names, day="2026-06-01", **options):
        with freeze_time(f"{day} 12:00:00"):
            self._return(names)
            self.assertEqual(self._unit(names[0]).warranty_end, False)
            return self._ship(names, **options)

    def test_when_a_unit_comes_and_goes_then_its_warranty_does_not_begin_again(self):
        unit = self._sell("A1")

        self._repair("A1")

        self.assertRecordValues(unit, [{"warranty_end": date(2027, 1, 10), "customer_id": self.customer.id}])
        self.assertAddsUp()

    def test_when_an_invoiced_unit_comes_back_then_its_sale_and_warranty_end(self):
        self._receive(["A1"])
        order = self._order()
        self._validate(order.picking_ids.with_user(self.clerk), ["A1"])
        order._create_invoices().action_post()

        self._return_of(order.picking_ids.with_user(self.clerk), 1, ["A1"])

        self.assertRecordValues(self._unit("A1"), [{"status": "available", "date_sold": False, "warranty_end": False}])

    def test_when_repaired_twice_and_sent_to_another_address_then_neither(self):
        unit = self._sell("A1")

        self._repair("A1")
        self._repair("A1", day="2026-09-01", partner=self.site)

        self.assertEqual(self._end(unit), "2027-01-10")

    def test_when_a_repaired_unit_is_registered_again_then_neither(self):
        self.company.serial_warranty_start = "registration"
        unit = self._sell("A1")
        self._on("2026-02-01", unit.action_register, self.other_customer)
        self._repair("A1")

        self._on("2026-07-01", unit.action_register, self.other_customer)

        self.assertEqual(self._end(unit), "2027-02-01")

    def test_when_the_vendor_repairs_it_then_it_goes_on_as_well(self):
        unit = self._sell("A1")
        self._return(["A1"])
        self._ship(["A1"], partner=self.vendor, target=self.supplier_location)
        self._receive(["A1"])

        self._ship(["A1"])

        self.assertEqual(self._end(unit), "2027-01-10")

    def test_when_another_customer_buys_it_then_theirs_begins(self):
        unit = self._sell("A1")

        self._repair("A1", partner=self.other_customer)

        self.assertEqual(self._end(unit), "2027-06-01")

    def test_when_somebody_else_had_it_between_then_a_new_one_begins(self):
        unit = self._sell("A1")
        self._repair("A1", partner=self.other_customer)
        with freeze_time("2026-08-01 12:00:00"):
            back = self._transfer("back", 1, partner=self.other_customer)
            self._validate(back, ["A1"])

            self._ship(["A1"])

        self.assertEqual(self._end(unit), "2027-08-01")

    def test_when_many_are_repaired_then_in_as_many_queries_as_one(self):
        names = [f"R{number}" for number in range(60)]
        for day in range(1, 11):
            self._sell(*names[day * 6 - 6 : day * 6], day=f"2026-01-{day:02}")
        self._sell("A1")

        def cost(names):
            back = self._transfer("back", len(names))
            self._validate(back, names)
            delivery = self._transfer("out", len(names))
            delivery.move_ids.assign_serials(names)
            return self._count_queries(delivery.button_validate)

        one = cost(["A1"])

        self._assert_no_more_queries(cost(names), one)
        self.assertEqual(len(set(self._units("sold").mapped("warranty_end"))), 10)

    def test_when_a_return_is_taken_back_then_the_warranty_and_its_end_user_are_as_before(self):
        self.company.serial_warranty_start = "registration"
        unit = self._sell("A1")
        self._on("2026-02-01", unit.action_register, self.other_customer)
        back = self._transfer("back", 1)
        self._validate(back, ["A1"])

        back.move_ids.sudo().write({"quantity": 0})

        self.assertRecordValues(
            unit,
            [{"status": "sold", "warranty_end": date(2027, 2, 1), "end_user_id": self.other_customer.id}],
        )


@tagged("post_install", "-at_install")
class TestWarrantyOfExchanged(WarrantyCommon):
    """Units that replace others."""

    def _exchange(self, picking, warranty=None, returned="A1", sent="A2", day="2026-06-01"):
        before = self.env["stock.picking"].search([])
        wizard = Form(self.env["stock.return.picking"].with_context(active_id=picking.id, active_model="stock.picking"))
        if warranty:
            wizard.serial_exchange_warranty = warranty
        wizard = wizard.save()
        wizard.product_return_moves.quantity = 1
        with freeze_time(f"{day} 12:00:00"):
            wizard.action_create_exchanges()
            made = self.env["stock.picking"].search([]) - before
            back = made.filtered(lambda one: picking.move_ids in one.move_ids.origin_returned_move_id)
            self._validate(back, [returned])
            (made - back).action_assign()
            self._validate(made - back, [sent])
        return self._unit(sent)

    def test_when_a_unit_is_exchanged_then_the_replacement_inherits_the_rest(self):
        sold = self._sell("A1")
        self._receive(["A2"])

        new = self._exchange(sold.delivery_move_id.picking_id)

        self.assertRecordValues(new, [{"warranty_end": date(2027, 1, 10), "warranty_fixed": True}])
        self.assertIn("warranty goes on", new.event_ids[0].note)

    def test_when_the_exchange_says_so_then_the_replacement_starts_new(self):
        sold = self._sell("A1")
        self._receive(["A2"])

        new = self._exchange(sold.delivery_move_id.picking_id, "new")

        self.assertEqual(self._end(new), "2027-06-01")

    def test_when_the_company_starts_new_then_exchanges_propose_it(self):
        sold = self._sell("A1")
        self._receive(["A2"])
        self.company.serial_exchange_warranty = "new"

        new = self._exchange(sold.delivery_move_id.picking_id)

        self.assertEqual(self._end(new), "2027-06-01")

    def test_when_the_replaced_unit_is_sold_to_them_again_then_its_warranty_begins_new(self):
        sold = self._sell("A1")
        self._receive(["A2"])
        self._exchange(sold.delivery_move_id.picking_id)
        self._unit("A1").action_release()  # it came back on hold

        self._on("2026-07-01", self._ship, ["A1"])

        self.assertEqual(self._end(self._unit("A1")), "2027-07-01")

    def test_when_a_vendor_exchanges_a_unit_then_the_vendors_warranty_goes_on(self):
        receipt = self._on("2026-01-10", self._receive, ["A1"])

        new = self._exchange(receipt, sent="B1")

        self.assertRecordValues(new, [{"vendor_warranty_end": date(2028, 1, 10), "warranty_end": False}])

    def test_when_the_replaced_unit_had_no_warranty_then_the_replacement_has_its_own(self):
        self.company.serial_warranty_start = "registration"
        sold = self._sell("A1")
        self._receive(["A2"])
        new = self._exchange(sold.delivery_move_id.picking_id)

        self._on("2026-07-01", new.action_register, self.other_customer)

        self.assertEqual(self._end(new), "2027-07-01")
