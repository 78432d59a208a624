from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common.base import QUERIES_ASIDE
from .common.worklist import WorklistCommon


@tagged("post_install", "-at_install")
class TestWorklist(WorklistCommon):
    """The entry window on what waits for its number with one document."""

    def test_when_a_receipt_left_blanks_then_its_window_takes_their_numbers(self):
        units = self._wait(2)

        entry, action = self._open_window(units[0])
        entry.line_ids.add_serials(["A1", "A2"])
        entry.action_confirm()

        document = units.sudo().receipt_move_id.picking_id.name
        self.assertEqual(action["name"], f"Number What Came in: {document}")
        self.assertRecordValues(units.sorted("name"), [{"name": "A1"}, {"name": "A2"}])
        self.assertEqual(set(units.mapped("status")), {"available"})
        self.assertEqual(units[0].sudo().event_ids[0].document, document)
        self.assertAddsUp()

    def test_when_a_delivery_left_blanks_then_its_window_numbers_what_the_customer_has(self):
        self._wait(1)
        unit = self._ship(blanks=1).move_ids.serial_ids

        entry, _checks = self._enter(unit, ["A1"])
        entry.action_confirm()

        self.assertRecordValues(unit, [{"name": "A1", "status": "sold", "customer_id": self.customer.id}])
        self.assertAddsUp()

    def test_when_a_document_has_two_products_then_both_are_lines_of_one_window(self):
        tablet = self._make_product("Tablet")
        picking = self._transfer("in", 1)
        picking.move_ids.copy({"product_id": tablet.id, "picking_id": picking.id, "quantity": 1})
        picking.action_confirm()
        self._validate(picking)

        entry, _action = self._open_window(picking.move_ids.serial_ids[:1])

        self.assertEqual(entry.line_ids.product_id, self.product | tablet)

    def test_when_two_documents_left_blanks_then_the_window_is_about_one(self):
        first, _second = self._wait(1), self._wait(3)

        entry, _action = self._open_window(first)

        self.assertEqual(entry.line_ids.mapped("quantity"), [1])

    def test_when_only_some_are_entered_then_the_others_go_on_waiting(self):
        units = self._wait(3)

        entry, _checks = self._enter(units, ["A1"])
        entry.action_confirm()

        self.assertEqual(len(units.filtered("needs_number")), 2)
        self.assertEqual(self._open_window(units)[0].line_ids.quantity, 2)

    def test_when_the_window_is_closed_then_the_same_one_opens_with_its_numbers(self):
        units = self._wait(2)
        entry, _checks = self._enter(units, ["A1"])
        entry.action_cancel()

        again, _action = self._open_window(units)

        self.assertEqual(again, entry)
        self.assertEqual(again.line_ids.entered, 1)

    def test_when_the_number_was_sold_to_somebody_then_it_is_asked_whether_it_came_back(self):
        self._receive(["A1"])
        self._ship(["A1"], partner=self.other_customer)
        unit = self._wait(1)

        entry, checks = self._enter(unit, ["A1"])

        self.assertEqual([(check["code"], check["ok"], check["can_add"]) for check in checks], [("sold", False, True)])
        self.assertIn("was sold to Other Customer", checks[0]["message"])
        self.assertIn("Did it come back?", checks[0]["message"])
        self.assertFalse(entry.line_ids.entered)

    def test_when_somebody_says_that_it_came_back_then_the_two_are_one(self):
        sold = self._receive(["A1"]).move_ids.serial_ids
        self._ship(["A1"], partner=self.other_customer)
        unit = self._wait(1)

        entry, checks = self._enter(unit, ["A1"], add=True)
        entry.action_confirm()

        self.assertTrue(checks[0]["ok"])
        found = self.register.search([("name", "=", "A1")])
        self.assertRecordValues(found, [{"status": "available"}])
        self.assertIn(found, sold | unit)
        self.assertAddsUp()

    def test_when_its_own_customer_brought_it_back_blank_then_nothing_is_asked(self):
        self._receive(["A1"])
        self._ship(["A1"])
        unit = self._return().move_ids.serial_ids

        entry, checks = self._enter(unit, ["A1"])
        entry.action_confirm()

        self.assertTrue(checks[0]["ok"])
        self.assertRecordValues(self.register.search([("name", "=", "A1")]), [{"status": "available"}])
        self.assertAddsUp()

    def test_when_it_is_another_product_s_number_then_it_is_asked(self):
        self._receive(["T1"], product=self._make_product("Tablet"))

        _entry, checks = self._enter(self._wait(1), ["T1"])

        self.assertEqual([(check["ok"], check["can_add"]) for check in checks], [(False, True)])
        self.assertIn("T1 is a number of Tablet, not of Phone", checks[0]["message"])

    def test_when_it_has_not_the_product_s_format_then_it_is_refused(self):
        units = self._wait(1)
        self.product.serial_format = "[A-Z][0-9]"

        _entry, checks = self._enter(units, ["AA"])

        self.assertEqual([check["code"] for check in checks], ["bad_format"])

    def test_when_the_number_is_in_stock_then_it_is_what_left(self):
        self._receive(["A1", "A2"])
        unit = self._ship(blanks=1).move_ids.serial_ids

        entry, checks = self._enter(unit, ["A2"])
        entry.action_confirm()

        self.assertTrue(checks[0]["ok"])
        self.assertRecordValues(self.register.search([("name", "=", "A2")]), [{"status": "sold"}])
        self.assertAddsUp()

    def test_when_the_number_is_in_stock_then_what_came_in_is_another_unit(self):
        self._receive(["A1"])

        _entry, checks = self._enter(self._wait(1), ["A1"])

        self.assertEqual([check["code"] for check in checks], ["in_stock"])

    def test_when_the_stock_on_hand_has_no_numbers_then_its_own_window_takes_them(self):
        cable = self.plain
        self.env["stock.quant"]._update_available_quantity(cable, self.stock, 2)
        cable.is_serialized = True
        units = self.register.search([("product_id", "=", cable.id)])

        entry, action = self._open_window(units[0])
        entry.line_ids.add_serials(["C1", "C2"])
        entry.action_confirm()

        self.assertIn("Stock on Hand", action["name"])
        self.assertEqual(set(units.mapped("name")), {"C1", "C2"})

    def test_when_it_is_undone_then_the_units_wait_again(self):
        units = self._wait(2)
        entry, _checks = self._enter(units, ["A1", "A2"])
        told = entry.action_confirm()

        sources = self.env["serial.numbering"].with_user(self.clerk).browse(told["params"]["ids"])
        undone = sources.action_undo()

        self.assertEqual(told["params"]["count"], 2)
        self.assertEqual(undone, {"count": 2, "kept": [], "known": []})
        self.assertRecordValues(units, [{"name": False, "status": "received"}] * 2)
        self.assertEqual(units[0].sudo().event_ids[0].kind, "corrected")
        document = units[0].sudo().receipt_move_id.picking_id.name
        self.assertEqual(units.mapped("waits_with"), [f"{document}, Vendor"] * 2)
        self.assertEqual(self._open_window(units)[0].line_ids.quantity, 2)
        self.assertAddsUp()

    def test_when_a_unit_went_on_since_then_its_number_stays(self):
        units = self._wait(2)
        entry, _checks = self._enter(units, ["A1", "A2"])
        entry.action_confirm()
        self._ship(["A1"])

        undone = self.env["serial.numbering"].with_user(self.clerk).action_undo_last()

        self.assertEqual(undone, {"count": 1, "kept": ["A1"], "known": []})
        self.assertRecordValues(self.register.search([("name", "=", "A1")]), [{"status": "sold"}])
        self.assertAddsUp()

    def test_when_nothing_can_be_taken_back_then_it_says_so(self):
        undone = self.env["serial.numbering"].with_user(self.clerk).action_undo_last()

        self.assertEqual(undone, {"count": 0, "kept": [], "known": []})

    def test_when_somebody_numbers_them_meanwhile_then_the_other_window_is_refused(self):
        units = self._wait(2)
        mine, _checks = self._enter(units, ["A1"])
        theirs, _checks = self._enter(units, ["B1", "B2"], user=self.manager)
        theirs.action_confirm()

        with self.assertRaisesRegex(UserError, "1 numbers are entered for 0 units"):
            mine.action_confirm()

        self.assertEqual(set(units.mapped("name")), {"B1", "B2"})

    def test_when_a_user_is_of_another_company_then_refused(self):
        units = self._wait(1)
        stranger = self._make_stranger("stock.group_stock_user")

        with self.assertRaises(AccessError):
            units.with_user(stranger).action_enter_missing()

    def test_when_somebody_else_opened_it_then_it_cannot_be_read(self):
        entry, _checks = self._enter(self._wait(1), ["A1"])
        source = entry.line_ids._get_source()

        with self.assertRaises(AccessError):
            source.with_user(self.manager).action_number()

    def test_when_the_units_have_numbers_then_there_is_nothing_to_open(self):
        units = self._receive(["A1"]).move_ids.serial_ids

        with self.assertRaisesRegex(UserError, "have their numbers"):
            units.with_user(self.clerk).action_enter_missing()

    def test_when_thousands_are_opened_and_pasted_then_no_query_more(self):
        def open_and_paste(count):
            units = self._wait(count)
            text = "\n".join(f"O{count}-{index}" for index in range(count))
            opened = self._count_queries(lambda: self._open_window(units[0]))
            line = self._open_window(units[0])[0].line_ids
            return opened, self._count_queries(lambda: line.enter_text(text))

        open_and_paste(1)

        for many, few in zip(open_and_paste(300), open_and_paste(2), strict=True):
            self.assertLessEqual(many, few + QUERIES_ASIDE)

    def test_when_there_are_thousands_then_no_query_more(self):
        def confirm(count):
            units = self._wait(count)
            entry, _checks = self._enter(units, [f"Q{count}-{index}" for index in range(count)])
            return self._count_queries(entry.action_confirm)

        confirm(1)

        self.assertLessEqual(confirm(300), confirm(2) + QUERIES_ASIDE)

    def test_when_many_left_with_a_delivery_then_no_query_more(self):
        def confirm(count):
            self._wait(count)
            units = self._ship(blanks=count).move_ids.serial_ids
            entry, _checks = self._enter(units, [f"R{count}-{index}" for index in range(count)])
            return self._count_queries(entry.action_confirm)

        confirm(1)

        self.assertLessEqual(confirm(300), confirm(2) + QUERIES_ASIDE)

    # The list

    def test_when_the_worklist_is_grouped_then_by_document_and_partner(self):
        first, second = self._wait(2), self._wait(1)
        self._receive(["A1"])
        mine = [("product_id", "=", self.product.id), ("needs_number", "=", True)]

        groups = dict(self.register.with_user(self.clerk)._read_group(mine, ["waits_with"], ["__count"]))

        names = [f"{units.sudo().receipt_move_id.picking_id.name}, Vendor" for units in (first, second)]
        self.assertEqual(groups, {names[0]: 2, names[1]: 1})
        self.assertEqual(self.register.search([*mine, ("waits_with", "=", names[0])]), first)
        self.assertEqual((first | second).mapped("waits_with"), [names[0], names[0], names[1]])
