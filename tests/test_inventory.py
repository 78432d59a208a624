from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common import SerialCommon


class InventoryCommon(SerialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.seller_ids = [Command.create({"partner_id": cls.vendor.id, "price": 1})]
        cls.other_vendor = cls.env["res.partner"].create({"name": "Other Vendor"})

    def _count(self, quantity, product=None, location=None, user=None):
        """Count the product at a location, without applying it; return the quant."""
        quants = self.env["stock.quant"].with_user(user or self.clerk).with_context(inventory_mode=True)
        quant = quants.create(
            {
                "product_id": (product or self.product).id,
                "location_id": (location or self.stock).id,
                "inventory_quantity": quantity,
            }
        )
        self.env.flush_all()  # counting and applying are two requests
        return quant.with_env(quants.env)

    def _apply(self, quants, **context):
        """Press Apply; return the window that it opens."""
        action = quants.with_context(serial_ask=True, **context).action_apply_inventory()
        return quants.env["serial.entry"].browse(self._entry(action).id)

    def _apply_all(self, quants, date=None):
        """Press Apply All and Update Quantities; return what that returns."""
        wizard = self.env["stock.inventory.adjustment.name"].with_user(self.clerk)
        vals = {"quant_ids": quants.ids, "inventory_adjustment_name": "Year End"} | (
            {"counting_date": date} if date else {}
        )
        return wizard.create(vals).with_context(serial_ask=True).action_apply()


@tagged("post_install", "-at_install")
class TestCountMore(InventoryCommon):
    """A counted quantity above the book asks for the numbers of the difference."""

    def test_when_more_is_counted_then_the_window_asks_for_the_difference(self):
        self._receive(["A1"])
        quant = self._count(3)

        line = self._apply(quant).line_ids

        self.assertRecordValues(
            line,
            [{"quant_id": quant.id, "quantity": 2, "missing": 2, "vendor_id": self.vendor.id, "move_id": False}],
        )
        self.assertEqual(self._on_hand(), 1)
        self.assertAddsUp()

    def test_when_numbers_are_entered_then_they_are_available_where_they_were_counted(self):
        entry = self._apply(self._count(2, location=self.shelf))
        entry.line_ids.add_serials(["A1", "A2"])

        entry.action_confirm()

        self.assertRecordValues(
            self._units(),
            [
                {"name": "A1", "status": "available", "location_id": self.shelf.id, "vendor_id": self.vendor.id},
                {"name": "A2", "status": "available", "location_id": self.shelf.id, "vendor_id": self.vendor.id},
            ],
        )
        self.assertEqual(self._units().event_ids.mapped("kind"), ["adjusted", "adjusted"])
        self.assertEqual(self._on_hand(), 2)
        self.assertAddsUp()

    def test_when_the_rest_is_left_blank_then_placeholders(self):
        entry = self._apply(self._count(3))
        entry.line_ids.add_serials(["A1"])
        entry.line_ids.use_blanks()

        entry.action_confirm()

        self.assertEqual(self._units().mapped("status"), ["available", "received", "received"])
        self.assertAddsUp()

    def test_when_numbers_are_missing_then_refused(self):
        quant = self._count(2)
        entry = self._apply(quant)
        entry.line_ids.add_serials(["A1"])

        with self.assertRaisesRegex(UserError, "Phone: 1"):
            entry.action_confirm()

        self.assertEqual(self._on_hand(), 0)
        self.assertTrue(quant.inventory_quantity_set)

    def test_when_a_unit_is_in_stock_already_then_its_number_is_refused(self):
        self._receive(["A1"])
        line = self._apply(self._count(1, location=self.shelf)).line_ids

        self.assertEqual([check["code"] for check in line.add_serials(["A1"])], ["in_stock"])

    def test_when_the_number_was_received_meanwhile_then_confirming_lists_it(self):
        entry = self._apply(self._count(1, location=self.shelf))
        entry.line_ids.add_serials(["A1"])
        self._receive(["A1"])

        with self.assertRaisesRegex(UserError, r"A1 \(Phone\) is in stock already"):
            entry.action_confirm()

    def test_when_a_sold_unit_is_found_then_it_is_in_stock_again_with_a_note(self):
        self._receive(["A1"])
        self._ship(["A1"])
        entry = self._apply(self._count(1))
        entry.line_ids.add_serials(["A1"])

        entry.action_confirm()

        self.assertRecordValues(self._unit("A1"), [{"status": "available", "customer_id": False}])
        self.assertIn("Taken although", self._unit("A1").event_ids[0].note)
        self.assertAddsUp()

    def test_when_a_vendor_is_chosen_then_the_units_come_from_there(self):
        entry = self._apply(self._count(2))
        entry.line_ids.add_serials(["A1"])
        entry.line_ids.use_blanks()

        state = entry.line_ids.set_vendor(self.other_vendor.id)
        entry.action_confirm()

        self.assertEqual((state["vendor_id"], state["vendor"]), (self.other_vendor.id, "Other Vendor"))
        self.assertEqual(self._units().vendor_id, self.other_vendor)
        self.assertEqual(self._units().event_ids.partner_id, self.other_vendor)

    def test_when_no_vendor_is_chosen_then_none(self):
        entry = self._apply(self._count(1))
        entry.line_ids.add_serials(["A1"])

        entry.line_ids.set_vendor(False)
        entry.action_confirm()

        self.assertFalse(self._unit("A1").vendor_id)

    def test_when_the_chosen_vendor_does_not_exist_then_refused(self):
        line = self._apply(self._count(1)).line_ids

        with self.assertRaisesRegex(UserError, "There is no res.partner"):
            line.set_vendor(self.env["res.partner"].search([], order="id desc", limit=1).id + 1000)

    def test_when_the_chosen_vendor_is_of_another_company_then_refused(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self.env["res.partner"].create({"name": "Stranger", "company_id": company.id})
        line = self._apply(self._count(1)).line_ids

        with self.assertRaises(AccessError):
            line.set_vendor(stranger.id)

    def test_when_the_first_vendor_is_another_company_s_then_it_is_not_proposed(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.product.seller_ids.company_id = company
        self.product.seller_ids = [Command.create({"partner_id": self.other_vendor.id, "price": 1, "sequence": 99})]

        line = self._apply(self._count(1)).line_ids

        self.assertEqual(line.vendor_id, self.other_vendor)

    def test_when_the_line_is_shown_then_it_asks_for_the_vendor_and_for_no_reason(self):
        (state,) = self._apply(self._count(1)).get_state()["lines"]

        self.assertEqual(state["flow"], "adjust_in")
        self.assertEqual(state["document"], f"Count at {self.stock.display_name}: 1 counted, 0 on hand")
        self.assertEqual((state["asks_vendor"], state["asks_reason"]), (True, False))
        self.assertEqual((state["vendor_id"], state["vendor"]), (self.vendor.id, "Vendor"))

    def test_when_nobody_supplies_the_product_then_no_vendor_is_proposed(self):
        self.product.seller_ids.unlink()

        (state,) = self._apply(self._count(1)).get_state()["lines"]

        self.assertEqual((state["vendor_id"], state["vendor"]), (False, ""))


@tagged("post_install", "-at_install")
class TestCountLess(InventoryCommon):
    """A counted quantity below the book asks which units are gone."""

    def test_when_less_is_counted_then_the_named_units_are_void(self):
        self._receive(["A1", "A2", "A3"])
        entry = self._apply(self._count(1))
        entry.line_ids.add_serials(["A1", "A3"])

        entry.action_confirm()

        self.assertRecordValues(
            self._units(),
            [
                {"name": "A1", "status": "void", "location_id": self.loss_location.id},
                {"name": "A2", "status": "available", "location_id": self.stock.id},
                {"name": "A3", "status": "void", "location_id": self.loss_location.id},
            ],
        )
        self.assertAddsUp()

    def test_when_all_are_gone_then_their_numbers_are_kept_from_the_empty_quant(self):
        self._receive(["A1"])
        quant = self._count(0)
        entry = self._apply(quant)
        entry.line_ids.add_serials(["A1"])

        entry.action_confirm()

        self.assertEqual(self._unit("A1").status, "void")
        self.assertFalse(quant.exists().serial_draft)
        self.assertAddsUp()

    def test_when_left_blank_then_placeholders_go_first(self):
        self._receive(["A1"], blanks=1)
        entry = self._apply(self._count(1))
        entry.line_ids.use_blanks()

        entry.action_confirm()

        self.assertEqual(self._units().mapped("status"), ["available", "void"])
        self.assertAddsUp()

    def test_when_a_unit_on_hold_is_gone_then_it_is_taken(self):
        self._receive(["A1"])
        self._unit("A1").action_hold("recall")

        line = self._apply(self._count(0)).line_ids

        self.assertEqual([check["code"] for check in line.add_serials(["A1"])], ["ok"])

    def test_when_the_number_is_not_in_stock_then_refused(self):
        self._receive(["A1", "S1"])
        self._ship(["S1"])

        line = self._apply(self._count(0)).line_ids

        self.assertEqual([check["code"] for check in line.add_serials(["S1", "X1"])], ["sold", "unknown"])

    def test_when_a_reason_is_entered_then_the_history_says_it(self):
        self._receive(["A1"], blanks=1)
        entry = self._apply(self._count(0))
        entry.line_ids.add_serials(["A1"])
        entry.line_ids.use_blanks()

        entry.line_ids.set_reason("water damage")
        entry.action_confirm()

        events = self._units().event_ids.filtered(lambda event: event.kind == "adjusted")
        self.assertEqual(events.mapped("note"), ["water damage"] * 2)

    def test_when_a_designated_unit_is_gone_then_the_history_says_both(self):
        self._receive(["A1"])
        self._unit("A1").action_designate(self.customer)
        entry = self._apply(self._count(0))
        entry.line_ids.add_serials(["A1"])

        entry.line_ids.set_reason("stolen")
        entry.action_confirm()

        self.assertRegex(self._unit("A1").event_ids[0].note, "stolen; .*designated")

    def test_when_the_line_is_shown_then_it_asks_for_the_reason_and_for_no_vendor(self):
        self._receive(["A1"])

        (state,) = self._apply(self._count(0)).get_state()["lines"]

        self.assertEqual((state["flow"], state["asks_reason"], state["asks_vendor"]), ("adjust_out", True, False))

    def test_when_a_vendor_is_chosen_for_what_is_gone_then_refused(self):
        self._receive(["A1"])
        line = self._apply(self._count(0)).line_ids

        with self.assertRaisesRegex(UserError, "vendor of Phone cannot be chosen"):
            line.set_vendor(self.vendor.id)


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
        self.assertEqual(self._unit("A1").event_ids.note, "Year End")

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

        self.assertFalse(quant.with_context(serial_ask=True).action_apply_inventory())
        self.assertEqual(self._on_hand(self.plain), 4)

    def test_when_nothing_differs_then_nothing_is_asked(self):
        self._receive(["A1"])

        self.assertFalse(self._count(1).with_context(serial_ask=True).action_apply_inventory())

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

        action = quant.with_context(serial_ask=True).action_apply_inventory()

        self.assertEqual(action["res_model"], "stock.inventory.conflict")

    def test_when_the_conflict_is_resolved_then_the_window_asks(self):
        self._receive(["A1", "A2"])
        quant = self._count(0, user=self.manager)
        self._ship(["A2"])
        conflict = self._resolve(quant.with_context(serial_ask=True).action_apply_inventory())

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
            quant.with_context(serial_ask=True).action_apply_inventory()

    def test_when_an_entry_is_written_from_outside_then_refused(self):
        quant = self._count(1)

        with self.assertRaisesRegex(UserError, "not by writing them"):
            quant.write({"serial_draft": {"names": ["A1"]}})


@tagged("post_install", "-at_install")
class TestCountPolicy(InventoryCommon):
    """What the company says about asking, and who does not ask."""

    def test_when_the_company_skips_then_blanks_without_a_question(self):
        self.company.serial_entry_inventory = "skip"

        result = self._count(2).with_context(serial_ask=True).action_apply_inventory()

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
        typed = quant.with_user(self.manager).with_context(inventory_mode=True, serial_ask=True)

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
            self.assertIn("'serial_ask': True", button.get("context"))

    def test_when_a_lookup_user_opens_the_window_of_a_count_then_refused(self):
        salesman = new_test_user(self.env, "salesman", "sales_team.group_sale_salesman")
        quant = self._count(1)

        with self.assertRaises(AccessError):
            quant.with_user(salesman).with_context(serial_ask=True).action_apply_inventory()

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

        self.assertLessEqual(many, few + 5)


@tagged("post_install", "-at_install")
class TestProduction(InventoryCommon):
    """What is made and used, without the Manufacturing app."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.production = cls.env["stock.location"].search(
            [("usage", "=", "production"), ("company_id", "=", cls.company.id)], limit=1
        )

    def test_when_units_are_made_then_they_are_available(self):
        self._move(self.production, self.stock, 2, ["M1"])

        self.assertRecordValues(
            self._units(),
            [
                {"name": "M1", "status": "available", "vendor_id": self.vendor.id},
                {"name": False, "status": "received", "vendor_id": self.vendor.id},
            ],
        )
        self.assertAddsUp()

    def test_when_a_used_unit_is_shipped_then_refused(self):
        self._receive(["A1"])
        self._move(self.stock, self.production, 1, ["A1"])

        self.assertEqual(self._codes(self._transfer("out", 1).move_ids, ["A1"]), ["void"])
