from odoo.tests import tagged

from ..engine.check import SerialCheck
from .common.invoices import InvoiceCommon
from .common.recall import RecallCommon

PUT, KEEP, HOLD_BACK = "put it on hold", "keep it on hold", "no customer should get it"


@tagged("post_install", "-at_install")
class TestRecallWindow(RecallCommon, InvoiceCommon):
    """Whoever enters the number of a unit under an open recall is told so, whatever the document does to it."""

    def _recalled(self, *names):
        recall = self._recall(names)
        recall.action_start()
        return recall

    def _assert_told(self, source, name, recall, advice=""):
        (check,) = SerialCheck(source, [name]).run()
        self.assertEqual(check.code, "ok", check.message)
        self.assertIn(f"It is part of recall {recall.name}", check.message)
        self.assertIn(advice, check.message)

    # Every flow

    def test_when_a_recalled_unit_is_sold_then_it_says_so(self):
        self._receive(["A1", "A2"])
        recall = self._recalled("A1")
        delivery = self._transfer("out", 2)
        self._assert_told(delivery.move_ids, "A1", recall, HOLD_BACK)
        self.assertNotIn("recall", delivery.move_ids.check_serials(["A2"])[0]["message"])

        self._validate(delivery, ["A1", "A2"])

        self.assertEqual(self._unit("A1").status, "sold")
        self.assertEqual(self._unit("A1").event_ids.sorted("id")[-1].note, f"Part of recall {recall.name}.")
        self.assertFalse(self._unit("A2").event_ids.sorted("id")[-1].note)

    def test_when_a_recalled_unit_is_designated_or_invoiced_then_it_says_so(self):
        self._receive(["A1"])
        recall = self._recalled("A1")
        order = self._order()
        self._assert_told(order.order_line, "A1", recall, HOLD_BACK)
        invoice = self._invoice(1)
        self._assert_told(invoice.invoice_line_ids, "A1", recall, HOLD_BACK)

    def test_when_a_recalled_unit_is_announced_or_received_then_it_says_so(self):
        line = self._purchase(1).order_line
        line.announce_serials(["A1"])
        recall = self._recalled("A1")
        self._assert_told(line.move_ids, "A1", recall, PUT)

    def test_when_a_recalled_unit_that_was_lost_is_received_or_announced_again_then_it_says_so(self):
        self._receive(["A1"])
        self._move(self.stock, self.product.property_stock_inventory, 1, ["A1"])
        recall = self._recalled("A1")
        move = self._transfer("in", 1, source=self.product.property_stock_inventory).move_ids
        self._assert_told(move, "A1", recall, PUT)
        self._assert_told(self._purchase(1).order_line, "A1", recall, PUT)

    def test_when_a_recalled_unit_is_traded_in_or_found_then_it_says_so_beside_what_else_is_unusual(self):
        self._receive(["A1"])
        self._ship(["A1"])
        recall = self._recalled("A1")
        move = self._transfer("in", 1).move_ids
        self._assert_told(move, "A1", recall, PUT)
        self.assertIn("Comes back", move.check_serials(["A1"])[0]["message"])

        self._validate(move.picking_id, ["A1"])

        note = self._unit("A1").event_ids.sorted("id")[-1].note
        self.assertIn("Taken although", note)
        self.assertIn(f"Part of recall {recall.name}.", note)

    def test_when_a_recalled_unit_comes_back_then_it_says_so_and_goes_on_hold(self):
        self._receive(["A1"])
        self._ship(["A1"])
        recall = self._recalled("A1")
        returned = self._transfer("back", 1)
        self._assert_told(returned.move_ids, "A1", recall, KEEP)

        self._validate(returned, ["A1"])

        self.assertEqual(self._unit("A1").status, "hold")

    def test_when_a_recalled_unit_goes_elsewhere_then_it_says_so(self):
        self._receive(["A1"])
        recall = self._recalled("A1")
        for target in (self.shelf, self.supplier_location, self.product.property_stock_inventory):
            with self.subTest(target=target.name):
                self._assert_told(self._transfer("int", 1, target=target).move_ids, "A1", recall)

    def test_when_the_recall_is_not_open_then_nothing_is_said(self):
        self._receive(["A1"])
        draft = self._recall(["A1"])
        move = self._transfer("out", 1).move_ids
        self.assertFalse(move.check_serials(["A1"])[0]["message"])
        draft.action_start()
        self.assertTrue(move.check_serials(["A1"])[0]["message"])
        draft.with_user(self.manager).action_cancel()
        self.assertFalse(move.check_serials(["A1"])[0]["message"])

    # The window

    def test_when_it_is_the_last_number_then_the_answer_has_the_note(self):
        self._receive(["A1"])
        recall = self._recalled("A1")
        picking = self._transfer("out", 1)
        line = self._entry(picking.button_validate(), picking).line_ids

        answer = line.enter_text("A1")

        self.assertEqual(answer["line"]["missing"], 0)
        self.assertIn(recall.name, answer["note"])

    def test_when_many_numbers_are_pasted_then_the_answer_names_the_recalled_ones(self):
        self._receive(["A1", "A2", "A3"])
        recall = self._recalled("A1", "A3")
        picking = self._transfer("out", 3)
        line = self._entry(picking.button_validate(), picking).line_ids

        answer = line.enter_text("A1\nA2\nA3\nX9")

        self.assertEqual([check["name"] for check in answer["bad"]], ["X9"])
        self.assertEqual(answer["note"], f"Part of recall {recall.name}: A1, A3.")
        self.assertEqual(line.unit_ids.mapped("return_status"), ["available"] * 3)

    def test_when_hundreds_of_recalled_numbers_are_entered_then_twenty_are_named(self):
        names = [f"A{number:03}" for number in range(1, 101)]
        self._receive(names)
        self._recalled(*names)
        picking = self._transfer("out", 100)
        line = self._entry(picking.button_validate(), picking).line_ids

        note = line.enter_range("A001", 100)["note"]

        self.assertIn("A020 ...", note)
        self.assertNotIn("A021", note)

    def test_when_a_recall_is_open_then_a_check_needs_no_query_more(self):
        self._receive([f"A{number}" for number in range(50)])
        move = self._transfer("out", 50).move_ids
        names = [f"A{number}" for number in range(50)]
        self._count_queries(lambda: move.check_serials(names))
        before = self._count_queries(lambda: move.check_serials(names))
        self._recalled(*names)
        self._count_queries(lambda: move.check_serials(names))
        self.assertEqual(self._count_queries(lambda: move.check_serials(names)), before)

    def test_when_recalled_units_are_scanned_to_return_then_the_window_says_so(self):
        self._receive(["A1", "A2", "B1"])
        self._ship(["A1", "A2", "B1"])
        recall = self._recalled("A1", "A2")

        wizard = self.env["serial.return"].with_user(self.clerk).create({"text": "A1 \nB1\nA2"})
        wizard.action_find()

        self.assertEqual(wizard.recalled, f"Part of recall {recall.name}, they go on hold when they come back: A1, A2")
        recall.with_user(self.manager).action_cancel()
        wizard.action_find()
        self.assertFalse(wizard.recalled)
