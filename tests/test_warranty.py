from ast import literal_eval
from datetime import date

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import BaseCase, Form, tagged

from ..models import serial_warranty
from .common import SerialCommon

TODAY = date(2026, 3, 14)


@tagged("post_install", "-at_install")
class TestWarrantyRules(BaseCase):
    """When warranties begin and end: no database."""

    def test_when_a_rule_is_applied_then_its_day_begins_the_warranty(self):
        early, late = date(2026, 1, 1), date(2026, 2, 1)
        for rule, sold, registered, begins in (
            ("sale", early, None, early),
            ("sale", late, early, late),
            ("sale", None, early, None),
            ("registration", early, None, None),
            ("registration", early, late, late),
            ("first", early, None, early),
            ("first", early, late, early),
            ("first", late, early, early),
            ("first", None, None, None),
        ):
            with self.subTest(rule=rule, sold=sold, registered=registered):
                self.assertEqual(serial_warranty.find_start(rule, sold, registered), begins)

    def test_when_months_are_counted_then_to_the_same_day_or_the_months_last(self):
        self.assertEqual(serial_warranty.find_end(date(2026, 1, 31), 1), date(2026, 2, 28))
        self.assertEqual(serial_warranty.find_end(date(2024, 2, 29), 12), date(2025, 2, 28))

    def test_when_there_is_no_start_or_no_month_then_no_end(self):
        self.assertIs(serial_warranty.find_end(None, 12), False)
        self.assertIs(serial_warranty.find_end(TODAY, 0), False)

    def test_when_a_day_is_judged_then_the_last_one_is_in_warranty(self):
        for end, state in (
            (False, "none"),
            (date(2026, 3, 13), "expired"),
            (date(2026, 3, 14), "ending"),
            (date(2026, 4, 13), "ending"),
            (date(2026, 4, 14), "valid"),
        ):
            with self.subTest(end=end):
                self.assertEqual(serial_warranty.find_state(end, TODAY), state)


