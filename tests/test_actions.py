from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common.base import SerialCommon


class ActionCommon(SerialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.every_status = ("expected", "received", "available", "designated", "hold", "sold", "issued", "void")

    def _unit_as(self, status):
        """Return a unit with this status, as the serial manager sees it."""
        if status in ("expected", "void"):
            vals = {"name": status, "product_id": self.product.id, "status": status}
            return self.register.with_user(self.manager).create(vals)
        blank = status in ("received", "issued")
        names = [] if blank else [status]
        unit = self._receive(names, blanks=int(blank)).move_ids.serial_ids
        if status in ("sold", "issued"):
            unit = self._ship(names, blanks=int(blank)).move_ids.serial_ids
        if status == "designated":
            unit.action_designate(self.customer)
        if status == "hold":
            unit.action_hold("recall")
        self.assertEqual(unit.status, status)
        return unit.with_user(self.manager)

    def _assert_only_from(self, allowed, act):
        """Assert that an act is refused, with the unit's name, in all other statuses."""
        for status in self.every_status:
            unit = self._unit_as(status)
            if status in allowed:
                act(unit)
            else:
                with self.assertRaisesRegex(UserError, unit.display_name):
                    act(unit)
                self.assertEqual(unit.status, status)


@tagged("post_install", "-at_install")
class TestActions(ActionCommon):
    """What people do to units by hand."""

    def test_when_held_then_only_from_available_designated_or_hold(self):
        self._assert_only_from(("available", "designated", "hold"), lambda unit: unit.action_hold("recall"))

    def test_when_released_then_only_from_hold_or_designated(self):
        self._assert_only_from(("hold", "designated"), lambda unit: unit.action_release())

    def test_when_designated_then_only_from_available(self):
        self._assert_only_from(("available",), lambda unit: unit.action_designate(self.customer))

    def test_when_voided_then_from_anything_but_void(self):
        allowed = [status for status in self.every_status if status != "void"]
        self._assert_only_from(allowed, lambda unit: unit.action_void("lost"))

    def test_when_registered_then_only_from_sold(self):
        self._assert_only_from(("sold",), lambda unit: unit.action_register(self.customer))

    def test_when_held_then_reason_is_kept_and_the_promise_ends(self):
        unit = self._unit_as("designated").with_user(self.clerk)

        unit.action_hold("recall 7")

        self.assertRecordValues(unit, [{"status": "hold", "hold_reason": "recall 7", "customer_id": False}])
        self.assertRecordValues(
            unit.event_ids[0], [{"kind": "held", "status_from": "designated", "status_to": "hold", "note": "recall 7"}]
        )

    def test_when_released_then_reason_and_customer_end(self):
        for status in ("hold", "designated"):
            unit = self._unit_as(status).with_user(self.clerk)

            unit.action_release()

            self.assertRecordValues(unit, [{"status": "available", "hold_reason": False, "customer_id": False}])
            self.assertEqual(unit.event_ids[0].kind, "released")

    def test_when_designated_by_ids_as_other_systems_do_then_customer_and_line_are_kept(self):
        order = self._order()
        unit = self._unit_as("available").with_user(self.clerk)

        unit.action_designate(self.customer.id, order.order_line.id)

        self.assertRecordValues(
            unit, [{"status": "designated", "customer_id": self.customer.id, "sale_line_id": order.order_line.id}]
        )
        self.assertRecordValues(unit.event_ids[0], [{"kind": "designated", "partner_id": self.customer.id}])

    def test_when_designated_to_nobody_then_refused(self):
        unit = self._unit_as("available")
        for nobody in (False, None, self.env["res.partner"], 0):
            with self.assertRaises(UserError):
                unit.action_designate(nobody)

    def test_when_an_id_does_not_exist_then_refused(self):
        sold, available = self._unit_as("sold"), self._unit_as("available")
        with self.assertRaisesRegex(UserError, "999999999"):
            available.action_designate(999_999_999)
        with self.assertRaisesRegex(UserError, "999999999"):
            sold.action_register(999_999_999)

    def test_when_voided_in_stock_then_it_still_counts_there(self):
        unit = self._unit_as("available")

        unit.action_void("broken")

        self.assertRecordValues(unit, [{"status": "void", "location_id": self.stock.id}])
        self.assertRecordValues(unit.event_ids[0], [{"kind": "voided", "note": "broken"}])
        self.assertAddsUp()

    def test_when_restored_in_stock_then_available_or_received(self):
        for status, after in (("available", "available"), ("received", "received")):
            unit = self._unit_as(status)
            unit.action_void("mistake")

            unit.action_restore()

            self.assertRecordValues(unit, [{"status": after}])
            self.assertEqual(unit.event_ids[0].kind, "restored")
        self.assertAddsUp()

    def test_when_restored_out_of_stock_then_refused(self):
        with self.assertRaisesRegex(UserError, "not in stock.*void"):
            self._unit_as("void").action_restore()

    def test_when_restored_and_not_void_then_refused(self):
        with self.assertRaisesRegex(UserError, "available"):
            self._unit_as("available").action_restore()

    def test_when_registered_then_end_user_day_and_channel_are_kept(self):
        unit = self._unit_as("sold").with_user(self.clerk)

        unit.action_register(self.other_customer.id, channel="web")

        self.assertRecordValues(
            unit,
            [
                {
                    "status": "sold",
                    "customer_id": self.customer.id,
                    "end_user_id": self.other_customer.id,
                    "date_registered": fields.Date.context_today(unit),
                    "registration_channel": "web",
                }
            ],
        )
        self.assertRecordValues(unit.event_ids[0], [{"kind": "registered", "partner_id": self.other_customer.id}])

    def test_when_registered_with_a_day_as_text_then_that_day(self):
        unit = self._unit_as("sold").with_user(self.clerk)

        unit.action_register(self.other_customer.id, "2026-02-28")

        self.assertEqual(unit.date_registered, fields.Date.to_date("2026-02-28"))

    def test_when_one_of_several_cannot_then_none_is_changed(self):
        units = self._unit_as("available") | self._unit_as("sold")

        with self.assertRaisesRegex(UserError, r"- sold \(Phone\): Sold"):
            units.action_hold("recall")
        self.assertEqual(units.mapped("status"), ["available", "sold"])

    def test_when_thousands_are_changed_then_queries_stay_the_same(self):
        self._receive([f"A{number}" for number in range(300)])
        units = self._units().with_user(self.clerk)
        units[:1].action_hold("warm")

        few = self._count_queries(lambda: units[1:3].action_hold("few"))
        many = self._count_queries(lambda: units[3:].action_hold("many"))

        self._assert_no_more_queries(many, few)

    def test_when_a_clerk_voids_or_restores_then_refused(self):
        unit = self._unit_as("available").with_user(self.clerk)
        for act in (lambda: unit.action_void("lost"), unit.action_restore, lambda: unit.write({"status": "void"})):
            with self.assertRaises(AccessError):
                act()


@tagged("post_install", "-at_install")
class TestWriteStatus(ActionCommon):
    """Writing the status directly takes the same road, or is refused."""

    def test_when_status_is_written_then_it_is_checked_and_logged(self):
        roads = (
            ({"status": "hold", "hold_reason": "recall"}, "held"),
            ({"status": "available"}, "released"),
            ({"status": "designated", "customer_id": self.customer.id}, "designated"),
            ({"status": "void"}, "voided"),
            ({"status": "available"}, "restored"),
        )
        unit = self._unit_as("available")
        for vals, kind in roads:
            unit.write(vals)
            self.assertEqual((unit.status, unit.event_ids[0].kind), (vals["status"], kind))

    def test_when_a_document_gives_the_status_then_refused(self):
        unit = self._unit_as("available")
        for status in ("sold", "issued", "received", "expected"):
            with self.assertRaisesRegex(UserError, "available becomes"):
                unit.status = status

    def test_when_a_sold_unit_is_written_available_then_refused(self):
        with self.assertRaises(UserError):
            self._unit_as("sold").status = "available"

    def test_when_a_status_does_not_exist_then_refused(self):
        with self.assertRaises(UserError):
            self._unit_as("available").status = "lost"


@tagged("post_install", "-at_install")
class TestStatusChange(SerialCommon):
    """The window that changes selected units."""

    def _change(self, units, action, **vals):
        context = {"active_model": "serial.number", "active_ids": units.ids, "default_action": action}
        form = Form(self.env["serial.status.change"].with_user(self.manager).with_context(**context))
        for name, value in vals.items():
            form[name] = value
        return form.save()

    def test_when_each_action_is_applied_then_units_change(self):
        self._receive(["A1", "A2"])
        units = self._units()
        recall = self.env.ref("serial_number_tracking.serial_hold_reason_recall")
        steps = (
            ("hold", {"hold_reason_id": recall}, "hold"),
            ("release", {}, "available"),
            ("designate", {"partner_id": self.customer}, "designated"),
            ("void", {"reason": "lost"}, "void"),
            ("restore", {}, "available"),
        )
        for action, vals, status in steps:
            self._change(units, action, **vals).action_apply()
            self.assertEqual(units.mapped("status"), [status, status])

    def test_when_opened_by_who_is_no_manager_then_only_what_they_may_do_is_offered(self):
        for user, offered in (
            (self.clerk, "hold release designate"),
            (self.manager, "hold release designate void restore"),
        ):
            choices = self.env["serial.status.change"].with_user(user).fields_get(["action"])["action"]["selection"]
            self.assertEqual([action for action, label in choices], offered.split())

    def test_when_units_are_selected_then_what_all_of_them_can_do_is_offered(self):
        self._receive(["A1", "A2", "A3", "A4"], blanks=1)
        self._ship(["A4"])
        self._unit("A2").action_hold("Broken")
        self._unit("A3").with_user(self.manager).action_void("Lost")
        for names, user, offered in (
            ("A1", self.clerk, "hold designate"),
            ("A2", self.manager, "hold release void"),
            ("A1 A2", self.manager, "hold void"),
            ("A3", self.manager, "restore"),
            ("A4", self.manager, "void"),
            ("A4", self.clerk, ""),
            ("A2 A3", self.manager, ""),
        ):
            units = self._units().filtered(lambda unit, names=names: (unit.name or "-") in names)
            context = {"active_model": "serial.number", "active_ids": units.ids}
            form = Form(self.env["serial.status.change"].with_user(user).with_context(**context))
            with self.subTest(units=names, user=user.login):
                self.assertEqual(form.possible or [], offered.split())
                self.assertEqual(bool(form.obstacle), not offered)
                self.assertIn(form.action, offered.split() or ["hold"])

    def test_when_a_void_unit_lies_elsewhere_then_it_is_not_offered_to_restore_it(self):
        self._receive(["A1"])
        self._ship(["A1"])
        self._unit("A1").with_user(self.manager).action_void("Burnt")
        context = {"active_model": "serial.number", "active_ids": self._units().ids}
        form = Form(self.env["serial.status.change"].with_user(self.manager).with_context(**context))
        self.assertFalse(form.possible)
        self.assertIn("Void: 1", form.obstacle)

    def test_when_the_reason_is_missing_then_refused(self):
        self._receive(["A1"])
        change = (
            self.env["serial.status.change"]
            .with_user(self.clerk)
            .create({"serial_ids": self._units().ids, "action": "hold"})
        )
        with self.assertRaises(UserError):
            change.action_apply()

    def test_when_one_of_the_units_cannot_then_none_is_changed(self):
        self._receive(["A1", "A2"])
        self._ship(["A2"])
        with self.assertRaisesRegex(UserError, "A2"):
            self._change(self._units(), "release").action_apply()
        self.assertEqual(self._unit("A1").status, "available")
