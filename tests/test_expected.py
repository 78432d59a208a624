from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common.expected import ExpectedCommon


@tagged("post_install", "-at_install")
class TestAnnounce(ExpectedCommon):
    """The vendor's list on a purchase order."""

    def test_when_a_vendor_announces_then_units_are_expected_with_vendor_and_order(self):
        line = self._announce(["A1", "A2"])

        self.assertRecordValues(
            self._units(),
            [
                {
                    "name": name,
                    "status": "expected",
                    "vendor_id": self.vendor.id,
                    "purchase_line_id": line.id,
                    "purchase_order_id": line.order_id.id,
                    "location_id": self.supplier_location.id,
                    "company_id": self.company.id,
                }
                for name in ("A1", "A2")
            ],
        )
        self.assertRecordValues(
            self._units().event_ids,
            [{"kind": "expected", "document": line.order_id.name, "user_id": self.buyer.id} for _name in ("A1", "A2")],
        )
        self.assertEqual((line.serial_expected_count, line.order_id.serial_count), (2, 2))
        self.assertAddsUp()

    def test_when_the_orders_button_is_pressed_then_the_window_takes_a_part_of_the_list(self):
        line = self._order(5)
        entry = self._open(line)

        result = entry.line_ids.enter_text("A1\nA2;A3")
        entry.action_confirm()

        self.assertEqual(result["line"]["rest"], "announced")
        self.assertEqual(self._statuses(["A1", "A2", "A3"]), ["expected"] * 3)

    def test_when_the_window_opens_again_then_it_begins_with_what_is_announced(self):
        line = self._announce(["A1", "A2", "A3"])
        entry = self._open(line)
        self.assertRecordValues(entry.line_ids, [{"entered": 3, "missing": 2}])

        entry.line_ids.remove_serials(["A2"])
        entry.line_ids.add_serials(["A4"])
        entry.action_confirm()

        self.assertEqual(self._statuses(["A1", "A2", "A3", "A4"]), ["expected", "void", "expected", "expected"])
        self.assertIn("No longer announced by Vendor", self._notes("A2")[-1])
        self.assertFalse(self._unit("A2").purchase_line_id)

    def test_when_nothing_changes_then_the_history_does_not_grow(self):
        line = self._announce(["A1", "A2"])

        line.announce_serials(["a1", "A2"])

        self.assertEqual(len(self._units().event_ids), 2)

    def test_when_all_are_removed_then_nothing_is_announced(self):
        line = self._announce(["A1"])

        line.announce_serials([])

        self.assertEqual(self._statuses(["A1"]), ["void"])
        self.assertFalse(line.has_announced_serials)

    def test_when_a_withdrawn_number_is_announced_again_then_it_is_expected_again(self):
        line = self._announce(["A1"])
        line.announce_serials([])

        line.announce_serials(["A1"])

        self.assertRecordValues(self._unit("A1"), [{"status": "expected", "purchase_line_id": line.id}])
        self.assertEqual(self._unit("A1").event_ids.sorted("id").mapped("status_to"), ["expected", "void", "expected"])

    def test_when_a_unit_is_expected_from_no_order_then_the_order_takes_it_over(self):
        vals = {"name": "A1", "product_id": self.product.id, "status": "expected", "vendor_id": self.vendor.id}
        self.register.with_user(self.manager).create(vals)
        line = self._order(1)

        line.announce_serials(["A1"])

        self.assertRecordValues(self._units(), [{"status": "expected", "purchase_line_id": line.id}])

    def test_when_bad_numbers_are_announced_then_all_are_named_and_nothing_changes(self):
        self._receive(["B1", "S1"])
        self._ship(["S1"])
        other = self._announce(["E1"])
        line = self._order(3)

        with self.assertRaises(UserError) as refused:
            line.announce_serials(["A1", "B1", "S1", "E1", "a1", ""])

        message = str(refused.exception)
        for part in ("B1", "in stock", "S1", "sold to Customer", f"announced for {other.order_id.name} already", "a1"):
            self.assertIn(part, message)
        self.assertFalse(self._unit("A1"))

    def test_when_more_are_announced_than_ordered_then_too_many(self):
        line = self._order(2)

        with self.assertRaisesRegex(UserError, "A3 is too many"):
            line.announce_serials(["A1", "A2", "A3"])
        self.assertFalse(self._units())

    def test_when_ordered_in_dozens_then_twelve_a_dozen_are_announced(self):
        line = self._order(1, product_uom_id=self.env.ref("uom.product_uom_dozen").id)

        line.announce_serials([f"A{number}" for number in range(12)])

        self.assertEqual(line.serial_expected_count, 12)

    def test_when_the_order_is_not_confirmed_then_refused(self):
        line = self._order(2)
        draft = line.order_id.copy().order_line

        with self.assertRaisesRegex(UserError, "confirm it before"):
            draft.announce_serials(["A1"])
        with self.assertRaisesRegex(UserError, "Nothing here takes serial numbers"):
            draft.order_id.action_announce_serials()

    def test_when_an_order_is_copied_then_nothing_is_announced_for_the_copy(self):
        line = self._announce(["A1"])

        copy = line.order_id.copy().order_line

        self.assertRecordValues(copy, [{"has_announced_serials": False, "serial_expected_count": 0}])

    def test_when_two_products_are_ordered_then_one_window_asks_for_both(self):
        tablet = self._make_product("Tablet")
        line = self._order(1)
        line.order_id.write({"order_line": [(0, 0, {"product_id": tablet.id, "product_qty": 2, "price_unit": 1})]})
        entry = self._open(line)
        self.assertEqual(entry.line_ids.mapped("quantity"), [1, 2])

        entry.line_ids[0].add_serials(["A1"])
        entry.line_ids[1].add_serials(["A1"])
        entry.action_confirm()

        self.assertEqual(self._unit("A1", tablet).purchase_line_id, line.order_id.order_line[1])

    def test_when_somebody_announces_while_the_window_is_open_then_it_does_not_undo_that(self):
        line = self._order(3)
        entry = self._open(line)
        entry.line_ids.add_serials(["A1"])
        line.announce_serials(["A2"])
        self.env.cr.execute("UPDATE serial_number SET write_date = write_date + interval '1 minute'")
        self.env.invalidate_all()

        with self.assertRaisesRegex(UserError, "while this window was open"):
            entry.action_confirm()

        self.assertNotEqual(self._open(line), entry)
        self.assertEqual(self._statuses(["A2"]), ["expected"])

    def test_when_the_entry_is_written_from_outside_then_refused(self):
        line = self._order(1)

        with self.assertRaisesRegex(UserError, "entry window"):
            line.write({"serial_draft": {"names": "A1"}})


