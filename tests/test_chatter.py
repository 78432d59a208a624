from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import SerialCommon


@tagged("post_install", "-at_install")
class TestChatter(SerialCommon):
    """People talk about a unit, follow it and plan things; none of it is its history."""

    def _talk(self, unit, user):
        """Write, attach a photo, plan something and follow, as a user does."""
        unit = unit.with_user(user)
        unit.message_post(body="Scratched", attachments=[("photo.png", b"\x89PNG")])
        unit.activity_schedule("mail.mail_activity_data_todo", summary="Look at it", user_id=user.id)
        unit.message_subscribe(user.partner_id.ids)

    def test_when_units_are_received_and_shipped_then_nobody_follows_and_nothing_is_said(self):
        self.env = self.env(context={})
        with self._record_queries() as queries:
            self._receive(["A1", "A2"])
            self._ship(["A1"])
        unit = self._unit("A1")
        self.assertFalse(unit.message_ids or unit.message_follower_ids or unit.activity_ids)
        told = [query for query in map(str, queries) if "mail_" in query and "serial.number" in query]
        self.assertFalse(told)

    def test_when_somebody_talks_about_a_unit_then_its_history_stays(self):
        self._receive(["A1"])
        unit = self._unit("A1")
        events = unit.event_ids
        self._talk(unit, self.clerk)
        self.assertEqual(unit.event_ids, events)
        self.assertEqual(unit.message_ids[0].attachment_ids.name, "photo.png")
        with self.assertRaises(UserError):
            unit.event_ids.write({"note": "Never"})

    def test_when_two_rows_become_one_then_talk_plans_followers_and_photos_go_along(self):
        self._receive(["A1"])
        self._ship(blanks=1)
        blank, other = self._units("issued"), self._unit("A1")
        self._talk(blank, self.manager)
        self._talk(other, self.manager)
        self._talk(other, self.clerk)

        blank.with_user(self.clerk).name = "A1"

        self.assertFalse(other.exists())
        self.assertEqual(blank.message_partner_ids, (self.manager | self.clerk).partner_id)
        self.assertEqual(len(blank.activity_ids), 3)
        self.assertEqual(len(blank.message_ids.filtered(lambda message: "Scratched" in message.body)), 3)
        files = self.env["ir.attachment"].search([("res_model", "=", "serial.number"), ("res_id", "=", blank.id)])
        self.assertEqual(len(files), 3)

    def test_when_a_seller_looks_a_unit_up_then_he_may_talk_and_not_change_it(self):
        seller = new_test_user(self.env, "seller", "sales_team.group_sale_salesman")
        self._receive(["A1"])
        self._talk(self._unit("A1"), seller)
        self.assertTrue(self._unit("A1").activity_ids)
        with self.assertRaises(AccessError):
            self._unit("A1").with_user(seller).note = "Changed"

    def test_when_a_portal_user_follows_a_unit_then_he_sees_it_no_more_than_before(self):
        portal = new_test_user(self.env, "visitor", "base.group_portal")
        self._receive(["A1"])
        unit = self._unit("A1")
        with self.assertRaises(AccessError):
            unit.with_user(portal).message_post(body="Mine")  # but who follows may answer, as by e-mail
        self._talk(unit, self.clerk)
        unit.message_subscribe(portal.partner_id.ids)
        message = unit.message_ids[0]
        for records, field in (
            (unit, "name"),
            (message, "body"),
            (message.attachment_ids, "datas"),
            (unit.activity_ids, "summary"),
        ):
            with self.subTest(records._name), self.assertRaises(AccessError):
                records.with_user(portal).read([field])

    def test_when_a_user_is_of_another_company_then_the_talk_is_none_of_his(self):
        stranger = self._make_stranger("stock.group_stock_user")
        self._receive(["A1"])
        self._talk(self._unit("A1"), self.clerk)
        for act in (
            lambda: self._unit("A1").message_ids[0].with_user(stranger).read(["body"]),
            lambda: self._unit("A1").with_user(stranger).message_post(body="Mine"),
            lambda: self._unit("A1").activity_ids.with_user(stranger).read(["summary"]),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_when_units_have_activities_then_filters_find_them(self):
        self._receive(["A1", "A2"])
        self._talk(self._unit("A1"), self.clerk)
        units = self.register.with_user(self.clerk)
        self.assertEqual(units.search([("my_activity_date_deadline", "=", "today")]).name, "A1")
        self.assertEqual(units.search([("activity_user_id", "=", self.clerk.id)]).name, "A1")

    def test_when_a_list_writes_activities_and_followers_then_it_is_no_fact_of_the_unit(self):
        self._receive(["A1"])
        unit = self._unit("A1").with_user(self.clerk)
        kinds = unit.event_ids.mapped("kind")
        vals = {"activity_type_id": self.env.ref("mail.mail_activity_data_todo").id, "user_id": self.clerk.id}
        vals["res_model_id"] = self.env["ir.model"]._get_id("serial.number")
        unit.write({"activity_ids": [Command.create(vals)]})
        self.assertEqual(len(unit.activity_ids), 1)
        self.assertEqual(unit.event_ids.mapped("kind"), kinds)
