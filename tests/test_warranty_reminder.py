from freezegun import freeze_time
from lxml import etree

from odoo.tests import tagged

from .common.warranty import TODAY, WarrantyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-14 12:00:00")
class TestReminder(WarrantyCommon):
    """A daily activity on each customer whose warranties end in the next 30 days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.serial_warranty_user_id = cls.manager

    def _import(self, **ends):
        vals = {"product_id": self.product.id, "status": "sold", "customer_id": self.customer.id}
        return self.register.create([{**vals, "name": name, "warranty_end": end} for name, end in ends.items()])

    def _remind(self):
        with self.enter_registry_test_mode():
            self.env.ref("serial_number_tracking.serial_warranty_cron").method_direct_trigger()

    def _activities(self, partner=None):
        return (partner or self.customer).activity_ids

    def test_when_warranties_end_soon_then_one_activity_on_the_customer_names_them(self):
        units = self._import(A1="2026-04-13", A2="2026-03-20", LATE="2026-04-14", OVER="2026-03-13")
        units[0].end_user_id = self.other_customer

        self._remind()

        self.assertRecordValues(
            self._activities(),
            [
                {
                    "user_id": self.manager.id,
                    "date_deadline": TODAY,
                    "summary": "Warranties that end by 04/13/2026: 2",
                }
            ],
        )
        lines = etree.fromstring(self._activities().note).findall("li")
        self.assertEqual(
            ["".join(line.itertext()) for line in lines],
            ["03/20/2026: A2, Phone", "04/13/2026: A1, Phone (Other Customer)"],
        )
        links = [(line.find("a").get("data-oe-model"), line.find("a").get("data-oe-id")) for line in lines]
        self.assertEqual(links, [("serial.number", str(units[1].id)), ("serial.number", str(units[0].id))])

    def test_when_it_runs_again_then_not_twice_for_the_same_end(self):
        unit = self._import(A1="2026-03-20")
        self._remind()

        self._remind()
        self.assertEqual(len(self._activities()), 1)

        unit.warranty_end = "2026-03-25"
        self._remind()
        self.assertEqual(len(self._activities()), 2)

    def test_when_the_activity_is_done_then_it_does_not_come_back(self):
        self._import(A1="2026-03-20")
        self._remind()
        self._activities().action_done()

        self._remind()

        self.assertFalse(self._activities())

    def test_when_nobody_follows_warranties_then_no_activity_until_somebody_does(self):
        self._import(A1="2026-03-20")
        self.company.serial_warranty_user_id = False
        self._remind()
        self.assertFalse(self._activities())

        self.company.serial_warranty_user_id = self.manager
        self._remind()
        self.assertEqual(len(self._activities()), 1)

    def test_when_units_were_sold_to_nobody_then_on_the_company_itself(self):
        self._import(A1="2026-03-20").customer_id = False

        self._remind()

        self.assertEqual(len(self._activities(self.company.partner_id)), 1)

    def test_when_another_company_has_nobody_then_its_units_stay_out(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.register.with_context(allowed_company_ids=[self.company.id, other.id]).create(
            {
                "name": "A1",
                "product_id": self.product.id,
                "company_id": other.id,
                "status": "sold",
                "customer_id": self.customer.id,
                "warranty_end": "2026-03-20",
            }
        )

        self._remind()

        self.assertFalse(self._activities())

    def test_when_a_customer_has_very_many_then_the_rest_is_counted(self):
        self._import(**{f"A{number:03}": "2026-03-20" for number in range(53)})

        self._remind()

        lines = etree.fromstring(self._activities().note).findall("li")
        self.assertEqual(len(lines), 51)
        self.assertIn("And 3 more", lines[-1].text)

    def test_when_a_number_is_markup_then_it_is_text_in_the_activity(self):
        self._import(**{"<script>alert(1)</script>": "2026-03-20"})

        self._remind()

        note = etree.fromstring(self._activities().note)
        self.assertFalse(note.findall(".//script"))
        self.assertIn("<script>alert(1)</script>", "".join(note.itertext()))