@tagged("post_install", "-at_install")
class TestAnnounceRights(ExpectedCommon):
    """Who may announce."""

    def test_when_a_clerk_announces_then_he_may_without_changing_the_order(self):
        line = self._order(1).with_user(self.clerk)
        entry = self._open(line)
        entry.line_ids.add_serials(["A1"])

        entry.action_confirm()

        self.assertEqual(self._unit("A1").event_ids.user_id, self.clerk)
        with self.assertRaises(AccessError):
            line.product_qty = 3

    def test_when_others_announce_then_refused(self):
        line = self._order(1)
        for groups in ("sales_team.group_sale_salesman", "base.group_user", "base.group_portal"):
            user = new_test_user(self.env, f"outsider {groups}", groups)
            with self.subTest(groups=groups), self.assertRaises(AccessError):
                line.with_user(user).announce_serials(["A1"])
            with self.subTest(groups=groups), self.assertRaises(AccessError):
                line.order_id.with_user(user).action_announce_serials()
        self.assertFalse(self._units())

    def test_when_another_companys_buyer_announces_then_refused(self):
        line = self._order(1)
        stranger = self._make_stranger("purchase.group_purchase_manager,stock.group_stock_manager")

        with self.assertRaises(AccessError):
            line.with_user(stranger).announce_serials(["A1"])


