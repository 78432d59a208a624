"""How a recall reaches the customers: e-mails by a template, the printed sheet."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...engine import outside

NOTICE = "serial.recall.partner"  # what the template is rendered on


class SerialRecall(models.Model):
    _inherit = "serial.recall"

    @api.constrains("template_id")
    def _check_template_id(self):
        for recall in self:
            outside.check_readable(recall.template_id)
            if fault := recall.sudo()._find_template_fault():
                raise ValidationError(fault)

    def _find_template_fault(self):
        """Say what keeps the template from being rendered on notices; None where nothing does.

        A template, or a report that it attaches, of another model would be rendered on that model's records with the
        numbers of the notices: on strangers.
        """
        template = self.template_id.sudo()
        if template and template.model != NOTICE:
            return self.env._(
                "The e-mail template %(template)s of %(recall)s is made for %(model)s. Choose one that is made for "
                "recall notices.",
                template=template.name,
                recall=self.name,
                model=template.model_id.name or self.env._("nothing"),
            )
        if reports := template.report_template_ids.filtered(lambda report: report.model != NOTICE):
            return self.env._(
                "The e-mail template %(template)s of %(recall)s attaches %(reports)s, which is not made for recall "
                "notices. Take it off the template.",
                template=template.name,
                recall=self.name,
                reports=", ".join(reports.mapped("name")),
            )
        return None

    def _check_mails_kept(self):
        """Let nobody but managers, who send them, change what e-mails say that wait to be sent.

        :raise AccessError: for others
        """
        waiting = self.filtered(lambda recall: any(recall.sudo().notice_ids.mapped("is_queued")))
        if waiting and not self.env.su and not self.env["serial.number"]._is_manager():
            raise AccessError(
                self.env._(
                    "E-mails of %s wait to be sent: only a Serial Numbers manager may change what they say.",
                    ", ".join(waiting.mapped("name")),
                )
            )

    def action_email(self):
        """Send the e-mail to all customers and end users who have not been notified, for managers.

        :return: the action that says how many get it, and who has no address
        :raise UserError: when the recall is not in progress, or nobody is left who has an address
        """
        self.ensure_one()
        self._check_manager()
        self._check_state("open")
        return self._queue_emails(self.notice_ids.filtered(lambda notice: notice.state in ("todo", "failed")))

    def _queue_emails(self, notices):
        """Let the scheduled job send these notices: thousands take minutes, and nobody waits for them."""
        self.ensure_one()
        self._check_manager()
        if not self.template_id:
            raise UserError(self._message_no_template())
        reachable = notices.filtered("email")
        if not reachable:
            raise UserError(
                self.env._("None of these customers has an e-mail address. Enter one, or tell them by letter or phone.")
            )
        self._check_email(reachable)
        reachable.sudo()._take_off_queue()
        reachable.sudo().write({"is_queued": True, "sender_id": self.env.uid})
        self.env.ref("serial_number_tracking.ir_cron_serial_recall").sudo()._trigger()
        message = self._describe_emails(reachable, notices - reachable)
        self.message_post(body=message)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": message, "next": {"type": "ir.actions.act_window_close"}},
        }

    def _check_email(self, notices):
        """Make one e-mail before thousands: a fault in the template is told to who can mend it.

        :raise UserError: with what is wrong with the template, or when it writes to somebody else
        """
        if fault := self._find_template_fault():
            raise UserError(fault)
        notices._check_contact_id()
        notice = notices[:1]
        parts = ("subject", "body_html", "email_to", "email_cc", "partner_to")
        email = self.template_id._generate_template(notice.ids, parts)[notice.id]
        notice._check_recipients(
            self.env["res.partner"].browse(email.get("partner_ids") or []), email.get("email_to"), email.get("email_cc")
        )

    def _may_email(self, sender):
        """Tell whether the e-mails that somebody wanted can be made; if not, they leave the queue and it is said why.

        :param sender: the ``res.users`` who wanted them
        """
        try:
            self._check_sender(sender)
        except UserError as error:
            self.notice_ids.filtered(lambda notice: notice.is_queued and notice.sender_id == sender)._take_off_queue()
            self.message_post(body=self.env._("No e-mails are sent: %s", error))
            return False
        return True

    def _check_sender(self, sender):
        """Check once more what was checked when the e-mails were wanted: it may have changed meanwhile.

        :raise UserError: when they must not be made
        """
        if not sender or not (sender.active or sender._is_superuser()):
            raise UserError(self.env._("who wanted them has left. Press E-mail Customers again."))
        self.with_user(sender).with_company(self.company_id)._check_manager()
        if fault := self._find_template_fault() if self.template_id else self._message_no_template():
            raise UserError(fault)

    def _message_no_template(self):
        return self.env._("Choose the e-mail template of %s first.", self.name)

    def _describe_emails(self, reachable, others):
        parts = [self.env._("E-mails to customers and end users are being sent: %s.", len(reachable))]
        if others:
            names = ", ".join(others[:20].partner_id.mapped("display_name"))
            parts.append(self.env._("%(count)s have no address: %(names)s", count=len(others), names=names))
        return " ".join(parts)

    def _get_email_layout(self):
        return "mail.mail_notification_light"

    def action_preview_email(self):
        """Show the e-mail as a customer gets it, and let the template be edited.

        :return: the action of Odoo's own preview
        :raise UserError: when no customer has a unit, or there is no template
        """
        self.ensure_one()
        self.check_access("read")
        notice = self.notice_ids[:1]
        if not notice or not self.template_id:
            raise UserError(self.env._("There is nobody to write to yet, or no template is chosen."))
        return {
            "name": self.env._("Preview E-mail"),
            "type": "ir.actions.act_window",
            "res_model": "mail.template.preview",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_mail_template_id": self.template_id.id,
                "default_resource_ref": f"{notice._name},{notice.id}",
            },
        }

    def action_print(self):
        """Print the sheet: the units in stock by location, and those of each customer.

        :return: the report's action
        """
        self.check_access("read")
        return self.env.ref("serial_number_tracking.action_report_serial_recall").report_action(self)

    def action_print_letters(self):
        """Print the letters to the customers who have not been notified.

        :return: the report's action
        :raise UserError: when all of them have
        """
        self.ensure_one()
        notices = self.notice_ids.filtered(lambda notice: not notice.is_notified)
        if not notices:
            raise UserError(self.env._("All customers have been notified."))
        return notices.action_print()

    def _get_places(self):
        """Return what the sheet lists of the stock: ``[(location, units)]``, in the order of their numbers."""
        self.ensure_one()
        lines = self.line_ids.search(self._get_line_domain("stock"))
        units = self.env["serial.number"].sudo().search([("id", "in", lines.serial_id.ids)], order="product_id, name")
        return sorted(units.grouped("location_id").items(), key=lambda item: item[0].complete_name)
