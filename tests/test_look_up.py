from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common.base import SerialCommon
from .common.photo import make_picture
from .common.tours import TourCommon

GTIN = "9521234543213"


class LookUpCommon(SerialCommon):
    def _look_up(self, text, user=None):
        return self.register.with_user(user or self.clerk).look_up(text)

    def _card(self, text, user=None):
        (card,) = self._look_up(text, user)["cards"]
        return card

    def _rows(self, card):
        return {row["name"]: row["value"] for row in card["rows"]}

    def _actions(self, card):
        return [action["key"] for action in card["actions"]]

    def _sell(self, *names):
        """Receive units and sell them with an order and an invoice; return the order."""
        self._receive(names)
        order = self._order(len(names))
        self._validate(order.picking_ids.with_user(self.clerk), names)
        order._create_invoices().action_post()
        return order


@tagged("post_install", "-at_install")
class TestLookUp(LookUpCommon):
    """One scan says all about a unit."""

    def test_when_a_sold_unit_is_scanned_then_it_says_who_has_it_and_by_which_documents(self):
        self.product.warranty_months = 24
        order = self._sell("A1")

        card = self._card(" a1 ")

        unit, rows = self._unit("A1"), self._rows(card)
        self.assertEqual((card["id"], card["status"]["code"]), (unit.id, "sold"))
        self.assertEqual(rows["customer_id"], self.customer.name)
        self.assertEqual(rows["sale_order_id"], order.name)
        self.assertEqual(rows["delivery_id"], order.picking_ids.name)
        self.assertEqual(rows["receipt_id"], unit.receipt_id.name)
        self.assertIn("warranty_end", rows)
        self.assertEqual([event["kind"] for event in card["events"]][-1], "Received")
        self.assertEqual(self._actions(card), ["return", "register", "label"])

    def test_when_the_user_may_read_a_document_then_its_name_is_a_link(self):
        self._sell("A1")
        links = {row["name"]: row["link"] for row in self._card("A1")["rows"]}
        self.assertEqual(links["delivery_id"], {"model": "stock.picking", "id": self._unit("A1").delivery_id.id})

        account = new_test_user(self.env, "account", "account.group_account_invoice")
        links = {row["name"]: row["link"] for row in self._card("A1", account)["rows"]}
        self.assertEqual(links["invoice_id"], {"model": "account.move", "id": self._unit("A1").invoice_id.id})
        self.assertFalse(links["location_id"] and not self.env["stock.location"].with_user(account).has_access("read"))

    def test_when_a_unit_is_in_stock_then_it_can_be_held_and_not_returned(self):
        self._receive(["A1"])
        card = self._card("A1")
        self.assertEqual(self._actions(card), ["hold", "label"])
        self.assertEqual(self._rows(card)["location_id"], self.stock.display_name)

    def test_when_a_unit_is_on_hold_then_it_says_why_and_can_be_released(self):
        self._receive(["A1"])
        self._unit("A1").action_hold("Broken box")
        card = self._card("A1")
        self.assertEqual([alert["text"] for alert in card["alerts"]], ["On hold: Broken box"])
        self.assertEqual(self._actions(card), ["hold", "release", "label"])

    def test_when_a_unit_is_recalled_then_that_comes_first(self):
        self._sell("A1")
        recall = self.env["serial.recall"].create({"reason": "Fire"})
        recall._add_units(self._unit("A1"))
        recall.action_start()
        self.assertIn(recall.name, self._card("A1")["alerts"][0]["text"])

    def test_when_who_looks_up_may_change_nothing_then_only_what_they_may_is_offered(self):
        self._sell("A1")
        salesman = new_test_user(self.env, "salesman", "sales_team.group_sale_salesman")
        self.assertEqual(self._actions(self._card("A1", salesman)), ["label"])
        with self.assertRaises(AccessError):
            self._unit("A1").with_user(salesman).action_return()

    def test_when_a_number_is_unknown_then_the_answer_says_so(self):
        answer = self._look_up("X9")
        self.assertFalse(answer["cards"])
        self.assertIn("No unit that you may see has the number X9", answer["message"])

    def test_when_two_products_have_the_number_then_both_and_by_the_label_the_one_of_its_product(self):
        tablet = self._make_product("Tablet", barcode=GTIN)
        self._receive(["A1"])
        self._receive(["A1"], product=tablet)
        self.assertEqual(len(self._look_up("A1")["cards"]), 2)
        self.assertEqual(self._card(f"(01)0{GTIN}(21)A1")["product"]["id"], tablet.id)

    def test_when_a_products_barcode_is_scanned_then_it_names_the_product(self):
        self.product.barcode = GTIN
        answer = self._look_up(GTIN)
        self.assertEqual(answer["product"]["id"], self.product.id)
        self.assertIn(self.product.display_name, answer["message"])

    def test_when_a_label_is_wrong_then_it_says_what(self):
        self.assertIn("check digit", self._look_up("(01)09521234543214(21)A1")["message"])

    def test_when_another_number_of_a_unit_is_scanned_then_its_card(self):
        self._receive(["A1"])
        kind = self.env["serial.identity.kind"].search([("check", "=", "imei")], limit=1)
        vals = {"kind_id": kind.id, "name": "356938035643809"}
        self._unit("A1").write({"identity_ids": [Command.create(vals)]})
        self.assertEqual(self._card("356938035643809")["name"], "A1")

    def test_when_another_company_has_the_unit_then_nothing_is_told(self):
        self._receive(["A1"])
        stranger = self._make_stranger("stock.group_stock_user")
        self.assertFalse(self._look_up("A1", stranger)["cards"])

    def test_when_more_units_have_the_number_then_no_more_queries(self):
        self._sell("A1")
        few = self._count_queries(lambda: self._look_up("A1"))
        for name in ("B", "C", "D", "E", "F"):
            product = self._make_product(name)
            self._receive(["A1"], product=product)
            self._ship(["A1"], product=product)
        many = self._count_queries(lambda: self._look_up("A1"))
        self._assert_no_more_queries(many, few)

    def test_when_return_is_chosen_then_scan_to_return_has_the_unit(self):
        self._sell("A1")
        action = self._unit("A1").with_user(self.clerk).action_return()
        desk = self.env["serial.return"].browse(action["params"]["return_id"])
        self.assertEqual(desk.line_ids.serial_id, self._unit("A1"))

    def test_when_two_products_have_the_number_then_the_chosen_unit_is_selected_to_return(self):
        self._sell("A1")
        other = self._make_product("B")
        self._receive(["A1"], product=other)
        self._ship(["A1"], product=other)
        unit = self._unit("A1", other)
        desk = self.env["serial.return"].with_user(self.clerk)
        scanned = desk.create({})
        scanned.add_serials(["A1"])
        self.assertFalse(scanned.line_ids.filtered("is_selected"))

        unit.with_user(self.clerk).action_return()

        self.assertEqual(scanned.line_ids.filtered("is_selected").serial_id, unit)

    def test_when_too_many_cards_are_asked_for_then_refused(self):
        units = self._receive([f"A{number}" for number in range(21)]).move_ids.serial_ids
        with self.assertRaisesRegex(UserError, "too many"):
            units.get_cards()