@tagged("post_install", "-at_install")
class TestExpectedReceipt(ExpectedCommon):
    """What comes is compared with what was announced."""

    def test_when_announced_units_come_then_they_are_available(self):
        line = self._announce(["A1", "A2"], quantity=2)

        picking = self._receive_on(line, ["A1", "A2"])

        self.assertRecordValues(
            self._units(),
            [{"name": name, "status": "available", "receipt_move_id": picking.move_ids.id} for name in ("A1", "A2")],
        )
        self.assertFalse(self._notes("A1"))
        self.assertAddsUp()

    def test_when_something_else_comes_then_both_histories_say_so(self):
        line = self._announce(["A1", "A2"], quantity=3)

        picking = self._receive_on(line, ["A1", "X1"])

        self.assertEqual(self._statuses(["A1", "A2", "X1"]), ["available", "expected", "available"])
        self.assertEqual(self._notes("X1"), ["It was not announced."])
        self.assertEqual(self._notes("A2"), [f"Announced for {picking.name}, did not come."])
        self.assertEqual(self._unit("A2").event_ids.sorted("id")[-1:].move_id, picking.move_ids)
        self.assertFalse(self._unit("A2").move_ids)
        self.assertAddsUp()

    def test_when_nothing_was_announced_then_no_history_speaks_of_it(self):
        line = self._order(1)

        self._receive_on(line, ["X1"])

        self.assertFalse(self._notes("X1"))

    def test_when_a_part_comes_then_the_backorder_proposes_the_rest(self):
        line = self._announce(["A1", "A2", "A3"], quantity=3)
        self._receive_on(line, ["A2"])

        picking = self._receipt(line)
        entry = self._entry(picking.button_validate(), picking)
        entry.line_ids.enter_proposals()
        entry.action_confirm()

        self.assertEqual(self._statuses(["A1", "A2", "A3"]), ["available"] * 3)
        self.assertEqual(picking.state, "done")

    def test_when_there_is_no_backorder_then_the_rest_is_no_longer_expected(self):
        line = self._announce(["A1", "A2", "A3"], quantity=3)

        picking = self._receive_on(line, ["A2"], backorder=False)

        self.assertEqual(self._statuses(["A1", "A2", "A3"]), ["void", "available", "void"])
        self.assertEqual(self._notes("A1"), [f"Announced for {picking.name}, did not come."])

    def test_when_all_came_by_other_numbers_then_the_announced_are_no_longer_expected(self):
        line = self._announce(["A1", "A2"], quantity=2)

        self._receive_on(line, ["A1", "X1"])

        self.assertEqual(self._statuses(["A1", "A2", "X1"]), ["available", "void", "available"])

    def test_when_units_come_without_number_then_the_announced_wait_for_their_naming(self):
        line = self._announce(["A1", "A2"], quantity=2)
        self._receive_on(line, ["A1"], blanks=1)
        self.assertEqual(self._statuses(["A1", "A2"]), ["available", "expected"])

        self._units("received").with_user(self.clerk).name = "A2"

        self.assertEqual(self._units().mapped("status"), ["available", "available"])
        self.assertAddsUp()

    def test_when_the_announcement_of_another_order_comes_then_it_is_taken_and_noted(self):
        other = self._announce(["E1"], quantity=1)
        line = self._announce(["A1"], quantity=2)

        self._receive_on(line, ["E1"])

        self.assertRecordValues(self._unit("E1"), [{"status": "available", "purchase_line_id": line.id}])
        self.assertEqual(self._notes("E1"), [f"It was announced for {other.order_id.name}."])

    def test_when_a_withdrawn_unit_comes_all_the_same_then_it_is_taken(self):
        line = self._announce(["A1", "A2"], quantity=2)
        line.announce_serials(["A2"])

        self._receive_on(line, ["A1"])

        self.assertEqual(self._statuses(["A1", "A2"]), ["available", "expected"])
        self.assertIn("was not announced", self._notes("A1")[-1])

    def test_when_more_room_is_left_then_more_is_announced_after_a_part_came(self):
        line = self._announce(["A1", "A2"], quantity=3)
        self._receive_on(line, ["A1"])

        line.announce_serials(["A2", "A3"])

        self.assertEqual(self._statuses(["A1", "A2", "A3"]), ["available", "expected", "expected"])
        with self.assertRaisesRegex(UserError, "too many"):
            line.announce_serials(["A2", "A3", "A4"])


@tagged("post_install", "-at_install")
class TestNoLongerExpected(ExpectedCommon):
    """What can no longer come is not expected any more."""

    def test_when_the_order_is_cancelled_then_all_that_did_not_come_is_void(self):
        line = self._announce(["A1", "A2"], quantity=2)

        line.order_id.button_cancel()

        self.assertEqual(self._statuses(["A1", "A2"]), ["void", "void"])
        self.assertIn("was cancelled", self._notes("A1")[-1])

    def test_when_a_cancelled_order_is_confirmed_again_then_nothing_is_compared(self):
        line = self._announce(["A1"], quantity=1)
        line.order_id.button_cancel()
        line.order_id.button_draft()
        line.order_id.button_confirm()

        self._receive_on(line, ["X1"])

        self.assertFalse(self._notes("X1"))

    def test_when_a_part_had_come_then_cancelling_leaves_it(self):
        line = self._announce(["A1", "A2"], quantity=2)
        self._receive_on(line, ["A1"])

        self._receipt(line).action_cancel()

        self.assertEqual(self._statuses(["A1", "A2"]), ["available", "void"])
        self.assertAddsUp()

    def test_when_the_quantity_is_lowered_then_the_last_announced_go_first(self):
        line = self._announce(["A2", "A3"], quantity=4)
        line.announce_serials(["A2", "A3", "A1"])

        line.product_qty = 2

        self.assertEqual(self._statuses(["A1", "A2", "A3"]), ["void", "expected", "expected"])
        self.assertIn("was lowered", self._notes("A1")[-1])

    def test_when_the_quantity_is_lowered_then_the_last_announced_go_first_of_known_ones_too(self):
        line = self._announce(["A1", "A2", "A3"], quantity=4)
        line.announce_serials([])
        line.announce_serials(["A2", "A3", "A1"])

        line.product_qty = 2

        self.assertEqual(self._statuses(["A1", "A2", "A3"]), ["void", "expected", "expected"])

    def test_when_the_quantity_is_lowered_after_a_part_came_then_what_came_stays(self):
        line = self._announce(["A1", "A2", "A3"], quantity=4)
        self._receive_on(line, ["A3"])

        line.product_qty = 2

        self.assertEqual(self._statuses(["A1", "A2", "A3"]), ["expected", "void", "available"])

    def test_when_the_quantity_is_lowered_but_leaves_room_then_all_stay_expected(self):
        line = self._announce(["A1", "A2"], quantity=4)

        line.product_qty = 2

        self.assertEqual(self._statuses(["A1", "A2"]), ["expected", "expected"])

    def test_when_the_quantity_is_raised_then_more_can_be_announced(self):
        line = self._announce(["A1"], quantity=1)

        line.product_qty = 2
        line.announce_serials(["A1", "A2"])

        self.assertEqual(self._statuses(["A1", "A2"]), ["expected", "expected"])


