from lxml import html

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .common.portal import PortalCommon
from .common.recall import NoticeCommon


@tagged("post_install", "-at_install")
class TestRecallNotice(NoticeCommon):
    """The notice says what the law wants, and nobody sends it unread or without instructions."""

    def test_when_there_are_no_instructions_then_nothing_is_sent(self):
        recall = self._story().with_user(self.manager)
        recall.instructions = "<p><br></p>"
        for act in (recall.action_review_email, recall.action_email):
            with self.assertRaisesRegex(UserError, "what customers are to do"):
                act()

    def test_when_it_is_to_be_sent_then_it_shows_who_gets_it_and_what_it_says(self):
        recall = self._story().with_user(self.manager)
        recall.instructions = "<p>Unplug it.</p>"

        window = self.env["serial.recall.email"].with_user(self.manager).browse(recall.action_review_email()["res_id"])

        self.assertEqual(window.recipients, "Customer <customer@example.com>")
        self.assertEqual(window.unreachable, "Other Customer")
        self.assertIn("Unplug it.", window.body)
        self.assertIn("Tell us what you have done", window.body)
        self.assertNotIn("href", window.body)
        self.assertIn("What can happen" if recall.hazard else "Hazard", f"{window.body}{window.missing}")
        window.action_send()
        self.assertEqual(self._notice(recall, self.customer).state, "queued")

    def test_when_all_is_said_then_the_notice_has_what_article_36_wants(self):
        recall = self._story()
        recall.write(
            {
                "hazard": "It can catch fire.",
                "remedy": "A new one, or your money back.",
                "contact": "0800 1234",
                "sold_where": "shops in Belgium",
            }
        )

        text = html.fromstring(self._notice(recall, self.customer)._render_notice()).text_content()

        for part in (
            *("Product safety recall", "Battery", "Phone", "A3", "shops in Belgium", "It can catch fire."),
            *("Stop using it.", "A new one", "0800 1234", recall.name),
        ):
            self.assertIn(part, text)

    def test_when_the_contact_has_several_lines_then_each_reads_in_its_own_direction(self):
        recall = self._story()
        recall.contact = "+32 2 555 01 00\nrecalls@example.com"

        notice = html.fromstring(self._notice(recall, self.customer)._render_notice())

        lines = [line.text for line in notice.xpath("//div/bdi[@dir='auto']")]
        self.assertEqual(lines, ["+32 2 555 01 00", "recalls@example.com"])

    def test_when_the_customer_reads_another_language_then_so_does_the_notice(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        recall = self._story()
        recall.hazard = "It can catch fire."
        recall.with_context(lang="fr_FR").hazard = "Risque d'incendie."
        self.customer.lang = "fr_FR"
        recall.with_user(self.manager).action_email()

        mail = self._send()[self.customer]

        self.assertIn("Risque d", mail.body_html)
        self.assertNotIn("catch fire", mail.body_html)


@tagged("post_install", "-at_install")
class TestRecallAnswer(NoticeCommon, HttpCase):
    """Customers answer by the link in their notice."""

    def _answer(self, notice, **data):
        path = notice._get_answer_url().removeprefix(notice.get_base_url())
        page = html.fromstring(self.url_open(path).text)
        (token,) = page.xpath("//form[@name='answer']//input[@name='csrf_token']/@value")
        return self.url_open(path, data={"csrf_token": token, **data})

    def test_when_a_customer_answers_then_the_recall_knows_and_they_count_as_reached(self):
        recall = self._story()
        notice = self._notice(recall, self.other_customer)

        self._answer(notice, answer="passed_on", text="To Ada")

        self.env.invalidate_all()
        self.assertRecordValues(notice, [{"answer": "passed_on", "answer_text": "To Ada", "is_notified": True}])
        self.assertEqual(recall.answered_count, 1)
        self.assertIn("To Ada", recall.message_ids[0].body)

    def test_when_who_answered_is_erased_then_so_is_what_they_said(self):
        recall = self._story()
        notice = self._notice(recall, self.other_customer)
        notice._take_answer("passed_on", "To Ada Lovelace")
        nobody = self.env["res.partner"].create({"name": "Nobody"})

        self.register._erase_person(self.other_customer, nobody, self.company)

        self.assertRecordValues(notice, [{"partner_id": nobody.id, "answer": "passed_on", "answer_text": False}])

    def test_when_the_link_is_not_theirs_then_nothing_is_shown(self):
        recall = self._story()
        one, other = self._notice(recall, self.customer), self._notice(recall, self.other_customer)
        for path in (f"/recall/{one.id}/{other._get_signature()}", f"/recall/{one.id}/x", "/recall/0/x"):
            with self.subTest(path=path):
                response = self.url_open(path)
                self.assertEqual(response.status_code, 404)
                self.assertNotIn("A3", response.text)

    def test_when_the_recall_has_ended_then_no_answer_is_taken(self):
        recall = self._story()
        notice = self._notice(recall, self.customer)
        recall.sudo()._close()
        self.assertFalse(notice._take_answer("stopped", ""))
        self.assertFalse(notice._take_answer("nonsense", ""))


@tagged("post_install", "-at_install")
class TestRecallPortal(PortalCommon):
    """The portal and the history sheet show an open recall."""

    def test_when_a_unit_is_recalled_then_its_owner_reads_it_with_a_link_to_what_to_do(self):
        unit = self._sell("A1")
        recall = self.env["serial.recall"].create({"reason": "It may catch fire"})
        recall._add_units(unit)
        recall.action_start()
        url = recall.notice_ids._get_answer_url()

        for path in ("", f"/{unit.id}"):
            page = self._get(path).text
            self.assertIn("It may catch fire", page)
            self.assertIn(url, page)

    def test_when_a_unit_is_recalled_then_its_history_sheet_says_so(self):
        unit = self._sell("A1")
        recall = self.env["serial.recall"].create({"reason": "Fire"})
        recall._add_units(unit)
        recall.action_start()
        reports = self.env["ir.actions.report"].with_user(self.clerk)
        sheet = reports._render_qweb_html("serial_number_tracking.action_report_serial_history", unit.ids)[0]
        self.assertIn(recall.name, sheet.decode())
