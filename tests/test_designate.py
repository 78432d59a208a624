from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common.designate import DesignateCommon


@tagged("post_install", "-at_install")
class TestDesignate(DesignateCommon):
    """Promise units to an order line."""

    def test_when_designated_from_the_order_then_the_window_does_it_at_once(self):
        self._receive(["A1", "A2", "A3"])
        order = self._own_order(3)
        line = self._window(order)

        checks = line.add_serials(["A1", "a2", "X9"])
        line.entry_id.action_confirm()

        self.assertEqual([check["code"] for check in checks], ["ok", "ok", "unknown"])
        self.assertRecordValues(
            self._units("designated"),
            [
                {"name": name, "customer_id": self.customer.id, "sale_line_id": order.order_line.id}
                for name in ("A1", "A2")
            ],
        )
        self.assertRecordValues(
            self._unit("A1").event_ids[0],
            [
                {
                    "kind": "designated",
                    "document": order.name,
                    "partner_id": self.customer.id,
                    "user_id": self.salesman.id,
                }
            ],
        )

    def test_when_the_window_is_opened_again_then_it_begins_with_what_is_promised(self):
        order = self._own_order(3)
        self._promise(order, "A1", "A2")
        line = self._window(order)

        self.assertEqual(line.unit_ids.mapped("name"), ["A1", "A2"])
        self.assertEqual((line.quantity, line.missing), (3, 1))

    def test_when_a_unit_is_removed_in_the_window_then_it_is_released(self):
        order = self._own_order(2)
        self._promise(order, "A1", "A2")
        line = self._window(order)

        line.remove_serials(["A1"])
        line.entry_id.action_confirm()

        self._assert_designated(order, "A2")
        self._assert_released("A1", f"No longer designated to {order.name}.")

    def test_when_all_are_removed_in_the_window_then_all_are_released(self):
        order = self._own_order(2)
        self._promise(order, "A1")
        line = self._window(order)

        line.remove_serials(["A1"])
        line.entry_id.action_confirm()

        self._assert_released("A1", f"No longer designated to {order.name}.")

    def test_when_the_window_asks_then_it_offers_no_blanks_and_wants_no_full_number(self):
        order = self._own_order(2)
        state = self._window(order)._get_state()
        self.assertTrue(state["partial"])
        self.assertEqual((state["document"], state["partner"], state["quantity"]), (order.name, "Customer", 2))

    def test_when_somebody_else_designates_meanwhile_then_the_window_is_refused(self):
        order = self._own_order(2)
        line = self._window(order)
        self.env.flush_all()
        self.env.cr.execute("UPDATE serial_entry SET create_date = create_date - interval '1 hour'")
        line.entry_id.invalidate_recordset()
        self._promise(order, "A1")
        with self.assertRaisesRegex(UserError, "somebody changed these numbers"):
            line.entry_id.action_confirm()
        self._assert_designated(order, "A1")

    def test_when_designated_by_names_as_other_systems_do_then_all_or_none(self):
        self._receive(["A1", "A2"])
        order = self._own_order(2)

        order.order_line.designate_serials(["A1", "A2"])
        with self.assertRaisesRegex(UserError, "X1 is not known for Phone. Check the number.$"):
            order.order_line.designate_serials(["A1", "X1"])

        self._assert_designated(order, "A1", "A2")

    def test_when_units_cannot_be_promised_then_each_says_why(self):
        self._receive(["H1", "D1", "S1", "V1", "A1", "A2"], blanks=1)
        self._unit("H1").action_hold("recall")
        self._unit("D1").action_designate(self.other_customer)
        self._unit("V1").action_void("broken")
        self._ship(["S1"])
        line = self._own_order(1).order_line

        codes = [
            check["code"]
            for check in self._window(line.order_id).add_serials(["H1", "D1", "S1", "V1", "X1", "", "A1", "a1", "A2"])
        ]

        self.assertEqual(
            codes, ["hold", "designated", "sold", "void", "unknown", "empty", "ok", "duplicate", "too_many"]
        )

    def test_when_promised_to_another_order_of_the_customer_then_refused(self):
        first, second = self._own_order(), self._own_order()
        self._promise(first, "A1")
        with self.assertRaisesRegex(UserError, "A1 .* is designated to Customer"):
            second.order_line.designate_serials(["A1"])
        self._assert_designated(first, "A1")

    def test_when_promised_to_the_customer_without_order_then_proposed_and_taken_over(self):
        unit = self._receive(["A1"]).move_ids.serial_ids.with_user(self.clerk)
        unit.action_designate(self.customer)
        order = self._own_order()
        line = self._window(order)

        line.enter_proposals()
        line.entry_id.action_confirm()

        self._assert_designated(order, "A1")
        self.assertEqual(unit.event_ids.sorted("id")[-2:].mapped("kind"), ["released", "designated"])

    def test_when_the_order_is_not_confirmed_then_refused_with_what_to_do(self):
        self._receive(["A1"])
        order = self._own_order()
        order.sudo().action_cancel()
        for act in (
            order.action_designate_serials,
            order.order_line.action_designate_serials,
            lambda: order.order_line.designate_serials(["A1"]),
            lambda: self._unit("A1").action_designate(self.customer, order.order_line),
        ):
            with self.assertRaisesRegex(UserError, "confirm it before you designate"):
                act()

    def test_when_an_order_has_nothing_serialized_then_the_button_says_so(self):
        with self.assertRaisesRegex(UserError, "Nothing here takes serial numbers"):
            self._own_order(product=self.plain).action_designate_serials()

    def test_when_the_line_is_in_dozens_then_it_takes_twelve_each(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._own_order(2, product_uom_id=dozen.id)
        self.assertEqual(self._window(order).quantity, 24)

    def test_when_a_line_has_units_then_it_shows_the_first_ones(self):
        order = self._own_order(7)
        self._promise(order, *[f"A{number}" for number in range(1, 7)])
        self.assertEqual(order.order_line.serial_summary, "A1, A2, A3, A4, A5 and 1 more")
        self.assertEqual(order.serial_count, 6)


@tagged("post_install", "-at_install")
class TestDesignateUnits(DesignateCommon):
    """Promise selected units to an order."""

    def _available(self, *names, **options):
        return self._receive(names, **options).move_ids.serial_ids.with_user(self.clerk)

    def test_when_more_than_ordered_are_designated_then_refused(self):
        order = self._order(2)
        self._promise(order, "A1")
        units = self._available("A2", "A3")
        with self.assertRaisesRegex(UserError, f"{order.name} takes 1 more units of Phone, not 2"):
            units.action_designate(self.customer, order.order_line)
        self._assert_designated(order, "A1")

    def test_when_a_part_is_delivered_then_only_the_rest_can_be_designated(self):
        order = self._order(2)
        units = self._available("A1", "A2", "A3")
        self._deliver(order, ["A1"])
        with self.assertRaisesRegex(UserError, "takes 1 more"):
            units[1:].action_designate(self.customer, order.order_line)

    def test_when_line_and_units_or_customer_differ_then_refused_by_name(self):
        order = self._order(2)
        other = self._available("B1", product=self._make_product("Tablet"))
        for units, partner in ((other, self.customer), (self._available("A1"), self.other_customer)):
            with self.assertRaisesRegex(UserError, f"cannot be designated to it .*: {units.name}"):
                units.action_designate(partner, order.order_line)
            self.assertEqual(units.status, "available")

    def test_when_the_line_belongs_to_another_company_then_refused(self):
        company = self.env["res.company"].create({"name": "Other Company"})
        self.clerk.company_ids |= company
        unit = self._available("A1")
        foreign = self.env["sale.order"].create({"partner_id": self.customer.id, "company_id": company.id})
        foreign.order_line = [(0, 0, {"product_id": self.product.id, "product_uom_qty": 1, "tax_ids": False})]
        foreign.state = "sale"
        both = unit.with_context(allowed_company_ids=(self.company | company).ids)
        with self.assertRaisesRegex(UserError, "cannot be designated to it"):
            both.action_designate(self.customer, foreign.order_line)
        self.assertEqual(unit.status, "available")

    def test_when_designated_for_a_contact_of_the_customer_then_accepted(self):
        contact = self.env["res.partner"].create({"name": "Buyer", "parent_id": self.customer.id})
        order = self._order()
        self._available("A1").action_designate(contact, order.order_line)
        self._assert_designated(order, "A1")

    def test_when_only_the_line_is_given_then_its_customer_is_meant(self):
        order = self._order()
        unit = self._available("A1")
        unit.action_designate(False, order.order_line)
        self.assertEqual(unit.customer_id, self.customer)

    def test_when_units_of_several_products_are_chosen_for_an_order_then_each_finds_its_line(self):
        tablet = self._make_product("Tablet")
        order = self._order(2)
        order.order_line = [(0, 0, {"product_id": tablet.id, "product_uom_qty": 1})]
        units = self._available("A1", "A2") | self._available("B1", product=tablet)
        context = {"active_model": "serial.number", "active_ids": units.ids, "default_action": "designate"}

        form = Form(self.env["serial.status.change"].with_user(self.clerk).with_context(**context))
        form.order_id = order
        form.save().action_apply()

        self.assertRecordValues(
            units,
            [
                {"status": "designated", "sale_line_id": line.id, "customer_id": self.customer.id}
                for line in (order.order_line[0], order.order_line[0], order.order_line[1])
            ],
        )

    def test_when_more_units_are_chosen_than_the_order_wants_then_none_is_designated(self):
        units = self._available("A1", "A2", "A3")
        context = {"active_model": "serial.number", "active_ids": units.ids}
        change = self.env["serial.status.change"].with_user(self.clerk).with_context(**context)
        change = change.create({"action": "designate", "order_id": self._order(2).id})
        with self.assertRaisesRegex(UserError, "wants none of these units any more:\nPhone: "), self.env.cr.savepoint():
            change.action_apply()
        self.assertEqual(set(units.mapped("status")), {"available"})

    def test_when_a_designated_unit_is_designated_again_then_refused(self):
        order, other = self._order(), self._order(partner=self.other_customer)
        unit = self._promise(order, "A1")
        with self.assertRaisesRegex(UserError, "A1"):
            unit.action_designate(self.other_customer, other.order_line)
        self._assert_designated(order, "A1")

    def test_when_thousands_are_designated_then_queries_stay_the_same(self):
        def designate(prefix, count):
            order = self._own_order(count)
            names = [f"{prefix}{number}" for number in range(count)]
            self._receive(names)
            return self._count_queries(lambda: order.order_line.designate_serials(names))

        designate("warm", 2)
        few, many = designate("A", 5), designate("B", 1000)
        self._assert_no_more_queries(many, few)


@tagged("post_install", "-at_install")
class TestDesignateRights(DesignateCommon):
    """Who may promise units."""

    def test_when_a_salesman_designates_on_his_own_order_then_he_may_and_elsewhere_not(self):
        self._receive(["A1", "A2"])
        own, foreign = self._own_order(), self._order().with_user(self.salesman)
        foreign.sudo().user_id = self.env.user

        own.order_line.designate_serials(["A1"])

        with self.assertRaises(AccessError):
            foreign.order_line.designate_serials(["A2"])
        with self.assertRaises(AccessError):
            self._unit("A2").with_user(self.salesman).action_designate(self.customer, own.order_line)
        self._assert_designated(own, "A1")

    def test_when_others_try_then_refused(self):
        self._receive(["A1"])
        line = self._order().order_line
        for name, group in (("plain", "base.group_user"), ("portal", "base.group_portal")):
            user = new_test_user(self.env, f"{name} designates", group)
            with self.assertRaises(AccessError):
                line.with_user(user).designate_serials(["A1"])
        self.assertEqual(self._unit("A1").status, "available")

    def test_when_units_are_written_on_the_line_from_outside_then_refused(self):
        with self.assertRaisesRegex(UserError, "entered by the entry window"):
            self._own_order().order_line.write({"serial_draft": {"names": "A1"}})
