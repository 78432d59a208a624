from ast import literal_eval

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common.base import SerialCommon


@tagged("post_install", "-at_install")
class TestReconciliation(SerialCommon):
    """Stock on hand beside the register, and what closes a difference."""

    def _row(self, company=None, user=None):
        self.env.flush_all()
        self.env["serial.reconciliation"].invalidate_model()
        rows = self.env["serial.reconciliation"].with_user(user or self.manager)
        return rows.search([("product_id", "=", self.product.id), ("company_id", "=", (company or self.company).id)])

    def _change_stock(self, quantity, location=None):
        """Change the quantity on hand behind the register's back."""
        self.env["stock.quant"]._update_available_quantity(self.product, location or self.stock, quantity)

    def _choose(self, button, names, reason="Counted"):
        """Choose units in the window that a button of the row opens."""
        action = getattr(self._row(), button)()
        window = self.env["serial.reconcile"].with_user(self.manager).browse(action["res_id"])
        window.serial_ids = self._units().filtered(lambda unit: unit.name in names)
        window.reason = reason
        window.action_apply()
        self.env.invalidate_all()

    def test_when_all_adds_up_then_the_row_says_so(self):
        self._receive(["A1", "A2"])
        self._ship(["A1"])

        self.assertRecordValues(
            self._row(user=self.clerk),
            [
                {
                    "on_hand": 1,
                    "in_stock": 1,
                    "uncovered": 0,
                    "difference": 0,
                    "explanation": "Units and stock on hand agree.",
                }
            ],
        )

    def test_when_blanks_wait_then_the_row_counts_them(self):
        self._receive(["A1"], blanks=3)
        self._ship(blanks=1)

        row = self._row(user=self.clerk)

        self.assertRecordValues(row, [{"received_blanks": 2, "issued_blanks": 1, "uncovered": 0, "difference": 0}])
        self.assertIn("2 in stock wait for their number. 1 that left", row.explanation)

    def test_when_a_blank_left_uncovered_then_the_row_explains_it(self):
        self._receive(["A1"])
        self._ship(blanks=1)

        row = self._row()

        self.assertRecordValues(row, [{"on_hand": 0, "in_stock": 1, "uncovered": 1, "difference": 0}])
        self.assertIn("1 left without serial while all in stock had one", row.explanation)

    def test_when_units_lie_in_transit_then_they_are_on_hand(self):
        transit = self.company.internal_transit_location_id
        transit.active = True
        self._receive(["A1"])
        self._validate(self._transfer("int", 1, target=transit))

        self.assertRecordValues(self._row(), [{"on_hand": 1, "in_stock": 1, "difference": 0}])

    def test_when_the_product_is_not_serialized_then_it_has_no_row(self):
        self._receive(product=self.plain, blanks=1)

        rows = self.env["serial.reconciliation"].search([("product_id", "=", self.plain.id)])

        self.assertFalse(rows)

    def test_when_searched_by_its_filters_then_they_find_it(self):
        self._receive(["A1"])
        self._ship(blanks=1)
        rows = self.env["serial.reconciliation"].with_user(self.clerk)

        self.assertIn(self._row(), rows.search([("uncovered", ">", 0)]))
        self.assertNotIn(self._row(), rows.search([("difference", "!=", 0)]))

    def test_when_the_user_works_for_another_company_then_no_row(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._receive(["A1"])
        self.clerk.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})

        self.assertFalse(self._row(user=self.clerk))

    def test_when_a_button_leads_to_units_then_to_those_of_the_row(self):
        self._receive(["A1"], blanks=1)
        self._receive(["T1"], product=self._make_product("Tablet"))
        row = self._row(user=self.clerk)

        units, blanks = row.action_view_units(), row.action_view_blanks()

        self.assertEqual(self.register.search(units["domain"], order="id"), self._units())
        self.assertEqual(self.register.search(blanks["domain"]), self._units("received"))

    # Pieces without unit

    def test_when_pieces_have_no_unit_then_placeholders_are_created(self):
        self._receive(["A1"])
        self._change_stock(2)
        self.assertEqual(self._row().difference, 2)

        self._row().action_create_placeholders()

        self.assertEqual(self._units().mapped("status"), ["available", "received", "received"])
        self.assertEqual(self._row().difference, 0)
        self.assertAddsUp()

    def test_when_another_company_lacks_units_too_then_it_keeps_its_difference(self):
        other = self.env["res.company"].create({"name": "Other"})
        place = self.env["stock.warehouse"].search([("company_id", "=", other.id)], limit=1).lot_stock_id
        self._change_stock(1)
        self._change_stock(1, location=place)

        self._row().action_create_placeholders()

        self.assertEqual(self._units().company_id, self.company)

    def test_when_an_uncovered_unit_hides_the_place_then_the_placeholder_is_created(self):
        self._receive(["A1"])
        self._ship(blanks=1)
        self._change_stock(1)

        self._row().action_create_placeholders()

        self.assertEqual(len(self._units("received")), 1)
        self.assertAddsUp()

    def test_when_no_piece_lacks_its_unit_then_refused(self):
        self._receive(["A1"])

        with self.assertRaisesRegex(UserError, "Phone"):
            self._row().action_create_placeholders()

    # Uncovered units

    def test_when_the_unit_that_is_gone_is_chosen_then_it_is_void_and_the_mark_ends(self):
        self._receive(["A1", "A2"])
        self._ship(blanks=1)

        self._choose("action_close_uncovered", ["A1"])

        self.assertRecordValues(
            self._units(),
            [
                {"name": "A1", "status": "void", "location_id": self.loss_location.id, "uncovered": False},
                {"name": "A2", "status": "available", "location_id": self.stock.id, "uncovered": False},
                {"name": False, "status": "issued", "location_id": self.customer_location.id, "uncovered": False},
            ],
        )
        self.assertIn("A1", self._units("issued").event_ids[0].note)
        self.assertEqual(
            (self._unit("A1").event_ids[0].kind, self._unit("A1").event_ids[0].note), ("voided", "Counted")
        )
        self.assertAddsUp()

    def test_when_the_uncovered_unit_has_an_unknown_number_then_its_mark_ends_first(self):
        self._receive(["A1", "A2"])
        self._ship(blanks=2)
        self._units("issued")[1].with_user(self.clerk).name = "B9"

        self._choose("action_close_uncovered", ["A1"])

        self.assertFalse(self._unit("B9").uncovered)
        self.assertTrue(self._units("issued").uncovered)
        self.assertAddsUp()

    def test_when_the_chosen_unit_has_the_mark_itself_then_its_own_ends(self):
        self._receive(["A1"])
        delivery = self._ship(blanks=1)
        self._units("issued").with_user(self.clerk).name = "B9"
        self._return_of(delivery, 1, ["B9"])
        self._ship(blanks=1)

        self._choose("action_close_uncovered", ["B9"])

        self.assertRecordValues(self._unit("B9"), [{"status": "void", "uncovered": False}])
        self.assertTrue(self._units("issued").uncovered)
        self.assertAddsUp()

    def test_when_a_void_unit_in_stock_is_chosen_then_it_leaves(self):
        self._receive(["A1"])
        self._ship(blanks=1)
        self._unit("A1").with_user(self.manager).action_void("broken")

        self._choose("action_close_uncovered", ["A1"])

        self.assertEqual(self._unit("A1").location_id, self.loss_location)
        self.assertAddsUp()

    def test_when_nothing_is_uncovered_then_refused(self):
        self._receive(["A1"])

        with self.assertRaisesRegex(UserError, "nothing to close"):
            self._row().action_close_uncovered()

    def test_when_two_windows_are_open_then_the_second_has_nothing_left_to_end(self):
        self._receive(["A1", "A2"])
        self._ship(blanks=1)
        windows = [
            self.env["serial.reconcile"].browse(self._row().action_close_uncovered()["res_id"]) for _window in range(2)
        ]
        for window, name in zip(windows, ("A1", "A2"), strict=True):
            window.write({"serial_ids": [(6, 0, self._unit(name).ids)], "reason": "Counted"})
            self.assertEqual(window.limit, 1)
        windows[0].action_apply()

        with self.assertRaises(UserError):
            windows[1].action_apply()

        self.assertEqual(self._unit("A2").status, "available")
        self.assertAddsUp()

    def test_when_too_many_are_chosen_then_refused(self):
        self._receive(["A1", "A2"])
        self._ship(blanks=1)

        with self.assertRaisesRegex(UserError, "1 to 1 units; 2"):
            self._choose("action_close_uncovered", ["A1", "A2"])

    def test_when_none_is_chosen_then_refused(self):
        self._receive(["A1"])
        self._ship(blanks=1)

        with self.assertRaisesRegex(UserError, "1 to 1 units; 0"):
            self._choose("action_close_uncovered", [])

    def test_when_no_reason_is_given_then_refused(self):
        self._receive(["A1"])
        self._ship(blanks=1)

        with self.assertRaisesRegex(UserError, "reason"):
            self._choose("action_close_uncovered", ["A1"], reason=False)

    def test_when_the_chosen_unit_has_left_already_then_refused(self):
        self._receive(["A1", "A2"])
        self._ship(["A2"])
        self._ship(blanks=1)

        with self.assertRaisesRegex(UserError, "A2 .*Phone.*cannot be one of these .*Sold"):
            self._choose("action_close_uncovered", ["A2"])

    def test_when_the_user_is_no_manager_then_refused(self):
        self._receive(["A1"])
        self._ship(blanks=1)
        row = self._row(user=self.clerk)

        for button in ("action_close_uncovered", "action_close_surplus", "action_create_placeholders"):
            with self.subTest(button=button), self.assertRaises(AccessError):
                getattr(row, button)()

    # More units than on hand

    def test_when_surplus_units_are_chosen_then_they_are_void_and_leave(self):
        self._receive(["A1", "A2", "A3"])
        self._change_stock(-2)
        self.assertIn("2 units are more", self._row().explanation)

        self._choose("action_close_surplus", ["A1", "A3"])

        self.assertEqual(self._units("available").mapped("name"), ["A2"])
        self.assertEqual(self._units("void").location_id, self.loss_location)
        self.assertEqual(self._row().difference, 0)
        self.assertAddsUp()

    def test_when_a_surplus_unit_has_no_number_then_it_can_be_chosen(self):
        self._receive(["A1"], blanks=1)
        self._change_stock(-1)

        self._choose("action_close_surplus", [False])

        self.assertEqual(self._units("void").mapped("name"), [False])
        self.assertAddsUp()

    def test_when_a_designated_unit_is_gone_then_it_is_nobodys(self):
        self._receive(["A1"])
        self._unit("A1").action_designate(self.customer)
        self._change_stock(-1)

        self._choose("action_close_surplus", ["A1"])

        self.assertFalse(self._unit("A1").customer_id)
        self.assertAddsUp()

    def test_when_the_window_is_used_then_it_closes_the_difference(self):
        self._receive(["A1", "A2"])
        self._change_stock(-1)
        action = self._row().action_close_surplus()
        with Form(self.env["serial.reconcile"].with_user(self.manager).browse(action["res_id"])) as form:
            self.assertEqual(form.limit, 1)
            form.serial_ids.add(self._unit("A1"))
            form.reason = "Counted"

        form.record.action_apply()

        self.assertAddsUp()

    def test_when_surplus_units_are_scanned_then_they_are_chosen_and_what_cannot_be_says_why(self):
        self._receive(["A1", "A2", "A3"])
        self._ship(["A3"])
        self._change_stock(-1)
        action = self._row().action_close_surplus()
        form = Form(self.env["serial.reconcile"].with_user(self.manager).browse(action["res_id"]))

        for text, answer in (
            ("A3", "A3 .*cannot be one of these .*Sold"),
            ("XX", "XX is no unit of .*Phone"),
            ("a1", "A1 is chosen|a1 is chosen"),
            ("A1", "chosen already"),
            ("A2", "one too many"),
        ):
            with self.subTest(text=text):
                form.scan = text
                self.assertRegex(form.answer, answer)
                self.assertFalse(form.scan)

        self.assertEqual(form.save().serial_ids, self._unit("A1"))

    # What is offered

    def test_when_rows_differ_then_what_is_too_much_stands_as_high_as_what_is_missing(self):
        tablet, watch = self._make_product("Tablet"), self._make_product("Watch")
        for product, change in ((self.product, 1), (tablet, -2), (watch, 0)):
            self._receive(["T1", "T2"], product=product)
            if change:
                self.env["stock.quant"]._update_available_quantity(product, self.stock, change)
        self.env.flush_all()
        rows = self.env["serial.reconciliation"].with_user(self.clerk)

        found = rows.search([("product_id", "in", (self.product | tablet | watch).ids)])

        self.assertRecordValues(
            found,
            [
                {"product_id": tablet.id, "missing": 0, "surplus": 2},
                {"product_id": self.product.id, "missing": 1, "surplus": 0},
                {"product_id": watch.id, "missing": 0, "surplus": 0},
            ],
        )

    def test_when_it_is_opened_then_with_what_differs(self):
        self._receive(["A1"])
        self._receive(["T1"], product=(tablet := self._make_product("Tablet")))
        self._ship(blanks=1)
        action = self.env["ir.actions.act_window"]._for_xml_id("serial_number_tracking.serial_reconciliation_action")
        rows = self.env["serial.reconciliation"].with_user(self.clerk)
        arch = rows.get_views([(False, "search")])["views"]["search"]["arch"]
        (domain,) = etree.fromstring(arch).xpath("//filter[@name='filter_open']/@domain")

        found = rows.search(literal_eval(domain)).product_id

        self.assertIn("search_default_filter_open", action["context"])
        self.assertIn(self.product, found)
        self.assertNotIn(tablet, found)

    def test_when_a_fraction_is_on_hand_then_no_units_are_offered_for_it(self):
        self._receive(["A1"])
        self._change_stock(0.5)

        self.assertRecordValues(self._row(), [{"missing": 0, "surplus": 0, "difference": 0.5}])
        self.assertIn("no whole number of pieces", self._row().explanation)

    def test_when_another_company_has_a_fraction_then_ours_are_created_all_the_same(self):
        other = self.env["res.company"].create({"name": "Other"})
        place = self.env["stock.warehouse"].search([("company_id", "=", other.id)], limit=1).lot_stock_id
        self._change_stock(1)
        self._change_stock(0.5, location=place)

        self._row().action_create_placeholders()

        self.assertEqual(self._row().missing, 0)

    def test_when_no_number_is_in_stock_then_none_is_to_be_chosen_for_what_left_without(self):
        self._receive(["A1"])
        self._ship(blanks=1)
        self.assertEqual(self._row().named_here, 1)
        self.assertIn("or choose which are gone", self._row().explanation)
        self.register.flush_model()
        self._unit("A1").sudo()._record_change(
            "voided",
            {"status": "void", "location_id": self.loss_location.id},
            self._unit("A1")._prepare_event_vals("voided"),
        )

        self.assertEqual(self._row().named_here, 0)
        self.assertNotIn("choose which", self._row().explanation)
