from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common.base import SerialCommon


@tagged("post_install", "-at_install")
class TestScrap(SerialCommon):
    """A scrap order asks which units it is about; they are void for good."""

    def _scrap(self, quantity=1, **vals):
        return (
            self.env["stock.scrap"]
            .with_user(self.clerk)
            .create({"product_id": self.product.id, "scrap_qty": quantity, **vals})
        )

    def _ask(self, scrap):
        """Press Validate; return the window that it opens."""
        return self._entry(scrap.action_validate(), scrap)

    def _scrap_units(self, names, blanks=0, **vals):
        """Scrap units by name, and others without number; return the scrap order, done."""
        scrap = self._scrap(len(names) + blanks, **vals)
        entry = self._ask(scrap)
        entry.line_ids.add_serials(list(names))
        if blanks:
            entry.line_ids.use_blanks()
        entry.action_confirm()
        self.assertEqual(scrap.state, "done")
        return scrap

    def test_when_validated_then_the_window_asks_and_nothing_is_scrapped(self):
        self._receive(["A1"])
        scrap = self._scrap()

        entry = self._ask(scrap)

        self.assertRecordValues(entry.line_ids, [{"scrap_id": scrap.id, "quantity": 1, "missing": 1}])
        self.assertEqual((scrap.state, self._on_hand()), ("draft", 1))

    def test_when_a_number_is_entered_then_that_unit_is_void(self):
        self._receive(["A1", "A2"])

        scrap = self._scrap_units(["A2"])

        self.assertRecordValues(
            self._units(),
            [
                {"name": "A1", "status": "available", "location_id": self.stock.id},
                {"name": "A2", "status": "void", "location_id": scrap.scrap_location_id.id},
            ],
        )
        self.assertRecordValues(
            self._unit("A2").event_ids[0],
            [{"kind": "scrapped", "status_from": "available", "move_id": scrap.move_ids.id, "document": scrap.name}],
        )
        self.assertFalse(scrap.serial_draft)
        self.assertAddsUp()

    def test_when_left_blank_then_a_placeholder_goes(self):
        self._receive(["A1"], blanks=1)

        self._scrap_units([], blanks=1)

        self.assertEqual(self._units().mapped("status"), ["available", "void"])
        self.assertAddsUp()

    def test_when_left_blank_and_every_unit_has_its_number_then_uncovered(self):
        self._receive(["A1"])

        self._scrap_units([], blanks=1)

        self.assertRecordValues(
            self._units(),
            [
                {"name": "A1", "status": "available", "uncovered": False},
                {"status": "void", "uncovered": True, "name": False},
            ],
        )
        self.assertAddsUp()

    def test_when_a_unit_is_on_hold_or_designated_then_it_can_be_scrapped(self):
        self._receive(["A1", "A2"])
        self._unit("A1").action_hold("recall")
        self._unit("A2").action_designate(self.customer)

        self._scrap_units(["A1", "A2"])

        self.assertEqual(self._units().mapped("status"), ["void", "void"])
        self.assertAddsUp()

    def test_when_a_designated_unit_is_scrapped_then_its_order_gets_a_note_with_the_reason(self):
        order = self._order(2)
        self._promise(order, "A1", "A2")
        tag = self.env["stock.scrap.reason.tag"].create({"name": "Broken <b>"})

        scrap = self._scrap_units(["A1"], scrap_reason_tag_ids=tag.ids)

        note = order.message_ids[0]
        self.assertIn(f"taken from this order: {scrap.name}: Broken &lt;b&gt;", note.body)
        self.assertIn("Phone: A1", note.body)
        self.assertNotIn("A2", note.body)
        self.assertEqual(note.author_id, self.clerk.partner_id)

    def test_when_a_unit_is_not_in_stock_then_its_number_is_refused(self):
        self._receive(["A1", "S1"])
        self._ship(["S1"])
        line = self._ask(self._scrap()).line_ids

        checks = line.add_serials(["S1", "X1"])

        self.assertEqual([check["code"] for check in checks], ["sold", "unknown"])

    def test_when_a_reason_is_chosen_then_the_history_says_it(self):
        self._receive(["A1"], blanks=1)
        tags = self.env["stock.scrap.reason.tag"].create([{"name": "Broken"}, {"name": "Wet"}])

        self._scrap_units(["A1"], blanks=1, scrap_reason_tag_ids=tags.ids, origin="Audit 7")

        events = self._units().event_ids.filtered(lambda event: event.kind == "scrapped")
        self.assertEqual(events.mapped("note"), ["Broken; Wet; Audit 7"] * 2)

    def test_when_a_reason_is_entered_in_the_window_then_the_history_says_both(self):
        self._receive(["A1"])
        tag = self.env["stock.scrap.reason.tag"].create({"name": "Broken"})
        entry = self._ask(self._scrap(scrap_reason_tag_ids=tag.ids))
        entry.line_ids.add_serials(["A1"])

        entry.line_ids.set_reason("fell off the shelf")
        entry.action_confirm()

        self.assertEqual(self._unit("A1").event_ids[0].note, "fell off the shelf; Broken")

    def test_when_the_window_is_shown_then_it_asks_for_the_reason(self):
        self._receive(["A1"])

        state = self._ask(self._scrap(origin="Audit 7")).get_state()

        self.assertEqual(len(state["lines"]), 1)
        line = state["lines"][0]
        self.assertEqual((line["asks_reason"], line["asks_vendor"], line["from_customer"]), (True, False, False))

    def test_when_scrapped_then_it_can_never_be_shipped(self):
        self._receive(["A1", "A2"])
        self._scrap_units(["A1"])
        move = self._transfer("out", 1).move_ids

        self.assertEqual(self._codes(move, ["A1"]), ["void"])
        with self.assertRaisesRegex(UserError, "A1 .* is void"):
            move.assign_serials(["A1"])

    def test_when_scrapped_then_it_cannot_be_restored(self):
        self._receive(["A1"])
        self._scrap_units(["A1"])

        with self.assertRaisesRegex(UserError, "not in stock"):
            self._unit("A1").with_user(self.manager).action_restore()

    def test_when_more_is_scrapped_than_there_is_then_odoo_asks_after_the_window(self):
        self._receive(["A1"])
        scrap = self._scrap(2)
        entry = self._ask(scrap)
        entry.line_ids.add_serials(["A1"])
        entry.line_ids.use_blanks()

        action = entry.action_confirm()
        self.assertEqual(action["res_model"], "stock.warn.insufficient.qty.scrap")
        warning = self.env[action["res_model"]].with_user(self.clerk).with_context(**action["context"]).create({})
        warning.action_done()

        self.assertEqual(scrap.state, "done")
        self.assertRecordValues(
            self._units(),
            [
                {"name": "A1", "status": "void", "uncovered": False},
                {"name": False, "status": "void", "uncovered": True},
            ],
        )
        self.assertEqual(self._on_hand(), -1)
        self.assertAddsUp()

    def test_when_scrapped_without_the_button_then_blanks(self):
        self._receive(["A1"])

        self._scrap().do_scrap()

        self.assertEqual(self._units().mapped("uncovered"), [False, True])
        self.assertAddsUp()

    def test_when_numbers_are_missing_then_refused(self):
        self._receive(["A1"])
        entry = self._ask(self._scrap())

        with self.assertRaisesRegex(UserError, "Phone: 1"):
            entry.action_confirm()

    def test_when_every_number_is_required_then_blanks_are_refused(self):
        self.company.serial_entry_inventory = "require"
        self._receive(["A1"])
        line = self._ask(self._scrap()).line_ids

        with self.assertRaisesRegex(UserError, "requires every serial number of Phone"):
            line.use_blanks()

    def test_when_the_company_skips_then_blanks_without_a_question(self):
        self.company.serial_entry_inventory = "skip"
        self._receive(blanks=1)

        self.assertIs(self._scrap().action_validate(), True)

        self.assertEqual(self._units().status, "void")
        self.assertAddsUp()

    def test_when_the_product_is_not_serialized_then_nothing_is_asked(self):
        self._receive(product=self.plain, blanks=1)
        scrap = self._scrap(product_id=self.plain.id)

        self.assertIs(scrap.action_validate(), True)

    def test_when_a_fraction_is_scrapped_then_refused(self):
        self._receive(["A1"])
        scrap = self._scrap(0.5, product_uom_id=self.env.ref("uom.product_uom_dozen").id)
        scrap.scrap_qty = 0.55

        with self.assertRaisesRegex(UserError, "no whole number of units"):
            scrap.action_validate()

    def test_when_scrapped_in_dozens_then_twelve_numbers_a_dozen(self):
        line = self._ask(self._scrap(product_uom_id=self.env.ref("uom.product_uom_dozen").id)).line_ids

        self.assertEqual(line.quantity, 12)

    def test_when_nothing_is_scrapped_then_odoo_refuses(self):
        with self.assertRaisesRegex(UserError, "positive quantities"):
            self._scrap(0).action_validate()

    def test_when_scrapped_from_a_receipt_then_its_unit_is_void(self):
        receipt = self._receive(["A1", "A2"])

        self._scrap_units(["A1"], picking_id=receipt.id)

        self.assertEqual(self._unit("A1").status, "void")
        self.assertAddsUp()

    def test_when_validated_in_another_window_meanwhile_then_refused(self):
        self._receive(["A1"])
        scrap = self._scrap()
        entry = self._ask(scrap)
        entry.line_ids.add_serials(["A1"])
        scrap.do_scrap()

        with self.assertRaisesRegex(UserError, "booked already"):
            entry.action_confirm()

    def test_when_duplicated_then_the_entry_is_not_copied(self):
        scrap = self._scrap()
        scrap._write_serial_draft(["A1"])

        self.assertFalse(scrap.copy().serial_draft)

    def test_when_a_salesman_validates_a_scrap_then_refused(self):
        salesman = new_test_user(self.env, "salesman", "sales_team.group_sale_salesman")

        with self.assertRaises(AccessError):
            self._scrap().with_user(salesman).action_validate()
