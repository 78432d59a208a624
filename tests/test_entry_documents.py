import unittest

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged

from .common.entry import EntryCommon


@tagged("post_install", "-at_install")
class TestEntryPolicy(EntryCommon):
    """What the operation type says about asking."""

    def test_when_types_are_new_then_receipts_and_deliveries_ask_and_transfers_do_not(self):
        warehouse = self.env["stock.warehouse"].create({"name": "New", "code": "NEW"})

        policies = [warehouse[f"{kind}_type_id"].serial_entry for kind in ("in", "out", "int")]

        self.assertEqual(policies, ["ask", "ask", "skip"])

    def test_when_a_type_is_made_by_hand_then_its_code_decides(self):
        with Form(self.env["stock.picking.type"]) as form:
            form.name, form.sequence_code, form.code = "Dock", "DOCK", "outgoing"
        self.assertEqual(form.record.serial_entry, "ask")

    def test_when_every_number_is_required_then_blanks_are_refused(self):
        self.warehouse.in_type_id.serial_entry = "require"
        entry = self._validate_and_open(self._transfer("in", 1))

        with self.assertRaisesRegex(UserError, "requires every serial number of Phone"):
            entry.line_ids.use_blanks()
        with self.assertRaisesRegex(UserError, "Phone: 1"):
            entry.action_confirm()

    def test_when_blanks_were_chosen_before_it_was_required_then_the_window_asks_again(self):
        picking = self._transfer("in", 1)
        entry = self._entry(picking.action_enter_serials(), picking)
        entry.line_ids.use_blanks()
        entry.action_confirm()
        self.warehouse.in_type_id.serial_entry = "require"

        self.assertEqual(picking.button_validate()["res_model"], "serial.entry")

    def test_when_every_number_is_required_and_entered_then_done(self):
        self.warehouse.in_type_id.serial_entry = "require"
        picking = self._transfer("in", 1)
        entry = self._validate_and_open(picking)
        entry.line_ids.add_serials(["A1"])

        entry.action_confirm()

        self.assertEqual(picking.state, "done")

    def test_when_the_type_skips_then_units_are_blank_without_a_question(self):
        self.warehouse.in_type_id.serial_entry = "skip"
        picking = self._transfer("in", 2)

        result = picking.button_validate()

        self.assertIs(result, True)
        self.assertEqual(self._units().mapped("status"), ["received", "received"])

    def test_when_product_is_not_serialized_then_nothing_is_asked(self):
        picking = self._transfer("in", 2, product=self.plain)

        self.assertIs(picking.button_validate(), True)

    def test_when_a_line_is_not_processed_then_nothing_is_asked_for_it(self):
        picking = self._transfer("in", 1, product=self.plain)
        picking.move_ids = [
            Command.create(
                {
                    "product_id": self.product.id,
                    "product_uom_qty": 1,
                    "location_id": self.supplier_location.id,
                    "location_dest_id": self.stock.id,
                }
            )
        ]
        picking.action_confirm()
        picking.move_ids.filtered(lambda move: move.product_id == self.product).quantity = 0

        self.assertIs(picking.with_context(skip_backorder=True).button_validate(), True)