class WarrantyCommon(SerialCommon):
    """A product with a year of warranty, and units that were sold on a day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.warranty_months = 12
        cls.product.vendor_warranty_months = 24
        cls.site = cls.env["res.partner"].create({"name": "Site", "parent_id": cls.customer.id})

    def _sell(self, *names, day="2026-01-10", **options):
        """Receive units and ship them on a day; return them, as the clerk sees them."""
        with freeze_time(f"{day} 12:00:00"):
            self._receive(names)
            return self._ship(names, **options).move_ids.serial_ids.with_user(self.clerk)

    def _on(self, day, act, *arguments, **options):
        with freeze_time(f"{day} 12:00:00"):
            return act(*arguments, **options)


@tagged("post_install", "-at_install")
class TestWarranty(WarrantyCommon):
    """Until when the warranty of a unit runs, and what it survives."""

    def _end(self, unit):
        return str(unit.warranty_end)

    def test_when_received_and_sold_then_both_sides_warranties_end_after_their_months(self):
        unit = self._sell("A1")

        self.assertRecordValues(
            unit,
            [{"warranty_end": date(2027, 1, 10), "vendor_warranty_end": date(2028, 1, 10), "warranty_fixed": False}],
        )

    def test_when_sold_late_at_night_then_the_day_is_the_users(self):
        self.clerk.tz = "America/New_York"
        self._receive(["A1"])
        with freeze_time("2026-01-11 02:00:00"):
            self._ship(["A1"])

        self.assertEqual(self._end(self._unit("A1")), "2027-01-10")

    def test_when_invoiced_without_order_then_from_the_invoice(self):
        self._receive(["A1"])
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_date": "2026-02-01",
                "invoice_line_ids": [(0, 0, {"product_id": self.product.id, "quantity": 1})],
            }
        )
        invoice.invoice_line_ids.assign_serials(["A1"])
        invoice.action_post()

        self.assertEqual(self._end(self._unit("A1")), "2027-02-01")

    def test_when_the_registration_begins_it_then_none_before_and_from_then_on(self):
        self.company.serial_warranty_start = "registration"
        unit = self._sell("A1")
        self.assertFalse(unit.warranty_end)

        self._on("2026-03-14", unit.action_register, self.other_customer, "2026-02-01")

        self.assertEqual(self._end(unit), "2027-02-01")

    def test_when_the_first_of_both_begins_it_then_an_earlier_registration_does(self):
        self.company.serial_warranty_start = "first"
        units = self._sell("A1", "A2")
        self.assertEqual(self._end(units[0]), "2027-01-10")

        self._on("2026-03-14", units[0].action_register, self.other_customer, "2026-01-05")
        self._on("2026-03-14", units[1].action_register, self.other_customer, "2026-03-01")

        self.assertEqual(units.mapped("warranty_end"), [date(2027, 1, 5), date(2027, 1, 10)])

    def test_when_the_sale_begins_it_then_a_registration_changes_nothing(self):
        unit = self._sell("A1")
        self.product.warranty_months = 36

        self._on("2026-03-14", unit.action_register, self.other_customer, "2026-01-01")

        self.assertEqual(self._end(unit), "2027-01-10")

    def test_when_registered_again_later_then_the_warranty_does_not_begin_again(self):
        self.company.serial_warranty_start = "registration"
        unit = self._sell("A1")
        self._on("2026-02-01", unit.action_register, self.other_customer)

        self._on("2026-06-01", unit.action_register, self.site)

        self.assertRecordValues(unit, [{"warranty_end": date(2027, 2, 1), "end_user_id": self.site.id}])

    # Corrected by hand

    def test_when_a_manager_corrects_the_end_then_it_stays_and_the_history_says_so(self):
        self.company.serial_warranty_start = "registration"
        unit = self._sell("A1")
        with Form(unit.with_user(self.manager)) as form:
            form.warranty_end = "2030-01-01"

        self._on("2026-03-14", unit.action_register, self.other_customer)

        self.assertRecordValues(unit, [{"warranty_end": date(2030, 1, 1), "warranty_fixed": True}])
        note = unit.event_ids.filtered(lambda event: event.kind == "corrected").note
        self.assertRegex(note, "Warranty until: - → .*2030")

    def test_when_a_clerk_corrects_the_end_then_refused(self):
        unit = self._sell("A1")
        with self.assertRaises(AccessError):
            unit.warranty_end = "2030-01-01"

    def test_when_the_same_end_is_written_again_then_it_is_not_fixed(self):
        unit = self._sell("A1").with_user(self.manager)

        unit.write({"warranty_end": "2027-01-10", "vendor_id": self.customer.id})

        self.assertFalse(unit.warranty_fixed)

    def test_when_a_sold_unit_is_imported_with_its_end_then_it_stays(self):
        self.company.serial_warranty_start = "registration"
        unit = self.register.with_user(self.manager).create(
            {"name": "X1", "product_id": self.product.id, "status": "sold", "warranty_end": "2028-01-01"}
        )

        unit.action_register(self.customer)

        self.assertEqual(self._end(unit), "2028-01-01")

    def test_when_an_end_was_fixed_before_the_sale_then_the_sale_leaves_it(self):
        self._receive(["A1"])
        self._unit("A1").with_user(self.manager).warranty_end = "2031-01-01"

        self._ship(["A1"])

        self.assertEqual(self._end(self._unit("A1")), "2031-01-01")

    # Repairs

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

        self.assertLessEqual(cost(names), one + 2)
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

    # Exchanges

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


@tagged("post_install", "-at_install")
@freeze_time("2026-03-14 12:00:00")
class TestWarrantyState(WarrantyCommon):
    """What a warranty is called today, and how it is found."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        vals = {"product_id": cls.product.id, "status": "sold", "customer_id": cls.customer.id}
        cls.units = cls.register.create(
            [
                {**vals, "name": name, "warranty_end": end}
                for name, end in (
                    ("N", False),
                    ("X", "2026-03-13"),
                    ("E1", "2026-03-14"),
                    ("E2", "2026-04-13"),
                    ("V", "2026-04-14"),
                )
            ]
        )

    def _found(self, operator, value):
        domain = [("warranty_state", operator, value), ("product_id", "=", self.product.id)]
        return set(self.register.with_user(self.clerk).search(domain).mapped("name"))

    def test_when_read_then_the_state_is_todays(self):
        self.assertEqual(self.units.mapped("warranty_state"), ["none", "expired", "ending", "ending", "valid"])
        with freeze_time("2026-04-14"):
            self.units.invalidate_recordset(["warranty_state"])
            self.assertEqual(self.units.mapped("warranty_state"), ["none", "expired", "expired", "expired", "ending"])

    def test_when_searched_then_the_same_units_are_found_as_are_read(self):
        for state, names in (("none", {"N"}), ("expired", {"X"}), ("ending", {"E1", "E2"}), ("valid", {"V"})):
            self.assertEqual(self._found("=", state), names)
        self.assertEqual(self._found("in", ["expired", "valid"]), {"X", "V"})
        self.assertEqual(self._found("!=", "ending"), {"N", "X", "V"})
        self.assertEqual(self._found("not in", ["none", "valid"]), {"X", "E1", "E2"})
        self.assertEqual(self._found("=", "nonsense"), set())

    def test_when_many_are_searched_then_by_the_index_of_the_end_alone(self):
        query = self.register._search([("warranty_state", "=", "ending")])
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute("EXPLAIN " + self.env.cr.mogrify(query.select()).decode())

        plan = "\n".join(row[0] for row in self.env.cr.fetchall())

        self.assertIn("serial_number__warranty_end_index", plan)

    def test_when_the_filters_are_used_then_each_finds_its_units(self):
        register = self.register.with_user(self.clerk)
        arch = etree.fromstring(register.get_view(view_type="search")["arch"])
        for name, found in (
            ("in_warranty", {"E1", "E2", "V"}),
            ("warranty_ending", {"E1", "E2"}),
            ("warranty_expired", {"X"}),
            ("no_warranty", {"N"}),
        ):
            (node,) = arch.xpath(f"//filter[@name='{name}']")
            domain = Domain(literal_eval(node.get("domain"))) & Domain("product_id", "=", self.product.id)
            self.assertEqual(set(register.search(domain).mapped("name")), found)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-14 12:00:00")
