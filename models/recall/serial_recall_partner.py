from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import hmac

from ...engine import outside
from ...tools import naming
from ...tools.day import show_day
from . import emails, recall_sql

ANSWERS = [
    ("stopped", "Stopped using it"),
    ("returned", "Returned it"),
    ("passed_on", "Passed it on"),
    ("gone", "Does not have it"),
]
SCOPE = "serial_number_tracking.recall_answer"  # of the signatures of links
STATES = [
    ("todo", "To notify"),
    ("queued", "Waiting to be sent"),
    ("sent", "E-mailed"),
    ("failed", "E-mail failed"),
    ("told", "Notified by hand"),
]
FAILED = ("exception", "cancel")
EVERYDAY = {"contact_id", "note"}
BATCH = 50


class SerialRecallPartner(models.Model):
    """Whom a recall has to tell: a customer, or an end user, with the units that they have. One row per company."""

    _name = "serial.recall.partner"
    _inherit = ["serial.link.mixin"]
    _description = "Recall Notice"
    _order = "recall_id, id"
    _log_access = False

    recall_id = fields.Many2one("serial.recall", required=True, index=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="recall_id.company_id")
    partner_id = fields.Many2one(
        "res.partner", "Customer or End User", required=True, readonly=True, ondelete="restrict", index=True
    )
    contact_id = fields.Many2one(
        "res.partner",
        "Send to",
        ondelete="restrict",
        domain="[('commercial_partner_id', '=', partner_id)]",
        help="Who gets the e-mail and the letter. Choose the contact who is responsible for the units.",
    )
    email = fields.Char(related="contact_id.email")
    phone = fields.Char(related="contact_id.phone")
    note = fields.Char(help="For instance whom you spoke to on the phone.")
    date_notified = fields.Datetime("Notified on", readonly=True)
    answer = fields.Selection(ANSWERS, readonly=True, help="What the customer answered by the link in the notice.")
    answer_text = fields.Char("Said", readonly=True, help="For instance to whom they passed it on.")
    date_answered = fields.Datetime("Answered on", readonly=True)
    is_emailed = fields.Boolean(readonly=True, help="Notified by e-mail, and not by hand.")
    is_queued = fields.Boolean(readonly=True, help="An e-mail is to be made.")
    sender_id = fields.Many2one(
        "res.users", "Sent by", readonly=True, ondelete="restrict", help="Who wanted the e-mail: it is made as theirs."
    )
    mail_id = fields.Many2one(
        "mail.mail", readonly=True, ondelete="set null", index="btree_not_null", groups="base.group_system"
    )
    is_notified = fields.Boolean("Notified", compute="_compute_state", search="_search_is_notified", compute_sudo=True)
    state = fields.Selection(STATES, "Notice", compute="_compute_state", compute_sudo=True)
    serial_ids = fields.Many2many("serial.number", string="Units", compute="_compute_units")
    unit_count = fields.Integer("Number of Units", compute="_compute_units")
    returned_count = fields.Integer("Returned", compute="_compute_units")

    _partner_unique = models.UniqueIndex("(recall_id, partner_id)", "A customer is told by one notice per recall.")
    _queue_index = models.Index("(id) WHERE is_queued")

    @api.depends("recall_id.name")
    def _compute_display_name(self):
        for notice in self:
            notice.display_name = notice.recall_id.name

    @api.depends("date_notified", "is_emailed", "is_queued", "mail_id.state")
    def _compute_state(self):
        for notice in self:
            notice.is_notified = bool(notice.date_notified)  # stays so when it is sent again
            if notice.is_queued or notice.mail_id.state == "outgoing":
                notice.state = "queued"
            elif notice.mail_id.state in FAILED:
                notice.state = "failed"
            elif notice.date_notified:
                notice.state = "sent" if notice.is_emailed else "told"
            else:
                notice.state = "todo"

    @api.model
    def _search_is_notified(self, operator, value):
        domain = Domain("date_notified", "!=", False)
        return domain if operator == "in" else ~domain

    @api.constrains("note")
    def _check_lengths(self):
        outside.check_lengths(self, {"note": outside.TEXT_LIMIT})

    @api.constrains("contact_id")
    def _check_contact_id(self):
        """Let notices go to contacts of their customers alone: with the e-mail goes who has which units.

        :raise ValidationError: for anybody else
        """
        for notice in self.sudo().filtered("contact_id"):
            if notice.contact_id.commercial_partner_id != notice.partner_id.commercial_partner_id:
                raise ValidationError(
                    self.env._(
                        "The notice of %(recall)s for %(customer)s cannot go to this contact: it is none of theirs. "
                        "Choose one of their contacts.",
                        recall=notice.recall_id.name,
                        customer=notice.partner_id.display_name,
                    )
                )

    def _mail_get_partner_fields(self, introspect_fields=False):
        # EXTENDS 'mail'
        return ["contact_id"]  # a template with default recipients writes to them

    @api.depends("recall_id.line_ids.customer_id", "recall_id.line_ids.end_user_id", "recall_id.line_ids.status")
    def _compute_units(self):
        units = recall_sql.find_notified_units(self)
        for notice in self:
            ids, returned = units.get(notice._origin.id, ([], 0))
            notice.serial_ids = ids
            notice.unit_count = len(ids)
            notice.returned_count = returned

    def write(self, vals):
        """Refuse to write by hand what the buttons keep.

        :raise UserError: for other fields than whom to send it to, and the note
        """
        if not self.env.su and vals.keys() - EVERYDAY:
            raise UserError(self.env._("Use the buttons of the recall to notify customers, or to mark them."))
        return super().write(vals)

    def action_mark_notified(self):
        """Note that these customers know: told by phone, by letter, in person.

        :raise UserError: when the recall is not in progress
        """
        outside.check_some(self)
        self._check_open()
        notices = self.filtered(lambda notice: not notice.is_notified).sudo()
        notices._take_off_queue()
        notices.write({"date_notified": fields.Datetime.now(), "is_emailed": False})
        return True

    def action_reset(self):
        """Undo the mark: these customers are to be told, again.

        :raise UserError: when the recall is not in progress
        """
        outside.check_some(self)
        self._check_open()
        self.sudo()._take_off_queue()
        self.sudo().write({"date_notified": False, "is_emailed": False})
        return True

    def _take_off_queue(self):
        """Send no e-mail that has not been sent yet, and forget about the one before."""
        self.mail_id.filtered(lambda mail: mail.state == "outgoing").cancel()
        self.write({"is_queued": False, "mail_id": False})

    def _note_sent(self):
        """Note that the e-mails of these notices have been sent: from now on they are notified."""
        self.write({"date_notified": fields.Datetime.now(), "is_emailed": True})

    def action_email(self):
        """Send the e-mail to these customers, also to those who got it before; for managers.

        :return: the action that says how many get it
        :raise UserError: when the recall is not in progress, or none of them has an e-mail address
        """
        outside.check_some(self)
        self._check_open()
        return emails.queue(self.recall_id, self)

    def action_view_units(self):
        """Open the units of this customer.

        :return: a window action on the register
        """
        outside.check_one(self)
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("serial_number_tracking.serial_number_action")
        return action | {"domain": [("id", "in", self.serial_ids.ids)], "context": {}}

    def action_print(self):
        """Print the letters to these customers.

        :return: the report's action
        """
        outside.check_some(self)
        self.check_access("read")
        return self.env.ref("serial_number_tracking.action_report_serial_recall_partner").report_action(self)

    def _get_products(self):
        """Return what the e-mail and the letter list: ``[(product, units of it)]``."""
        self.ensure_one()
        units = self.env["serial.number"].sudo().search([("id", "in", self.serial_ids.ids)], order="name")
        return sorted(units.grouped("product_id").items(), key=lambda item: item[0].display_name)

    def _render_units(self):
        """Return the table of the units, for the e-mail and the letter: HTML in the language of the environment."""
        values = {"products": self._get_products()}
        return self.env["ir.qweb"]._render("serial_number_tracking.serial_recall_units", values)

    def _render_notice(self, is_letter=False):
        """Return the notice: HTML in the language of the environment, with all that the law wants it to say.

        :param bool is_letter: whether it is printed: pictures are part of it then, and not linked
        """
        values = {
            "notice": self,
            "recall": self.recall_id.sudo().with_context(lang=self.env.context.get("lang")),
            "products": self._get_products(),
            "sold": self._describe_sale(),
            "is_letter": is_letter,
        }
        return self.env["ir.qweb"]._render("serial_number_tracking.serial_recall_notice", values)

    def _describe_sale(self):
        """Say who sold these units to the customer, and when; empty where no day is known."""
        recall, days = self.recall_id.sudo(), self._get_sold_days()
        if not days:
            return ""
        values = {"seller": recall.sold_where or recall.company_id.name, "first": days[0], "last": days[-1]}
        if len(days) == 1:
            return self.env._("Sold by %(seller)s, on %(first)s.", **values)
        return self.env._("Sold by %(seller)s, from %(first)s to %(last)s.", **values)

    def _get_sold_days(self):
        """Return the first and the last day on which these units were sold to the customer, as texts."""
        days = sorted(filter(None, self.sudo().serial_ids.mapped("date_sold")))
        return [show_day(self.env, day) for day in dict.fromkeys((days[0], days[-1]))] if days else []

    def _get_picture(self):
        """Return the picture of what is recalled: that of the recall, else of its first product with one."""
        recall = self.recall_id.sudo()
        return recall.image or next(filter(None, recall.product_ids.mapped("image_512")), False)

    def _get_signature(self):
        """Return what proves that somebody has the link of this notice."""
        self.ensure_one()
        return hmac(self.env(su=True), SCOPE, (self.id, self.recall_id.id, self.partner_id.id))[:40]

    def _get_answer_url(self, path=""):
        """Return the address of the page where the customer answers."""
        return f"{self.get_base_url()}/recall/{self.id}/{self._get_signature()}{path}"

    def _take_answer(self, answer, text):
        """Keep what a customer answered by the link; who answers has been reached.

        :param str answer: a code of ``ANSWERS``
        :param str text: what they said beside it
        :return: whether it was taken: not when the recall has ended, or for no answer
        """
        self.ensure_one()
        if answer not in dict(ANSWERS) or self.recall_id.state != "open":
            return False
        now = fields.Datetime.now()
        vals = {"answer": answer, "answer_text": naming.clean_text(text)[:500], "date_answered": now}
        if not self.date_notified:
            vals |= {"date_notified": now, "is_emailed": False}
        self.sudo().write(vals)
        said = dict(self._fields["answer"]._description_selection(self.env))[answer]
        self.recall_id.sudo().message_post(
            body=self.env._(
                "%(customer)s answered: %(answer)s. %(text)s",
                customer=self.partner_id.display_name,
                answer=said,
                text=vals["answer_text"] or "",
            )
        )
        return True

    def _check_open(self):
        self.check_access("write")
        self.recall_id._check_state("open")

    @api.model
    def _cron_email(self):
        """Hand the e-mails that wait to the mail queue, batch by batch: what is committed is not sent twice."""
        domain = [("is_queued", "=", True), ("recall_id.state", "=", "open")]
        while notices := self.search(domain, limit=BATCH):
            for (recall, sender), group in notices.grouped(lambda notice: (notice.recall_id, notice.sender_id)).items():
                if emails.may_send(recall, sender):
                    emails.send(group)
            if not self.env["ir.cron"]._commit_progress(len(notices), remaining=self.search_count(domain)):
                break
