from datetime import date

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common.inventory import InventoryCommon


@tagged("post_install", "-at_install")
class TestCountSeveral(InventoryCommon):
    """Applying several counts at once, and what confirming the window continues."""

    def test_when_all_are_applied_then_one_window_asks_for_each_place(self):
        self._receive(["A1"])
        counts = self._count(0) + self._count(1, location=self.shelf) + self._count(4, product=self.plain)
        entry = self._entry(self._apply_all(counts)).with_user(self.clerk)
        lost, found = entry.line_ids
        lost.add_serials(["A1"])
        found.add_serials(["B1"])

        entry.action_confirm()

        self.assertRecordValues(
            self._units(), [{"name": "A1", "status": "void"}, {"name": "B1", "status": "available"}]
        )
        self.assertEqual(self._unit("B1").location_id, self.shelf)
        self.assertEqual(self._on_hand(self.plain), 4)
        self.assertAddsUp()

    def test_when_two_places_are_counted_then_numbers_are_seen_across_them(self):
        first, second = self._apply(self._count(1) + self._count(1, location=self.shelf)).line_ids
        first.add_serials(["A1"])

        self.assertEqual([check["code"] for check in second.add_serials(["a1"])], ["duplicate"])

    def test_when_all_are_applied_then_the_reason_and_the_date_are_kept(self):
        entry = self._entry(self._apply_all(self._count(1), "2025-03-04 05:06:07")).with_user(self.clerk)
        entry.line_ids.add_serials(["A1"])

        entry.action_confirm()

        move = self._unit("A1").move_ids
        self.assertEqual(str(move.date), "2025-03-04 05:06:07")
        self.assertEqual(move.inventory_name, "Year End")
        self.assertRecordValues(self._unit("A1").event_ids, [{"note": "Year End", "day": date(2025, 3, 4)}])
        self.assertEqual(self._unit("A1").date_received, date(2025, 3, 4))

    def test_when_a_reason_is_entered_too_then_the_history_says_both(self):
        self._receive(["A1"])
        entry = self._entry(self._apply_all(self._count(0))).with_user(self.clerk)
        entry.line_ids.add_serials(["A1"])

        entry.line_ids.set_reason("stolen")
        entry.action_confirm()

        self.assertEqual(self._unit("A1").event_ids[0].note, "stolen; Year End")

    def test_when_the_wizard_is_called_without_its_button_then_blanks(self):
        wizard = self.env["stock.inventory.adjustment.name"].with_user(self.clerk)

        wizard.create({"quant_ids": self._count(2).ids}).action_apply()

        self.assertEqual(self._units().mapped("status"), ["received", "received"])

    def test_when_nothing_is_serialized_then_nothing_is_asked(self):
        quant = self._count(4, product=self.plain)

        self.assertFalse(quant.with_context(serial_number_tracking_ask=True).action_apply_inventory())
        self.assertEqual(self._on_hand(self.plain), 4)

    def test_when_nothing_differs_then_nothing_is_asked(self):
        self._receive(["A1"])

        self.assertFalse(self._count(1).with_context(serial_number_tracking_ask=True).action_apply_inventory())

    def test_when_others_applied_the_count_meanwhile_then_refused(self):
        quant = self._count(1)
        entry = self._apply(quant)
        entry.line_ids.add_serials(["A1"])
        quant.action_apply_inventory()

        with self.assertRaisesRegex(UserError, "booked already"):
            entry.action_confirm()

        self.assertEqual(self._on_hand(), 1)
        self.assertAddsUp()

    def test_when_another_count_was_cleared_meanwhile_then_its_stock_stays(self):
        self._receive(product=self.plain, blanks=3)
        plain = self._count(5, product=self.plain)
        entry = self._apply(self._count(1) + plain)
        entry.line_ids.add_serials(["A1"])
        plain.action_clear_inventory_quantity()

        entry.action_confirm()

        self.assertEqual((self._on_hand(self.plain), self._on_hand()), (3, 1))

    def _resolve(self, action):
        """Return the conflict that Odoo asks about, in the next request."""
        self.assertEqual(action["res_model"], "stock.inventory.conflict")
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env[action["res_model"]].with_user(self.manager).with_context(**action["context"]).create({})

    def test_when_stock_moved_since_the_count_then_odoo_asks_first(self):
        self._receive(["A1", "A2"])
        quant = self._count(1, user=self.manager)
        self._ship(["A2"])

        action = quant.with_context(serial_number_tracking_ask=True).action_apply_inventory()

        self.assertEqual(action["res_model"], "stock.inventory.conflict")

    def test_when_the_conflict_is_resolved_then_the_window_asks(self):
        self._receive(["A1", "A2"])
        quant = self._count(0, user=self.manager)
        self._ship(["A2"])
        conflict = self._resolve(quant.with_context(serial_number_tracking_ask=True).action_apply_inventory())

        entry = self._entry(conflict.action_keep_counted_quantity()).with_user(self.manager)
        entry.line_ids.add_serials(["A1"])
        entry.action_confirm()

        self.assertEqual(self._unit("A1").status, "void")
        self.assertAddsUp()

    def _confirm_after_a_move(self):
        """Count 2 of 3, enter A1 as gone, ship A3 meanwhile, and confirm; return the conflict."""
        self._receive(["A1", "A2", "A3"])
        entry = self._apply(self._count(2, user=self.manager))
        entry.line_ids.add_serials(["A1"])
        self._ship(["A3"])
        return self._resolve(entry.action_confirm())

    def test_when_stock_moves_while_the_window_is_open_then_the_difference_keeps_its_entry(self):
        conflict = self._confirm_after_a_move()

        conflict.action_keep_difference()

        self.assertRecordValues(
            self._units(),
            [{"name": "A1", "status": "void"}, {"name": "A2", "status": "available"}, {"name": "A3", "status": "sold"}],
        )
        self.assertEqual(self._on_hand(), 1)
        self.assertAddsUp()

    def test_when_stock_moves_while_the_window_is_open_then_the_counted_quantity_needs_no_entry(self):
        conflict = self._confirm_after_a_move()

        conflict.action_keep_counted_quantity()

        self.assertEqual(self._unit("A1").status, "available")
        self.assertEqual(self._on_hand(), 2)
        self.assertFalse(conflict.quant_ids.serial_draft)
        self.assertAddsUp()

    def test_when_the_count_is_raised_after_an_entry_then_the_window_asks_for_the_rest(self):
        quant = self._count(1)
        quant._write_serial_draft(["A1"])

        quant.inventory_quantity = 3

        self.assertRecordValues(self._apply(quant).line_ids, [{"quantity": 3, "entered": 1, "missing": 2}])

    def test_when_the_count_turns_into_a_loss_then_the_entry_is_dropped(self):
        self._receive(blanks=2)
        quant = self._count(3)
        quant._write_serial_draft(["A1"])

        quant.inventory_quantity = 1

        self.assertFalse(quant.serial_draft)

    def test_when_the_count_is_cleared_then_the_entry_is_dropped(self):
        quant = self._count(1)
        quant._write_serial_draft(["A1"])

        quant.action_clear_inventory_quantity()

        self.assertFalse(quant.serial_draft)

    def test_when_the_window_is_cancelled_then_the_count_stays_as_it_was(self):
        quant = self._count(1)

        self._apply(quant).action_cancel()

        self.assertRecordValues(quant, [{"inventory_quantity_set": True, "quantity": 0, "inventory_quantity": 1}])

    def test_when_a_fraction_is_counted_then_refused(self):
        quant = self._count(1.5)

        with self.assertRaisesRegex(UserError, "no whole number of units"):
            quant.with_context(serial_number_tracking_ask=True).action_apply_inventory()

    def test_when_an_entry_is_written_from_outside_then_refused(self):
        quant = self._count(1)

        with self.assertRaisesRegex(UserError, "not by writing them"):
            quant.write({"serial_draft": {"names": ["A1"]}})


