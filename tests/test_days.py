from datetime import date, datetime, timedelta

import pytz
from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import BaseCase, new_test_user, tagged

from ..tools.day import find_day, find_zone
from .common.warranty import WarrantyCommon

DAY = date(2026, 3, 20)
NEW_YORK, TOKYO = "America/New_York", "Asia/Tokyo"


@tagged("post_install", "-at_install")
class TestDayRules(BaseCase):
    """Which day a moment is on: no database."""

    def test_when_zones_are_given_then_the_first_that_there_is(self):
        for names, zone in (
            ((NEW_YORK, TOKYO), NEW_YORK),
            ((False, None, TOKYO), TOKYO),
            (("Nowhere/Else", TOKYO), TOKYO),
            ((False,), "UTC"),
            ((), "UTC"),
        ):
            with self.subTest(names=names):
                self.assertEqual(str(find_zone(*names)), zone)

    def test_when_a_moment_is_in_another_zone_then_its_day_is_that_zones(self):
        moment = datetime(2026, 3, 21, 2, 30)
        for name, day in ((NEW_YORK, DAY), ("UTC", date(2026, 3, 21)), (TOKYO, date(2026, 3, 21))):
            with self.subTest(zone=name):
                self.assertEqual(find_day(moment, find_zone(name)), day)


class DaysCommon(WarrantyCommon):
    """People who work in one time zone, and somebody who reads in another."""

    zone = "UTC"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.clerk | cls.manager).tz = cls.zone
        cls.reader = new_test_user(cls.env, "reader", "stock.group_stock_user", name="Reader", tz="Pacific/Kiritimati")

    def _at(self, hour, act, *arguments, day=DAY, **options):
        """Do something at an hour of the day, as clocks show it in the zone."""
        local = datetime.combine(day, datetime.strptime(hour, "%H:%M").time())
        with freeze_time(pytz.timezone(self.zone).localize(local).astimezone(pytz.utc).replace(tzinfo=None)):
            return act(*arguments, **options)

    def _sold(self, hour):
        """Return a unit that was received and shipped at an hour of the day."""
        self._at(hour, self._receive, ["A1"])
        return self._at(hour, self._ship, ["A1"]).move_ids.serial_ids

    def _run(self, cron):
        with self.enter_registry_test_mode():
            self.env.ref(f"serial_number_tracking.{cron}").method_direct_trigger()
        self.env.invalidate_all()


