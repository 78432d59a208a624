from ast import literal_eval
from datetime import date

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import BaseCase, Form, tagged

from ..tools import warranty_rule
from .common.invoices import InvoiceCommon
from .common.warranty import TODAY, WarrantyCommon


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
                self.assertEqual(warranty_rule.find_start(rule, sold, registered), begins)

    def test_when_months_are_counted_then_to_the_same_day_or_the_months_last(self):
        self.assertEqual(warranty_rule.find_end(date(2026, 1, 31), 1), date(2026, 2, 28))
        self.assertEqual(warranty_rule.find_end(date(2024, 2, 29), 12), date(2025, 2, 28))

    def test_when_there_is_no_start_or_no_month_then_no_end(self):
        self.assertIs(warranty_rule.find_end(None, 12), False)
        self.assertIs(warranty_rule.find_end(TODAY, 0), False)

    def test_when_a_day_is_judged_then_the_last_one_is_in_warranty(self):
        for end, state in (
            (False, "none"),
            (date(2026, 3, 13), "expired"),
            (date(2026, 3, 14), "ending"),
            (date(2026, 4, 13), "ending"),
            (date(2026, 4, 14), "valid"),
        ):
            with self.subTest(end=end):
                self.assertEqual(warranty_rule.find_state(end, TODAY), state)


@tagged("post_install", "-at_install")
class TestWarranty(WarrantyCommon, InvoiceCommon):
    """Until when the warranty of a unit runs, and what it survives."""

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
        self._invoice(1).action_post()
        blank = self._units()
        blank.with_user(self.manager).warranty_end = "2031-01-01"
        self._receive(["A1"])

        self._ship(["A1"])

        self.assertRecordValues(blank, [{"name": "A1", "status": "sold"}])
        self.assertEqual(self._end(blank), "2031-01-01")


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
