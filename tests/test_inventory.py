from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common.inventory import InventoryCommon


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

        with self.assertRaisesRegex(UserError, "There is no Contact"):
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

        self.assertEqual(state["hint"], "Ready to scan")
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

    def test_when_the_reason_is_entered_before_the_numbers_then_it_stays(self):
        self._receive(["A1"])
        line = self._apply(self._count(0)).line_ids

        line.set_reason("water damage")
        line.add_serials(["A1"])
        line.entry_id.action_confirm()

        self.assertIn("water damage", self._unit("A1").event_ids[0].note)

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

        self.assertEqual(
            (state["hint"], state["asks_reason"], state["asks_vendor"]),
            ("Which units are gone? Type their numbers, or choose them by List", True, False),
        )

    def test_when_a_vendor_is_chosen_for_what_is_gone_then_refused(self):
        self._receive(["A1"])
        line = self._apply(self._count(0)).line_ids

        with self.assertRaisesRegex(UserError, "vendor of Phone cannot be chosen"):
            line.set_vendor(self.vendor.id)