@tagged("post_install", "-at_install")
class TestEntryDocuments(EntryCommon):
    """The window over several lines, several transfers, batches and backorders."""

    def _add_line(self, picking, product, quantity):
        picking.move_ids = [
            Command.create(
                {
                    "product_id": product.id,
                    "product_uom_qty": quantity,
                    "location_id": picking.location_id.id,
                    "location_dest_id": picking.location_dest_id.id,
                    "description_picking": "another line",
                }
            )
        ]
        picking.action_confirm()
        picking.action_assign()
        return picking.move_ids[-1]

    def test_when_two_lines_have_one_product_then_numbers_are_seen_across_them(self):
        picking = self._transfer("in", 1)
        self._add_line(picking, self.product, 1)
        first, second = self._validate_and_open(picking).line_ids
        first.add_serials(["A1"])

        checks = second.add_serials(["a1"])

        self.assertEqual(self._result_codes(checks), ["duplicate"])

    def test_when_two_lines_have_two_products_then_each_has_its_numbers(self):
        picking = self._transfer("in", 1)
        tablet = self._make_product("Tablet")
        self._add_line(picking, tablet, 1)
        entry = self._validate_and_open(picking)

        for line in entry.line_ids:
            self.assertEqual(self._result_codes(line.add_serials(["A1"])), ["new"])
        entry.action_confirm()

        self.assertEqual(self._unit("A1").status, "available")
        self.assertEqual(self._unit("A1", product=tablet).status, "available")

    def test_when_one_number_is_assigned_to_two_lines_then_validating_is_refused(self):
        picking = self._transfer("in", 1)
        self._add_line(picking, self.product, 1)
        for move in picking.move_ids:
            move.assign_serials(["A1"])

        with self.assertRaisesRegex(UserError, "A1.*already"):
            picking.button_validate()

    def test_when_several_transfers_are_validated_then_one_window_asks_for_all(self):
        pickings = self._transfer("in", 1) | self._transfer("in", 1)
        entry = self._validate_and_open(pickings)
        self.assertEqual(entry.line_ids.move_id, pickings.move_ids)
        for number, line in enumerate(entry.line_ids):
            line.add_serials([f"A{number}"])

        entry.action_confirm()

        self.assertEqual(pickings.mapped("state"), ["done", "done"])
        self.assertEqual(pickings.move_ids.serial_ids.sorted("id").mapped("name"), ["A0", "A1"])

    def test_when_a_batch_is_validated_then_the_window_continues_it(self):
        if "stock.picking.batch" not in self.env:
            raise unittest.SkipTest("stock_picking_batch is not installed")
        pickings = self._transfer("in", 1) | self._transfer("in", 1)
        batch = self.env["stock.picking.batch"].with_user(self.clerk).create({"picking_ids": pickings.ids})
        batch.action_confirm()
        entry = self._entry(batch.action_done(), pickings)
        for number, line in enumerate(entry.line_ids):
            line.add_serials([f"A{number}"])

        entry.action_confirm()

        self.assertEqual(batch.state, "done")
        self.assertEqual(pickings.mapped("state"), ["done", "done"])
        self.assertAddsUp()

    def _ask_backorder(self, picking):
        """Validate part of a transfer; return the backorder question."""
        action = picking.button_validate()
        self.assertEqual(action["res_model"], "stock.backorder.confirmation")
        return Form(picking.env[action["res_model"]].with_context(**action["context"])).save()

    def test_when_a_backorder_is_chosen_then_the_window_asks_once_and_continues(self):
        picking = self._transfer("in", 3)
        picking.move_ids.quantity = 2
        question = self._ask_backorder(picking)
        entry = self._entry(question.process(), picking)
        self.assertEqual(entry.line_ids.quantity, 2)
        entry.line_ids.add_serials(["A1", "A2"])

        result = entry.action_confirm()

        self.assertIs(result, True)
        self.assertEqual(picking.state, "done")
        self.assertRecordValues(picking.backorder_ids.move_ids, [{"product_uom_qty": 1, "serial_ids": []}])
        self.assertAddsUp()

    def test_when_no_backorder_is_chosen_then_the_window_asks_once_and_continues(self):
        picking = self._transfer("in", 3)
        picking.move_ids.quantity = 2
        question = self._ask_backorder(picking)
        entry = self._entry(question.process_cancel_backorder(), picking)
        entry.line_ids.add_serials(["A1", "A2"])

        entry.action_confirm()

        self.assertEqual(picking.state, "done")
        self.assertFalse(picking.backorder_ids)
        self.assertEqual(len(self._units()), 2)
        self.assertAddsUp()

    def test_when_the_window_is_closed_after_the_backorder_question_then_it_is_asked_again_the_same_way(self):
        picking = self._transfer("in", 3)
        picking.move_ids.quantity = 2
        first = self._entry(self._ask_backorder(picking).process_cancel_backorder(), picking)
        first.line_ids.add_serials(["A1", "A2"])
        second = self._entry(self._ask_backorder(picking).process(), picking)
        self.assertEqual(second, first)

        second.action_confirm()

        self.assertEqual(len(picking.backorder_ids), 1)

    def test_when_numbers_were_assigned_before_then_the_backorder_question_is_the_only_one(self):
        picking = self._transfer("in", 3)
        picking.move_ids.quantity = 2
        picking.move_ids.assign_serials(["A1", "A2"])

        result = self._ask_backorder(picking).process()

        self.assertIs(result, True)
        self.assertEqual(picking.state, "done")

    def test_when_a_salesperson_delivers_their_order_then_they_can_enter(self):
        salesman = new_test_user(self.env, "salesman", "sales_team.group_sale_salesman,stock.group_stock_user")
        self._receive(["A1"])
        picking = self._transfer("out", 1, user=salesman)
        entry = self._validate_and_open(picking)
        entry.line_ids.add_serials(["A1"])

        entry.action_confirm()

        self.assertRecordValues(self._unit("A1"), [{"status": "sold"}])