@tagged("post_install", "-at_install")
class TestCountPolicy(InventoryCommon):
    """What the company says about asking, and who does not ask."""

    def test_when_the_company_skips_then_blanks_without_a_question(self):
        self.company.serial_entry_inventory = "skip"

        result = self._count(2).with_context(serial_number_tracking_ask=True).action_apply_inventory()

        self.assertFalse(result)
        self.assertEqual(self._units().mapped("status"), ["received", "received"])

    def test_when_every_number_is_required_then_blanks_are_refused(self):
        self.company.serial_entry_inventory = "require"
        line = self._apply(self._count(1)).line_ids

        with self.assertRaisesRegex(UserError, f"{self.company.name} requires every serial number of Phone"):
            line.use_blanks()

    def test_when_a_caller_does_not_ask_then_blanks(self):
        self.company.serial_entry_inventory = "require"

        self._count(1).action_apply_inventory()

        self.assertEqual(self._units().status, "received")
        self.assertAddsUp()

    def test_when_a_quantity_is_typed_into_the_list_then_it_is_booked_whatever_the_context(self):
        self._receive(["A1"])
        quant = self.env["stock.quant"].search(
            [("product_id", "=", self.product.id), ("location_id", "=", self.stock.id)]
        )
        typed = quant.with_user(self.manager).with_context(inventory_mode=True, serial_number_tracking_ask=True)

        typed.inventory_quantity_auto_apply = 3

        self.assertEqual(self._on_hand(), 3)
        self.assertEqual(quant.with_user(self.clerk).serial_blank_count, 2)
        self.assertAddsUp()

    def test_when_a_quantity_is_typed_then_the_list_offers_its_placeholders(self):
        self._receive(blanks=1)
        self._adjust(2, location=self.shelf)
        quant = self.env["stock.quant"].search(
            [("product_id", "=", self.product.id), ("location_id", "=", self.shelf.id)]
        )

        action = quant.with_user(self.clerk).action_view_missing_serials()

        units = self.register.search(action["domain"])
        self.assertEqual(len(units), 2)
        self.assertEqual(units.location_id, self.shelf)

    def test_when_a_quantity_is_typed_on_the_product_then_the_notice_shows_its_blanks(self):
        groups = "stock.group_stock_manager,product.group_product_manager"
        user = new_test_user(self.env, "product manager", groups)
        with Form(self.product.product_tmpl_id.with_user(user)) as form:
            form.qty_available = 2

        self.assertEqual(self._on_hand(), 2)
        self.assertEqual(form.record.serial_blank_count, 2)
        self.assertAddsUp()

    def test_when_an_earlier_entry_waits_then_an_adjustment_elsewhere_leaves_it(self):
        quant = self._count(1)
        quant._write_serial_draft(["A1"])

        self._adjust(1, location=self.shelf)

        self.assertEqual(quant._serial_names(), ["A1"])
        self.assertEqual(self._units().status, "received")

    def test_when_views_are_loaded_then_their_buttons_ask(self):
        views = (
            ("stock.quant", "stock.view_stock_quant_tree_inventory_editable", "list", "action_apply_inventory"),
            (
                "stock.inventory.adjustment.name",
                "stock.stock_inventory_adjustment_name_form_view",
                "form",
                "action_apply",
            ),
        )
        for model, view, view_type, name in views:
            arch = self.env[model].with_user(self.clerk).get_view(self.env.ref(view).id, view_type)["arch"]
            (button,) = etree.fromstring(arch).xpath(f"//button[@name='{name}']")
            self.assertIn("'serial_number_tracking_ask': True", button.get("context"))

    def test_when_a_lookup_user_opens_the_window_of_a_count_then_refused(self):
        salesman = new_test_user(self.env, "salesman", "sales_team.group_sale_salesman")
        quant = self._count(1)

        with self.assertRaises(AccessError):
            quant.with_user(salesman).with_context(serial_number_tracking_ask=True).action_apply_inventory()

    def test_when_another_user_confirms_the_window_then_refused(self):
        entry = self._apply(self._count(1))

        with self.assertRaises(AccessError):
            entry.with_user(self.manager).action_confirm()

    def test_when_thousand_units_are_counted_then_queries_do_not_grow(self):
        def count(total):
            entry = self._apply(self._count(total, product=self._make_product(f"Phone {total}")))
            names = [f"N{number}" for number in range(total)]
            return self._count_queries(lambda: (entry.line_ids.add_serials(names), entry.action_confirm()))

        count(2)  # what is read once
        few, many = count(10), count(1000)

        self._assert_no_more_queries(many, few)
