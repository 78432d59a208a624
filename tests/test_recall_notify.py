import io

from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfReader

from ..models.recall import emails
from .common.recall import HOSTILE, RENDERING, NoticeCommon

NAMES = [HOSTILE, "设备一", "L" * 128]


@tagged("post_install", "-at_install")
class TestRecallEmail(NoticeCommon):
    """An e-mail per customer, with the units of that customer in it."""

    def test_when_customers_are_emailed_then_each_gets_their_own_units(self):
        self.other_customer.email = "other@example.com"
        recall = self._story().with_user(self.manager)
        recall.instructions = "<p>Send them back.</p>"

        message = recall.action_email()["params"]["message"]
        self.assertIn("being sent: 2.", message)
        self.assertEqual(recall.notice_ids.mapped("state"), ["queued", "queued"])
        mails = self._send()

        self.assertEqual(set(mails), {self.customer, self.other_customer})
        mail = mails[self.customer]
        self.assertEqual(mail.subject, f"Product safety recall {recall.name}: Battery")
        self.assertEqual(self._names_in(mail.body_html), ["A3"])
        self.assertEqual(self._names_in(mails[self.other_customer].body_html), ["A4"])
        self.assertIn("Send them back.", mail.body_html)
        self.assertEqual(mail.state, "outgoing")

    def test_when_no_email_can_be_made_for_one_then_the_others_get_theirs_and_the_recall_says_why(self):
        self.other_customer.email = "other@example.com"
        recall = self._story().with_user(self.manager)
        recall.sudo().template_id.subject = "{{ 1 / (object.partner_id.name != 'Other Customer') }}"
        recall.action_email()

        with mute_logger("odoo.addons.serial_number_tracking.models.recall.emails", *RENDERING):
            mails = self._send()

        self.assertEqual(set(mails), {self.customer})
        self.assertEqual(self._notice(recall, self.customer).state, "queued")
        self.assertEqual(self._notice(recall, self.other_customer).state, "todo")
        self.assertIn("no e-mail to Other Customer", recall.message_ids[0].body)

    def test_when_numbers_are_hostile_then_the_email_shows_them_as_they_are(self):
        self._receive(NAMES)
        self._ship(NAMES)
        recall = self._recall(NAMES, reason="<b>&'\"").with_user(self.manager)
        recall.action_start()
        recall.action_email()

        body = self._send()[self.customer].body_html

        self.assertEqual(set(self._names_in(body)), set(NAMES))
        tree = html.fromstring(body)
        self.assertFalse(tree.xpath("//script"))
        self.assertEqual(tree.xpath("//strong")[0].text_content(), "<b>&'\"")

    def test_when_somebody_has_no_address_then_they_are_named_and_marked_by_hand(self):
        recall = self._story().with_user(self.manager)

        message = recall.action_email()["params"]["message"]
        self._deliver(self._send()[self.customer])

        self.assertIn("1 have no address: Other Customer", message)
        notice = self._notice(recall, self.other_customer)
        self.assertEqual(notice.state, "todo")
        notice.with_user(self.clerk).action_mark_notified()
        self.assertEqual(notice.state, "told")
        self.assertEqual(recall.notified_count, 2)
        notice.with_user(self.clerk).action_reset()
        self.assertEqual(recall.notified_count, 1)

    def test_when_emailed_twice_then_nobody_gets_it_twice(self):
        recall = self._story().with_user(self.manager)
        recall.action_email()
        with self.assertRaisesRegex(UserError, "e-mail address"):
            recall.action_email()
        self.assertEqual(len(self._send()), 1)
        with self.assertRaisesRegex(UserError, "e-mail address"):
            recall.action_email()
        self.assertFalse(self._send())

    def test_when_sent_again_on_purpose_then_it_is(self):
        recall = self._story().with_user(self.manager)
        recall.action_email()
        self._send()

        self._notice(recall, self.customer).action_email()

        self.assertEqual(list(self._send()), [self.customer])

    def test_when_it_is_sent_again_then_the_customer_stays_notified_whatever_becomes_of_it(self):
        recall = self._story().with_user(self.manager)
        recall.action_email()
        self._deliver(self._send()[self.customer])
        notice = self._notice(recall, self.customer)
        told = notice.date_notified

        notice.action_email()
        self.assertRecordValues(notice, [{"state": "queued", "is_notified": True, "date_notified": told}])
        mail = self._send()[self.customer]
        self.assertEqual(notice.state, "queued")
        mail.write({"state": "exception"})

        self.assertRecordValues(notice, [{"state": "failed", "is_notified": True, "date_notified": told}])
        self.assertEqual(recall.notified_count, 1)
        recall.action_cancel()
        self.assertRecordValues(notice, [{"state": "sent", "is_notified": True, "date_notified": told}])

    def test_when_an_email_is_made_then_its_customer_is_notified_once_it_is_sent(self):
        recall = self._story().with_user(self.manager)
        recall.action_email()
        mail = self._send()[self.customer]
        notice = self._notice(recall, self.customer)
        self.assertRecordValues(notice, [{"state": "queued", "is_notified": False, "date_notified": False}])
        self.assertEqual(recall.notified_count, 0)

        self._deliver(mail)

        self.assertRecordValues(notice, [{"state": "sent", "is_notified": True}])
        self.assertTrue(notice.date_notified)
        self.assertEqual(recall.notified_count, 1)

    def test_when_a_sent_email_is_deleted_then_its_customer_stays_notified(self):
        recall = self._story().with_user(self.manager)
        recall.action_email()
        mail = self._send()[self.customer]
        mail.auto_delete = True

        self._deliver(mail)

        self.assertFalse(mail.exists())
        self.assertRecordValues(self._notice(recall, self.customer), [{"state": "sent", "is_notified": True}])

    def test_when_undone_or_cancelled_before_the_email_is_sent_then_it_never_is(self):
        for act in ("action_reset", "action_mark_notified", "action_cancel"):
            recall = self._story_of(act).with_user(self.manager)
            recall.action_email()
            mail = self._send()[self.customer]

            getattr(recall if act == "action_cancel" else recall.notice_ids, act)()

            with self.subTest(act=act):
                self.assertEqual(mail.state, "cancel")
                self.assertEqual(recall.notice_ids.is_notified, act == "action_mark_notified")

    def test_when_an_email_fails_then_the_customer_is_not_notified(self):
        recall = self._story().with_user(self.manager)
        recall.action_email()
        self._send()[self.customer].write({"state": "exception"})

        notice = self._notice(recall, self.customer)
        self.assertRecordValues(notice, [{"state": "failed", "is_notified": False}])
        self.assertEqual(recall.notified_count, 0)
        todo = notice.search([("recall_id", "=", recall.id), ("is_notified", "=", False)])
        self.assertEqual(todo, recall.notice_ids)
        self.assertFalse(notice.search([("recall_id", "=", recall.id), ("is_notified", "=", True)]))

    def test_when_cancelled_before_the_job_runs_then_no_email_is_sent(self):
        recall = self._story().with_user(self.manager)
        recall.action_email()
        recall.action_cancel()
        self.assertFalse(self._send())

    @mute_logger("odoo.addons.mail.models.mail_render_mixin")
    def test_when_the_template_is_broken_then_it_is_said_before_anything_is_sent(self):
        recall = self._story().with_user(self.manager)
        recall.template_id.sudo().body_html = "<t t-if='object.note' t-out='object.nothing_like_this'/>"
        recall.notice_ids.note = "Phoned"
        with self.assertRaisesRegex(UserError, "nothing_like_this"):
            recall.action_email()
        self.assertEqual(set(recall.notice_ids.mapped("state")), {"todo"})

    def test_when_there_is_no_template_then_refused(self):
        recall = self._story().with_user(self.manager)
        recall.template_id = False
        with self.assertRaisesRegex(UserError, "Choose the e-mail template"):
            recall.action_email()

    def test_when_a_clerk_sends_an_email_or_writes_the_notice_then_refused(self):
        recall = self._story()
        with self.assertRaises(AccessError):
            recall.notice_ids.action_email()
        with self.assertRaisesRegex(UserError, "buttons"):
            recall.notice_ids.write({"date_notified": "2026-01-01"})
        recall.notice_ids[0].write({"note": "Phoned"})
        self.assertEqual(recall.notice_ids[0].note, "Phoned")

    def test_when_the_customer_speaks_another_language_then_the_email_too(self):
        self.env["res.lang"]._activate_lang("ar_001")
        self.customer.lang = "ar_001"
        recall = self._story().with_user(self.manager)
        recall.template_id.sudo().with_context(lang="ar_001").subject = "استدعاء {{ object.recall_id.name }}"
        recall.action_email()
        self.assertEqual(self._send()[self.customer].subject, f"استدعاء {recall.name}")

    def test_when_many_customers_are_emailed_then_queries_grow_by_the_batch_not_by_the_unit(self):
        recall = self._story().with_user(self.manager)
        names = [f"B{number}" for number in range(1000)]
        self._receive(names)
        self._ship(names)
        notice = self._notice(recall, self.customer).sudo()
        few = self._count_queries(lambda: emails.make(notice))
        self._add(recall, names="\n".join(names))
        self._assert_no_more_queries(self._count_queries(lambda: emails.make(notice)), few)

    def test_when_previewed_then_odoos_preview_shows_it(self):
        recall = self._story()
        context = recall.action_preview_email()["context"]
        preview = self.env["mail.template.preview"].with_user(self.clerk).with_context(**context).create({})
        self.assertEqual(self._names_in(preview.body_html), ["A3"])


