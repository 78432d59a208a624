from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common.base import SerialCommon
from .common.tours import TourCommon


@tagged("post_install", "-at_install")
class TestScanToReturn(SerialCommon):
    def _scan(self, *names):
        wizard = self.env["serial.return"].with_user(self.clerk).create({"text": "\n".join(names)})
        wizard.action_find()
        return wizard

    def test_when_units_of_two_deliveries_are_scanned_then_one_return_each(self):
        self._receive(["A1", "A2", "A3"])
        first = self._ship(["A1", "A2"])
        second = self._ship(["A3"], partner=self.other_customer)

        action = self._scan("a3", "A1").action_create()

        returns = self.env["stock.picking"].search(action["domain"])
        self.assertEqual(returns.return_id, first | second)
        self.assertEqual(
            {(one.return_id, tuple(one.move_ids._serial_names())) for one in returns},
            {(first, ("A1",)), (second, ("A3",))},
        )

    def test_when_units_of_two_orders_are_scanned_then_each_return_belongs_to_its_order(self):
        self._receive(["A1", "A2"])
        orders = [self._order(), self._order()]
        for order, name in zip(orders, ["A1", "A2"], strict=True):
            self._validate(order.picking_ids.with_user(self.clerk), [name])

        action = self._scan("A1", "A2").action_create()

        returns = self.env["stock.picking"].search(action["domain"])
        self.assertEqual(
            {(one.move_ids.sale_line_id.order_id, *one.move_ids._serial_names()) for one in returns},
            {(orders[0], "A1"), (orders[1], "A2")},
        )

    def test_when_the_return_is_validated_then_the_unit_is_back(self):
        self._receive(["A1"])
        self._ship(["A1"])
        picking = self.env["stock.picking"].browse(self._scan("A1").action_create()["res_id"])

        picking.with_user(self.clerk).button_validate()

        self.assertEqual((picking.state, self._unit("A1").status), ("done", "available"))
        self.assertAddsUp()

    def test_when_two_products_have_the_number_then_the_user_chooses(self):
        other = self._make_product("Tablet")
        for product in (self.product, other):
            self._receive(["A1"], product=product)
            self._ship(["A1"], product=product)

        wizard = self._scan("A1")

        self.assertEqual(wizard.line_ids.product_id, self.product | other)
        self.assertEqual(wizard.line_ids.mapped("is_selected"), [False, False])

    def test_when_a_number_is_unknown_then_it_says_so(self):
        self.assertIn("Nobody knows", self._scan("X9").line_ids.message)

    def test_when_the_unit_is_in_stock_then_it_says_where(self):
        self._receive(["A1"])

        self.assertIn("Available at", self._scan("A1").line_ids.message)

    def test_when_nothing_is_scanned_then_refused(self):
        with self.assertRaisesRegex(UserError, "at least one serial number"):
            self._scan(" ")

    def test_when_nothing_is_selected_then_refused(self):
        with self.assertRaisesRegex(UserError, "at least one unit"):
            self._scan("X9").action_create()