@tagged("post_install", "-at_install")
class TestExpectedWindow(ExpectedCommon):
    """The receipt's window shows the vendor's list to tick off, and how the goods differ from it."""

    def _open_receipt(self, line, quantity=None):
        picking = self._receipt(line, quantity)
        return self._entry(picking.with_context(skip_backorder=True).button_validate(), picking).line_ids

    def test_when_the_window_opens_then_it_lists_what_is_announced(self):
        window = self._open_receipt(self._announce(["A1", "A2"], quantity=2))

        announced = window.get_announced()

        self.assertTrue(window._get_state()["announced"])
        self.assertEqual([(row["name"], row["ticked"]) for row in announced["rows"]], [("A1", False), ("A2", False)])
        self.assertEqual((announced["total"], announced["ticked"]), (2, 0))
        self.assertEqual(announced["absent"], {"count": 2, "names": ["A1", "A2"]})

    def test_when_numbers_are_scanned_then_they_are_ticked_and_differences_shown(self):
        window = self._open_receipt(self._announce(["A1", "A2", "A3"], quantity=4))

        checks = window.add_serials(["a2", "X1"])

        announced = window.get_announced()
        self.assertEqual([row["ticked"] for row in announced["rows"]], [False, True, False])
        self.assertEqual(announced["absent"], {"count": 2, "names": ["A1", "A3"]})
        self.assertEqual(announced["unannounced"], {"count": 1, "names": ["X1"]})
        self.assertEqual([check["message"] for check in checks], ["", "It was not announced."])

    def test_when_the_whole_list_is_accepted_then_what_is_entered_already_is_passed_over(self):
        window = self._open_receipt(self._announce(["A1", "A2", "A3"], quantity=3))
        window.add_serials(["A1"])
        self.assertEqual(window._get_state()["proposals"], 2)

        result = window.enter_proposals()

        self.assertEqual((result["added"], result["bad"]), (2, []))
        self.assertEqual(window.get_announced()["absent"]["count"], 0)

    def test_when_the_whole_list_is_accepted_twice_then_nothing_happens(self):
        window = self._open_receipt(self._announce(["A1"], quantity=1))
        window.enter_proposals()

        result = window.enter_proposals()

        self.assertEqual((result["added"], result["bad"]), (0, []))

    def test_when_the_list_is_long_then_it_comes_by_the_page(self):
        names = [f"A{number}" for number in range(50)]
        window = self._open_receipt(self._announce(names, quantity=50))
        window.enter_proposals()
        window.remove_serials(names[:30])

        page = window.get_announced(offset=40)

        self.assertEqual([row["name"] for row in page["rows"]], names[40:])
        self.assertEqual(page["absent"], {"count": 30, "names": names[:20]})

    def test_when_nothing_was_announced_then_the_window_has_no_list(self):
        window = self._open_receipt(self._order(1))

        self.assertFalse(window._get_state()["announced"])

    def test_when_a_thousand_units_are_announced_and_come_then_queries_do_not_grow(self):
        def count(quantity):
            names = [f"N{quantity}-{number}" for number in range(quantity)]
            line = self._order(quantity)
            announce = self._count_queries(lambda: line.announce_serials(names))
            window = self._open_receipt(line)
            accept = self._count_queries(window.enter_proposals)
            show = self._count_queries(window.get_announced)
            book = self._count_queries(window.entry_id.action_confirm)
            self.assertEqual(len(line.sudo().move_ids.serial_ids), quantity)
            return announce, accept, show, book

        count(2)
        few, many = count(3), count(1000)
        for before, after in zip(few, many, strict=True):
            self._assert_no_more_queries(after, before)
