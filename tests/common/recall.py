from lxml import html

from odoo.addons.base.tests.common import MockSmtplibCase

from .base import SerialCommon

HOSTILE = "ح\"<script>&'1"
RENDERING = ("odoo.addons.mail.models.mail_render_mixin", "odoo.addons.base.models.ir_qweb")


class RecallCommon(SerialCommon):
    """A recall of phones, some in stock, some with two customers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.email = "customer@example.com"
        cls.tablet = cls._make_product("Tablet")

    def _recall(self, names=(), user=None, **vals):
        """Return a draft recall, as the clerk makes it, with the units of these numbers."""
        vals = {"reason": "Battery", "instructions": "<p>Stop using it.</p>", **vals}
        recall = self.env["serial.recall"].with_user(user or self.clerk).create(vals)
        if names:
            self._add(recall, names="\n".join(names))
        return recall

    def _add(self, recall, **vals):
        """Find units by the window, and return the notification's text."""
        add = recall.env["serial.recall.add"].browse(recall.action_add()["res_id"])
        add.write(vals)
        return add.action_add()["params"]["message"]

    def _story(self):
        """Return a recall in progress: A1 and A2 in stock, A3 with the customer, A4 with the other one."""
        self._receive(["A1", "A2", "A3", "A4"])
        self._ship(["A3"])
        self._ship(["A4"], partner=self.other_customer)
        recall = self._recall(["A1", "A2", "A3", "A4"])
        recall.action_start()
        return recall

    def _names(self, recall):
        return recall.line_ids.serial_id.sorted("id").mapped("name")

    def _notice(self, recall, partner):
        return recall.notice_ids.filtered(lambda notice: notice.partner_id == partner)


class NoticeCommon(RecallCommon, MockSmtplibCase):
    """A recall in progress whose customers are to be notified."""

    def _send(self):
        """Let the scheduled job run, and return the e-mails that it made, by their recipient."""
        before = self.env["mail.mail"].search([])
        with self.enter_registry_test_mode():
            self.env.ref("serial_number_tracking.ir_cron_serial_recall").method_direct_trigger()
        self.env.invalidate_all()
        mails = self.env["mail.mail"].search([]) - before
        return {mail.recipient_ids: mail for mail in mails}

    def _deliver(self, mails):
        """Send e-mails to the mail server, which takes them."""
        with self.mock_smtplib_connection():
            mails.send()

    def _story_of(self, name):
        """Return a recall in progress of one unit, which the customer has."""
        self._receive([name])
        self._ship([name])
        recall = self._recall([name])
        recall.action_start()
        return recall

    def _names_in(self, source):
        return [node.text_content().strip() for node in html.fromstring(source).xpath("//*[@name='serial']")]