class DeskCommon(SerialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "stock.group_stock_user,account.group_account_invoice"
        cls.servant = new_test_user(cls.env, "servant", groups)

    def _sell(self, *names, product=None):
        """Receive units and sell them with an order and an invoice; return the invoice."""
        self._receive(names, product=product)
        order = self._order(len(names), product=product)
        self._validate(order.picking_ids.with_user(self.clerk), names)
        invoice = order._create_invoices()
        invoice.action_post()
        return invoice

    def _desk(self, *names, user=None):
        desks = self.env["serial.return"].with_user(user or self.servant)
        desk = desks.browse(desks.get_desk()["id"])
        desk.add_serials(list(names))
        return desk

    def _row(self, desk, name):
        return desk.line_ids.filtered(lambda line: line.name == name)

    def _made(self, made, kind):
        ids = [each["id"] for each in made if each["kind"] == kind]
        models = {"return": "stock.picking", "open": "stock.picking", "replace": "stock.picking"}
        return self.env[models.get(kind, "account.move")].browse(ids)


@tagged("post_install", "-at_install")
class TestServiceDesk(DeskCommon):
    """Each scan is answered at once, and what becomes of each unit is asked there."""

    def test_when_a_unit_is_scanned_then_the_row_says_who_bought_it_and_by_what(self):
        invoice = self._sell("A1")

        desk = self._desk("a1")

        row = desk.get_state()["rows"][0]
        facts = {fact["name"]: fact["value"] for fact in row["card"]["rows"]}
        self.assertEqual(facts["customer_id"], self.customer.name)
        self.assertEqual(facts["invoice_id"], invoice.display_name)
        self.assertEqual((row["goes_back_as"], row["is_selected"]), ("available", True))

    def test_when_units_are_taken_back_then_each_as_chosen_and_its_history_says_why(self):
        self._sell("A1", "A2")
        desk = self._desk("A1", "A2")
        self._row(desk, "A1").write({"goes_back_as": "hold", "reason": "Screen broken"})

        made = desk.take_back()

        self.assertEqual(self._made(made, "return").state, "done")
        broken, good = self._unit("A1"), self._unit("A2")
        self.assertEqual((broken.status, good.status), ("hold", "available"))
        self.assertIn("Screen broken", broken.hold_reason)
        self.assertIn("Screen broken", broken.event_ids[0].note)
        self.assertNotIn("Screen broken", good.event_ids[0].note or "")
        self.assertFalse(desk.line_ids)
        self.assertAddsUp()

    def test_when_lots_lead_then_each_goes_back_as_chosen_too(self):
        laptop = self._make_product("Laptop", tracking="serial")
        self._receive(["L1", "L2"], product=laptop)
        self._ship(["L1", "L2"], product=laptop)
        desk = self._desk("L1", "L2")
        self._row(desk, "L2").write({"goes_back_as": "hold", "reason": "Dropped"})

        desk.take_back()

        self.assertEqual((self._unit("L1", laptop).status, self._unit("L2", laptop).status), ("available", "hold"))
        self.assertIn("Dropped", self._unit("L2", laptop).hold_reason)

    def test_when_a_credit_note_is_wanted_then_a_draft_of_what_came_back(self):
        invoice = self._sell("A1", "A2")
        desk = self._desk("A1")
        self._row(desk, "A1").remedy = "credit"

        refund = self._made(desk.take_back(), "credit")

        self.assertEqual((refund.state, refund.reversed_entry_id), ("draft", invoice))
        self.assertEqual(refund.invoice_line_ids.mapped("quantity"), [1])
        refund.action_post()
        self.assertEqual(refund.invoice_line_ids.serial_ids, self._unit("A1"))
        self.assertAddsUp()

    def test_when_a_replacement_is_wanted_then_it_is_to_be_sent_and_both_point_at_each_other(self):
        self._sell("A1", "A2")
        self._receive(["B1"])
        desk = self._desk("A1", "A2")
        self._row(desk, "A1").write({"remedy": "replace", "goes_back_as": "void"})

        exchange = self._made(desk.take_back(), "replace")
        self.assertEqual(sum(exchange.move_ids.mapped("product_uom_qty")), 1)
        exchange.action_assign()
        self._validate(exchange.with_user(self.clerk), ["B1"])

        self.assertEqual(self._unit("B1").replaces_id, self._unit("A1"))
        self.assertEqual(self._unit("A2").status, "available")
        self.assertAddsUp()

    def test_when_a_unit_is_recalled_then_hold_is_proposed_and_said(self):
        self._sell("A1")
        recall = self.env["serial.recall"].create({"reason": "Fire"})
        recall._add_units(self._unit("A1"))
        recall.action_start()

        row = self._desk("A1").get_state()["rows"][0]

        self.assertEqual(row["goes_back_as"], "hold")
        self.assertIn(recall.name, row["card"]["alerts"][0]["text"])

    def test_when_who_serves_makes_no_invoices_then_no_credit_note_is_offered_nor_made(self):
        self._sell("A1")
        desk = self._desk("A1", user=self.clerk)
        self.assertNotIn("credit", [remedy["code"] for remedy in desk.get_state()["remedies"]])
        desk.line_ids.remedy = "credit"
        with self.assertRaises(AccessError):
            desk.take_back()

    def test_when_a_unit_cannot_be_credited_alone_then_refused_and_nothing_is_changed(self):
        self._receive(["A1"])
        self._ship(["A1"])
        desk = self._desk("A1")
        desk.line_ids.remedy = "credit"
        with self.assertRaisesRegex(UserError, "A1 alone"):
            desk.take_back()
        self.assertEqual(self._unit("A1").status, "sold")

    def test_when_it_was_interrupted_then_the_desk_has_what_was_scanned(self):
        self._sell("A1")
        first = self._desk("A1")
        again = self._desk("A1")
        self.assertEqual(first, again)
        self.assertEqual(len(again.line_ids), 1)

    def test_when_it_was_left_for_days_then_the_desk_is_as_it_was(self):
        self._sell("A1")
        desk = self._desk("A1")
        self.env.flush_all()
        for table in ("serial_return", "serial_return_line"):
            self.env.cr.execute(
                f"UPDATE {table} SET create_date = create_date - interval '5 days', "
                "write_date = write_date - interval '5 days'"
            )
        self.env.invalidate_all()

        self.env["serial.return"]._transient_vacuum()
        self.env["serial.return.line"]._transient_vacuum()

        self.assertEqual(self._desk().line_ids, desk.line_ids)
        self.assertTrue(desk.line_ids)

    def test_when_hundreds_are_on_the_desk_then_a_scan_takes_no_more_queries(self):
        names = [f"A{number}" for number in range(40)]
        self._sell(*names)
        desk = self._desk(names[0], names[1])
        few = self._count_queries(lambda: desk.add_serials([names[2]]))
        desk.add_serials(names[3:39])
        many = self._count_queries(lambda: desk.add_serials([names[39]]))
        self._assert_no_more_queries(many, few)


@tagged("post_install", "-at_install")
class TestToursServiceDesk(DeskCommon, TourCommon):
    def test_scanned_units_are_taken_back_one_broken_with_a_credit_note(self):
        self._sell("DESK-1", "DESK-2")
        self._tour("serial_service_desk", action="serial_number_tracking.serial_return_desk_action", login="servant")
        self.assertEqual((self._unit("DESK-1").status, self._unit("DESK-2").status), ("hold", "available"))
        self.assertTrue(self.env["account.move"].search([("move_type", "=", "out_refund")], limit=1))


@tagged("post_install", "-at_install")
class TestToursServiceDeskOnPhone(DeskCommon, TourCommon):
    browser_size = "360x740"
    touch_enabled = True

    def test_desk_fits_a_phone(self):
        self._sell("DESK-1-WITH-A-RATHER-LONG-NUMBER-1234")
        action = "serial_number_tracking.serial_return_desk_action"
        self._tour("serial_phone_return_desk", action=action, login="servant")
        self.assertEqual(self._units().status, "available")

    def test_network_cut_and_a_page_loaded_again_lose_no_scan_and_double_none(self):
        self._sell("DESK-1", "DESK-2", "DESK-3")
        action = "serial_number_tracking.serial_return_desk_action"
        self._tour_in_hall("serial_phone_return_network_cut", action=action, login="servant")
        self.assertEqual(set(self._units().mapped("status")), {"available"})
