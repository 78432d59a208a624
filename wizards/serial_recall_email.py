from lxml import html
from markupsafe import Markup

from odoo import api, fields, models

from ..engine import outside

SHOWN = 100  # recipients that are named


class SerialRecallEmail(models.TransientModel):
    """Before a recall is e-mailed: who gets it, who cannot be reached, and what it says."""

    _name = "serial.recall.email"
    _inherit = ["serial.guard.mixin"]
    _description = "E-mail Customers of a Recall"

    recall_id = fields.Many2one("serial.recall", required=True, readonly=True, ondelete="cascade")
    recipient_count = fields.Integer("E-mails", compute="_compute_recipients")
    recipients = fields.Text("They go to", compute="_compute_recipients")
    unreachable = fields.Text("Without an E-mail Address", compute="_compute_recipients")
    missing = fields.Text("Not said yet", compute="_compute_missing")
    subject = fields.Char(compute="_compute_email")
    body = fields.Html("What it says", compute="_compute_email", sanitize=False)

    @api.depends("recall_id")
    def _compute_recipients(self):
        for window in self:
            notices = window.recall_id._get_to_email()
            reached = notices.filtered("email")
            window.recipient_count = len(reached)
            window.recipients = window._name_them(reached, lambda notice: f"{notice.contact_id.name} <{notice.email}>")
            window.unreachable = window._name_them(notices - reached, lambda notice: notice.partner_id.display_name)

    def _name_them(self, notices, describe):
        names = [describe(notice) for notice in notices[:SHOWN]]
        if len(notices) > SHOWN:
            names.append(self.env._("And %s more.", len(notices) - SHOWN))
        return "\n".join(names)

    @api.depends("recall_id")
    def _compute_missing(self):
        """Say what the law wants a recall notice to tell, and what this one does not."""
        wanted = ("hazard", "remedy", "contact")
        for window in self:
            fields_ = window.recall_id._fields
            labels = [fields_[name]._description_string(self.env) for name in wanted if not window.recall_id[name]]
            window.missing = ", ".join(labels)

    @api.depends("recall_id")
    def _compute_email(self):
        for window in self:
            recall, email = window.recall_id, {}
            notice = recall._get_to_email().filtered("email")[:1]
            if notice and recall.template_id:
                template = recall.template_id.with_company(recall.company_id)
                email = template._generate_template(notice.ids, ("subject", "body_html"))[notice.id]
            window.subject, window.body = email.get("subject", ""), _without_links(email.get("body_html", ""))

    def action_send(self):
        """Send the e-mails.

        :return: the action that says how many get it, and closes the window
        :raise UserError: see ``action_email`` of the recall
        """
        outside.check_one(self)
        return self.recall_id.action_email()


def _without_links(body):
    """Return an e-mail whose links lead nowhere: who reads it before it is sent must not answer for the customer."""
    if not body:
        return ""
    shown = html.fragment_fromstring(body, create_parent="div")
    for link in shown.iter("a"):
        link.attrib.pop("href", None)
    return Markup(html.tostring(shown, encoding="unicode"))