@tagged("post_install", "-at_install")
class TestStart(LookUpCommon):
    """What waits for somebody, each figure one click from its list."""

    def _figures(self, user=None):
        return {tile["key"]: tile["count"] for tile in self.register.with_user(user or self.clerk).get_start()}

    def test_when_something_waits_then_its_figure_counts_it_and_its_list_shows_it(self):
        before = self._figures()
        self._sell("A1")
        self._receive(["A2"], blanks=2)
        self._unit("A2").action_hold("Why")
        recall = self.env["serial.recall"].create({"reason": "Fire"})
        recall._add_units(self._unit("A1"))
        recall.action_start()

        after = self._figures()

        more = {key: count - before[key] for key, count in after.items() if count != before[key]}
        self.assertEqual(more, {"missing": 2, "held": 1, "recalls": 1, "unregistered": 1})
        (held,) = [tile for tile in self.register.with_user(self.clerk).get_start() if tile["key"] == "held"]
        self.assertIn(self._unit("A2"), self.register.search(held["domain"]))

    def test_when_first_steps_are_shown_then_the_history_is_not_read_for_them(self):
        query = self.env["serial.event"]._search([("kind", "=", "numbered")], limit=1)
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute("EXPLAIN " + self.env.cr.mogrify(query.select()).decode())

        plan = "\n".join(row[0] for row in self.env.cr.fetchall())

        self.assertIn("serial_event_numbered_index", plan)


@tagged("post_install", "-at_install")
class TestToursLookUp(LookUpCommon, TourCommon):
    def test_one_scan_opens_the_card_wherever_the_focus_is(self):
        self._sell("CARD-1")
        self._unit("CARD-1").photo = make_picture()
        self._receive(["CARD-2"])
        self._unit("CARD-2").action_hold("Scratched")
        self._tour("serial_look_up", action="stock.stock_picking_type_action")
        self.assertEqual(self._unit("CARD-2").status, "available")

    def test_search_boxes_say_what_is_wrong_with_a_label(self):
        self._receive(["P-1"])
        self._tour("serial_search_wrong_label", action="serial_number_tracking.serial_number_action")
        self._tour("serial_search_wrong_label_of_document")