class TestReminder(WarrantyCommon):
    """A daily activity on each customer whose warranties end in the next 30 days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.serial_warranty_user_id = cls.manager

    def _import(self, **ends):
        vals = {"product_id": self.product.id, "status": "sold", "customer_id": self.customer.id}
        return self.register.create([{**vals, "name": name, "warranty_end": end} for name, end in ends.items()])

    def _remind(self):
        with self.enter_registry_test_mode():
            self.env.ref("serial_number_tracking.serial_warranty_cron").method_direct_trigger()

    def _activities(self, partner=None):
        return (partner or self.customer).activity_ids

    def test_when_warranties_end_soon_then_one_activity_on_the_customer_names_them(self):
        units = self._import(A1="2026-04-13", A2="2026-03-20", LATE="2026-04-14", OVER="2026-03-13")
        units[0].end_user_id = self.other_customer

        self._remind()

        self.assertRecordValues(
            self._activities(),
            [
                {
                    "user_id": self.manager.id,
                    "date_deadline": TODAY,
                    "summary": "Warranties that end by 04/13/2026: 2",
                }
            ],
        )
        lines = etree.fromstring(self._activities().note).findall("li")
        self.assertEqual(
            ["".join(line.itertext()) for line in lines],
            ["03/20/2026: A2, Phone", "04/13/2026: A1, Phone (Other Customer)"],
        )
        links = [(line.find("a").get("data-oe-model"), line.find("a").get("data-oe-id")) for line in lines]
        self.assertEqual(links, [("serial.number", str(units[1].id)), ("serial.number", str(units[0].id))])

    def test_when_it_runs_again_then_not_twice_for_the_same_end(self):
        unit = self._import(A1="2026-03-20")
        self._remind()

        self._remind()
        self.assertEqual(len(self._activities()), 1)

        unit.warranty_end = "2026-03-25"
        self._remind()
        self.assertEqual(len(self._activities()), 2)

    def test_when_the_activity_is_done_then_it_does_not_come_back(self):
        self._import(A1="2026-03-20")
        self._remind()
        self._activities().action_done()

        self._remind()

        self.assertFalse(self._activities())

    def test_when_nobody_follows_warranties_then_no_activity_until_somebody_does(self):
        self._import(A1="2026-03-20")
        self.company.serial_warranty_user_id = False
        self._remind()
        self.assertFalse(self._activities())

        self.company.serial_warranty_user_id = self.manager
        self._remind()
        self.assertEqual(len(self._activities()), 1)

    def test_when_units_were_sold_to_nobody_then_on_the_company_itself(self):
        self._import(A1="2026-03-20").customer_id = False

        self._remind()

        self.assertEqual(len(self._activities(self.company.partner_id)), 1)

    def test_when_another_company_has_nobody_then_its_units_stay_out(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.register.with_context(allowed_company_ids=[self.company.id, other.id]).create(
            {
                "name": "A1",
                "product_id": self.product.id,
                "company_id": other.id,
                "status": "sold",
                "customer_id": self.customer.id,
                "warranty_end": "2026-03-20",
            }
        )

        self._remind()

        self.assertFalse(self._activities())

    def test_when_a_customer_has_very_many_then_the_rest_is_counted(self):
        self._import(**{f"A{number:03}": "2026-03-20" for number in range(53)})

        self._remind()

        lines = etree.fromstring(self._activities().note).findall("li")
        self.assertEqual(len(lines), 51)
        self.assertIn("and 3 more", lines[-1].text)

    def test_when_a_number_is_markup_then_it_is_text_in_the_activity(self):
        self._import(**{"<script>alert(1)</script>": "2026-03-20"})

        self._remind()

        note = etree.fromstring(self._activities().note)
        self.assertFalse(note.findall(".//script"))
        self.assertIn("<script>alert(1)</script>", "".join(note.itertext()))