class DaysTests:
    """What holds in every time zone."""

    def test_when_received_and_sold_at_any_hour_then_on_the_day_of_the_clerks_clock(self):
        for hour in ("00:30", "12:00", "22:30"):
            with self.subTest(hour=hour), self.cr.savepoint() as savepoint:
                unit = self._sold(hour)
                facts = {"date_received": DAY, "date_sold": DAY}
                ends = {"warranty_end": date(2027, 3, 20), "vendor_warranty_end": date(2028, 3, 20)}
                self.assertRecordValues(unit.with_user(self.reader), [facts | ends])
                savepoint.rollback()

    def test_when_a_sold_unit_is_refused_elsewhere_then_with_that_day_in_the_readers_format(self):
        self._sold("22:30")
        self.env["res.lang"]._activate_lang("de_DE")
        for lang, text in (("en_US", "03/20/2026"), ("de_DE", "20.03.2026")):
            move = self._transfer("out", 1).move_ids.with_user(self.reader).with_context(lang=lang)
            with self.subTest(lang=lang):
                self.assertIn(text, move.check_serials(["A1"])[0]["message"])

    def test_when_invoiced_then_sold_on_the_day_of_the_invoice(self):
        self._at("12:00", self._receive, ["A1"])
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_date": DAY,
                "invoice_line_ids": [(0, 0, {"product_id": self.product.id, "quantity": 1})],
            }
        )
        invoice.invoice_line_ids.assign_serials(["A1"])

        self._at("22:30", invoice.action_post)

        self.assertRecordValues(self._unit("A1").with_user(self.reader), [{"date_sold": DAY}])

    def test_when_units_of_a_day_are_looked_for_then_everybody_finds_them(self):
        unit = self._sold("22:30")
        for user in (self.clerk, self.reader):
            report = self.env["serial.report"].with_user(user)
            report = report.create({"date_field": "date_sold", "date_from": DAY, "date_to": DAY})
            groups = self.register.with_user(user)._read_group([("id", "=", unit.id)], ["date_sold:day"])
            with self.subTest(user=user.name):
                self.assertIn(unit, self.register.search(report._get_domain()))
                self.assertEqual(groups, [(DAY,)])

    def test_when_registered_at_any_hour_then_today_and_not_tomorrow(self):
        unit = self._sold("00:30").with_user(self.clerk)
        with self.assertRaisesRegex(UserError, "03/21/2026 is still to come"):
            self._at("22:30", unit.action_register, self.other_customer, "2026-03-21")

        self._at("22:30", unit.action_register, self.other_customer)

        self.assertRecordValues(unit, [{"date_registered": DAY}])
        self.assertEqual(unit.event_ids[0].note, "03/20/2026")

    def test_when_the_last_day_of_a_warranty_ends_then_at_midnight_of_the_readers_clock(self):
        unit = self._sold("12:00").with_user(self.clerk)
        for hour, day, state in (("23:30", DAY, "ending"), ("00:30", DAY + timedelta(days=1), "expired")):
            with self.subTest(hour=hour):
                day = day.replace(year=2027)
                unit.invalidate_recordset(["warranty_state"])
                self.assertEqual(self._at(hour, lambda: unit.warranty_state, day=day), state)
                self.assertEqual(self._at(hour, unit.search, [("warranty_state", "=", state)], day=day) & unit, unit)

    def test_when_held_until_today_then_until_midnight_where_who_held_it_is(self):
        self._at("12:00", self._receive, ["A1"])
        unit = self._unit("A1").with_user(self.clerk)
        with self.assertRaisesRegex(UserError, "03/19/2026 is over"):
            self._at("00:30", unit.action_hold, "Check", "2026-03-19")
        self._at("23:30", unit.action_hold, "Check", DAY)
        self.assertEqual(unit.event_ids[0].note, "Check (until 03/20/2026)")

        self._at("23:45", self._run, "ir_cron_release_due")
        self.assertEqual(unit.status, "hold")
        self._at("00:30", self._run, "ir_cron_release_due", day=DAY + timedelta(days=1))

        self.assertEqual(unit.status, "available")
        self.assertEqual(unit.event_ids[0].note, "Hold ended on 03/20/2026.")

    def test_when_a_warranty_begins_to_end_then_its_follower_is_reminded_on_that_day(self):
        self.company.serial_warranty_user_id = self.manager
        self._sold("12:00")
        day = date(2027, 2, 18)  # 30 days before the end

        self._at("23:30", self._run, "serial_warranty_cron", day=day - timedelta(days=1))
        self.assertFalse(self.customer.activity_ids)
        self._at("00:30", self._run, "serial_warranty_cron", day=day)

        self.assertRecordValues(self.customer.activity_ids, [{"date_deadline": day}])


@tagged("post_install", "-at_install")
class TestDaysInNewYork(DaysTests, DaysCommon):
    zone = NEW_YORK


@tagged("post_install", "-at_install")
class TestDaysInTokyo(DaysTests, DaysCommon):
    zone = TOKYO


@tagged("post_install", "-at_install")
class TestDays(DaysTests, DaysCommon):
    zone = "UTC"

    def test_when_nobody_says_where_they_are_then_the_day_where_the_company_is(self):
        self.clerk.tz = False
        self.company.partner_id.tz = NEW_YORK
        self._receive(["A1"])

        with freeze_time("2026-03-21 02:30:00"):
            self._ship(["A1"])

        self.assertRecordValues(self._unit("A1"), [{"date_sold": DAY}])

    def test_when_a_sale_is_found_again_by_somebody_elsewhere_then_the_day_is_that_of_who_sold(self):
        self.clerk.tz = NEW_YORK
        self.manager.tz = TOKYO
        self._receive(["A1", "A2"])
        with freeze_time("2026-03-21 02:30:00"):
            delivery = self._ship(["A1", "A2"])
        returned = self._return_of(delivery, 1, ["A1"])
        wizard = self.env["serial.correct"].with_user(self.manager)
        wizard = wizard.browse(returned.with_user(self.manager).action_correct_serials()["res_id"])

        wizard.line_ids.name = "A2"
        wizard.action_apply()

        self.assertRecordValues(self._unit("A1"), [{"status": "sold", "date_sold": DAY}])