@tagged("post_install", "-at_install")
class TestRecallSheet(NoticeCommon):
    """The printed sheet, and the letters."""

    def _html(self, report, records, lang="en_US"):
        """Return what a report prints, as a clerk sees it."""
        model = self.env["ir.actions.report"].with_user(self.clerk).with_context(lang=lang)
        content, _kind = model._render_qweb_html(f"serial_number_tracking.{report}", records.ids)
        return html.fromstring(content)

    def _texts(self, node, path):
        return [" ".join(found.text_content().split()) for found in node.xpath(path)]

    def test_when_the_sheet_is_printed_then_it_lists_stock_and_customers(self):
        recall = self._story()
        self.customer.write({"phone": "+1 555 0100", "street": "1 Main Street"})
        recall.action_hold()

        tree = self._html("action_report_serial_recall", recall)

        (place,) = tree.xpath("//div[@name='place']")
        self.assertIn("WH/Stock", place.text_content())
        self.assertEqual(self._texts(place, ".//*[@name='serial']"), ["A1", "A2"])
        notices = tree.xpath("//div[@name='notice']")
        self.assertEqual([self._texts(notice, ".//*[@name='serial']") for notice in notices], [["A3"], ["A4"]])
        for text in ("Customer", "+1 555 0100", "1 Main Street", "customer@example.com"):
            self.assertIn(text, notices[0].text_content())
        self.assertEqual(self._texts(tree, "//table[@name='figures']/tbody//td"), ["4", "2", "2", "2", "0 / 2", "0"])

    def test_when_numbers_are_hostile_then_the_sheet_shows_them_as_they_are(self):
        self._receive(NAMES)
        recall = self._recall(NAMES, reason="<script>alert(1)</script>")
        for lang in ("en_US", "ar_001"):
            self.env["res.lang"]._activate_lang(lang)
            tree = self._html("action_report_serial_recall", recall, lang)
            with self.subTest(lang=lang):
                self.assertEqual(set(self._texts(tree, "//*[@name='serial']")), set(NAMES))
                self.assertIn("<script>alert(1)</script>", tree.text_content())

    def test_when_it_is_read_from_right_to_left_then_names_keep_their_order(self):
        self.env["res.lang"]._activate_lang("ar_001")
        self.customer.name = "Atlas (reseller)"
        recall = self._story()

        for report, records in (("recall", recall), ("recall_partner", recall.notice_ids)):
            tree = self._html(f"action_report_serial_{report}", records, "ar_001")
            names = {self.product.display_name, recall.reason, *(["Atlas (reseller)"] if records == recall else [])}
            shown = [node for node in tree.xpath("//*[not(*)]") if node.text_content().strip() in names]
            shown = [node for node in shown if not node.xpath("ancestor::address")]  # Odoo's
            self.assertEqual({node.text_content().strip() for node in shown}, names, report)
            self.assertEqual({node.xpath("ancestor-or-self::*[@dir]/@dir")[-1] for node in shown}, {"auto"}, report)

    def test_when_letters_are_printed_then_one_page_per_customer_who_was_not_notified(self):
        recall = self._story()
        recall.instructions = "<p>Send them back.</p>"
        self._notice(recall, self.customer).action_mark_notified()
        action = recall.action_print_letters()
        self.assertEqual(action["context"]["active_ids"], self._notice(recall, self.other_customer).ids)

        tree = self._html("action_report_serial_recall_partner", recall.notice_ids)

        pages = tree.xpath("//div[@class='page']")
        self.assertEqual([self._texts(page, ".//*[@name='serial']") for page in pages], [["A3"], ["A4"]])
        self.assertIn("Send them back.", pages[0].text_content())
        self._notice(recall, self.other_customer).action_mark_notified()
        with self.assertRaisesRegex(UserError, "All customers have been notified"):
            recall.action_print_letters()

    def test_when_printed_as_pdf_then_its_text_can_be_read(self):
        recall = self._story()
        report = self.env["ir.actions.report"].with_user(self.clerk).with_context(force_report_rendering=True)
        content, kind = report._render_qweb_pdf("serial_number_tracking.action_report_serial_recall", recall.ids)
        self.assertEqual(kind, "pdf")
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        for part in (recall.name, "A1", "A4", "Other Customer"):
            self.assertIn(part, text)
