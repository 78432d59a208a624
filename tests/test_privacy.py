import base64
import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SerialCommon


@tagged("post_install", "-at_install")
class TestPrivacy(SerialCommon):
    """An end user asks what is kept of them, and to be erased."""

    def setUp(self):
        super().setUp()
        self.jane = self.env["res.partner"].create({"name": "Jane Roe", "email": "jane@example.com", "phone": "+32 1"})
        self._receive(["A1", "A2"])
        self._ship(["A1", "A2"])
        unit = self._unit("A1").with_user(self.clerk)
        unit.action_register(self.jane, channel="Web shop")
        unit.note = "Jane Roe called: jane@example.com"

    def _open(self, user=None):
        window = self.env["serial.privacy"].with_user(user or self.manager)
        return window.with_context(active_model="res.partner", active_id=self.jane.id).create({})

    def test_when_the_data_are_exported_then_units_and_history_are_in_the_file(self):
        window = self._open()
        self.assertEqual((window.unit_count, window.event_count, window.bought_count), (1, 1, 0))
        window.action_export()
        told = json.loads(base64.b64decode(window.file))
        self.assertEqual(told["email"], "jane@example.com")
        self.assertEqual([unit["name"] for unit in told["units"]], ["A1"])
        self.assertEqual([event["event"] for event in told["units"][0]["history"]], ["registered"])

    def test_when_the_data_are_erased_then_nothing_names_the_person_and_the_history_stays(self):
        unit = self._unit("A1")
        kinds, registered = unit.event_ids.mapped("kind"), unit.date_registered
        self._open().action_erase()

        self.assertFalse(unit.end_user_id or unit.registration_channel)
        self.assertEqual(unit.date_registered, registered)
        self.assertEqual(unit.event_ids.mapped("kind"), ["corrected", *kinds])
        texts = [*unit.event_ids.mapped("partner_id.name"), unit.note, *unit.event_ids.mapped("note")]
        self.assertIn("erased", texts)
        self.assertNotIn("Jane", str(texts))
        self.assertNotIn("jane@", str(texts))
        self.assertEqual(unit.customer_id, self.customer)
        self.assertEqual(unit.event_ids.filtered("move_id").partner_id, self.vendor | self.customer)

    def test_when_the_end_user_changed_then_the_history_before_is_erased_too(self):
        self._unit("A1").with_user(self.clerk).action_register(self.other_customer)
        self.assertEqual(self._open().unit_count, 0)
        self._open().action_erase()
        unit = self._unit("A1")
        self.assertEqual(unit.end_user_id, self.other_customer)
        self.assertNotIn("Jane", str(unit.event_ids.mapped("note")))
        self.assertNotIn(self.jane, unit.event_ids.partner_id)

    def test_when_the_end_user_was_corrected_by_hand_or_by_file_then_their_name_is_erased(self):
        units = self._unit("A1") | self._unit("A2")
        for unit in units:
            unit.with_user(self.manager).end_user_id = self.jane
        units[0].with_user(self.manager).end_user_id = self.other_customer
        rows = [["A2", "Phone", "Other Customer"]]
        result = self.register.with_user(self.manager).load(["name", "product_id", "end_user_id"], rows)
        self.assertTrue(result["ids"], result)
        window = self._open()
        self.assertEqual(window.event_count, 4)  # one is the registration
        window.action_export()
        told = json.loads(base64.b64decode(window.file))
        self.assertEqual([len(unit["history"]) for unit in told["units"]], [2, 2])

        window.action_erase()
        self.assertNotIn("Jane Roe", str(units.event_ids.mapped("note")))
        self.assertIn("erased → Other Customer", str(units.event_ids.mapped("note")))
        self.assertIn(self.customer, units.event_ids.partner_id)
        self.assertEqual(units.end_user_id, self.other_customer)

    def test_when_the_name_is_written_otherwise_or_short_then_it_is_erased_from_notes(self):
        unit = self._unit("A1").with_user(self.manager)
        for name, note, erased in (
            ("Zoë Müller", "called: ZOË MÜLLER (Jane@Example.com)", "called: erased (erased)"),
            ("Li", "Li asked for a Lithium cell", "erased asked for a Lithium cell"),
            ("李娜", "给李娜寄出", "给erased寄出"),
            ("J. (R.) Roe+", "by J. (R.) Roe+", "by erased"),
        ):
            with self.subTest(name=name):
                self.jane.write({"name": name, "email": "jane@example.com"})
                unit.action_register(self.jane)
                unit.note = note
                self._open().action_erase()
                self.assertEqual(unit.note, erased)
                self.assertNotIn(note, str(unit.event_ids.mapped("note")))

    def test_when_nothing_is_left_then_it_says_so(self):
        self._open().action_erase()
        with self.assertRaisesRegex(UserError, "No unit"):
            self._open().action_erase()

    def test_when_the_person_bought_the_unit_then_the_sale_stays(self):
        self._receive(["B1"])
        self._ship(["B1"], partner=self.jane)
        self.assertEqual(self._open().bought_count, 1)
        self._open().action_erase()
        self.assertEqual(self._unit("B1").customer_id, self.jane)

    def test_when_a_recall_told_the_person_then_its_notice_names_nobody(self):
        recall = self.env["serial.recall"].create({"reason": "Why"})
        recall._add_units(self._unit("A1"))
        recall.action_start()
        self.assertIn(self.jane, recall.notice_ids.partner_id)
        self._open().action_erase()
        self.assertNotIn(self.jane, recall.notice_ids.partner_id | recall.notice_ids.contact_id)

    def test_when_somebody_is_no_manager_then_refused(self):
        for user in (self.clerk, self._make_stranger("stock.group_stock_user")):
            with self.assertRaises(AccessError):
                self._open(user)
