from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.entry import EntryCommon


@tagged("post_install", "-at_install")
class TestEntryReturns(EntryCommon):
    """The window on what comes back from customers and goes back to vendors."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.warranty_months = 12

    def _open_customer_return(self, quantity=1):
        """Return the window of a return of units A1 and A2, which the customer bought."""
        self._receive(["A1", "A2", "A3"])
        returned = self._open_return(self._ship(["A1", "A2"]), quantity)
        return self._validate_and_open(returned)

    def test_when_a_return_is_validated_then_the_window_lists_what_the_customer_bought(self):
        entry = self._open_customer_return()

        found = self.register.with_user(self.clerk).search(entry.line_ids.get_list_domain())

        self.assertEqual(set(found.mapped("name")), {"A1", "A2"})

    def test_when_a_unit_is_entered_then_its_warranty_is_shown(self):
        line = self._open_customer_return().line_ids

        (check,) = line.add_serials(["a1"])
        (row,) = line.get_units()["rows"]

        self.assertEqual(check["warranty_end"], self._unit("A1").warranty_end)
        self.assertEqual(row["warranty_end"], self._unit("A1").warranty_end)
        self.assertIn(row["warranty_days"], range(363, 367))

    def _return_wizard(self, picking):
        return picking.env["stock.return.picking"].create({"picking_id": picking.id})

    def test_when_all_of_a_delivery_is_returned_then_the_window_asks_and_proposes_its_units(self):
        self._receive(["A1", "A2", "A3"])
        delivery = self._ship(["A1", "A2"])
        returned = delivery.browse(self._return_wizard(delivery).action_create_returns_all()["res_id"])

        line = self._validate_and_open(returned).line_ids

        self.assertEqual(line.enter_proposals()["added"], 2)
        self.assertEqual(set(self._entered(line)), {"A1", "A2"})

    def test_when_only_part_of_a_delivery_is_returned_then_nothing_is_proposed(self):
        self.assertEqual(self._open_customer_return(1).line_ids.enter_proposals()["added"], 0)

    def test_when_the_rest_of_a_delivery_is_returned_then_it_is_proposed(self):
        self._receive(["A1", "A2"])
        delivery = self._ship(["A1", "A2"])
        self._return_of(delivery, 1, ["A2"])

        line = self._validate_and_open(self._open_return(delivery, 1)).line_ids

        self.assertEqual(line.enter_proposals()["added"], 1)
        self.assertEqual(self._entered(line), ["A1"])

    def test_when_all_of_a_receipt_goes_back_then_its_units_are_proposed(self):
        self._receive(["B1"])
        receipt = self._receive(["A1", "A2"])

        line = self._validate_and_open(self._open_return(receipt, 2)).line_ids

        self.assertEqual(line.enter_proposals()["added"], 2)
        self.assertEqual(set(self._entered(line)), {"A1", "A2"})

    def test_when_a_unit_is_exchanged_then_the_window_asks_for_the_one_that_comes_back(self):
        self._receive(["A1", "A2"])
        delivery = self._ship(["A1"])
        wizard = self._return_wizard(delivery)
        wizard.product_return_moves.quantity = 1
        returned = delivery.browse(wizard.action_create_exchanges()["res_id"])

        entry = self._validate_and_open(returned)

        self.assertEqual(entry.line_ids._get_state()["from_customer"], True)

    def test_when_an_order_line_is_negative_then_the_window_asks_for_what_comes_back(self):
        self._receive(["A1"])
        self._ship(["A1"])

        line = self._validate_and_open(self._open_order_return()).line_ids

        self.assertEqual(self._result_codes(line.add_serials(["A1"])), ["ok"])

    def test_when_nothing_is_chosen_then_units_go_back_as_the_operation_type_says(self):
        self.warehouse.in_type_id.serial_return_status = "hold"
        entry = self._open_customer_return()
        entry.line_ids.add_serials(["A1"])

        entry.action_confirm()

        self.assertRecordValues(self._unit("A1"), [{"status": "hold", "customer_id": False}])
        self.assertAddsUp()

    def test_when_units_come_back_then_the_window_offers_the_statuses_that_they_may_have(self):
        line = self._open_customer_return().line_ids
        offered = line._get_state()["return_statuses"]
        field = line._fields["return_status"]._description_selection(self.env)
        self.assertEqual([(status["value"], status["label"]) for status in offered], field)
        self.assertEqual([status["hotkey"] for status in offered], ["o", "h", "v"])

    def test_when_a_number_is_refused_then_the_window_knows_whether_it_can_be_taken_in_all_the_same(self):
        line = self._open_customer_return(2).line_ids
        self._receive(["B1"])
        checks = line.add_serials(["B1", "C1"])
        taken = line.add_serials(["B1", "C1"], add=True)
        self.assertEqual([check["can_add"] for check in checks], [False, True])
        self.assertEqual([check["ok"] for check in taken], [False, True])

    def test_when_a_status_is_chosen_for_some_then_each_goes_back_as_chosen(self):
        entry = self._open_customer_return(2)
        entry.line_ids.add_serials(["A1", "A2"])
        entry.line_ids.set_return_status("void", ["a2"])

        entry.action_confirm()

        self.assertRecordValues(self._unit("A1") | self._unit("A2"), [{"status": "available"}, {"status": "void"}])
        self.assertAddsUp()

    def test_when_a_status_is_chosen_for_all_then_it_is_for_later_units_too(self):
        entry = self._open_customer_return(2)
        entry.line_ids.add_serials(["A1"])
        entry.line_ids.set_return_status("hold")
        entry.line_ids.add_serials(["A2"])

        entry.action_confirm()

        self.assertRecordValues(self._unit("A1") | self._unit("A2"), [{"status": "hold"}, {"status": "hold"}])

    def test_when_the_entry_is_kept_for_later_then_the_next_window_has_the_chosen_statuses(self):
        self._receive(["A1", "A2"])
        returned = self._open_return(self._ship(["A1", "A2"]), 2)
        entry = self._entry(returned.action_enter_serials(), returned)
        entry.line_ids.add_serials(["A1", "A2"])
        entry.line_ids.set_return_status("void", ["A1"])
        entry.action_confirm()

        again = self._entry(returned.action_enter_serials(), returned)

        statuses = {row["name"]: row["return_status"] for row in again.line_ids.get_units()["rows"]}
        self.assertEqual(statuses, {"A1": "void", "A2": "available"})

    def test_when_the_status_does_not_exist_then_refused(self):
        line = self._open_customer_return().line_ids
        for status in ("sold", "", False, [], {}):
            with self.assertRaises(UserError):
                line.set_return_status(status)

    def test_when_the_customer_did_not_buy_it_then_refused_unless_added(self):
        line = self._open_customer_return().line_ids

        self.assertEqual(self._result_codes(line.add_serials(["X1"])), ["not_sold_here"])
        self.assertTrue(line.add_serials(["X1"], add=True)[0]["ok"])

    def test_when_an_unknown_number_is_added_then_it_comes_in_on_hold(self):
        entry = self._open_customer_return()
        entry.line_ids.add_serials(["X1"], add=True)

        entry.action_confirm()

        self.assertRecordValues(self._unit("X1"), [{"status": "hold", "location_id": self.stock.id}])
        self.assertRecordValues(
            self._unit("X1").event_ids,
            [{"kind": "returned", "note": "Taken in on hold: not sold to Customer."}],
        )
        self.assertAddsUp()

    def test_when_another_customers_number_is_added_then_it_comes_in_on_hold(self):
        entry = self._open_customer_return()
        self._ship(["A3"], partner=self.other_customer)
        entry.line_ids.add_serials(["A3"], add=True)

        entry.action_confirm()

        self.assertRecordValues(self._unit("A3"), [{"status": "hold", "customer_id": False}])
        self.assertAddsUp()

    def test_when_a_number_in_stock_is_added_then_it_is_refused_all_the_same(self):
        line = self._open_customer_return().line_ids

        (check,) = line.add_serials(["A3"], add=True)

        self.assertFalse(check["ok"])

    def test_when_it_is_no_return_then_add_means_nothing(self):
        line = self._validate_and_open(self._transfer("out", 1)).line_ids

        self.assertEqual(self._result_codes(line.add_serials(["X1"], add=True)), ["unknown"])

    def test_when_units_on_hold_came_back_by_mistake_then_the_return_can_shrink(self):
        entry = self._open_customer_return()
        entry.line_ids.add_serials(["A1"])
        entry.line_ids.set_return_status("hold")
        entry.action_confirm()
        move = entry.line_ids.move_id.with_user(self.manager)
        move.picking_id.is_locked = False

        move.move_line_ids.quantity = 0

        self.assertRecordValues(self._unit("A1"), [{"status": "sold", "customer_id": self.customer.id}])
        self.assertAddsUp()

    def test_when_units_go_back_to_the_vendor_then_the_reason_is_in_their_history(self):
        returned = self._open_return(self._receive(["A1"]), 1)
        entry = self._validate_and_open(returned)
        entry.line_ids.add_serials(["A1"])
        entry.line_ids.set_reason("dead on arrival")

        entry.action_confirm()

        self.assertRecordValues(
            self._unit("A1").event_ids[0], [{"kind": "returned_to_vendor", "note": "dead on arrival"}]
        )

    def test_when_the_reason_is_given_before_the_numbers_then_it_is_kept(self):
        returned = self._open_return(self._receive(["A1"]), 1)
        entry = self._validate_and_open(returned)
        entry.line_ids.set_reason("dead on arrival")
        entry.line_ids.add_serials(["A1"])

        entry.action_confirm()

        self.assertEqual(self._unit("A1").event_ids[0].note, "dead on arrival")

    def test_when_a_transfer_asks_nothing_then_nothing_is_missing_on_it(self):
        self._receive(["A1", "A2"])
        picking = self._transfer("int", 1)

        self.assertIs(picking.button_validate(), True)

        self.assertEqual(picking.serial_missing, 0)
