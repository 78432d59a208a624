from psycopg2.errors import SerializationFailure, UniqueViolation

from odoo import SUPERUSER_ID, Command
from odoo.exceptions import UserError, ValidationError
from odoo.service.model import retrying
from odoo.tests import tagged

from .common.at_once import AtOnceCommon


@tagged("post_install", "-at_install")
class TestConcurrency(AtOnceCommon):
    """Two users do the same at the same moment, on two real connections."""

    def test_when_two_receive_the_same_new_number_then_the_second_gets_the_message(self):
        first = self._prepare("in", self.stock, ["A1"])
        second = self._prepare("in", self.shelf, ["a1"])

        def lose(env):
            with self.assertRaises(UniqueViolation):
                self._validate(second)(env)

        self._race(self._validate(first), lose)

        self.assertEqual(self._statuses(), [("A1", "available")])

    def test_when_the_request_layer_handles_it_then_the_message_says_what_happened(self):
        first = self._prepare("in", self.stock, ["A1"])
        second = self._prepare("in", self.shelf, ["a1"])

        def lose(env):
            with self.assertRaisesRegex(ValidationError, "This serial number exists already for this product"):
                retrying(lambda: self._validate(second)(env), env)

        self._race(self._validate(first), lose)

        with self.registry.cursor() as cr, self.assertRaisesRegex(UserError, r"A1 \(Two at Once\) is in stock already"):
            self._validate(second)(self._env(cr))

    def test_when_a_call_is_sent_twice_at_once_then_it_is_done_once_and_answered_twice(self):
        receipt = self._prepare("in", self.stock, [""])
        asked = [{"id": receipt, "names": ["A1"]}]
        answers = []

        def call(env):
            answers.append(env["stock.picking"].process_serials(asked, key="at once"))
            env.flush_all()

        def lose(env):
            with self.assertRaises(SerializationFailure):
                call(env)

        self._race(call, lose)
        with self.registry.cursor() as cr:
            call(self._env(cr))  # as Odoo tries again
        self.assertTrue(answers[0][0]["ok"], answers)
        self.assertEqual(answers[0], answers[1])
        self.assertEqual(self._statuses(), [("A1", "available")])

    def test_when_two_give_one_imei_to_two_units_at_once_then_one_unit_has_it(self):
        names = [{"name": name, "identities": {"imei": ["356938035643809"]}} for name in ("A1", "A2")]
        first = self._prepare("in", self.stock, names[:1])
        second = self._prepare("in", self.shelf, names[1:])

        def lose(env):
            with self.assertRaises(SerializationFailure):
                self._validate(second)(env)

        self._race(self._validate(first), lose)

        with self.registry.cursor() as cr:
            env = self._env(cr)
            self._validate(second)(env)
            owners = env["serial.identity"].search([("serial_id.product_id", "=", self.product)]).serial_id
            self.assertEqual(owners.mapped("name"), ["A1"])
            self.assertEqual(env["serial.number"].search_count([("product_id", "=", self.product)]), 2)
            cr.rollback()

    def test_when_two_type_one_imei_for_two_units_at_once_then_the_second_is_refused(self):
        self._prepare("in", self.stock, ["A1"], done=True)
        self._prepare("in", self.shelf, ["A2"], done=True)

        def identify(name):
            def act(env):
                kind = env.ref("serial_number_tracking.serial_identity_kind_imei").id
                unit = env["serial.number"].search([("product_id", "=", self.product), ("name", "=", name)])
                env["serial.identity"].create({"serial_id": unit.id, "kind_id": kind, "name": "356938035643809"})
                env.flush_all()

            return act

        def lose(env):
            with self.assertRaises(UniqueViolation):
                identify("A2")(env)

        self._race(identify("A1"), lose)

        with self.registry.cursor() as cr:
            owners = self._env(cr)["serial.identity"].search([("serial_id.product_id", "=", self.product)]).serial_id
            self.assertEqual(owners.mapped("name"), ["A1"])

    def test_when_two_ship_the_same_unit_then_the_second_sees_after_its_retry_that_it_was_sold(self):
        self._prepare("in", self.stock, ["A1"], done=True)
        self._prepare("in", self.shelf, ["A2"], done=True)
        first = self._prepare("out", self.stock, ["A1"])
        second = self._prepare("out", self.shelf, ["A1"])

        def lose(env):
            with self.assertRaises(SerializationFailure):
                self._validate(second)(env)

        self._race(self._validate(first), lose)

        with self.registry.cursor() as cr, self.assertRaisesRegex(UserError, r"A1 \(Two at Once\) was sold to"):
            self._validate(second)(self._env(cr))
        self.assertEqual(self._statuses(), [("A1", "sold"), ("A2", "available")])

    def test_when_two_managers_number_the_same_placeholder_then_the_second_is_refused_and_renames_nothing(self):
        self._prepare("in", self.stock, [""], done=True)

        def number(name):
            def act(env):
                manager = env(user=SUPERUSER_ID)
                manager["serial.number"].search([("product_id", "=", self.product)]).name = name
                manager.flush_all()

            return act

        def lose(env):
            with self.assertRaisesRegex(UserError, "Somebody else has just changed Received w/out Serial"):
                retrying(lambda: number("A2")(env), env)

        self._race(number("A1"), lose)

        self.assertEqual(self._statuses(), [("A1", "available")])

    def test_when_two_placeholders_get_the_same_number_then_the_second_gets_the_message(self):
        self._prepare("in", self.stock, ["", ""], done=True)

        def number(position, name):
            def act(env):
                env["serial.number"].search([("product_id", "=", self.product)], order="id")[position].name = name
                env.flush_all()

            return act

        def lose(env):
            with self.assertRaises(UniqueViolation):
                number(1, "a1")(env)

        self._race(number(0, "A1"), lose)

        self.assertEqual(self._statuses(), [("A1", "available"), (False, "received")])

    def test_when_one_ships_what_another_holds_then_the_second_sees_after_its_retry_that_it_is_on_hold(self):
        self._prepare("in", self.stock, ["A1"], done=True)
        second = self._prepare("out", self.stock, ["A1"])

        def hold(env):
            env["serial.number"].search([("product_id", "=", self.product)]).action_hold("recall")

        def lose(env):
            with self.assertRaises(SerializationFailure):
                self._validate(second)(env)

        self._race(hold, lose)

        with self.registry.cursor() as cr, self.assertRaisesRegex(UserError, r"is on hold \(recall\)"):
            self._validate(second)(self._env(cr))
        self.assertEqual(self._statuses(), [("A1", "hold")])

    def test_when_two_designate_the_same_unit_then_the_second_sees_after_its_retry_that_it_is_promised(self):
        self._prepare("in", self.stock, ["A1"], done=True)

        def designate(env):
            unit = env["serial.number"].search([("product_id", "=", self.product)])
            unit.action_designate(self.partner)

        def lose(env):
            with self.assertRaises(SerializationFailure):
                designate(env)

        self._race(designate, lose)

        with self.registry.cursor() as cr, self.assertRaisesRegex(UserError, r"A1 \(Two at Once\): Designated"):
            designate(self._env(cr))
        self.assertEqual(self._statuses(), [("A1", "designated")])

    def test_when_one_designates_what_another_ships_then_the_second_sees_after_its_retry_that_it_was_sold(self):
        self._prepare("in", self.stock, ["A1"], done=True)
        delivery = self._prepare("out", self.stock, ["A1"])

        def designate(env):
            env["serial.number"].search([("product_id", "=", self.product)]).action_designate(self.partner)

        def lose(env):
            with self.assertRaises(SerializationFailure):
                designate(env)

        self._race(self._validate(delivery), lose)

        with self.registry.cursor() as cr, self.assertRaisesRegex(UserError, r"A1 \(Two at Once\): Sold"):
            designate(self._env(cr))
        self.assertEqual(self._statuses(), [("A1", "sold")])

    def _order(self, quantity):
        """Commit a confirmed sales order; return the id of its line."""
        with self.registry.cursor() as cr:
            line = Command.create({"product_id": self.product, "product_uom_qty": quantity})
            order = self._env(cr, SUPERUSER_ID)["sale.order"].create({"partner_id": self.partner, "order_line": [line]})
            order.action_confirm()
            return order.order_line.id

    def _designate_to(self, line, name, by_window=False):
        def act(env):
            env = env(user=SUPERUSER_ID)
            if by_window:
                env["sale.order.line"].browse(line).designate_serials([name])
            else:
                unit = env["serial.number"].search([("product_id", "=", self.product), ("name", "=", name)])
                unit.action_designate(self.partner, line)

        return act

    def test_when_two_designate_different_units_to_one_line_then_the_second_is_refused_after_its_retry(self):
        self._prepare("in", self.stock, ["A1", "A2"], done=True)
        line = self._order(1)
        second = self._designate_to(line, "A2")

        def lose(env):
            with self.assertRaises(SerializationFailure):
                second(env)

        self._race(self._designate_to(line, "A1"), lose)

        with (
            self.registry.cursor() as cr,
            self.assertRaisesRegex(UserError, "takes 0 more units of Two at Once, not 1"),
        ):
            second(self._env(cr))
        self.assertEqual(self._statuses(), [("A1", "designated"), ("A2", "available")])

    def test_when_two_enter_units_for_one_line_then_the_second_is_tried_again_and_replaces_them(self):
        self._prepare("in", self.stock, ["A1", "A2"], done=True)
        line = self._order(1)
        second = self._designate_to(line, "A2", by_window=True)

        def lose(env):
            with self.assertRaises(SerializationFailure):
                second(env)

        self._race(self._designate_to(line, "A1", by_window=True), lose)

        with self.registry.cursor() as cr:
            second(self._env(cr))
        self.assertEqual(self._statuses(), [("A1", "available"), ("A2", "designated")])
