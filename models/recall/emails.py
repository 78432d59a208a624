"""How a recall reaches its customers by e-mail: by a template that writes to nobody else."""

import logging

from odoo.exceptions import AccessError, UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import email_normalize_all, is_html_empty

_logger = logging.getLogger(__name__)

NOTICE = "serial.recall.partner"  # what the template is rendered on
LAYOUT = "mail.mail_notification_light"


def find_template_fault(recall):
    """Say what keeps the template from being rendered on notices; None where nothing does.

    A template, or a report that it attaches, of another model would be rendered on that model's records with the
    numbers of the notices: on strangers.
    """
    template = recall.template_id.sudo()
    if template and not template.model_id:
        return recall.env._(
            "The e-mail template %(template)s of %(recall)s is made for no kind of document. Choose one that is made "
            "for recall notices.",
            template=template.name,
            recall=recall.name,
        )
    if template and template.model != NOTICE:
        return recall.env._(
            "The e-mail template %(template)s of %(recall)s is made for %(model)s. Choose one that is made for "
            "recall notices.",
            template=template.name,
            recall=recall.name,
            model=template.model_id.name,
        )
    if reports := template.report_template_ids.filtered(lambda report: report.model != NOTICE):
        return recall.env._(
            "The e-mail template %(template)s of %(recall)s attaches %(reports)s, which is not made for recall "
            "notices. Take it off the template.",
            template=template.name,
            recall=recall.name,
            reports=", ".join(reports.mapped("name")),
        )
    return None


def check_kept(recalls):
    """Let nobody but managers, who send them, change what e-mails say that wait to be sent.

    :raise AccessError: for others
    """
    waiting = recalls.filtered(lambda recall: any(recall.sudo().notice_ids.mapped("is_queued")))
    if waiting and not recalls.env.su and not recalls.env["serial.number"]._is_manager():
        raise AccessError(
            recalls.env._(
                "E-mails of %s wait to be sent: only a Serial Numbers manager may change what they say.",
                ", ".join(waiting.mapped("name")),
            )
        )


def check_complete(recall):
    """Refuse to write to customers who would not learn what to do.

    :raise UserError: without instructions, or without a template
    """
    if is_html_empty(recall.instructions):
        raise UserError(
            recall.env._("Write what customers are to do first, under Message: %s tells them nothing yet.", recall.name)
        )
    if not recall.template_id:
        raise UserError(_message_no_template(recall))


def queue(recall, notices):
    """Let the scheduled job send these notices: thousands take minutes, and nobody waits for them."""
    recall.ensure_one()
    recall._check_manager()
    check_complete(recall)
    reachable = notices.filtered("email")
    if not reachable:
        raise UserError(
            recall.env._("None of these customers has an e-mail address. Enter one, or tell them by letter or phone.")
        )
    _check_first(recall, reachable)
    reachable.sudo()._take_off_queue()
    reachable.sudo().write({"is_queued": True, "sender_id": recall.env.uid})
    recall.env.ref("serial_number_tracking.ir_cron_serial_recall").sudo()._trigger()
    message = _describe_emails(recall, reachable, notices - reachable)
    recall.message_post(body=message)
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {"type": "success", "message": message, "next": {"type": "ir.actions.act_window_close"}},
    }


def _check_first(recall, notices):
    """Make one e-mail before thousands: a fault in the template is told to who can mend it.

    :raise UserError: with what is wrong with the template, or when it writes to somebody else
    """
    if fault := find_template_fault(recall):
        raise UserError(fault)
    notices._check_contact_id()
    notice = notices[:1]
    parts = ("subject", "body_html", "email_to", "email_cc", "partner_to")
    email = recall.template_id._generate_template(notice.ids, parts)[notice.id]
    _check_recipients(
        notice,
        recall.env["res.partner"].browse(email.get("partner_ids") or []),
        email.get("email_to"),
        email.get("email_cc"),
    )


def may_send(recall, sender):
    """Tell whether the e-mails that somebody wanted can be made; if not, they leave the queue and it is said why.

    :param sender: the ``res.users`` who wanted them
    """
    try:
        _check_sender(recall, sender)
    except UserError as error:
        recall.notice_ids.filtered(lambda notice: notice.is_queued and notice.sender_id == sender)._take_off_queue()
        recall.message_post(body=recall.env._("No e-mails are sent: %s", error))
        return False
    return True


def _check_sender(recall, sender):
    """Check once more what was checked when the e-mails were wanted: it may have changed meanwhile.

    :raise UserError: when they must not be made
    """
    if not sender or not (sender.active or sender._is_superuser()):
        raise UserError(recall.env._("Who wanted them has left. Press E-mail Customers again."))
    recall.with_user(sender).with_company(recall.company_id)._check_manager()
    if fault := find_template_fault(recall) if recall.template_id else _message_no_template(recall):
        raise UserError(fault)


def _message_no_template(recall):
    return recall.env._("Choose the e-mail template of %s first.", recall.name)


def _describe_emails(recall, reachable, others):
    parts = [recall.env._("E-mails to customers and end users are being sent: %s.", len(reachable))]
    if others:
        names = ", ".join(others[:20].partner_id.mapped("display_name"))
        parts.append(recall.env._("%(count)s have no address: %(names)s", count=len(others), names=names))
    return " ".join(parts)


def send(notices):
    """E-mail all of these customers, or those for whom an e-mail can be made: the others wait for a person."""
    try:
        with notices.env.cr.savepoint():
            make(notices)
    except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
        raise
    except Exception as error:
        if len(notices) > 1:
            for notice in notices:
                send(notice)
            return
        _logger.warning("Recall notice %s cannot be e-mailed", notices.id, exc_info=True)
        notices.is_queued = False
        message = notices.env._(
            "There is no e-mail to %(partner)s: %(error)s", partner=notices.partner_id.name, error=error
        )
        notices.recall_id.message_post(body=message)


def make(notices):
    """Make the e-mails of these notices of one recall, for the mail queue to send.

    They are made with the rights of who wants them to be sent: as superuser, a template could tell customers what
    its author must not know.
    """
    recall = notices.recall_id
    notices._check_contact_id()
    template = recall.template_id.with_user(notices.sender_id or notices.env.user).with_company(recall.company_id)
    mails = template.send_mail_batch(notices.ids, email_layout_xmlid=LAYOUT)
    for notice, mail in zip(notices, mails, strict=True):
        _check_recipients(notice, mail.recipient_ids, mail.email_to, mail.email_cc)
        notice.write({"mail_id": mail.id, "is_queued": False})


def _check_recipients(notice, partners, *addresses):
    """Refuse an e-mail to anybody but the contact of the notice.

    :param partners: the ``res.partner`` records that get it
    :param addresses: texts with e-mail addresses that get it, too
    :raise UserError: when somebody else gets it, or nobody
    """
    own = set(email_normalize_all(notice.contact_id.email or ""))
    texts = [*(partner.email or "" for partner in partners - notice.contact_id), *filter(None, addresses)]
    to_others = any(set(email_normalize_all(text) or [text]) - own for text in texts)
    if to_others or not (partners or texts):
        raise UserError(
            notice.env._(
                "The e-mail template %(template)s does not write to %(contact)s alone. Correct its recipients: "
                "%(default)s in To (Partners), and nothing else.",
                template=notice.recall_id.template_id.name,
                contact=notice.contact_id.display_name,
                default="{{ object.contact_id.id }}",
            )
        )
