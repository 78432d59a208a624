from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common.recall import RENDERING, NoticeCommon

PLAIN = {"subject": "X", "body_html": "<p>X</p>", "lang": False, "email_from": "a@example.com", "partner_to": "1"}
NOTICES = "odoo.addons.serial_number_tracking.models.recall.emails"


@tagged("post_install", "-at_install")
class TestRecallStrangers(NoticeCommon):
    """A recall writes to its customers alone, whatever somebody puts into it before the manager sends it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = cls.env["res.partner"].create({"name": "Stranger", "email": "stranger@example.com"})
        cls.default = cls.env.ref("serial_number_tracking.mail_template_serial_recall")

    def _template(self, **vals):
        """Return a template as a clerk makes it: the addon's own, with other values."""
        return self.default.copy(vals).with_user(self.clerk)

    def _make_for_users(self, template):
        """Let a template be rendered on users, as its author can at any time."""
        template.sudo().write({"model_id": self.env["ir.model"]._get_id("res.users"), **PLAIN})
        return template

    def _sendable(self, template=None):
        recall = self._story().with_user(self.manager)
        if template:
            recall.with_user(self.clerk).template_id = template
        return recall

    # The template's model

    def test_when_the_template_is_of_another_model_then_it_cannot_be_chosen(self):
        template = self._make_for_users(self._template())
        recall = self._recall()
        with self.assertRaisesRegex(ValidationError, "made for User"):
            recall.template_id = template
        with self.assertRaisesRegex(ValidationError, "made for User"):
            self._recall(template_id=template.id)

    def test_when_the_templates_model_changes_afterwards_then_nothing_is_sent(self):
        template = self._template()
        recall = self._sendable(template)
        self._make_for_users(template)

        with self.assertRaisesRegex(UserError, "made for User"):
            recall.action_email()
        self.assertFalse(self._send())

    def test_when_the_templates_model_changes_while_the_emails_wait_then_nothing_is_sent_and_the_recall_says_why(self):
        template = self._template()
        recall = self._sendable(template)
        recall.action_email()
        self._make_for_users(template)

        self.assertFalse(self._send())

        self.assertEqual(set(recall.notice_ids.mapped("state")), {"todo"})
        self.assertIn("made for User", recall.message_ids[0].body)

    def test_when_the_template_attaches_another_models_report_then_it_cannot_be_chosen(self):
        report = self.env.ref("account.account_invoices")
        recall = self._recall()
        with self.assertRaisesRegex(ValidationError, "attaches"):
            recall.template_id = self._template(report_template_ids=report.ids)

    # The recipients

    def test_when_the_template_writes_to_somebody_else_then_nothing_is_sent(self):
        strangers = (
            {"partner_to": str(self.stranger.id)},
            {"partner_to": "{{ object.contact_id.id }}," + str(self.stranger.id)},
            {"email_cc": "stranger@example.com"},
            {"email_to": "Customer <stranger@example.com>"},
            {"email_to": "{{ object.recall_id.create_uid.email }}x"},
            {"partner_to": ""},
        )
        recall = self._sendable()
        for vals in strangers:
            recall.template_id = self._template(**vals)
            with self.subTest(**vals), self.assertRaisesRegex(UserError, "does not write to Customer alone"):
                recall.action_email()
        self.assertFalse(self._send())

    @mute_logger(NOTICES, *RENDERING)
    def test_when_the_template_writes_to_somebody_else_for_one_notice_then_that_one_is_not_sent(self):
        self.other_customer.email = "other@example.com"
        condition = "object.contact_id.id if object.partner_id.name == 'Customer'"
        rule = f"{{{{ {condition} else {self.stranger.id} }}}}"
        recall = self._sendable(self._template(partner_to=rule))
        recall.action_email()

        self.assertEqual(list(self._send()), [self.customer])

        self.assertEqual(self._notice(recall, self.other_customer).state, "todo")
        self.assertIn("does not write to Other Customer alone", recall.message_ids[0].body)

    def test_when_the_template_writes_to_the_contact_in_another_way_then_it_is_sent(self):
        ways = (
            {"use_default_to": True},
            {"partner_to": "", "email_to": "{{ object.email }}"},
            {"email_to": "CUSTOMER@example.com"},
        )
        for number, vals in enumerate(ways):
            recall = self._story_of(f"W{number}").with_user(self.manager)
            recall.template_id = self._template(**vals)
            recall.action_email()
            with self.subTest(**vals):
                self.assertEqual(len(self._send()), 1)

    def test_when_a_stranger_is_made_the_contact_then_refused(self):
        notice = self._notice(self._story(), self.customer)
        with self.assertRaisesRegex(ValidationError, "none of theirs") as caught:
            notice.contact_id = self.stranger
        self.assertNotIn("Stranger", str(caught.exception))
        notice.contact_id = self.env["res.partner"].create({"name": "Contact", "parent_id": self.customer.id})

    def test_when_the_contact_has_left_the_customer_then_nothing_is_sent(self):
        recall = self._sendable()
        contact = self.env["res.partner"].create({"name": "C", "email": "c@x.y", "parent_id": self.customer.id})
        self._notice(recall, self.customer).contact_id = contact
        contact.parent_id = self.stranger

        with self.assertRaisesRegex(UserError, "none of theirs"):
            recall.action_email()

    # Whose rights

    @mute_logger(NOTICES, *RENDERING)
    def test_when_the_template_reads_what_the_manager_must_not_then_nothing_is_sent(self):
        secret = "<t t-out=\"object.env['ir.config_parameter'].get_param('database.secret')\"/>"
        template = self._template()
        recall = self._sendable(template)
        recall.action_email()
        template.sudo().body_html = secret

        self.assertFalse(self._send())

        self.assertEqual(self._notice(recall, self.customer).state, "todo")

    def test_when_an_email_is_made_then_as_who_wants_it(self):
        recall = self._sendable()
        recall.action_email()
        mail = self._send()[self.customer]
        self.assertEqual((mail.create_uid, mail.author_id), (self.manager, self.manager.partner_id))

    def test_when_who_wanted_the_emails_may_send_none_any_more_then_nothing_is_sent(self):
        for vals, reason in (
            ({"active": False}, "has left"),
            ({"group_ids": [(6, 0, self.clerk.group_ids.ids)]}, "Only a Serial Numbers manager"),
        ):
            sender = new_test_user(self.env, reason, "serial_number_tracking.group_serial_number_manager")
            recall = self._story_of(reason).with_user(sender)
            recall.action_email()
            sender.write(vals)
            with self.subTest(**vals):
                self.assertFalse(self._send())
                self.assertIn(reason, recall.sudo().message_ids[0].body)

    def test_when_emails_wait_then_only_a_manager_changes_what_they_say(self):
        recall = self._sendable()
        recall.action_email()
        for vals in ({"reason": "X"}, {"instructions": "X"}, {"template_id": False}, {"user_id": False}):
            with self.subTest(**vals), self.assertRaisesRegex(AccessError, "wait to be sent"):
                recall.with_user(self.clerk).write(vals)
        recall.reason = "Fire"
        self._send()
        recall.with_user(self.clerk).reason = "Battery"

    # What nobody may see

    def _assert_secret(self, act, error=AccessError):
        self.env.invalidate_all()
        with self.assertRaises(error) as refusal, self.env.cr.savepoint():
            act()
            self.env.flush_all()
        self.assertNotIn("Secret", str(refusal.exception))

    def test_when_a_recall_is_linked_to_what_its_author_may_not_see_then_refused_without_its_name(self):
        company = self.env["res.company"].create({"name": "Secret"})
        product = self._make_product("Secret Phone", company_id=company.id)
        groups = "serial_number_tracking.group_serial_number_user"
        template = self._template(name="Secret Template")
        self.env["ir.rule"].create(
            {
                "name": "Secret",
                "model_id": self.env["ir.model"]._get_id("mail.template"),
                "domain_force": str([("id", "!=", template.id)]),
                "groups": [Command.set(self.env.ref(groups).ids)],
            }
        )
        recall = self._recall()
        for vals in ({"product_ids": [Command.set(product.ids)]}, {"template_id": template.id}):
            with self.subTest(vals=vals):
                self._assert_secret(lambda vals=vals: self._recall(**vals))
                self._assert_secret(lambda vals=vals: recall.write(vals))

    def test_when_a_recall_gets_another_companys_product_then_refused_to_those_who_work_for_both(self):
        company = self.env["res.company"].create({"name": "Another"})
        self.clerk.company_ids |= company
        product = self._make_product("Theirs", company_id=company.id)
        with self.assertRaisesRegex(UserError, "another company"), self.env.cr.savepoint():
            self._recall().with_context(allowed_company_ids=self.clerk.company_ids.ids).product_ids = product

    def test_when_a_notice_is_sent_to_a_contact_whom_one_may_not_see_then_refused_without_the_name(self):
        recall = self._story()
        company = self.env["res.company"].create({"name": "Secret"})
        contact = self.env["res.partner"].create(
            {"name": "Secret Contact", "parent_id": self.customer.id, "company_id": company.id}
        )
        notice = self._notice(recall, self.customer).with_user(self.clerk)
        self._assert_secret(lambda: notice.write({"contact_id": contact.id}))
